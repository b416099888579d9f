/**
 * Whether rows that a program sends have the framework's columns, and values that these allow. A
 * file's cells are read by `import.ts` first, which says more.
 */
import type { Column } from "../framework/case-list-settings.ts";
import type { CaseValue } from "../framework/predicate.ts";
import { Day } from "../kernel/instants.ts";
import type { CaseRow } from "./case-list.ts";
import { damageIn } from "./damaged.ts";

/** The row is counted from 1. */
export type ListProblem = {
  readonly row: number;
  readonly column: string;
  readonly problem: "unknown-column" | "missing" | "not-allowed";
};

export const listProblems = (
  rows: readonly CaseRow[],
  columns: readonly Column[],
): readonly ListProblem[] => {
  const names = new Set(columns.map(({ name }) => name));
  return rows.flatMap((row, index) => [
    ...Object.keys(row)
      .filter((column) => !names.has(column))
      .map((column): ListProblem => ({ row: index + 1, column, problem: "unknown-column" })),
    ...columns.flatMap((column): readonly ListProblem[] => {
      const value = row[column.name];
      const at = { row: index + 1, column: column.name };
      if (value === undefined) return [{ ...at, problem: "missing" }];
      return isAllowed(value, column) ? [] : [{ ...at, problem: "not-allowed" }];
    }),
  ]);
};

const isAllowed = (value: CaseValue, column: Column): boolean => {
  const { type, blank } = column;
  if (blank !== undefined && value === blank) return true;
  switch (type.kind) {
    case "choice":
      return type.values.some((choice) => choice.value === value);
    case "text":
      return typeof value === "string" && value.length <= type.most && !damageIn(value, column);
    case "day":
      return Day.safeParse(value).success;
    case "yes-no":
      return typeof value === "boolean";
    case "number": {
      const { least = -Infinity, most = Infinity } = type;
      return typeof value === "number" && value >= least && value <= most;
    }
  }
};
