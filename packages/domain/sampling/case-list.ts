/**
 * The case list: one row for every case that a service reports, and the digest that fixes the list
 * before anybody can know the draw. Rows keep the order in which they were received.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";

import type { Column } from "../framework/case-list-settings.ts";
import { CaseValue, Name } from "../framework/predicate.ts";
import type { Digest } from "../kernel/ids.ts";

/** Values by the names of the framework's columns. References are pseudonyms: never a name. */
export const CaseRow = z.record(Name, CaseValue);
export type CaseRow = z.infer<typeof CaseRow>;

/** Rows hashed at a time: it only saves time. */
const batch = 500;
const heading = "assay-case-list/1\n";

/**
 * One row as it is hashed: a JSON array of its columns, in the framework's order and without spaces
 * (RFC 8259), then LF.
 */
export const canonicalRow = (row: CaseRow, columns: readonly Pick<Column, "name">[]): string =>
  `${JSON.stringify(columns.map(({ name }) => row[name]))}\n`;

/**
 * SHA-256 over the UTF-8 text of a heading line and of every row in the order received. It depends
 * on what the rows say, not on the file's format, so a list exported again has the same digest.
 */
export const digestOf = (
  rows: readonly CaseRow[],
  columns: readonly Pick<Column, "name">[],
): Digest => {
  const hash = sha256.create().update(utf8ToBytes(heading));
  for (let from = 0; from < rows.length; from += batch)
    hash.update(
      utf8ToBytes(
        rows
          .slice(from, from + batch)
          .map((row) => canonicalRow(row, columns))
          .join(""),
      ),
    );
  return bytesToHex(hash.digest()) as Digest;
};
