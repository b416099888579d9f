/**
 * The case list to hand to a service: the header and made-up rows that show what each cell may
 * hold.
 */
import type { Column } from "../framework/case-list-settings.ts";

const rows = 5;

/** CSV (RFC 4180) with CRLF line ends and no byte order mark, as spreadsheets read it. */
export const caseListTemplate = (columns: readonly Column[]): string =>
  [
    columns.map(({ label }) => label),
    ...Array.from({ length: rows }, (_, row) => columns.map((column) => cellOf(column, row))),
  ]
    .map((cells) => `${cells.map(quoted).join(",")}\r\n`)
    .join("");

const cellOf = ({ type, purpose }: Column, row: number): string => {
  switch (type.kind) {
    case "choice":
      return type.values[Math.floor((row * type.values.length) / rows)]!.label;
    case "day":
      return row % 2 === 0 ? `2020-02-1${row}` : `1${row}/03/2020`;
    case "yes-no":
      return (purpose === "restricted") === (row === 2) ? "yes" : "no";
    case "number":
      return String(Math.min(type.most ?? Infinity, (type.least ?? 0) + row));
    case "text":
      return (
        { reference: `A-000${row + 1}`, person: `P-${row + 1}`, worker: `W-${(row % 2) + 1}` }[
          purpose as string
        ] ?? "as you record it".slice(0, type.most)
      );
  }
};

const quoted = (cell: string): string =>
  /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
