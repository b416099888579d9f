/**
 * Shares of cases as percentages, and the bands they fall into. Exact: no rounding but the rule's.
 */
import type { Rounding } from "../framework/ruleset.ts";
import { type Floors, gradesOf, type Rating, type Scale } from "../framework/scale.ts";

export type Share = { readonly relevant: number; readonly yes: number };

/**
 * `yes` out of `relevant` as a percentage, 0 to 100: a whole number unless `rounding` is "none".
 * Worked out in whole numbers, so that a half is a half. Throws a RangeError for what is no share
 * (not whole, negative, more yes than relevant, none relevant).
 */
export const percentOf = ({ relevant, yes }: Share, rounding: Rounding): number => {
  const whole = Number.isSafeInteger(relevant) && Number.isSafeInteger(yes);
  if (!whole || relevant < 1 || yes < 0 || yes > relevant) {
    throw new RangeError(`${yes} of ${relevant} is no share of cases`);
  }
  const hundredfold = 100 * yes;
  if (rounding === "none") return hundredfold / relevant;
  const down = Math.floor(hundredfold / relevant);
  const twiceRest = 2 * (hundredfold - down * relevant);
  return down + (roundsUp(rounding, Math.sign(twiceRest - relevant), down) ? 1 : 0);
};

/** `side` is the rest against a half: -1 below, 0 exactly, 1 above. */
const roundsUp = (rounding: Exclude<Rounding, "none">, side: number, down: number): boolean => {
  switch (rounding) {
    case "half-up":
      return side >= 0;
    case "half-even":
      return side > 0 || (side === 0 && down % 2 === 1);
    case "down":
      return false;
  }
};

/** Grades by the lowest value of each one's band. */
export type Bands = { readonly scale: Scale; readonly bands: Floors };

/** One grade's band: from `floor` up to `next`, which is the next grade's; none at the top. */
export type Band = {
  readonly grade: Rating;
  readonly floor: number;
  readonly next: number | undefined;
};

/** The bands, rising. */
export const bandsIn = ({ scale, bands }: Bands): readonly Band[] =>
  gradesOf(scale).map((grade, i, all) => ({
    grade,
    floor: bands[grade] ?? 0,
    next: all[i + 1] === undefined ? undefined : bands[all[i + 1]!],
  }));

/** The highest rating whose floor `value` reaches; `value` is not below 0, where the lowest is. */
export const bandOf = (value: number, { scale, bands }: Bands): Rating =>
  gradesOf(scale).findLast((grade) => (bands[grade] ?? 0) <= value) ?? scale.grades[0]!.label;

/** The boundaries between bands, rising: every floor but the lowest. */
export const boundariesOf = ({ scale, bands }: Bands): readonly number[] =>
  gradesOf(scale)
    .slice(1)
    .map((grade) => bands[grade] ?? 0);
