import { randomEvents, randomStory } from "@assay/spec/at-random.ts";
import { recordedIn, toldExample } from "@assay/spec/examples.ts";
import { worldAt } from "@assay/spec/stages.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type Answered, answersIn } from "../briefing/case-file.ts";
import { fold } from "../kernel/decider.ts";
import { panel } from "../panel/decide.ts";
import type { DossierCase } from "./dossier-case.ts";
import { dossierOf } from "./dossier.ts";
import { ratingsIn } from "./ratings.ts";
import { is, type Recorded } from "./recorded.ts";
import { replay } from "./replay.ts";

const examples = [
  { id: "peterborough-2020", score: 29, moved: { "3.1": "unexplained" } },
  { id: "milton-keynes-2021", score: 23, moved: { "3.3": "recorded" } },
] as const;

describe.each(examples)("$id replayed", ({ id, score, moved }) => {
  it("comes to what was concluded, every standard and the total", () => {
    const result = replay(toldExample(id))!;
    expect(result).toMatchObject({ score, overall: "Good", conclusion: 1, discrepancies: [] });
    expect(result.equal && result.standards.every(({ equal }) => equal)).toBe(true);
    expect(result.standards).toHaveLength(12);
    const discretion = result.standards.filter((each) => each.discretion !== "none");
    expect(Object.fromEntries(discretion.map((each) => [each.standard, each.discretion]))).toEqual(
      moved,
    );
  });

  it("is plain data", () => {
    const result = replay(toldExample(id));
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});

describe("a replay", () => {
  it("equals what was concluded, whatever was answered", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const result = replay(randomEvents("concluded", story))!;
        expect(result.discrepancies).toEqual([]);
        expect(result.score).toBe(result.concluded!.score);
      }),
      { numRuns: 12 },
    );
  });

  it("at any position knows what a fold of the facts up to there knows", () => {
    fc.assert(
      fc.property(randomStory, fc.double({ min: 0, max: 1, noNaN: true }), (story, share) => {
        const events = randomEvents("concluded", story);
        const until = events.slice(0, Math.round(share * events.length));
        const state = fold(
          panel,
          until.map(({ event }) => event),
        );
        const dossier = dossierOf(until);
        expect(dossier.briefing).toEqual(state.briefing);
        expect([...dossier.files].map(([id, file]) => [id, withoutProvenance(file)])).toEqual(
          [...state.files].map(([id, file]) => [id, withoutProvenance(file)]),
        );
        for (const [standard, { decision }] of state.standards) {
          const own = dossier.deliberations.get(standard)?.decision?.event.type;
          expect(own === undefined).toBe(decision === undefined);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("reads the facts of the conclusion and no later ones", () => {
    const world = worldAt("closed");
    expect(replay(recordedIn(world))).toEqual(replay(recordedIn(worldAt("concluded"))));
  });

  it("has no rules before the announcement, and no conclusion before the panel's", () => {
    expect(replay(recordedIn(worldAt("scheduled")))).toBeUndefined();
    expect(replay(recordedIn(worldAt("decided")))).toMatchObject({
      conclusion: 0,
      concluded: null,
    });
    expect(replay(recordedIn(worldAt("concluded")), 2)).toBeUndefined();
  });
});

type Change = (recorded: Recorded) => Recorded | undefined;

const changed = (events: readonly Recorded[], change: Change): readonly Recorded[] =>
  events.flatMap((recorded) => change(recorded) ?? []);

const deciding = (recorded: Recorded): boolean =>
  is(recorded, "JudgementRecorded") &&
  recorded.event.question === "3.1.2" &&
  recorded.event.answer === "yes";

describe("a replay finds", () => {
  const events = toldExample("peterborough-2020");
  const found = (change: Change) => {
    const result = replay(changed(events, change))!;
    expect(result.equal).toBe(false);
    return result.discrepancies.map(({ what, of }) => `${what} ${of ?? ""}`.trim());
  };

  it("an answer that was turned round", () => {
    const first = events.find(deciding)!;
    const problems = found((recorded) =>
      recorded === first
        ? ({ ...recorded, event: { ...recorded.event, answer: "no" } } as Recorded)
        : recorded,
    );
    expect(problems).toEqual(expect.arrayContaining(["counts 3.1", "rule 3.1"]));
  });

  it("a fact that is gone", () => {
    const first = events.find(deciding)!;
    const problems = found((recorded) => (recorded === first ? undefined : recorded));
    expect(problems).toContain(`basis ${first.stream}`);
  });

  it("a concluded rating that nothing accounts for", () => {
    const problems = found((recorded) => {
      if (!is(recorded, "RatingsConcluded")) return recorded;
      const { event } = recorded;
      const standards = event.standards.map((each) =>
        each.standard === "2.2" ? { ...each, rating: "Good" as const, score: 2 } : each,
      );
      return { ...recorded, event: { ...event, standards, score: event.score - 1 } };
    });
    expect(problems).toEqual(["rating 2.2", "score 2.2", "score"]);
  });

  it("a case that was left out although its facts call for the question", () => {
    const scoped = events.find((recorded) => is(recorded, "ScopeRecorded"))!;
    const problems = found((recorded) => {
      if (recorded !== scoped || !is(recorded, "ScopeRecorded")) return recorded;
      const relevant = recorded.event.relevant.slice(1);
      return { ...recorded, event: { ...recorded.event, relevant } };
    });
    expect(problems).toContain("relevance c0001");
  });

  it("a move by more bands than the rules allow", () => {
    const problems = found((recorded) => {
      if (!is(recorded, "PublishedRatingAdopted")) return recorded;
      return { ...recorded, event: { ...recorded.event, to: "Outstanding" as const } };
    });
    expect(problems).toEqual(expect.arrayContaining(["move 3.1", "rating 3.1"]));
  });
});

type File = { readonly answered: Answered | undefined };

type Tally = { yes: number; relevant: number };

/** Counted here anew from `JudgementRecorded` alone: the last answer of each case to a question. */
const rulesByJudgementsAlone = (events: readonly Recorded[]): ReadonlyMap<string, string> => {
  const last = new Map<string, { readonly question: string; readonly answer: string }>();
  for (const recorded of events)
    if (is(recorded, "JudgementRecorded"))
      last.set(`${recorded.event.case} ${recorded.event.question}`, recorded.event);
  const tallies = new Map<string, Tally>();
  for (const { question, answer } of last.values()) {
    if (!/^\d\.\d\.\d$/.test(question) || answer === "not-applicable") continue;
    const tally = tallies.get(question) ?? { yes: 0, relevant: 0 };
    tallies.set(question, tally);
    tally.relevant += 1;
    if (answer === "yes") tally.yes += 1;
  }
  const lowest = new Map<string, number>();
  for (const [question, { yes, relevant }] of tallies) {
    const standard = question.slice(0, 3);
    const percent = Math.floor((100 * yes) / relevant + 0.5);
    lowest.set(standard, Math.min(lowest.get(standard) ?? 100, percent));
  }
  return new Map([...lowest].map(([standard, percent]) => [standard, bandIn(percent)]));
};

const bandIn = (percent: number): string => {
  if (percent >= 80) return "Outstanding";
  if (percent >= 65) return "Good";
  return percent >= 50 ? "Requires improvement" : "Inadequate";
};

describe("the judgements alone", () => {
  const rulesOf = (events: readonly Recorded[]) =>
    new Map(
      replay(events)!
        .standards.filter(({ judged, rule }) => judged === "by-cases" && rule !== null)
        .map(({ standard, rule }) => [standard, rule]),
    );

  it.each(examples)("give every rule of $id", ({ id }) => {
    const rules = rulesByJudgementsAlone(toldExample(id));
    expect(rules.size).toBe(8);
    expect(rules).toEqual(rulesOf(toldExample(id)));
  });

  it("give every rule, whatever was answered", () => {
    fc.assert(
      fc.property(randomStory, (story) => {
        const events = randomEvents("concluded", story);
        expect(rulesByJudgementsAlone(events)).toEqual(rulesOf(events));
      }),
      { numRuns: 12 },
    );
  });
});

/** A case file without what only the dossier keeps of its answers. */
const withoutProvenance = ({ answered, ...file }: File) => {
  const { case: _, steps: __, scopes: ___, turns: ____, ...rest } = file as Partial<DossierCase>;
  const plain = [...answersIn({ answered })].map(([question, { answer, by, at }]) => [
    question,
    answer,
    by,
    at,
  ]);
  return { ...rest, answers: plain };
};

describe("ratings computed from a dossier", () => {
  it("lapse where the panel decided on other numbers", () => {
    const events = toldExample("peterborough-2020");
    const first = events.find(deciding)!;
    const later = changed(events, (recorded) =>
      recorded === first
        ? ({ ...recorded, event: { ...recorded.event, answer: "no" } } as Recorded)
        : recorded,
    );
    const standard = ratingsIn(dossierOf(later))!.standards.find((each) => each.standard === "3.1");
    expect(standard).toMatchObject({ lapsed: true, rating: "Inadequate", decidedBy: "rule" });
  });
});
