/** A file's bytes or text as a table, whatever it was written with: CSV in its forms, or JSON. */
import type { Progress } from "@assay/domain/sampling/import.ts";

import { tableOfCsv } from "./csv-table.ts";
import { tableOfJson } from "./json-table.ts";
import { malformed, type Table } from "./table.ts";

/** JSON where the text begins like JSON, otherwise CSV. */
export const tableOfFile = (content: string | Uint8Array, progress: Progress): Table => {
  if (typeof content !== "string" && isPacked(content)) {
    const expected = "CSV: a workbook or an archive is not opened, save the sheet as CSV first";
    return { records: [], problem: malformed(1, expected) };
  }
  const text = typeof content === "string" ? withoutMark(content) : decoded(content);
  if (text === undefined) {
    const problem = malformed(1, "text in UTF-8, UTF-16 or Windows-1252");
    return { records: [], problem };
  }
  return /^\s*[[{]/.test(text) ? tableOfJson(text) : tableOfCsv(text, progress);
};

/** Zip (which .xlsx and .ods are), gzip, and the older .xls: what unpacks to more than it is. */
const isPacked = (bytes: Uint8Array): boolean => {
  const start = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  return start === "504b0304" || start === "d0cf11e0" || start.startsWith("1f8b");
};

const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

/** By its byte order mark; without one UTF-8, or else what Windows calls ANSI. */
const decoded = (bytes: Uint8Array): string | undefined => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
};
