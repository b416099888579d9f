/** Who attested an inspection's record, and when, as a page that a person reads, in Markdown. */
import { fromBase64 } from "./base64.ts";
import type { StagedCheckpoint } from "./bundle.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { verifyCosignatures } from "./cosignature.ts";
import { parseNote, type VerifierKey, writeVerifierKey } from "./note.ts";
import { parseTimestamp } from "./timestamp.ts";

/** `witnesses` are those whose cosignatures count; throws a LedgerFault where one is wrong. */
export const attestationsPage = (
  inspection: string,
  checkpoints: readonly StagedCheckpoint[],
  witnesses: readonly VerifierKey[],
): string => {
  const rows = checkpoints.map(({ stage, note, timestamps }) => {
    const cosigned = verifyCosignatures(parseNote(note), witnesses);
    return [
      stage,
      String(parseCheckpoint(parseNote(note).text).size),
      listed(cosigned.map(({ witness, time }) => `${witness}, ${momentOf(time)}`)),
      listed(timestamps.map((token) => parseTimestamp(fromBase64(token)).time)),
    ];
  });
  return [
    "# Who attested the record, and when",
    `Inspection: ${inspection}`,
    "At each stage the inspectorate signed everything that was recorded so far. A witness is " +
      "another body, which cosigned only what continued the record that it had seen before. A " +
      "timestamp is by an authority's clock. The audit bundle has the signatures.",
    table(["Signed at", "Events", "Witnesses", "Timestamps"], rows),
    "## Witnesses",
    witnesses.length === 0
      ? "None was asked: that this is the record of that time rests on the inspectorate's word."
      : witnesses.map((key) => `- \`${writeVerifierKey(key)}\``).join("\n"),
    "",
  ].join("\n\n");
};

const listed = (items: readonly string[]): string => (items.length === 0 ? "–" : items.join("; "));

const momentOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
