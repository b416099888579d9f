/**
 * A case-judged standard's rating by rule: the lowest key question decides. With it stands all that
 * a panel weighs when it may exercise discretion, and which of its three triggers are met and why.
 */
import type { Rating } from "../framework/scale.ts";
import type { CaseRules } from "../framework/standards.ts";
import { type Bands, bandOf, boundariesOf, percentOf, type Share } from "./percent.ts";

/** How many cases a key question concerned, and in how many its work was sufficient. */
export type Count = Share & { readonly keyQuestion: string };

export type RatedKeyQuestion = Count & {
  /** As the ruleset rounds; undefined, like `band`, where no case was relevant. */
  readonly percent: number | undefined;
  readonly band: Rating | undefined;
  /** Percentage points from each boundary, rising; not negative where it is reached. */
  readonly distances: readonly Distance[];
  /** The sub-sample is small by the ruleset. True also where there is no case at all. */
  readonly small: boolean;
};

export type Distance = { readonly boundary: number; readonly points: number };

/** One judgement the other way on one case, and the rating that the rule would then give. */
export type Flip = {
  readonly keyQuestion: string;
  readonly from: "yes" | "no";
  readonly to: "yes" | "no";
  readonly rating: Rating;
};

/** Why a panel may exercise discretion. */
export type MetTrigger =
  | {
      readonly trigger: "near-boundary";
      readonly percent: number;
      readonly near: readonly Distance[];
    }
  | { readonly trigger: "one-case"; readonly flips: readonly Flip[] }
  | { readonly trigger: "small-sample"; readonly keyQuestions: readonly Count[] };

export type RatedStandard = {
  readonly standard: string;
  readonly keyQuestions: readonly RatedKeyQuestion[];
  /** Every key question at the lowest percentage; none where the standard is not rated. */
  readonly lowest: readonly string[];
  /** The lowest percentage. */
  readonly percent: number | undefined;
  /** Percentage points between the highest and the lowest key question. */
  readonly spread: number | undefined;
  /** Undefined: not rated, because no key question had a case. */
  readonly rule: Rating | undefined;
  readonly triggers: readonly MetTrigger[];
  /** Where the standard is made of its questions: their grades, as far as there are any. */
  readonly grades?: readonly { readonly keyQuestion: string; readonly rating: Rating }[];
  /** The best rating that the limits leave; undefined where none holds. */
  readonly atMost?: Rating | undefined;
};

/**
 * Rates one standard. Key questions without a relevant case are left out of the decision. Throws a
 * RangeError when counts are no counts, or a key question is counted twice.
 *
 * Triggers, as we read the printed rule: "within five points" is the distance of the deciding
 * percentage, as rounded, to a boundary on either side, five included; "a different judgement in
 * one case" is one key question's answer on one case turned round, any key question and either way;
 * "rests on a small sample" asks the key questions that decide, not the others.
 */
export const rateStandard = (
  { code, domain }: { readonly code: string; readonly domain: number },
  counts: readonly Count[],
  rules: CaseRules,
): RatedStandard => {
  refuseRepeats(counts);
  const keyQuestions = counts.map((count) => rateKeyQuestion(count, rules));
  const percents = keyQuestions.flatMap(({ percent }) => (percent === undefined ? [] : [percent]));
  if (percents.length === 0) return { standard: code, keyQuestions, ...notRated };

  const percent = Math.min(...percents);
  const deciding = keyQuestions.filter((question) => question.percent === percent);
  const rule = bandOf(percent, rules);
  const movable = rules.discretion?.domains.includes(domain) ?? false;
  return {
    standard: code,
    keyQuestions,
    lowest: deciding.map(({ keyQuestion }) => keyQuestion),
    percent,
    spread: Math.max(...percents) - percent,
    rule,
    triggers: movable
      ? [...nearBoundary(percent, rules), ...oneCase(counts, rule, rules), ...smallSample(deciding)]
      : [],
  };
};

/** The rating by rule alone: undefined where no key question has a case. */
export const ruleRating = (counts: readonly Count[], rules: CaseRules): Rating | undefined => {
  let lowest: number | undefined;
  for (const count of counts) {
    if (count.relevant === 0) continue;
    const percent = percentOf(count, rules.rounding);
    if (lowest === undefined || percent < lowest) lowest = percent;
  }
  return lowest === undefined ? undefined : bandOf(lowest, rules);
};

/** Every single judgement, turned round, that would give another rating by rule than `rule`. */
export const flipsThatMatter = (
  counts: readonly Count[],
  rule: Rating | undefined,
  rules: CaseRules,
): readonly Flip[] =>
  counts.flatMap((count, i) =>
    possibleFlips(count).flatMap(({ from, to, yes }) => {
      const rating = ruleRating(counts.with(i, { ...count, yes }), rules);
      return rating === undefined || rating === rule
        ? []
        : [{ keyQuestion: count.keyQuestion, from, to, rating }];
    }),
  );

const notRated = {
  lowest: [],
  percent: undefined,
  spread: undefined,
  rule: undefined,
  triggers: [],
} as const;

const rateKeyQuestion = (count: Count, rules: CaseRules): RatedKeyQuestion => {
  const small = count.relevant <= (rules.discretion?.smallSample ?? 0);
  if (count.relevant === 0 && count.yes === 0) {
    return { ...count, percent: undefined, band: undefined, distances: [], small };
  }
  const percent = percentOf(count, rules.rounding);
  const distances = distancesFrom(percent, rules);
  return { ...count, percent, band: bandOf(percent, rules), distances, small };
};

const distancesFrom = (percent: number, bands: Bands): readonly Distance[] =>
  boundariesOf(bands).map((boundary) => ({ boundary, points: percent - boundary }));

const nearBoundary = (percent: number, rules: CaseRules): readonly MetTrigger[] => {
  const near = distancesFrom(percent, rules).filter(
    ({ points }) => Math.abs(points) <= (rules.discretion?.withinPoints ?? -1),
  );
  return near.length > 0 ? [{ trigger: "near-boundary", percent, near }] : [];
};

const oneCase = (
  counts: readonly Count[],
  rule: Rating,
  rules: CaseRules,
): readonly MetTrigger[] => {
  const flips = flipsThatMatter(counts, rule, rules);
  return flips.length > 0 ? [{ trigger: "one-case", flips }] : [];
};

const smallSample = (deciding: readonly RatedKeyQuestion[]): readonly MetTrigger[] => {
  const keyQuestions = deciding
    .filter(({ small }) => small)
    .map(({ keyQuestion, relevant, yes }) => ({ keyQuestion, relevant, yes }));
  return keyQuestions.length > 0 ? [{ trigger: "small-sample", keyQuestions }] : [];
};

const possibleFlips = ({ relevant, yes }: Count) => [
  ...(yes < relevant ? [{ from: "no", to: "yes", yes: yes + 1 } as const] : []),
  ...(yes > 0 ? [{ from: "yes", to: "no", yes: yes - 1 } as const] : []),
];

const refuseRepeats = (counts: readonly Count[]): void => {
  const seen = new Set<string>();
  for (const { keyQuestion } of counts) {
    if (seen.has(keyQuestion)) throw new RangeError(`${keyQuestion} is counted twice`);
    seen.add(keyQuestion);
  }
};
