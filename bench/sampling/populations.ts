/** Court populations to draw from, made up with the mix that published reports show. */
import { isCustody } from "@assay/domain/framework/case-profile.ts";
import type { Digest } from "@assay/domain/kernel/ids.ts";
import { Day } from "@assay/domain/kernel/instants.ts";
import { categoryOf } from "@assay/domain/sampling/balance.ts";
import type { CaseRow } from "@assay/domain/sampling/case-list.ts";
import { madeUpRows } from "@assay/domain/sampling/made-up-rows.ts";

export type Population = {
  readonly rows: readonly CaseRow[];
  /** Each case's category in each of `variableNames`. */
  readonly variables: readonly (readonly string[])[];
  readonly custody: readonly boolean[];
  /** How many are drawn. */
  readonly size: number;
};

export const variableNames = ["gender", "disposal", "rosh", "safety"] as const;

/** The same count, the same cases: only the size drawn from them differs. */
export const populationOf = (count: number, size: number): Population => {
  const rows = madeUpRows({
    count: { court: count, outOfCourt: 0 },
    fieldworkStart: Day.parse("2021-05-24"),
    seed: "be".repeat(32) as Digest,
    managers: Math.max(3, Math.ceil(count / 9)),
  });
  return {
    rows,
    variables: variableNames.map((name) => rows.map((row) => categoryOf(row, name))),
    custody: rows.map((row) => isCustody(row.disposal)),
    size,
  };
};
