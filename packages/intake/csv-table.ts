/** A case list in CSV, or in what spreadsheets write instead: semicolons, tabs, any line ends. */
import { parse } from "csv-parse/sync";

import type { Progress } from "@assay/domain/sampling/import.ts";

import { malformed, type Table } from "./table.ts";

export const tableOfCsv = (raw: string, progress: Progress): Table => {
  const unix = raw.replaceAll(/\r\n?/g, "\n");
  // Excel announces its separator in a line of its own, which is no record.
  const announced = /^sep=(.)\n/i.exec(unix);
  const text = announced ? unix.slice(announced[0].length) : unix;
  const skipped = announced ? 1 : 0;
  const total = text.split("\n").length;
  let unclosed = false;
  const parsed = parse(text, {
    delimiter: announced?.[1] ?? separatorOf(text),
    info: true,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    on_skip: () => {
      unclosed = true;
      return undefined;
    },
    on_record: (record, { records }) => {
      if (records % 1000 === 0) progress(records, 2 * total);
      return record;
    },
  }) as unknown as readonly { record: string[]; info: { lines: number } }[];
  let end = skipped;
  const records = parsed.map(({ record, info }) => {
    const line = end + 1;
    end = info.lines + skipped;
    return { line, cells: record };
  });
  if (!unclosed) return { records };
  return { records, problem: malformed(end + 1, "a closing quotation mark: one opens here") };
};

/** The separator that occurs most in the header, of those that spreadsheets use. */
const separatorOf = (text: string): string => {
  const header = text.slice(0, text.indexOf("\n") === -1 ? undefined : text.indexOf("\n"));
  const bare = header.replaceAll(/"[^"]*"/g, "");
  const counted = [",", ";", "\t"].map((mark) => ({ mark, count: bare.split(mark).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).mark;
};
