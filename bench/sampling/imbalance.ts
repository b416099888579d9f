/** How far samples are from their population, in points of share (0 to 100). */
import type { Population } from "./populations.ts";

/** Means over draws: of the mean difference over all categories, and of the greatest. */
export type Imbalance = { readonly mean: number; readonly worst: number };
export type Imbalances = { readonly margins: Imbalance; readonly pairs: Imbalance };

export const imbalanceOf = (
  population: Population,
  samples: readonly (readonly number[])[],
): Imbalances => {
  const singles = population.variables;
  const pairs = singles.flatMap((a, i) =>
    singles.slice(i + 1).map((b) => a.map((value, unit) => `${value}/${b[unit]}`)),
  );
  return { margins: over(singles, samples), pairs: over(pairs, samples) };
};

const over = (
  variables: readonly (readonly string[])[],
  samples: readonly (readonly number[])[],
): Imbalance => {
  const shares = variables.map((values) => sharesOf(values, [...values.keys()]));
  let mean = 0;
  let worst = 0;
  for (const sample of samples) {
    const differences = variables.flatMap((values, v) => {
      const drawn = sharesOf(values, sample);
      return [...shares[v]!].map(([category, share]) =>
        Math.abs((drawn.get(category) ?? 0) - share),
      );
    });
    mean += differences.reduce((sum, each) => sum + each, 0) / differences.length;
    worst += Math.max(...differences);
  }
  return { mean: mean / samples.length, worst: worst / samples.length };
};

const sharesOf = (values: readonly string[], units: readonly number[]): Map<string, number> => {
  const shares = new Map<string, number>();
  for (const unit of units)
    shares.set(values[unit]!, (shares.get(values[unit]!) ?? 0) + 100 / units.length);
  return shares;
};
