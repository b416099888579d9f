/** Services and inspectors as CSV, as the import reads it. */
import { columnsOf, type Sheet } from "./import.ts";
import type { Period } from "./problem.ts";

/** The sheet as CSV (RFC 4180) for these rows, as `importSheet` reads it. */
export const sheetText = <Row>(sheet: Sheet<Row>, rows: readonly Row[]): string =>
  [
    columnsOf(sheet).map(([, { header }]) => header),
    ...rows.map((row) =>
      columnsOf(sheet).map(([name]) => cellOf((row as Record<string, unknown>)[name])),
    ),
  ]
    .map((cells) => `${cells.map(quoted).join(",")}\r\n`)
    .join("");

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

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
