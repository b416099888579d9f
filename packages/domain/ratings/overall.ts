/**
 * What the standards' ratings come to: the domains' own ratings, where a framework has them, and
 * the overall rating, by the ways of combining that the framework's document names.
 */
import type { Framework } from "../framework/document.ts";
import { mostPoints, pointsOf, type Rating, type Scale } from "../framework/scale.ts";
import { domainCode, scaleNamed, scoredStandards, standardIn } from "../framework/standards.ts";
import { combine, type Combined, type Part } from "./combine.ts";

export type ScoredStandard = {
  readonly standard: string;
  readonly rating: Rating | undefined;
  readonly score: number | undefined;
};

export type DomainRating = {
  readonly domain: number;
  readonly rating: Rating | undefined;
  /** The best rating that its limits leave; undefined where none holds. */
  readonly atMost: Rating | undefined;
};

export type Overall = {
  /** Sum of the scores there are, 0 to `maxScore`. */
  readonly score: number;
  readonly maxScore: number;
  /** Undefined: there is none, people decide it, or parts that count are not rated. */
  readonly overall: Rating | undefined;
  /** The best overall rating that the limits leave; undefined where none holds. */
  readonly atMost: Rating | undefined;
  readonly notRated: readonly string[];
  readonly scores: readonly ScoredStandard[];
  readonly domains: readonly DomainRating[];
};

/** The grade's points. Throws a RangeError for a rating that is no grade of the scale. */
export const scoreOf = (rating: Rating, scale: Scale): number => {
  const points = pointsOf(scale, rating);
  if (points === undefined) throw new RangeError(`${rating} is no grade of ${scale.id}`);
  return points;
};

/** By the codes of standards, and of domains that people grade; what is missing is not rated. */
export type Ratings = Readonly<Record<string, Rating | undefined>>;

const partsOf = (
  framework: Framework,
  codes: readonly string[],
  ratings: Ratings,
): readonly Part[] =>
  codes.map((code) => ({
    code,
    scale: scaleNamed(framework, standardIn(framework, code)!.scale),
    rating: ratings[code],
  }));

/** The most that the scored standards of this inspection could give together. */
export const maxScoreOf = (
  framework: Framework,
  codes: readonly string[] = scoredStandards(framework),
): number => partsOf(framework, codes, {}).reduce((sum, { scale }) => sum + mostPoints(scale), 0);

/** Whether the overall rating rests on a total, so that a score says something. */
export const hasScore = ({ overall }: Framework): boolean =>
  overall !== undefined && ["sum", "mean", "share-of-points"].includes(overall.combine.by);

/**
 * Score, domain ratings and overall rating from the standards' ratings by code. `rated` are the
 * standards that this inspection rates, all unless its kind leaves some out. Ratings of standards
 * that are not scored count in no total.
 */
export const overallOf = (
  framework: Framework,
  ratings: Ratings,
  rated: readonly string[] = framework.standards.map(({ code }) => code),
): Overall => {
  const scored = scoredStandards(framework).filter((code) => rated.includes(code));
  const parts = partsOf(framework, scored, ratings);
  const scores = parts.map(({ code, scale, rating }) => ({
    standard: code,
    rating,
    score: rating === undefined ? undefined : scoreOf(rating, scale),
  }));
  const domains = domainRatings(framework, ratings, rated);
  const result = overallResult(framework, parts, domains);
  return {
    score: scores.reduce((sum, { score = 0 }) => sum + score, 0),
    maxScore: maxScoreOf(framework, scored),
    overall: result?.rating,
    atMost: result?.atMost,
    notRated: scores.filter(({ rating }) => !rating).map(({ standard }) => standard),
    scores,
    domains,
  };
};

const domainRatings = (
  framework: Framework,
  ratings: Ratings,
  rated: readonly string[],
): readonly DomainRating[] =>
  framework.domains.flatMap(({ number, rating: how }) => {
    if (!how) return [];
    const codes = framework.standards
      .filter(({ domain, code }) => domain === number && rated.includes(code))
      .map(({ code }) => code);
    if (codes.length === 0) return [];
    const { rating, atMost } = combine(partsOf(framework, codes, ratings), {
      ...how,
      scale: scaleNamed(framework, how.scale),
      unrated: "withhold",
    });
    const given = how.combine.by === "people" ? ratings[domainCode(number)] : rating;
    return [{ domain: number, rating: given, atMost }];
  });

const overallResult = (
  framework: Framework,
  standards: readonly Part[],
  domains: readonly DomainRating[],
): Combined | undefined => {
  const { overall } = framework;
  if (!overall) return undefined;
  const parts =
    overall.of === "standards"
      ? standards
      : domains.map(({ domain, rating }): Part => {
          const how = framework.domains.find(({ number }) => number === domain)?.rating;
          return { code: String(domain), scale: scaleNamed(framework, how!.scale), rating };
        });
  return combine(parts, {
    ...overall,
    scale: scaleNamed(framework, overall.scale),
    // An inspection may leave standards out; the bands are made for all of them.
    ...(overall.of === "standards" && { bandsFor: maxScoreOf(framework) }),
  });
};
