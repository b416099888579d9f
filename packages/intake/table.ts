/** A file as records of text, whichever format it came in. */
import type { Problem, TableRecord } from "@assay/domain/sampling/table-record.ts";

/** What could be read of a file, and what ended the reading before its time. */
export type Table = { readonly records: readonly TableRecord[]; readonly problem?: Problem };

export const malformed = (line: number, expected: string): Problem => ({
  line,
  column: undefined,
  header: undefined,
  value: "",
  expected,
  code: "malformed",
});
