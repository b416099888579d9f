import { answersIn } from "../briefing/case-file.ts";
import { randomEvents, randomStory } from "@assay/spec/at-random.ts";
import { recordedIn, toldExample } from "@assay/spec/examples.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { panelMembers, people } from "@assay/spec/people.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dossierOf } from "./dossier.ts";
import { why } from "./explain.ts";
import { type Explanation, nodesOf, render } from "./explanation.ts";
import { is, type Recorded } from "./recorded.ts";
import { ratingsIn } from "./ratings.ts";
import { basisOf, conclusionsIn } from "./replay.ts";

const explanation = (events: readonly Recorded[], subject: string): Explanation => {
  const answer = why(events, subject);
  if (!answer.explained) throw new Error(`${subject}: ${JSON.stringify(answer.refusal)}`);
  return answer.explanation;
};

const text = (events: readonly Recorded[], subject: string): string =>
  render(explanation(events, subject), { as: "plain", facts: false });

/** The judgements that count on the deciding key questions, as places of facts. */
const decidingFacts = (events: readonly Recorded[], standard: string): readonly string[] => {
  const facts = basisOf(events, conclusionsIn(events).at(-1)!);
  const dossier = dossierOf(facts);
  const board = ratingsIn(dossier)!.standards.find((each) => each.standard === standard)!;
  const percents = board.keyQuestions.flatMap(({ percent }) => percent ?? []);
  const lowest = board.keyQuestions
    .filter(({ percent }) => percent === Math.min(...percents))
    .map(({ keyQuestion }) => keyQuestion);
  return facts
    .filter((recorded) => is(recorded, "JudgementRecorded"))
    .filter(({ event: { case: id, question }, stream, revision }) => {
      const counts = answersIn(dossier.files.get(id)).get(question)?.source;
      const same = counts?.stream === stream && counts.revision === revision;
      return same && lowest.includes(question) && dossier.briefing.sample.has(id);
    })
    .map(({ stream, revision }) => `${stream}@${revision}`)
    .toSorted();
};

const judgementsIn = (tree: Explanation): readonly string[] =>
  nodesOf(tree)
    .filter(({ what }) => what === "judgement")
    .flatMap(({ facts }) => facts.map(({ stream, revision }) => `${stream}@${revision}`))
    .toSorted();

describe.each(["peterborough-2020", "milton-keynes-2021"])("%s", (id) => {
  const events = toldExample(id);
  const codes = ratingsIn(dossierOf(events))!.standards.map(({ standard }) => standard);

  it("explains its twelve ratings and the overall rating", () => {
    expect(codes).toHaveLength(12);
    for (const code of [...codes, "overall"]) {
      const tree = explanation(events, code);
      expect(tree.what).toBe("rating");
      expect(tree.facts).toEqual([expect.objectContaining({ stream: `panel-${id}` })]);
      expect(nodesOf(tree).every(({ words }) => /[.”:]$/.test(words.trim()))).toBe(true);
    }
  });

  it("names facts that exist", () => {
    const places = new Set(events.map(({ stream, revision }) => `${stream}@${revision}`));
    for (const code of [...codes, "overall", "c0001"]) {
      for (const { facts } of nodesOf(explanation(events, code))) {
        for (const { stream, revision } of facts) {
          expect(places).toContain(`${stream}@${revision}`);
        }
      }
    }
  });

  it("says that its cases are made up, for every standard judged on cases and every case", () => {
    for (const code of [...codes.filter((each) => !each.startsWith("1.")), "c0001", "overall"]) {
      expect(text(events, code)).toContain("made up to match those totals");
    }
  });

  it("says of the overall rating which of its parts the rule alone does not give", () => {
    expect(text(toldExample("peterborough-2020"), "overall")).toContain(
      "3.1 Assessment: Good, 2 points; the rule gives Requires improvement, and nothing published",
    );
    expect(text(toldExample("milton-keynes-2021"), "overall")).toContain(
      "2 points; moved from Requires improvement by the panel's discretion.",
    );
  });

  it("names every judgement on the deciding key questions, once", () => {
    for (const code of codes.filter((each) => !each.startsWith("1."))) {
      expect(judgementsIn(explanation(events, code))).toEqual(decidingFacts(events, code));
    }
  });
});

describe("why", () => {
  it("names every judgement on the deciding key questions, once, whatever was answered", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const events = randomEvents("concluded", story);
        for (const { standard, judged } of ratingsIn(dossierOf(events))!.standards) {
          if (judged !== "by-cases") continue;
          const named = judgementsIn(explanation(events, standard));
          expect(named).toEqual(decidingFacts(events, standard));
        }
      }),
      { numRuns: 8 },
    );
  });

  it("says that a published rating is unexplained", () => {
    expect(text(toldExample("peterborough-2020"), "3.1")).toContain(
      "Unexplained: the published rating, Good, is 1 band above the rule's Requires improvement",
    );
  });

  it("says that discretion moved a rating, on which grounds and for which reason", () => {
    const told = text(toldExample("milton-keynes-2021"), "3.3");
    expect(told).toContain("moved the rating up, from Requires improvement to Good");
    expect(told).toContain("A different judgement in one case would change the rating");
    expect(told).toContain("no reason is published");
    expect(told).toContain("Present: Panel chair, Panel member 1 and Panel member 2.");
  });

  it("says why each case was left out of a sub-sample", () => {
    const told = text(toldExample("peterborough-2020"), "2.2");
    expect(told).toContain("It concerned 6 of the 8 cases in the sample of court disposals.");
    expect(told).toMatch(/c0007 was left out because the inspector judged the risk .* to be low/);
  });

  it("tells who voted how, who disagreed and who stood aside", () => {
    const world = worldAt("sitting");
    const standard = "2.1";
    const present = panelMembers.filter((member) => member !== people.thirdMember.id);
    world.tell(people.chair, {
      type: "RecuseMember",
      member: people.thirdMember.id,
      standards: [standard],
      reason: "Knows the manager.",
    });
    world.tell(people.chair, { type: "ConsiderStandard", standard, present });
    for (const by of [people.chair, people.member, people.secondMember]) {
      const rating = by === people.secondMember ? "Good" : "Outstanding";
      world.tell(by, { type: "CastVote", standard, rating });
    }
    world.tell(people.secondMember, { type: "RecordDissent", standard, reason: "Too few cases." });
    const decline = { type: "DeclineDiscretion", standard, present, reason: "All good." } as const;
    world.ask(people.chair, decline);
    const to = people.member.id;
    world.tell(people.chair, { type: "HandOverChair", to, reason: "Called away." });
    const told = text(recordedIn(world), standard);
    expect(told).toMatch(/The panel was convened by .*, with Cleo in the chair\./);
    expect(told).toMatch(/Mina took the chair; it was handed over .*: “Called away.”/);
    expect(told).toContain("Votes: Good 1 (Milo); Outstanding 2 (Cleo, Mina).");
    expect(told).toContain("Milo disagreed: “Too few cases.”");
    expect(told).toContain("Mona took no part");
    expect(told).toContain("the panel has not concluded");
  });

  it("shows what inspectors wrote about a case only on demand", () => {
    const events = recordedIn(worldAt("concluded"));
    const shown = why(events, "2.1", { caseText: true });
    expect(text(events, "2.1")).not.toContain("Why 2.1.1 is yes");
    expect(shown.explained && render(shown.explanation)).toContain("Why 2.1.1 is yes");
  });

  it("shows that words were erased", () => {
    const events = recordedIn(worldAt("concluded")).map((recorded): Recorded =>
      "text" in recorded.event
        ? { ...recorded, event: { ...recorded.event, text: { erased: true } } }
        : recorded,
    );
    const shown = why(events, "2.1", { caseText: true });
    expect(shown.explained && render(shown.explanation)).toContain("[erased]");
    expect(text(events, "1.1")).toContain("citing 1 item of evidence: [erased]");
  });

  it("tells the chain of answers that a judgement took the place of", () => {
    const world = worldAt("assessed");
    const before = recordedIn(world).find(
      (recorded) => is(recorded, "JudgementRecorded") && recorded.event.question === "2.1.1",
    )!;
    if (!is(before, "JudgementRecorded")) throw new Error("no judgement");
    const { case: id } = before.event;
    const by = [people.inspector, people.colleague].find(
      ({ id: own }) => own === before.event.by.id,
    )!;
    world.tell(people.lead, { type: "ReopenAssessment", case: id, reason: "A fact was wrong." });
    const judge = (answer: "yes" | "no", reason: string) =>
      world.tell(by, {
        type: "RecordJudgement",
        case: id,
        question: "2.1.1",
        answer,
        rationale: "Seen again.",
        reason,
      });
    judge("no", "A file was missed.");
    judge("yes", "The file was another child's.");
    judge("no", "It was not.");
    const judged = nodesOf(explanation(recordedIn(world), "2.1")).find(
      ({ what, words }) => what === "judgement" && words.includes(id) && words.includes("“no”"),
    )!;
    const chain = nodesOf(judged).map(({ words }) => /“([a-z]+)”/.exec(words)?.[1]);
    expect(chain).toEqual(["no", "yes", "no", "yes"]);
    expect(nodesOf(judged).at(-1)!.facts).toEqual([
      { stream: before.stream, revision: before.revision },
    ]);
  });

  it("tells a case's place in the sample, and who took whose place why", () => {
    const world = worldAt("notified");
    const [gone] = dossierOf(recordedIn(world)).briefing.sample.keys();
    const [fact] = world.tell(people.lead, {
      type: "ReplaceCase",
      case: gone!,
      reason: "file-unavailable",
      note: "Lost in the move.",
    });
    const told = text(recordedIn(world), gone!);
    expect(told).toContain("It was drawn and left the sample.");
    expect(told).toContain("because its file was not available");
    if (fact?.type !== "CaseReplaced") throw new Error("not replaced");
    expect(text(recordedIn(world), fact.replacement)).toContain(`the place of case ${gone}`);
  });

  it("names who adopted the framework that was pinned, and no other document", () => {
    const events = toldExample("peterborough-2020");
    const announced = events.find((each) => is(each, "InspectionAnnounced"))!;
    const { digest, version } = announced.event.framework;
    const adopted = {
      ...{ stream: `framework-${version.id}`, revision: 0 },
      event: {
        ...{ type: "FrameworkAdopted" as const, by: people.head, at: announced.event.at },
        ...{ framework: version.id as never, digest, document: version },
      },
    };
    const last = (found: ReturnType<typeof why>) =>
      found.explained ? found.explanation.children.at(-1) : undefined;
    for (const subject of ["2.1", "overall"]) {
      expect(last(why(events, subject, { adopted }))).toMatchObject({
        words: expect.stringMatching(/was adopted by .* on /),
        facts: [{ stream: `framework-${version.id}`, revision: 0 }],
      });
      const other = { ...adopted, event: { ...adopted.event, digest: "0".repeat(64) as never } };
      expect(why(events, subject, { adopted: other })).toEqual(why(events, subject));
    }
  });

  it("refuses what it cannot explain, with what there is", () => {
    const events = toldExample("peterborough-2020");
    expect(why(events, "9.9")).toMatchObject({ refusal: { reason: "UnknownStandard" } });
    expect(why(events, "c9999")).toMatchObject({ refusal: { reason: "UnknownCase" } });
    expect(why(events, "2.1", { conclusion: 2 })).toEqual({
      explained: false,
      refusal: { reason: "NoSuchConclusion", conclusions: 1 },
    });
    const scheduled = recordedIn(worldAt("scheduled"));
    expect(why(scheduled, "2.1")).toMatchObject({ refusal: { reason: "NotAnnounced" } });
  });

  it("is written as Markdown in which nothing that people typed is markup", () => {
    const tree = explanation(toldExample("peterborough-2020"), "3.1");
    const odd: Explanation = { ...tree, words: "A *star* and <b>bold</b> [link](x)", children: [] };
    expect(render(odd, { as: "markdown", facts: false })).toBe(
      "- A \\*star\\* and \\<b\\>bold\\</b\\> \\[link\\](x)\n",
    );
  });
});
