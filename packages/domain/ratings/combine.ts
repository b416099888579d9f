/**
 * One grade from several, in the ways of `framework/combining.ts`, with what led to it: what was
 * counted, the rule that held, and the limit that lowered it.
 */
import type { Combine, Limit } from "../framework/combining.ts";
import {
  type Floors,
  gradesOf,
  mostPoints,
  placeOf,
  pointsOf,
  type Scale,
} from "../framework/scale.ts";
import type { Rating } from "../framework/scale.ts";

/** A part with its own scale; `rating` is undefined where it is not rated. */
export type Part = {
  readonly code: string;
  readonly scale: Scale;
  readonly rating: Rating | undefined;
};

export type Combining = {
  readonly scale: Scale;
  readonly combine: Combine;
  readonly limits?: readonly Limit[] | undefined;
  /** What an unrated part does: no result, or the others count with scaled bands. */
  readonly unrated: "withhold" | "leave-out";
  /** The most points for which the bands of a sum are made; by default all parts'. */
  readonly bandsFor?: number;
};

export type Combined = {
  /** Undefined: people decide, or it is withheld because parts are not rated. */
  readonly rating: Rating | undefined;
  /** What the way of combining alone gave, before any limit. */
  readonly before: Rating | undefined;
  /** The best grade that the limits leave; undefined where none holds. */
  readonly atMost: Rating | undefined;
  /** The sum of the rated parts' points, and the most that all parts could give. */
  readonly points: number;
  readonly possible: number;
  readonly notRated: readonly string[];
};

/** Throws a RangeError for a rating that is no grade of its part's scale. */
export const combine = (parts: readonly Part[], how: Combining): Combined => {
  const rated = parts.filter((part): part is Rated => part.rating !== undefined);
  const notRated = parts.filter(({ rating }) => rating === undefined).map(({ code }) => code);
  const points = rated.reduce((sum, part) => sum + pointsIn(part), 0);
  const possible = parts.reduce((sum, { scale }) => sum + mostPoints(scale), 0);
  const withheld = rated.length === 0 || (notRated.length > 0 && how.unrated === "withhold");
  const before = withheld ? undefined : byWay(rated, possible, how);
  const atMost = lowestLimit(rated, how);
  return {
    before,
    atMost,
    rating:
      before && atMost && placeOf(how.scale, atMost) < placeOf(how.scale, before) ? atMost : before,
    points,
    possible,
    notRated,
  };
};

type Rated = Part & { readonly rating: Rating };

const pointsIn = ({ code, scale, rating }: Rated): number => {
  const points = pointsOf(scale, rating);
  if (points === undefined) throw new RangeError(`${rating} of ${code} is no grade of ${scale.id}`);
  return points;
};

const byWay = (
  rated: readonly Rated[],
  possible: number,
  { scale, combine: way, bandsFor = possible }: Combining,
): Rating | undefined => {
  const points = rated.reduce((sum, part) => sum + pointsIn(part), 0);
  const most = rated.reduce((sum, part) => sum + mostPoints(part.scale), 0);
  switch (way.by) {
    case "people":
      return undefined;
    case "lowest":
      return gradesOf(scale)[Math.min(...rated.map(({ rating }) => placeOf(scale, rating)))];
    case "mean":
      return banded(rounded(points / rated.length, way.rounding), scale, way.bands);
    case "sum":
      // The sum that all parts would have in the rated parts' proportion.
      return banded(most === bandsFor ? points : (points * bandsFor) / most, scale, way.bands);
    case "share-of-points":
      return banded(rounded((100 * points) / most, way.rounding), scale, way.bands);
    case "first-rule":
      return way.rules.find(({ where }) => holdsOf(where, rated))?.grade ?? way.otherwise;
  }
};

const rounded = (value: number, rounding: "half-up" | "down" | "none"): number => {
  if (rounding === "none") return value;
  return rounding === "down" ? Math.floor(value) : Math.floor(value + 0.5);
};

/** The best grade whose floor `value` reaches. */
const banded = (value: number, scale: Scale, floors: Floors): Rating | undefined =>
  gradesOf(scale).findLast((grade) => (floors[grade] ?? Infinity) <= value);

/** Whether every count holds of the rated parts. */
export const holdsOf = (
  where: Limit["where"],
  rated: readonly { readonly code: string; readonly rating: Rating }[],
): boolean =>
  where.every(({ grades, of, atLeast, atMost }) => {
    const found = rated.filter(
      ({ code, rating }) => grades.includes(rating) && (of === undefined || of.includes(code)),
    ).length;
    const least = atLeast ?? (atMost === undefined ? 1 : 0);
    return found >= least && found <= (atMost ?? Infinity);
  });

/** The best grade that the limits leave, whoever decides; undefined where no limit holds. */
const lowestLimit = (
  rated: readonly Rated[],
  { scale, limits = [] }: Combining,
): Rating | undefined => {
  const places = limits
    .filter(({ where }) => holdsOf(where, rated))
    .map(({ atMost }) => placeOf(scale, atMost));
  return places.length > 0 ? gradesOf(scale)[Math.min(...places)] : undefined;
};
