/** The overall rating: the unweighted sum of the scored standards, and the band it falls into. */
import type { Rating, Ruleset } from "../framework/ruleset.ts";
import type { FrameworkVersion } from "../framework/version.ts";
import { scoredStandards } from "../framework/versions.ts";
import { bandOf } from "./percent.ts";

export type ScoredStandard = {
  readonly standard: string;
  readonly rating: Rating | undefined;
  readonly score: number | undefined;
};

export type Overall = {
  /** Sum of the scores there are, 0 to `maxScore`. */
  readonly score: number;
  readonly maxScore: number;
  /** Undefined: withheld, because these standards are not rated. */
  readonly overall: Rating | undefined;
  readonly notRated: readonly string[];
  readonly scores: readonly ScoredStandard[];
};

export const scoreOf = (rating: Rating, ruleset: Ruleset): number => ruleset.scores[rating];

/** The overall rating that a total gives. */
export const overallBandOf = (score: number, ruleset: Ruleset): Rating =>
  bandOf(score, ruleset.overallBands);

export const maxScoreOf = (version: FrameworkVersion): number =>
  scoredStandards(version).length * Math.max(...Object.values(version.ruleset.scores));

/**
 * Score and overall rating from the standards' ratings by code. A scored standard that is missing
 * is not rated. Ratings of standards that are not scored are passed over.
 */
export const overallOf = (
  version: FrameworkVersion,
  ratings: Readonly<Record<string, Rating | undefined>>,
): Overall => {
  const scores = scoredStandards(version).map((standard) => {
    const rating = ratings[standard];
    return { standard, rating, score: rating && scoreOf(rating, version.ruleset) };
  });
  const score = scores.reduce((sum, each) => sum + (each.score ?? 0), 0);
  const notRated = scores.filter(({ rating }) => !rating).map(({ standard }) => standard);
  return {
    score,
    maxScore: maxScoreOf(version),
    overall: notRated.length > 0 ? undefined : overallBandOf(score, version.ruleset),
    notRated,
    scores,
  };
};
