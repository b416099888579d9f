/**
 * The log of one inspection: its events in the ledger's fixed order, and what may be signed and
 * proven about them. The order is that of the store's positions over all the inspection's streams.
 */
import { categoryOf, inspectionOf } from "@assay/domain/kernel/stream.ts";
import { comparePositions, type StoredEvent } from "@assay/store/port.ts";

import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { LedgerFault } from "./fault.ts";
import { leafBytes, leafOf, type RedactedEvent, redact, type TextHashes } from "./leaf.ts";
import { parseNote } from "./note.ts";
import { writeProof } from "./proof.ts";
import {
  append,
  emptyRange,
  equal,
  type Hash,
  inclusionProof,
  nodesInMemory,
  type ReadNode,
  rootAt,
} from "./tree.ts";

/** `index` is the leaf's place, from 0. */
export type LogEntry = {
  readonly index: number;
  readonly event: RedactedEvent;
  readonly leaf: Hash;
};

export type InspectionLog = {
  readonly inspection: string;
  readonly entries: readonly LogEntry[];
  readonly read: ReadNode;
};

/** The hashes of erased texts, by the id of the event that held them. */
export type KeptHashes = ReadonlyMap<string, TextHashes>;

/**
 * The inspection's events in the ledger's order. Positions differ between stores, and are no part
 * of a leaf; the order they give survives an export and import, because that is how these append.
 */
export const inOrder = (
  inspection: string,
  events: readonly StoredEvent[],
): readonly StoredEvent[] =>
  events
    .filter(({ stream }) => inspectionOf(stream) === inspection && isLogged(stream))
    .toSorted((a, b) => comparePositions(a.position, b.position));

/** Who was written to when is no part of how a rating came about. */
const isLogged = (stream: string): boolean => categoryOf(stream) !== "reminders";

/** The log of the inspection's events, in whatever order and company they are given. */
export const logOf = (
  inspection: string,
  events: readonly StoredEvent[],
  kept: KeptHashes = new Map(),
): InspectionLog => {
  const { read, write } = nodesInMemory();
  let range = emptyRange;
  const entries = inOrder(inspection, events).map((event, index): LogEntry => {
    const redacted = redact(event, kept.get(event.id));
    const leaf = leafOf(redacted);
    range = append(range, leaf, write);
    return { index, event: redacted, leaf };
  });
  return { inspection, entries, read };
};

/** How many leaves a log has once the event with this id is its last one; undefined: not in it. */
export const sizeThrough = ({ entries }: InspectionLog, eventId: string): number | undefined => {
  const entry = entries.find(({ event }) => event.id === eventId);
  return entry && entry.index + 1;
};

/**
 * The checkpoint of the log's first `size` events, to be signed. A log must never sign two that
 * disagree (C2SP tlog-checkpoint): throws a LedgerFault `inconsistent` when any of the `earlier`
 * notes, which are all that was ever signed for this log, is not of a tree that this one extends.
 */
export const nextCheckpoint = ({
  log,
  size,
  origin,
  earlier,
}: {
  readonly log: InspectionLog;
  readonly size: number;
  readonly origin: string;
  readonly earlier: readonly string[];
}): Checkpoint => {
  if (size > log.entries.length) {
    throw new LedgerFault(
      "inconsistent",
      `${origin} has ${log.entries.length} events, not ${size}`,
    );
  }
  for (const note of earlier) assertExtends(log, parseCheckpoint(parseNote(note).text), origin);
  return { origin, size, root: rootAt(size, log.read), extensions: [] };
};

/**
 * The C2SP proof file that the event at `index` is in the log, under a checkpoint of that log. The
 * leaf goes along as its extra data, so that the file alone says what it proves.
 */
export const proofFor = (
  { entries, read }: Pick<InspectionLog, "entries" | "read">,
  index: number,
  checkpoint: string,
): string => {
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  const entry = entries.find((each) => each.index === index);
  if (!entry || index >= size) {
    throw new LedgerFault("inconsistent", `no event ${index} stands under this checkpoint`);
  }
  const hashes = inclusionProof({ index, size }, read);
  return writeProof({ index, hashes, checkpoint, extra: leafBytes(entry.event) });
};

const assertExtends = (log: InspectionLog, earlier: Checkpoint, origin: string): void => {
  const known = log.entries.length >= earlier.size;
  if (earlier.origin === origin && known && equal(rootAt(earlier.size, log.read), earlier.root)) {
    return;
  }
  throw new LedgerFault(
    "inconsistent",
    `the events of ${origin} no longer begin with those of the checkpoint at ${earlier.size}`,
  );
};
