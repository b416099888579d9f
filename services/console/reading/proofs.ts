/** What the ledger holds against the store: records of what was signed, and published bundles. */
import { certificateIn, recomputedRatings } from "@assay/domain/audit/recompute.ts";
import { AnyFact } from "@assay/domain/facts.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { Recompute } from "@assay/ledger/check.ts";
import { parseCheckpoint } from "@assay/ledger/checkpoint.ts";
import { inspect, type LogRecord } from "@assay/ledger/integrity.ts";
import { parseNote, parseVerifierKey } from "@assay/ledger/note.ts";
import { type Report, verifyBundle } from "@assay/ledger/verify-bundle.ts";
import type { StoredEvent } from "@assay/store/port.ts";

export type Bundle = { readonly version: number; readonly content: Uint8Array };

/** Where the console finds them; an engine without a ledger has none. */
export type Proofs = {
  readonly record: (inspection: string) => Promise<LogRecord | undefined>;
  /** The first version first. */
  readonly bundles: (inspection: string) => Promise<readonly Bundle[]>;
  /** The authority's verifier keys. */
  readonly keys: readonly string[];
};

export const noProofs: Proofs = {
  record: () => Promise.resolve(undefined),
  bundles: () => Promise.resolve([]),
  keys: [],
};

export type SignedCheckpoint = {
  readonly stage: string;
  readonly size: number;
  readonly origin: string;
  readonly root: string;
};

/** Each checkpoint with what it covers, and whether the store still says what was signed. */
export const standingOf = (events: readonly StoredEvent[], record: LogRecord, { keys }: Proofs) => {
  const found = inspect(events, record, keys.map(parseVerifierKey));
  return {
    ...found,
    recorded: record.events.length,
    checkpoints: record.checkpoints.map(({ stage, note }): SignedCheckpoint => {
      const { size, origin, root } = parseCheckpoint(parseNote(note).text);
      return { stage, size, origin, root: Buffer.from(root).toString("hex") };
    }),
  };
};

type Events = Parameters<Recompute>[0];

const factsIn = (events: Events): readonly AnyFact[] =>
  events.map(({ type, data }) => AnyFact.parse({ type, ...data }));

const recompute: Recompute = (events) => recomputedRatings(factsIn(events));

const recertify: Recompute = (events) => {
  const inspection = events.map(({ stream }) => inspectionOf(stream)).find(Boolean);
  const certificate = certificateIn(factsIn(events), inspection ?? "");
  return certificate ? [certificate] : [];
};

/** The bundle judged as an outsider would judge it, who has the authority's keys. */
export const judged = (content: Uint8Array, { keys }: Proofs): Report =>
  verifyBundle(content, { trusted: keys, recompute, recertify });
