/**
 * Ratings that differ from the rule: which moves discretion allows, and what to make of a published
 * rating. A move without a record is never explained away.
 */
import { gradesOf, placeOf, type Rating, type Scale } from "../framework/scale.ts";
import type { CaseRules } from "../framework/standards.ts";
import type { RatedStandard } from "./rate.ts";

export type Move = {
  readonly from: Rating;
  readonly to: Rating;
  /** Bands moved; 0 where it stays. */
  readonly bands: number;
  readonly direction: "up" | "down" | "none";
};

export const moveOf = (scale: Scale, from: Rating, to: Rating): Move => {
  const steps = placeOf(scale, to) - placeOf(scale, from);
  const direction = steps === 0 ? "none" : steps > 0 ? "up" : "down";
  return { from, to, bands: Math.abs(steps), direction };
};

/** What stands against a move. `bands` is the most that the ruleset allows. */
export type MoveProblem =
  | { readonly reason: "NotRated"; readonly standard: string }
  | { readonly reason: "NotMoved"; readonly standard: string; readonly rating: Rating }
  | { readonly reason: "NotEligible"; readonly standard: string; readonly rule: Rating }
  | {
      readonly reason: "TooFarMoved";
      readonly standard: string;
      readonly from: Rating;
      readonly to: Rating;
      readonly bands: number;
    };

/** Why discretion cannot move this standard to `to`; undefined when it can. */
export const moveProblem = (
  { standard, rule, triggers }: RatedStandard,
  to: Rating,
  { discretion, scale }: CaseRules,
): MoveProblem | undefined => {
  if (rule === undefined) return { reason: "NotRated", standard };
  if (rule === to) return { reason: "NotMoved", standard, rating: to };
  if (triggers.length === 0 || !discretion) return { reason: "NotEligible", standard, rule };
  if (moveOf(scale, rule, to).bands <= discretion.maxBands) return undefined;
  return { reason: "TooFarMoved", standard, from: rule, to, bands: discretion.maxBands };
};

/** The ratings to which discretion may move this standard, rising; none where it may not. */
export const movesAllowed = (rated: RatedStandard, rules: CaseRules): readonly Rating[] =>
  gradesOf(rules.scale).filter((to) => moveProblem(rated, to, rules) === undefined);

/** What a published report says of discretion on one standard. */
export type RecordedDiscretion = {
  readonly from: Rating;
  readonly to: Rating;
  readonly reason?: string | undefined;
};

export type PublishedProblem =
  | MoveProblem
  | { readonly reason: "NoDiscretionRecorded"; readonly standard: string }
  /** The record speaks of another move than the one between rule and publication. */
  | {
      readonly reason: "RecordDiffers";
      readonly standard: string;
      readonly recorded: Move;
    }
  | { readonly reason: "NoReason"; readonly standard: string };

/**
 * `equal`: published as the rule gives it. `recorded`: moved, and the report says so.
 * `unexplained`: differs, and nothing that was published accounts for the difference.
 */
export type Verdict = {
  readonly verdict: "equal" | "recorded" | "unexplained";
  readonly move: Move | undefined;
  readonly problems: readonly PublishedProblem[];
};

/** How a published rating stands to the rule, given what the report says of discretion. */
export const judgePublished = (
  rated: RatedStandard,
  published: { readonly rating: Rating; readonly discretion?: RecordedDiscretion | undefined },
  rules: CaseRules,
): Verdict => {
  const { rating, discretion } = published;
  const differs = recordDiffers(rated, published, rules.scale);
  if (rated.rule === rating) {
    return { verdict: "equal", move: moveOf(rules.scale, rating, rating), problems: differs };
  }
  const move = rated.rule === undefined ? undefined : moveOf(rules.scale, rated.rule, rating);
  const illegal = moveProblem(rated, rating, rules);
  const problems = [...(illegal ? [illegal] : []), ...differs, ...unsaid(rated, discretion)];
  const accounted = move !== undefined && discretion !== undefined && differs.length === 0;
  return { verdict: accounted ? "recorded" : "unexplained", move, problems };
};

const recordDiffers = (
  { standard, rule }: RatedStandard,
  published: { readonly rating: Rating; readonly discretion?: RecordedDiscretion | undefined },
  scale: Scale,
): readonly PublishedProblem[] => {
  const { rating, discretion } = published;
  if (!discretion || (discretion.from === rule && discretion.to === rating)) return [];
  const recorded = moveOf(scale, discretion.from, discretion.to);
  return [{ reason: "RecordDiffers", standard, recorded }];
};

const unsaid = (
  { standard }: RatedStandard,
  discretion: RecordedDiscretion | undefined,
): readonly PublishedProblem[] => {
  if (!discretion) return [{ reason: "NoDiscretionRecorded", standard }];
  return discretion.reason?.trim() ? [] : [{ reason: "NoReason", standard }];
};
