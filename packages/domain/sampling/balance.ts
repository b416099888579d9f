/**
 * What a sample is balanced on, and how well it came out: for each category of each variable, its
 * share of the eligible cases beside its share of the sample.
 */
import { z } from "zod";

import type { SamplingSettings } from "../framework/sampling-settings.ts";
import type { CaseRow } from "./case-list.ts";

export const Variable = z.enum(["gender", "disposal", "rosh", "safety"]);
export type Variable = z.infer<typeof Variable>;

/**
 * Shares run from 0 to 1 and are 0 where there is nothing to share; `difference` is in points of 1.
 */
export const BalanceLine = z.strictObject({
  variable: Variable,
  category: z.string(),
  population: z.int().min(0),
  sample: z.int().min(0),
  populationShare: z.number().min(0).max(1),
  sampleShare: z.number().min(0).max(1),
  difference: z.number().min(-1).max(1),
});
export type BalanceLine = z.infer<typeof BalanceLine>;

/** A case's category: rare and unknown genders form one, so that nobody is left out for theirs. */
export const categoryOf = (row: Pick<CaseRow, Variable>, variable: Variable): string => {
  if (variable !== "gender") return row[variable];
  return row.gender === "other" || row.gender === "unknown" ? "other-or-unknown" : row.gender;
};

export const balanceOf = (
  rows: readonly CaseRow[],
  sample: readonly CaseRow[],
  variables: SamplingSettings["balancedOn"],
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
        variable,
        category,
        population,
        sample: inSample,
        populationShare,
        sampleShare,
        difference,
      };
    });
  });

const countsOf = (rows: readonly CaseRow[], variable: Variable): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const category = categoryOf(row, variable);
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
};
