/** Whether every case is drawn equally often over many seeds. */
import { cube, streamFor } from "./designs.ts";
import { populationOf } from "./populations.ts";

export type InclusionCheck = {
  readonly population: number;
  readonly size: number;
  readonly seeds: number;
  /** Scaled so that equal chances give a mean of `freedom`. */
  readonly chiSquare: number;
  readonly freedom: number;
  /** How often equal chances would give so large a value or a larger one, approximately. */
  readonly tail: number;
  readonly rarest: number;
  readonly commonest: number;
};

export const inclusionCheck = (count: number, size: number, seeds: number): InclusionCheck => {
  const population = populationOf(count, size);
  const counts = new Array<number>(count).fill(0);
  for (let seed = 0; seed < seeds; seed += 1)
    for (const unit of cube(population, streamFor(`inclusion/${count}/${size}/${seed}`)))
      counts[unit]! += 1;
  const expected = (seeds * size) / count;
  const variance = expected * (1 - size / count);
  const freedom = count - 1;
  const squares = counts.reduce((sum, each) => sum + (each - expected) ** 2, 0);
  const chiSquare = ((squares / variance) * freedom) / count;
  return {
    population: count,
    size,
    seeds,
    chiSquare,
    freedom,
    tail: upperTail(chiSquare, freedom),
    rarest: Math.min(...counts) / seeds,
    commonest: Math.max(...counts) / seeds,
  };
};

/** Wilson and Hilferty (1931): the cube root of chi-square is nearly normal. */
const upperTail = (chiSquare: number, freedom: number): number => {
  const spread = 2 / (9 * freedom);
  const z = (Math.cbrt(chiSquare / freedom) - 1 + spread) / Math.sqrt(spread);
  // Abramowitz and Stegun 7.1.26, to 1.5e-7.
  const t = 1 / (1 + (0.3275911 * Math.abs(z)) / Math.SQRT2);
  const poly =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const half = (poly * Math.exp(-(z * z) / 2)) / 2;
  return z > 0 ? half : 1 - half;
};
