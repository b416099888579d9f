import { answersIn } from "../briefing/case-file.ts";
import { randomEvents, randomStory } from "@assay/spec/at-random.ts";
import { recordedIn, toldExample } from "@assay/spec/examples.ts";
import { panelMembers, people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import type { World } from "@assay/spec/world.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { CaseId } from "../kernel/ids.ts";
import { ratingHistory, ratingsAsAt, until } from "./as-at.ts";
import { differenceBetween, knownVersions } from "./difference.ts";
import { dossierOf } from "./dossier.ts";
import { ratingsIn } from "./ratings.ts";
import { is, type Recorded } from "./recorded.ts";
import { replay } from "./replay.ts";
import { decidingJudgements, whatIf } from "./what-if.ts";

describe("as at a moment", () => {
  it("knows what was known after each fact, however the moment is named", () => {
    const events = toldExample("peterborough-2020");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: events.length }), (count) => {
        const known = ratingsAsAt(events, { events: count });
        const position = events[count - 1]!.position!;
        expect(ratingsAsAt(events, { position })).toEqual(known);
        expect(known.computed).toEqual(ratingsIn(dossierOf(events.slice(0, count))) ?? null);
        expect(known.events).toBe(count);
      }),
      { numRuns: 40 },
    );
  });

  it("knows by a time what had happened by then, and nothing later", () => {
    const events = toldExample("peterborough-2020");
    const concluded = events.find((recorded) => is(recorded, "RatingsConcluded"))!;
    const { at } = concluded.event;
    expect(ratingsAsAt(events, { time: at }).standing).toMatchObject({ conclusion: 1, score: 29 });
    const before = ratingsAsAt(events, { time: "2020-08-17T08:59:59.999Z" });
    expect(before.standing).toBeNull();
    expect(before.published).toBeNull();
    expect(ratingsAsAt(events, { time: "2099-01-01T00:00:00.000Z" }).published).toBe(1);
  });

  it("reads a stream up to its first later fact, so that no answer loses what it replaced", () => {
    const events = toldExample("peterborough-2020").slice(0, 400);
    const { stream } = events.at(-1)!;
    const own = events.filter((recorded) => recorded.stream === stream);
    const [first] = own;
    const late = events.map((recorded) =>
      recorded === first
        ? ({
            ...recorded,
            event: { ...recorded.event, at: "2030-01-01T00:00:00.000Z" },
          } as Recorded)
        : recorded,
    );
    const known = until(late, { time: "2029-01-01T00:00:00.000Z" });
    expect(known).toHaveLength(events.length - own.length);
  });

  it("has nothing to say of an inspection that has not begun", () => {
    expect(ratingsAsAt([], { events: 0 })).toMatchObject({ events: 0, last: null, computed: null });
  });
});

describe("the history of the ratings", () => {
  it("ends with what was concluded, each step beginning where the last one ended", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const events = randomEvents("concluded", story);
        const steps = ratingHistory(events);
        for (const { standard, rating, rule } of replay(events)!.standards) {
          const own = steps.filter((step) => step.standard === standard);
          expect(own.at(-1)!.to).toMatchObject({ rating, rule });
          own.slice(1).forEach((step, i) => expect(step.from).toEqual(own[i]!.to));
        }
      }),
      { numRuns: 6 },
    );
  });
});

/** The panel sits again, and an answer is changed in a case that was opened again for it. */
const corrected = (): { readonly world: World; readonly changed: CaseId } => {
  const world = worldAt("concluded");
  const changed = [...dossierOf(recordedIn(world)).briefing.sample.keys()][0]!;
  const answers = answersIn(dossierOf(recordedIn(world)).files.get(changed));
  const by = answers.get("2.1.1")!.by === people.inspector.id ? people.inspector : people.colleague;
  const reason = "A fact was wrong.";
  const standards = ["2.1"];
  world.tell(people.chair, { type: "ReconvenePanel", standards, comments: [], reason });
  world.tell(people.lead, { type: "ReopenAssessment", case: changed, reason });
  world.tell(by, {
    type: "RecordJudgement",
    case: changed,
    question: "2.1.1",
    answer: "no",
    rationale: "Not sufficient after all.",
    reason,
  });
  world.tell(by, { type: "CompleteAssessment", case: changed });
  world.tell(people.lead, { type: "ConfirmAssessment", case: changed });
  const present = panelMembers;
  world.tell(people.chair, { type: "ConsiderStandard", standard: "2.1", present });
  world.ask(people.chair, { type: "DeclineDiscretion", standard: "2.1", present, reason });
  world.tell(people.chair, { type: "ConcludePanel", present });
  return { world, changed };
};

describe("the difference between two moments", () => {
  it("is none between a moment and itself", () => {
    const events = toldExample("peterborough-2020");
    expect(differenceBetween(events, events)).toMatchObject({ answers: [], standards: [] });
  });

  it("names the answer that changed, whose act it was, and what it did to the rating", () => {
    const { world, changed } = corrected();
    const events = recordedIn(world);
    const [first] = events.filter((recorded) => is(recorded, "RatingsConcluded"));
    const before = until(events, { position: first!.position! });
    const difference = differenceBetween(before, events);
    expect(difference.answers).toMatchObject([
      { case: changed, question: "2.1.1", standard: "2.1", from: "yes", to: "no" },
    ]);
    const [standard, ...others] = difference.standards;
    expect(others).toEqual([]);
    expect(standard).toMatchObject({ standard: "2.1", before: { rule: "Outstanding" } });
    expect(standard!.after!.keyQuestions[0]).toMatchObject({ yes: 5, relevant: 6 });
    expect(standard!.because.map(({ type }) => type)).toContain("JudgementRecorded");
    expect(standard!.because[0]).toMatchObject({ type: "JudgementRecorded" });
  });

  it("replays each of a panel's conclusions from the facts of its own day", () => {
    const events = recordedIn(corrected().world);
    expect(replay(events, 1)).toMatchObject({ conclusion: 1, equal: true });
    expect(replay(events, 2)).toMatchObject({ conclusion: 2, equal: true });
    expect(replay(events)!.conclusion).toBe(2);
  });

  it("tells the report as it was known when drafted and when published", () => {
    const versions = knownVersions(toldExample("milton-keynes-2021"));
    expect(versions.map(({ version }) => version)).toEqual(["draft", 1]);
    for (const { ratings } of versions) expect(ratings).toMatchObject({ score: 23 });
  });
});

describe("what if", () => {
  const events = toldExample("peterborough-2020");
  const dossier = dossierOf(events);

  it("turns round each deciding judgement, and the rule gives what was foretold", () => {
    const pivots = decidingJudgements(dossier);
    expect(pivots.length).toBeGreaterThan(0);
    for (const { case: id, keyQuestion, answer, standard, rating, score } of pivots) {
      const other = answer === "yes" ? ("no" as const) : ("yes" as const);
      const answers = [{ case: id as CaseId, question: keyQuestion, answer: other }];
      const found = whatIf(dossier, { answers });
      if (!found.possible) throw new Error(found.refusal.reason);
      const supposed = found.hypothesis.standards.find((each) => each.standard === standard)!;
      expect(supposed.supposed).toMatchObject({ rule: rating, rating });
      expect(found.hypothesis).toMatchObject({ hypothetical: true, supposed: { score } });
    }
  });

  it("changes no fact and no other rating", () => {
    const before = JSON.stringify(ratingsIn(dossier));
    const without = [[...dossier.briefing.sample.keys()][0]!];
    const found = whatIf(dossier, { without, ruleset: { rounding: "down" } });
    expect(found.possible).toBe(true);
    expect(JSON.stringify(ratingsIn(dossier))).toBe(before);
  });

  it("rates by other bands", () => {
    const bands = { Inadequate: 0, "Requires improvement": 50, Good: 65, Outstanding: 95 };
    const found = whatIf(dossier, { caseBands: { ratings: bands } });
    if (!found.possible) throw new Error(found.refusal.reason);
    const changed = found.hypothesis.standards.filter((each) => each.changed);
    expect(changed.map(({ standard }) => standard)).toContain("2.1");
    expect(found.hypothesis.supposed.score).toBeLessThan(found.hypothesis.actual.score);
  });

  it("refuses to turn round an answer that nobody gave", () => {
    const answers = [{ case: "c9999" as CaseId, question: "2.1.1", answer: "no" as const }];
    expect(whatIf(dossier, { answers })).toMatchObject({ refusal: { reason: "NotInTheSample" } });
    const court = [...dossier.briefing.sample.values()].find(
      ({ population }) => population === "court",
    )!;
    const other = [{ case: court.case, question: "3.1.1", answer: "no" as const }];
    expect(whatIf(dossier, { answers: other })).toMatchObject({
      refusal: { reason: "NotAnswered", case: court.case },
    });
    expect(whatIf(dossierOf([]), {})).toMatchObject({ refusal: { reason: "NotAnnounced" } });
  });
});
