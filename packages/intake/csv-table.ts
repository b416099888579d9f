/** A case list in CSV, or in what spreadsheets write instead: semicolons, tabs, any line ends. */
import { type InfoRecord, type Options, parse } from "csv-parse/sync";

import type { Progress } from "@assay/domain/sampling/import.ts";
import type { TableRecord } from "@assay/domain/sampling/table-record.ts";

import { malformed, type Table } from "./table.ts";

export const tableOfCsv = (raw: string, progress: Progress): Table => {
  const unix = raw.replaceAll(/\r\n?/g, "\n");
  // Excel announces its separator in a line of its own, which is no record.
  const announced = /^sep=(.)\n/i.exec(unix);
  const text = announced ? unix.slice(announced[0].length) : unix;
  const skipped = announced ? 1 : 0;
  const total = linesIn(text);
  if (total > mostLines)
    return { records: [], problem: malformed(mostLines, `at most ${mostLines} lines`) };
  let unclosed = false;
  let end = skipped;
  const parsed = parse(text, {
    delimiter: announced?.[1] ?? separatorOf(text),
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: () => {
      unclosed = true;
      return undefined;
    },
    on_record: ((cells: string[], { records: done, lines }: InfoRecord) => {
      if (done % 1000 === 0) progress(done, 2 * total);
      end = lines + skipped;
      return { line: end - breaksIn(cells), cells };
      // It may make of a record what it likes, and the types of `parse` know of records alone.
    }) as unknown as NonNullable<Options["on_record"]>,
  }) as unknown;
  const records = parsed as TableRecord[];
  if (!unclosed) return { records };
  return { records, problem: malformed(end + 1, "a closing quotation mark: one opens here") };
};

/** More than any list may have rows; each line that is too short costs 25 microseconds. */
const mostLines = 110_000;

/** Within quotation marks. */
const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + linesIn(cell) - 1, 0);

const linesIn = (text: string): number => {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
};

/** The separator that occurs most in the header, of those that spreadsheets use. */
const separatorOf = (text: string): string => {
  const header = text.slice(0, text.indexOf("\n") === -1 ? undefined : text.indexOf("\n"));
  const bare = header.replaceAll(/"[^"]*"/g, "");
  const counted = [",", ";", "\t"].map((mark) => ({ mark, count: bare.split(mark).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).mark;
};
