/**
 * The case list to hand to a service: the header and made-up rows that show what each cell may
 * hold.
 */
import type { Column } from "../framework/case-list-settings.ts";
import { csvOf } from "../kernel/csv.ts";

/** At least so many; more where a column has more values, so that each is seen. */
const fewest = 5;

const rowsFor = (columns: readonly Column[]): number =>
  columns.reduce(
    (most, { type }) => (type.kind === "choice" ? Math.max(most, type.values.length) : most),
    fewest,
  );

/** CSV, as spreadsheets read it. */
export const caseListTemplate = (columns: readonly Column[]): string => {
  const rows = rowsFor(columns);
  return csvOf([
    columns.map(({ label }) => label),
    ...Array.from({ length: rows }, (_, row) => columns.map((column) => cellOf(column, row, rows))),
  ]);
};

const cellOf = ({ type, purpose }: Column, row: number, rows: number): string => {
  switch (type.kind) {
    case "choice":
      return type.values[Math.floor((row * type.values.length) / rows)]!.label;
    case "day":
      return row % 2 === 0 ? `2020-02-${10 + (row % 18)}` : `${10 + (row % 18)}/03/2020`;
    case "yes-no":
      return (purpose === "restricted") === (row === 2) ? "yes" : "no";
    case "number":
      return String(Math.min(type.most ?? Infinity, (type.least ?? 0) + row));
    case "text":
      return (
        {
          reference: `A-${String(row + 1).padStart(4, "0")}`,
          person: `P-${row + 1}`,
          worker: `W-${(row % 2) + 1}`,
        }[purpose as string] ?? "as you record it".slice(0, type.most)
      );
  }
};
