import { exampleFile, toldExample } from "@assay/spec/examples.ts";
import { describe, expect, it } from "vitest";

import { PublishedInspection } from "../reconstruction/published-file.ts";
import { ratingHistory, ratingsAsAt, until } from "./as-at.ts";
import { differenceBetween } from "./difference.ts";
import { dossierOf } from "./dossier.ts";
import { type Explanation, nodesOf, render } from "./explanation.ts";
import { auditPublished } from "./published.ts";
import { is, type Recorded } from "./recorded.ts";
import { replay } from "./replay.ts";
import { tellDifference, tellHypothesis, tellPublished, tellReplay } from "./tell.ts";
import { tellAsAt, tellHistory } from "./tell-time.ts";
import { whatIf } from "./what-if.ts";

const events = toldExample("peterborough-2020");
const text = (tree: Explanation): string => render(tree, { as: "plain", facts: false });

describe("in words", () => {
  it("a replay tells each standard, and that one is unexplained", () => {
    const told = text(tellReplay(replay(events)!));
    expect(told).toContain("peterborough-2020: 29 of 36, Good.");
    expect(told).toContain("it equals what was concluded");
    expect(told).toContain(
      "3.1: Good, the rule gives Requires improvement; discretion unexplained",
    );
  });

  it("a replay names what is not as it was concluded", () => {
    const changed = events.map((recorded): Recorded =>
      is(recorded, "JudgementRecorded") && recorded.event.question === "3.2.2"
        ? { ...recorded, event: { ...recorded.event, answer: "yes" } }
        : recorded,
    );
    const told = text(tellReplay(replay(changed)!));
    expect(told).toContain("it differs from what was concluded");
    expect(told).toMatch(/On the counts of cases of 3\.2: recorded .*; found /);
  });

  it("a difference tells the total before and after, and every answer", () => {
    const before = until(events, { events: 300 });
    const difference = differenceBetween(before, events);
    const tree = tellDifference(difference);
    const answers = nodesOf(tree).filter(({ what }) => what === "judgement");
    expect(answers).toHaveLength(difference.answers.length);
    expect(tree.words).toMatch(/answers, .* changed\. The total went from .* to 29 \(Good\)\./);
  });

  it("a moment tells what was known, concluded and public", () => {
    const early = text(tellAsAt(ratingsAsAt(events, { events: 400 })));
    expect(early).toContain("400 facts had been recorded, the last, ");
    expect(early).toContain("The panel had not concluded.");
    expect(early).toContain("that is provisional");
    const late = text(tellAsAt(ratingsAsAt(events, { events: events.length })));
    expect(late).toContain("Version 1 was public.");
    expect(late).toContain("The panel's ratings stood at 29, Good.");
    expect(text(tellAsAt(ratingsAsAt(events, { events: 0 })))).toContain("Nothing had been");
  });

  it("a history tells each change of a standard's rating, the last as it was concluded", () => {
    const told = text(tellHistory("3.1", ratingHistory(events)))
      .trimEnd()
      .split("\n");
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toMatch(
      /took over the published .*Requires improvement \(by the rule\) → Good/,
    );
    expect(text(tellHistory("1.1", ratingHistory(events)))).toContain("Outstanding proposed");
  });

  it("a supposition says of every sentence that it is one", () => {
    const bands = { Inadequate: 0, "Requires improvement": 50, Good: 65, Outstanding: 95 };
    const found = whatIf(dossierOf(events), { caseBands: { ratings: bands } });
    const nodes = found.possible ? nodesOf(tellHypothesis(found.hypothesis)) : [];
    expect(nodes.length).toBeGreaterThan(1);
    expect(nodes[0]!.words).toContain('if bands were {"ratings":{"Inadequate":0,');
    expect(nodes.every(({ words }) => words.startsWith("Hypothetical: "))).toBe(true);
  });

  it("an audit of a published report tells what is unexplained and what adds up", () => {
    const file = PublishedInspection.parse(exampleFile("peterborough-2020"));
    const audit = auditPublished(file);
    const told = audit.ok ? text(tellPublished(audit.value)) : "";
    expect(told).toContain("Peterborough YOS: 7 of 8 ratings on cases follow the rule.");
    expect(told).toContain("The report does not say that discretion was used.");
    expect(told).toContain("The score is printed as 29 and computed as 29: that is right.");
    expect(told).toContain("8 court disposals: by the formula, 8 were eligible.");
  });
});
