/** Court populations to draw from, made up with the mix that published reports show. */
import type { DisposalType } from "@assay/domain/framework/format-1-disposals.ts";
import { columnsOfFormat1 } from "@assay/domain/framework/format-1.ts";
import type { Digest } from "@assay/domain/kernel/ids.ts";
import { Day } from "@assay/domain/kernel/instants.ts";
import { variablesOf } from "@assay/domain/sampling/balance.ts";
import type { CaseRow } from "@assay/domain/sampling/case-list.ts";
import { isCustody, madeUpRows } from "@assay/domain/sampling/contract/made-up-rows.ts";

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
    variables: variablesOf(variableNames, columnsOfFormat1).map(({ categoryOf }) =>
      rows.map((row) => categoryOf(row)),
    ),
    custody: rows.map((row) => isCustody(row["disposal"] as DisposalType)),
    size,
  };
};
