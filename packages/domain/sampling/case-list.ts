/**
 * The case list: one row for every disposal that a service reports, and the digest that fixes the
 * list before anybody can know the draw. Rows keep the order in which they were received.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";

import { CaseProfile } from "../framework/case-profile.ts";
import { everyKeyOf } from "../kernel/every-key.ts";
import { Digest } from "../kernel/ids.ts";

/** `ref`, `child` and `manager` are the provider's own pseudonyms: never a name. */
export const CaseRow = z.strictObject({
  ref: z.string(),
  child: z.string(),
  /** Empty where nobody holds the case: such cases are not counted together. */
  manager: z.string(),
  ...CaseProfile.shape,
});
export type CaseRow = z.infer<typeof CaseRow>;

/** The columns in the order in which they are hashed. */
export const columns = everyKeyOf<CaseRow>()([
  "ref",
  "disposal",
  "disposalDay",
  "gender",
  "ageBand",
  "ethnicity",
  "rosh",
  "safety",
  "manager",
  "child",
  "restricted",
  "workStarted",
]);
export type Column = (typeof columns)[number];

/** Rows hashed at a time: it only saves time. */
const batch = 500;
const heading = "assay-case-list/1\n";

/** One row as it is hashed: a JSON array of its columns without spaces (RFC 8259), then LF. */
export const canonicalRow = (row: CaseRow): string =>
  `${JSON.stringify(columns.map((column) => row[column]))}\n`;

/**
 * SHA-256 over the UTF-8 text of a heading line and of every row in the order received. It depends
 * on what the rows say, not on the file's format, so a list exported again has the same digest.
 */
export const digestOf = (rows: readonly CaseRow[]): Digest => {
  const hash = sha256.create().update(utf8ToBytes(heading));
  for (let from = 0; from < rows.length; from += batch)
    hash.update(
      utf8ToBytes(
        rows
          .slice(from, from + batch)
          .map(canonicalRow)
          .join(""),
      ),
    );
  return bytesToHex(hash.digest()) as Digest;
};
