import { exampleFile, toldExample } from "@assay/spec/examples.ts";
import { describe, expect, it } from "vitest";

import { PublishedInspection } from "../reconstruction/published-file.ts";
import { ratingHistory, until } from "./as-at.ts";
import { differenceBetween } from "./difference.ts";
import { dossierOf } from "./dossier.ts";
import { type Explanation, nodesOf, render } from "./explanation.ts";
import { auditPublished } from "./published.ts";
import { tellDifference, tellHypothesis, tellPublished } from "./tell.ts";
import { tellHistory } from "./tell-time.ts";
import { whatIf } from "./what-if.ts";

const events = toldExample("peterborough-2020");
const text = (tree: Explanation): string => render(tree, { as: "plain", facts: false });

describe("in words", () => {
  it("a difference tells the total before and after, and every answer", () => {
    const before = until(events, { events: 300 });
    const difference = differenceBetween(before, events);
    const tree = tellDifference(difference);
    const answers = nodesOf(tree).filter(({ what }) => what === "judgement");
    expect(answers).toHaveLength(difference.answers.length);
    expect(tree.words).toMatch(/answers, .* changed\. The total went from .* to 29 \(Good\)\./);
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
