/**
 * Carries an inspection's record forward to the next checkpoint. The store is held against the
 * record first, so that a history which was tampered with is never signed, nor its traces lost.
 */
import type { StoredEvent } from "@assay/store/port.ts";

import { originOf, parseCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { LedgerFault } from "./fault.ts";
import { inspect, keptHashesOf, type LogRecord, recordOf } from "./integrity.ts";
import type { Keyring } from "./keys.ts";
import { logOf, nextCheckpoint, sizeThrough } from "./log.ts";
import { haveSigned, parseNote, parseVerifierKey, renamed } from "./note.ts";

export type Advance = {
  readonly inspection: string;
  /** Everything the store has of the inspection, in any order and company. */
  readonly events: readonly StoredEvent[];
  /** What was recorded before; undefined at an inspection's first checkpoint. */
  readonly record: LogRecord | undefined;
  readonly keyring: Keyring;
  /** Why a checkpoint is signed now, such as `ratings-concluded`. */
  readonly stage: string;
  /** The id of the event that calls for it, which is the last one that it covers. */
  readonly after: string;
};

/**
 * The record with the checkpoint in it: save it before anyone is shown the checkpoint. The same
 * request again gives the same record. Rejects with a LedgerFault `inconsistent` when the store no
 * longer holds what was recorded, has no such event, or the event lies before the last checkpoint.
 */
export const advance = async (request: Advance): Promise<LogRecord> => {
  const { inspection, events, keyring, stage, after } = request;
  const origin = originOf(keyring.signer.name, inspection);
  const record = request.record ?? {
    ...{ format: "assay-record/1" as const, inspection, origin, events: [], checkpoints: [] },
  };
  const { checkpoints } = record;
  const known = checkpoints.some((one) => one.stage === stage && one.after === after);
  if (known) return record;
  assertHolds(request, record);
  const log = logOf(inspection, events, keptHashesOf(record));
  const size = sizeThrough(log, after);
  const last = checkpoints.at(-1);
  const reached = last ? parseCheckpoint(parseNote(last.note).text).size : 0;
  if (size === undefined || size < reached) {
    const why = size === undefined ? "is not in the log" : "lies before the last checkpoint";
    throw new LedgerFault("inconsistent", `event ${after} of ${origin} ${why}`);
  }
  const earlier = checkpoints.map(({ note }) => note);
  const checkpoint = writeCheckpoint(nextCheckpoint({ log, size, origin, earlier }));
  const note = await haveSigned(checkpoint, renamed(keyring.signer, origin));
  // Streams are read one after the other, so what came after the event may have gaps as yet.
  const entries = log.entries.slice(0, Math.max(size, record.events.length));
  return recordOf(
    { ...log, entries },
    {
      origin,
      checkpoints: [...checkpoints, { stage, after, note, timestamps: [] }],
    },
  );
};

const assertHolds = ({ events, keyring }: Advance, record: LogRecord): void => {
  const { holds, tampering } = inspect(events, record, keyring.keys.map(parseVerifierKey));
  if (holds) return;
  const what = tampering.map((found) => found.what).join("; ");
  throw new LedgerFault("inconsistent", `${record.origin} is not signed: ${what}`);
};
