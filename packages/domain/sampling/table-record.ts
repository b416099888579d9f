/** A table as it is read from a file, whatever it holds, and what is wrong with it. */
import type { Code } from "./import-values.ts";

/** One record of a file: the line on which it begins, counted from 1, and its cells. */
export type TableRecord = { readonly line: number; readonly cells: readonly string[] };

export type Problem = {
  readonly line: number;
  /** The place in the record, counted from 1, and its header. Undefined: the record as a whole. */
  readonly column: number | undefined;
  readonly header: string | undefined;
  readonly value: string;
  readonly expected: string;
  readonly code:
    | Code
    | "empty-list"
    | "header-elsewhere"
    | "malformed"
    | "missing-column"
    | "repeated-column"
    | "too-many-cells"
    | "repeated-reference"
    | "too-many-rows";
};
