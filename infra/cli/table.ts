/** Tables of text. A column is as wide as its widest cell. */
import { stripVTControlCharacters } from "node:util";

export type Column = { readonly head: string; readonly align?: "right" };

const gap = "  ";

/** Under a last column of sentences a line as long as the longest would fill the screen. */
const longestRule = 40;

/** Lines of a table, without a line break at the end. A cell may hold several lines. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { bold = (text: string) => text } = {},
): string => {
  const heads = columns.map(({ head }) => head);
  const cells = [heads, ...rows].map((row) => row.map((cell) => cell.split("\n")));
  const widths = columns.map((_, i) =>
    Math.max(...cells.flatMap((row) => (row[i] ?? [""]).map(widthOf))),
  );
  const lines = cells.flatMap((row) => {
    const height = Math.max(...row.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      columns
        .map(({ align }, i) => pad(row[i]?.[line] ?? "", widths[i] ?? 0, align))
        .join(gap)
        .trimEnd(),
    );
  });
  const [head = "", ...body] = lines;
  const last = widths.length - 1;
  const rule = widths
    .map((width, i) => "─".repeat(i === last ? Math.min(width, longestRule) : width))
    .join(gap);
  return [bold(head), rule, ...body].join("\n");
};

/** Words in lines of at most `width` characters; a longer word keeps a line to itself. */
export const wrap = (text: string, width: number): string => {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.join("\n");
};

/** Names and values in two columns. */
export const pairs = (entries: readonly (readonly [string, string])[]): string => {
  const width = Math.max(0, ...entries.map(([name]) => widthOf(name)));
  return entries.map(([name, value]) => `${pad(name, width)}${gap}${value}`.trimEnd()).join("\n");
};

const widthOf = (text: string): number => [...stripVTControlCharacters(text)].length;

const pad = (text: string, width: number, align?: "right"): string => {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "right" ? space + text : text + space;
};
