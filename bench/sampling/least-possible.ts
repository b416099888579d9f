/**
 * The least mean imbalance over margins that any draw of fixed size with equal chances can have. A
 * category's expected number is seldom whole; the number drawn is, and must meet it on average.
 */
import type { Population } from "./populations.ts";

/**
 * In points of share. With f the fraction of the expected number, drawing the whole number below it
 * or above it, the latter with chance f, is nearest: off by 2f(1 - f) cases on average.
 */
export const leastPossible = ({ rows, variables, size }: Population): number => {
  const off = variables.flatMap((values) =>
    [...Map.groupBy(values, (value) => value).values()].map(({ length }) => {
      // Whole numbers first, so that no rounding makes a fraction of a whole expected number.
      const fraction = ((size * length) % rows.length) / rows.length;
      return (100 * 2 * fraction * (1 - fraction)) / size;
    }),
  );
  return off.reduce((sum, each) => sum + each, 0) / off.length;
};
