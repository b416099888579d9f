/**
 * Signs a checkpoint over an inspection's events, has it attested, and makes the audit bundle of a
 * published version.
 */
import { certificateIn, ratingsOnRecord } from "@assay/domain/audit/recompute.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { advance } from "@assay/ledger/advance.ts";
import { attest, type Attesters } from "@assay/ledger/attest.ts";
import { bundleMembers, sealedBundle, sealText } from "@assay/ledger/bundle.ts";
import { keptHashesOf, type LogRecord } from "@assay/ledger/integrity.ts";
import type { Keyring } from "@assay/ledger/keys.ts";
import { logOf } from "@assay/ledger/log.ts";
import { parseCheckpoint } from "@assay/ledger/checkpoint.ts";
import { haveSigned, parseNote, writeVerifierKey } from "@assay/ledger/note.ts";
import type { RecordFolder } from "@assay/ledger/record-folder.ts";
import { stageAfter } from "@assay/ledger/stages.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { factsOf } from "./told.ts";

export type Ledger = {
  readonly keyring: Keyring;
  readonly records: RecordFolder;
  /** Other bodies that are asked to attest checkpoints. */
  readonly attesters?: Attesters | undefined;
  /** Told of each that did not answer as asked; nothing else comes of it. */
  readonly onUnattested?: ((what: string) => void) | undefined;
  readonly waiting?: Waiting | undefined;
};

/** What is still to come, as far as this process knows. */
export type Waiting = {
  /** Events that call for a checkpoint which is not signed yet. */
  readonly signature: Set<string>;
  /** Inspections of whose checkpoints somebody who was asked did not attest one. */
  readonly witness: Set<string>;
};

/** Every event of one inspection, as far as the store goes. */
export type History = {
  readonly inspection: InspectionId;
  readonly events: readonly StoredEvent[];
};

/** Whether this event calls for a checkpoint by itself. */
export const callsForCheckpoint = (event: StoredEvent): boolean => stageAfter(event) !== undefined;

/**
 * The record with a checkpoint after `event` in it, kept before it is answered. The same event
 * again gives the same record, and so does one that a later checkpoint covers already. Throws a
 * LedgerFault when the store no longer holds what was recorded.
 */
export const checkpointAfter = async (
  event: StoredEvent,
  stage: string,
  { inspection, events }: History,
  ledger: Ledger,
): Promise<LogRecord> => {
  const { keyring, records } = ledger;
  const former = await records.read(inspection);
  if (former && isCovered(event, former)) return former;
  const after = event.id;
  ledger.waiting?.signature.add(after);
  const record = await advance({ inspection, events, record: former, keyring, stage, after });
  if (record !== former) await records.write(record);
  ledger.waiting?.signature.delete(after);
  return attested(record, events, ledger);
};

/** Whether the record has the checkpoint that this event calls for, or one that covers it. */
export const stands = (event: StoredEvent, record: LogRecord): boolean =>
  record.checkpoints.some(({ after }) => after === event.id) || isCovered(event, record);

/** Whether a checkpoint after a later event was signed before this one was come to. */
const isCovered = ({ id }: StoredEvent, { events, checkpoints }: LogRecord): boolean => {
  const last = checkpoints.at(-1);
  if (last === undefined || checkpoints.some(({ after }) => after === id)) return false;
  const at = events.findIndex((event) => event.id === id);
  return at >= 0 && at < parseCheckpoint(parseNote(last.note).text).size;
};

/** The record with what other bodies say of its checkpoints, as far as they answered. */
const attested = async (
  record: LogRecord,
  events: readonly StoredEvent[],
  { records, attesters, onUnattested, waiting }: Ledger,
): Promise<LogRecord> => {
  if (!attesters) return record;
  const found = await attest(record, events, attesters);
  for (const failure of found.failures) onUnattested?.(`${record.inspection}: ${failure}`);
  if (found.failures.length > 0) waiting?.witness.add(record.inspection);
  else waiting?.witness.delete(record.inspection);
  await records.write(found.record);
  return found.record;
};

/**
 * Everything that the ratings rest on, as one file that is verified offline. The case list is
 * proven but not shown: it profiles people.
 */
export const bundleOf = async (
  { inspection, events }: History,
  record: LogRecord,
  { keyring, attesters }: Pick<Ledger, "keyring" | "attesters">,
): Promise<string> => {
  const facts = factsOf(events);
  const announced = facts.find((fact) => fact.type === "InspectionAnnounced");
  const ratings = ratingsOnRecord(facts);
  if (!announced || !ratings) throw new TypeError(`${inspection} has no ratings to bundle`);
  const { version } = announced.framework;
  const certificate = certificateIn(facts, inspection);
  const members = bundleMembers({
    log: logOf(inspection, events, keptHashesOf(record)),
    keyring,
    checkpoints: record.checkpoints,
    framework: { id: version.id, document: version },
    certificates: certificate ? [certificate] : [],
    ratings,
    witnesses: (attesters?.witnesses ?? []).map(({ key }) => writeVerifierKey(key)),
    withhold: ({ type }) =>
      type === "CaseListSubmitted"
        ? "It lists people's cases; its digest is in the draw."
        : undefined,
  });
  return sealedBundle(members, await haveSigned(sealText(members), keyring.signer));
};
