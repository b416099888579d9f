/** What Assay rates, in the form in which a second program reads and answers the test vectors. */
import * as fc from "fast-check";

import { type Floors, gradesOf, type Rating } from "../../framework/scale.ts";
import { Rounding, type Ruleset } from "../../framework/ruleset.ts";
import {
  type CaseRules,
  caseRulesOf,
  scoredStandards,
  standardIn,
} from "../../framework/standards.ts";
import { yos2021 } from "../../framework/shipped.ts";
import { answeredInPython } from "../../kernel/contract/python.ts";
import { moveProblem } from "../moved.ts";
import { overallOf } from "../overall.ts";
import { type Count, type MetTrigger, rateStandard } from "../rate.ts";

type Rules = Required<Pick<CaseRules, "rounding" | "bands">> &
  Required<Pick<Ruleset, "discretion">>;

export type AskedStandard = {
  readonly ruleset: Rules;
  readonly domain: number;
  readonly counts: readonly Count[];
};
export type AskedMove = AskedStandard & { readonly to: Rating };
export type AskedOverall = {
  readonly scores: Readonly<Record<string, number>>;
  readonly overallBands: Floors;
  /** By scored standard; null where it is not rated. */
  readonly ratings: Readonly<Record<string, Rating | null>>;
};
export type Asked = {
  readonly standards: readonly AskedStandard[];
  readonly moves: readonly AskedMove[];
  readonly overall: readonly AskedOverall[];
};

const usual = caseRulesOf(yos2021, standardIn(yos2021, "2.1")!);
const points = Object.fromEntries(usual.scale.grades.map((grade) => [grade.label, grade.points]));
const sum = yos2021.overall!.combine;
const overallBands = "bands" in sum ? sum.bands : {};

export const answersTo = ({ standards, moves, overall }: Asked) => ({
  standards: standards.map(answerOf),
  moves: moves.map((move) => {
    const rules = { ...usual, ...move.ruleset };
    return moveProblem(ratedOf(move), move.to, rules)?.reason ?? null;
  }),
  overall: overall.map(overallAnswer),
});

const ratedOf = ({ ruleset, domain, counts }: AskedStandard) =>
  rateStandard({ code: `${domain}.1`, domain }, counts, { ...usual, ...ruleset });

const answerOf = (asked: AskedStandard) => {
  const { rule = null, percent, lowest, triggers } = ratedOf(asked);
  const found = { rule, lowest, triggers: triggers.map(inShort) };
  return percent === undefined ? found : { ...found, percent };
};

const inShort = (met: MetTrigger) => {
  switch (met.trigger) {
    case "near-boundary":
      return { trigger: met.trigger, near: met.near.map(({ boundary }) => boundary) };
    case "one-case":
      return met;
    case "small-sample": {
      const keyQuestions = met.keyQuestions.map(({ keyQuestion }) => keyQuestion);
      return { trigger: met.trigger, keyQuestions };
    }
  }
};

const overallAnswer = ({ scores, overallBands, ratings }: AskedOverall) => {
  const scale = { ...usual.scale, grades: graded(scores) };
  const overallRule = { ...yos2021.overall!, combine: { by: "sum" as const, bands: overallBands } };
  const known = Object.entries(ratings).map(([code, rating]) => [code, rating ?? undefined]);
  const found = overallOf(
    { ...yos2021, scales: [scale], overall: overallRule },
    Object.fromEntries(known),
  );
  const { score, maxScore, notRated, overall = null } = found;
  return { score, maxScore, notRated, overall };
};

const graded = (scores: AskedOverall["scores"]) =>
  usual.scale.grades.map((grade) => ({ ...grade, points: scores[grade.label] ?? 0 }));

const rules: fc.Arbitrary<Rules> = fc.record({
  rounding: fc.constantFrom("half-up" as const, ...Rounding.options),
  bands: fc.constantFrom(usual.bands, {
    Inadequate: 0,
    "Requires improvement": 40,
    Good: 48,
    Outstanding: 90,
  }),
  discretion: fc.constantFrom(usual.discretion!, {
    domains: [2],
    withinPoints: 8,
    smallSample: 0,
    maxBands: 2,
  }),
});

const share = fc
  .oneof(fc.nat(12), fc.nat(90))
  .chain((relevant) => fc.record({ relevant: fc.constant(relevant), yes: fc.nat(relevant) }));

const standards: fc.Arbitrary<AskedStandard> = fc.record({
  ruleset: rules,
  domain: fc.constantFrom(1, 2, 3),
  counts: fc
    .array(share, { maxLength: 5 })
    .map((shares) => shares.map((each, i) => ({ keyQuestion: `2.1.${i + 1}`, ...each }))),
});

const ratings = fc.oneof(
  { arbitrary: fc.constantFrom(...gradesOf(usual.scale)), weight: 30 },
  fc.constant(null),
);
const overalls: fc.Arbitrary<AskedOverall> = fc.record({
  scores: fc.constant(points),
  overallBands: fc.constantFrom(overallBands, {
    Inadequate: 0,
    "Requires improvement": 10,
    Good: 12,
    Outstanding: 36,
  }),
  ratings: fc.record(Object.fromEntries(scoredStandards(yos2021).map((code) => [code, ratings]))),
});

/** So many of each; the same seed asks the same. */
export const randomlyAsked = (numRuns: number, seed: number): Asked => ({
  standards: fc.sample(standards, { numRuns, seed }),
  moves: fc
    .sample(fc.tuple(standards, fc.constantFrom(...gradesOf(usual.scale))), { numRuns, seed })
    .map(([standard, to]) => ({ ...standard, to })),
  overall: fc.sample(overalls, { numRuns, seed }),
});

/** The answers of the rater in Python; undefined where this machine has no Python 3. */
export const secondAnswersTo = (asked: Asked): unknown =>
  answeredInPython(new URL("rater.py", import.meta.url), asked);
