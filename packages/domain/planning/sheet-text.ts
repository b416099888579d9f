/** Services and inspectors as CSV, as the import reads it. */
import { csvOf } from "../kernel/csv.ts";
import { columnsOf, type Sheet } from "./import.ts";
import type { Period } from "./problem.ts";

/** The sheet as CSV for these rows, as `importSheet` reads it. */
export const sheetText = <Row>(sheet: Sheet<Row>, rows: readonly Row[]): string =>
  csvOf([
    columnsOf(sheet).map(([, { header }]) => header),
    ...rows.map((row) =>
      columnsOf(sheet).map(([name]) => cellOf((row as Record<string, unknown>)[name])),
    ),
  ]);

const cellOf = (value: unknown): string => {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" || typeof value === "number") return `${value}`;
  if (!Array.isArray(value)) return "";
  return value
    .map((each: unknown) =>
      typeof each === "string" ? each : `${(each as Period).first}..${(each as Period).last}`,
    )
    .join("; ");
};
