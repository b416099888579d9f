/** What the ledger holds against the store: records of what was signed, and published bundles. */
import { fromBase64 } from "@assay/ledger/base64.ts";
import { parseCheckpoint } from "@assay/ledger/checkpoint.ts";
import { cosignaturesTold } from "@assay/ledger/cosignature.ts";
import { inspect, type LogRecord } from "@assay/ledger/integrity.ts";
import { parseNote, parseVerifierKey } from "@assay/ledger/note.ts";
import { parseTimestamp } from "@assay/ledger/timestamp.ts";
import type { Report } from "@assay/ledger/verify-bundle.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { judge } from "@assay/verifier/judge.ts";

export type Bundle = { readonly version: number; readonly content: Uint8Array };

/** Where the console finds them; an engine without a ledger has none. */
export type Proofs = {
  readonly record: (inspection: string) => Promise<LogRecord | undefined>;
  /** The first version first. */
  readonly bundles: (inspection: string) => Promise<readonly Bundle[]>;
  /** The authority's verifier keys, as they are now. */
  readonly keys: () => Promise<readonly string[]>;
  /** The publisher keeps them where this console does not see them. */
  readonly elsewhere?: true;
};

export const noProofs: Proofs = {
  record: () => Promise.resolve(undefined),
  bundles: () => Promise.resolve([]),
  keys: () => Promise.resolve([]),
  elsewhere: true,
};

export type SignedCheckpoint = {
  readonly stage: string;
  readonly size: number;
  readonly origin: string;
  readonly root: string;
  /** Who says to have seen it, and when: ISO 8601. The bundle's verification checks them. */
  readonly attested: readonly { readonly by: string; readonly at: string }[];
};

/** Each checkpoint with what it covers, and whether the store still says what was signed. */
export const standingOf = (
  events: readonly StoredEvent[],
  record: LogRecord,
  keys: readonly string[],
) => {
  const found = inspect(events, record, keys.map(parseVerifierKey));
  return {
    ...found,
    recorded: record.events.length,
    checkpoints: record.checkpoints.map(({ stage, note, timestamps }): SignedCheckpoint => {
      const parsed = parseNote(note);
      const { size, origin, root } = parseCheckpoint(parsed.text);
      const witnesses = cosignaturesTold(parsed).map(({ witness, time }) => ({
        by: witness,
        at: new Date(time * 1000).toISOString(),
      }));
      const clocks = timestamps.map((token) => ({
        by: "timestamp",
        at: parseTimestamp(fromBase64(token)).time,
      }));
      const attested = [...witnesses, ...clocks];
      return { stage, size, origin, root: Buffer.from(root).toString("hex"), attested };
    }),
  };
};

/** The bundle judged as an outsider would judge it, who has the authority's keys. */
export const judged = (content: Uint8Array, keys: readonly string[]): Report =>
  judge(content, keys);
