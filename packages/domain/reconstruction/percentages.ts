/**
 * Counts behind printed percentages. Larger services' reports print no counts, so the numbers found
 * here are possible ones: they give what was printed, and need not be what was counted.
 */
import type { Rounding } from "../framework/ruleset.ts";
import type { Framework } from "../framework/document.ts";
import { percentOf, type Share } from "../ratings/percent.ts";

/**
 * Whether a report may print this share so: by the rule's rounding, or the exact percentage rounded
 * to as many decimals as are printed.
 */
export const agrees = (share: Share, percent: number, rounding: Rounding): boolean => {
  if (!isShare(share)) return true;
  const decimals = String(percent).split(".")[1]?.length ?? 0;
  const exact = (100 * share.yes) / share.relevant;
  return percentOf(share, rounding) === percent || Number(exact.toFixed(decimals)) === percent;
};

/** What is no share at all is objected to elsewhere. */
const isShare = ({ relevant, yes }: Share): boolean => relevant > 0 && yes <= relevant;

/** `relevant` cases with as many sufficient as give `percent`; undefined where no number does. */
export const shareIn = (
  percent: number,
  relevant: number,
  rounding: Rounding,
): Share | undefined => {
  if (relevant === 0) return undefined;
  const near = Math.round((percent * relevant) / 100);
  return [near, near - 1, near + 1]
    .filter((yes) => yes >= 0 && yes <= relevant)
    .map((yes) => ({ relevant, yes }))
    .find((share) => agrees(share, percent, rounding));
};

/** The share of the most cases, at most `most`, that gives `percent`. */
export const largestShare = (
  percent: number,
  most: number,
  rounding: Rounding,
): Share | undefined => {
  for (let relevant = most; relevant > 0; relevant -= 1) {
    const share = shareIn(percent, relevant, rounding);
    if (share) return share;
  }
  return undefined;
};

/**
 * The fewest cases, from `least` on, of which every one of the percentages can be a share. Whole
 * per cents can all be shares of 100, so it looks a little further and then settles for that.
 */
export const sizeForPercents = (
  percents: readonly number[],
  least: number,
  { ruleset }: Framework,
): number => {
  const fits = (size: number): boolean =>
    percents.every((percent) => shareIn(percent, size, ruleset.rounding) !== undefined);
  for (let size = least; size < least + furthest; size += 1) if (fits(size)) return size;
  return Math.max(least, furthest);
};

const furthest = 100;

/** A population's share of the smallest sample whose report prints percentages. */
export const usualSize = ({ populations, ruleset }: Framework, population: string): number => {
  const parts = populations.map(({ name, size }) => ({
    name,
    part: partOf(populations, name, size),
  }));
  const all = parts.reduce((sum, { part }) => sum + part, 0);
  const own = parts.find(({ name }) => name === population)?.part ?? 0;
  return Math.min(furthest, Math.ceil((ruleset.report.percentagesFromCases * own) / all));
};

/** A population that another one follows in a ratio counts as much as that ratio says. */
const partOf = (
  populations: Framework["populations"],
  name: string,
  own: Framework["populations"][number]["size"],
): number => {
  if (own.by === "ratio") return own.here;
  const ratios = populations.flatMap(({ size }) => (size.by === "ratio" ? [size] : []));
  return ratios.find(({ to }) => to === name)?.there ?? 1;
};
