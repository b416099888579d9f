/**
 * What a sample is balanced on, and how well it came out: for each category of each variable, its
 * share of the eligible cases beside its share of the sample.
 */
import { z } from "zod";

import type { Column } from "../framework/case-list-settings.ts";
import { type CaseValues, Name } from "../framework/predicate.ts";

/** A column that a sample is balanced on, and each case's category in it. */
export type Variable = { readonly name: string; readonly categoryOf: (row: CaseValues) => string };

/**
 * Shares run from 0 to 1 and are 0 where there is nothing to share; `difference` is in points of 1.
 */
export const BalanceLine = z.strictObject({
  variable: Name,
  category: z.string(),
  population: z.int().min(0),
  sample: z.int().min(0),
  populationShare: z.number().min(0).max(1),
  sampleShare: z.number().min(0).max(1),
  difference: z.number().min(-1).max(1),
});
export type BalanceLine = z.infer<typeof BalanceLine>;

/** The variables by their columns; values that form a group are one category. */
export const variablesOf = (
  names: readonly string[],
  columns: readonly Column[],
): readonly Variable[] =>
  names.map((name) => {
    const type = columns.find((column) => column.name === name)?.type;
    const groups = new Map(
      type?.kind === "choice" ? type.values.map(({ value, group }) => [value, group]) : [],
    );
    const categoryOf = (row: CaseValues): string => {
      const value = String(row[name] ?? "");
      return groups.get(value) ?? value;
    };
    return { name, categoryOf };
  });

export const balanceOf = (
  rows: readonly CaseValues[],
  sample: readonly CaseValues[],
  variables: readonly Variable[],
): readonly BalanceLine[] =>
  variables.flatMap((variable) => {
    const counts = countsOf(rows, variable);
    const drawn = countsOf(sample, variable);
    return [...counts.keys()].sort().map((category) => {
      const population = counts.get(category)!;
      const inSample = drawn.get(category) ?? 0;
      const populationShare = population / rows.length;
      const sampleShare = sample.length === 0 ? 0 : inSample / sample.length;
      const difference = sampleShare - populationShare;
      return {
        variable: variable.name,
        category,
        population,
        sample: inSample,
        populationShare,
        sampleShare,
        difference,
      };
    });
  });

const countsOf = (
  rows: readonly CaseValues[],
  { categoryOf }: Variable,
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const category = categoryOf(row);
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
};
