/**
 * A table of figures as a spreadsheet has it: on each line a label, a figure and, where there is
 * one, the national figure. A first line without figures is the heading.
 */
import type { Problem, TableRecord } from "@assay/domain/sampling/table-record.ts";

import { tableOfFile } from "./file.ts";

type Row = {
  readonly label: string;
  readonly value?: number;
  readonly national?: number;
};

type Figures =
  | { readonly accepted: true; readonly rows: readonly Row[] }
  | { readonly accepted: false; readonly problems: readonly Problem[] };

/** Rows, or every cell that holds no figure with its line and column. */
export const readFigures = (content: string | Uint8Array): Figures => {
  const { records, problem } = tableOfFile(content, () => {});
  const [first, ...others] = records;
  const rows = first && isHeading(first) ? others : records;
  const problems = [...(problem ? [problem] : []), ...rows.flatMap(wrongCells)];
  if (rows.length === 0 && problems.length === 0)
    return { accepted: false, problems: [wrong(1, undefined, "", "at least one row of figures")] };
  return problems.length > 0
    ? { accepted: false, problems }
    : { accepted: true, rows: rows.map(rowOf) };
};

const isHeading = ({ cells: [, ...figures] }: TableRecord): boolean =>
  figures.some((cell) => cell.trim() !== "") && figures.every((cell) => !isFigure(cell.trim()));

const isFigure = (cell: string): boolean => figureOf(cell) !== undefined;

/** "1,234", "12.5" and "36%" are figures; an empty cell is a figure that is not known. */
const figureOf = (cell: string): number | undefined =>
  /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?$/.test(cell)
    ? Number(cell.replaceAll(/[,%]/g, ""))
    : undefined;

const wrongCells = ({ line, cells }: TableRecord): readonly Problem[] => {
  const [label = "", ...figures] = cells.map((cell) => cell.trim());
  return [
    ...(label === "" ? [wrong(line, 1, "", "what the figure is of")] : []),
    ...figures.flatMap((cell, i) =>
      i > 1 && cell !== ""
        ? [wrong(line, i + 2, cell, "a figure and a national figure, and no more")]
        : cell === "" || isFigure(cell)
          ? []
          : [wrong(line, i + 2, cell, "a number such as 1234 or 12.5")],
    ),
  ];
};

const wrong = (
  line: number,
  column: number | undefined,
  value: string,
  expected: string,
): Problem => ({ line, column, header: undefined, value, expected, code: "malformed" });

const rowOf = ({ cells }: TableRecord): Row => {
  const [label = "", here = "", everywhere = ""] = cells.map((cell) => cell.trim());
  const [value, national] = [figureOf(here), figureOf(everywhere)];
  return {
    label,
    ...(value !== undefined && { value }),
    ...(national !== undefined && { national }),
  };
};
