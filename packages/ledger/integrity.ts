/**
 * The integrity watch: holds the events as the store gives them today against what the ledger
 * recorded and signed before, and names each one that was changed, removed, moved or slipped in.
 */
import type { StoredEvent } from "@assay/store/port.ts";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

import type { StagedCheckpoint } from "./bundle.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { erasedTexts, type TextHashes, textHashesOf } from "./leaf.ts";
import { type InspectionLog, type LogEntry, logOf } from "./log.ts";
import type { VerifierKey } from "./note.ts";
import { append, emptyRange, equal, nodesInMemory, type ReadNode, rootAt } from "./tree.ts";

type Place = { readonly id: string; readonly stream: string; readonly revision: number };

/** What is remembered of one logged event. `texts` outlives the words that it commits to. */
export type RecordedEvent = Place & {
  readonly type: string;
  /** The leaf's hash, 64 hexadecimal digits. */
  readonly leaf: string;
  readonly texts?: TextHashes;
};

/**
 * What the ledger keeps of one inspection's log, apart from the store. It need not be trusted: the
 * checkpoints are signed, and the events must lead to their roots.
 */
export type LogRecord = {
  readonly format: "assay-record/1";
  readonly inspection: string;
  readonly origin: string;
  readonly events: readonly RecordedEvent[];
  /** In the order in which they were signed. */
  readonly checkpoints: readonly StagedCheckpoint[];
};

/** One thing that is wrong, `index` being the event's recorded place (today's, if it was added). */
export type Tampering = {
  readonly kind:
    | "changed"
    | "missing"
    | "reordered"
    | "added"
    | "repeated"
    | "gap"
    | "record-damaged"
    | "checkpoint-broken";
  readonly what: string;
  readonly index?: number;
  readonly event?: Place;
};

export type Inspection = {
  readonly holds: boolean;
  readonly tampering: readonly Tampering[];
  /** Texts that the ledger knew as words and that are erased now: compare with the certificates. */
  readonly erased: readonly { readonly id: string; readonly pointer: string }[];
  /** Events after the last recorded one: new, and not yet under any checkpoint. */
  readonly unrecorded: number;
};

/** What to keep of a log, to be held against the store later. */
export const recordOf = (
  log: InspectionLog,
  { origin, checkpoints }: Pick<LogRecord, "origin" | "checkpoints">,
): LogRecord => ({
  format: "assay-record/1",
  inspection: log.inspection,
  origin,
  events: log.entries.map(({ event, leaf }) => {
    const texts = textHashesOf(event);
    const { id, stream, revision, type } = event;
    return {
      ...{ id, stream, revision, type },
      leaf: bytesToHex(leaf),
      ...(Object.keys(texts).length === 0 ? {} : { texts }),
    };
  }),
  checkpoints,
});

/** The hashes of erased texts that a record supplies, by event. */
export const keptHashesOf = ({ events }: LogRecord): ReadonlyMap<string, TextHashes> =>
  new Map(events.flatMap(({ id, texts }) => (texts ? [[id, texts] as const] : [])));

/** Compares the store's events, in whatever order they are given, with the record. */
export const inspect = (
  events: readonly StoredEvent[],
  record: LogRecord,
  keys: readonly VerifierKey[],
): Inspection => {
  const log = logOf(record.inspection, events, keptHashesOf(record));
  const recorded = new Map(record.events.map((event, index) => [event.id, { ...event, index }]));
  const last = log.entries.findLastIndex(({ event }) => recorded.has(event.id));
  const past = log.entries.slice(0, last + 1);
  const tampering = [
    ...signedRoots(log, record, keys),
    ...changes(past, recorded),
    ...absences(past, record),
    ...moves(past, recorded),
    ...gaps(log.entries),
  ];
  return {
    holds: tampering.length === 0,
    tampering,
    erased: erasures(events, record),
    unrecorded: log.entries.length - past.length,
  };
};

type Recorded = ReadonlyMap<string, RecordedEvent & { readonly index: number }>;

/** Each checkpoint must be signed, and both the record and the store must lead to its root. */
const signedRoots = (
  log: InspectionLog,
  record: LogRecord,
  keys: readonly VerifierKey[],
): readonly Tampering[] => {
  const { read, size: recordedSize } = treeOf(record);
  return record.checkpoints.flatMap(({ note }, at): readonly Tampering[] => {
    const damaged = (why: string): Tampering => ({
      kind: "record-damaged",
      what: `recorded checkpoint ${at}: ${why}`,
    });
    try {
      const { origin, size, root } = openCheckpoint(note, keys).checkpoint;
      if (origin !== record.origin) return [damaged(`it is of ${origin}`)];
      const found: Tampering[] = [];
      if (size > recordedSize || !equal(rootAt(size, read), root)) {
        found.push(damaged("it is not of the recorded events"));
      }
      if (size > log.entries.length || !equal(rootAt(size, log.read), root)) {
        const what = `the store's first ${size} events are not those of checkpoint ${at}`;
        found.push({ kind: "checkpoint-broken", what });
      }
      return found;
    } catch (cause) {
      return [damaged(cause instanceof Error ? cause.message : "unreadable")];
    }
  });
};

/** Events of the recorded past that are not as recorded, are not recorded, or come twice. */
const changes = (past: readonly LogEntry[], recorded: Recorded): readonly Tampering[] => {
  const seen = new Set<string>();
  return past.flatMap(({ event, leaf, index }): readonly Tampering[] => {
    const known = recorded.get(event.id);
    if (known === undefined) return [found("added", event, index)];
    if (seen.has(event.id)) return [found("repeated", event, index)];
    seen.add(event.id);
    return bytesToHex(leaf) === known.leaf ? [] : [found("changed", known, known.index)];
  });
};

const absences = (past: readonly LogEntry[], record: LogRecord): readonly Tampering[] => {
  const present = new Set(past.map(({ event }) => event.id));
  return record.events.flatMap((event, index) =>
    present.has(event.id) ? [] : [found("missing", event, index)],
  );
};

/** Events out of their recorded order: all but a longest run of those that kept it. */
const moves = (past: readonly LogEntry[], recorded: Recorded): readonly Tampering[] => {
  const common = past.flatMap(({ event }) => recorded.get(event.id) ?? []);
  const kept = longestRising(common.map(({ index }) => index));
  return common
    .filter(({ index }) => !kept.has(index))
    .map((event) => found("reordered", event, event.index));
};

/** Revisions missing within a stream, recorded or not. */
const gaps = (entries: readonly LogEntry[]): readonly Tampering[] => {
  const byStream = Map.groupBy(entries, ({ event }) => event.stream);
  return [...byStream].flatMap(([stream, own]) => {
    const revisions = new Set(own.map(({ event }) => event.revision));
    const end = own.reduce((highest, { event }) => Math.max(highest, event.revision + 1), 0);
    return Array.from({ length: end }, (_, revision) => revision)
      .filter((revision) => !revisions.has(revision))
      .map((revision): Tampering => ({
        kind: "gap",
        what: `${stream} has no revision ${revision}`,
      }));
  });
};

/** Recorded texts that read as erased in the store. */
const erasures = (
  events: readonly StoredEvent[],
  record: LogRecord,
): readonly { readonly id: string; readonly pointer: string }[] => {
  const kept = keptHashesOf(record);
  return events.flatMap(({ id, data }) =>
    kept.has(id) ? erasedTexts(data).map((pointer) => ({ id, pointer })) : [],
  );
};

const found = (
  kind: Tampering["kind"],
  event: Place & { type: string },
  index: number,
): Tampering => {
  const { id, stream, revision, type } = event;
  const what = `${type} ${id} (${stream} at ${revision}) ${wording[kind]}`;
  return { kind, what, index, event: { id, stream, revision } };
};

const wording: Readonly<Record<Tampering["kind"], string>> = {
  changed: "is not what was recorded",
  missing: "is gone",
  reordered: "stands in another place",
  added: "was slipped in among recorded events",
  repeated: "comes twice",
  gap: "",
  "record-damaged": "",
  "checkpoint-broken": "",
};

const treeOf = ({ events }: LogRecord): { readonly read: ReadNode; readonly size: number } => {
  const { read, write } = nodesInMemory();
  let range = emptyRange;
  for (const { leaf } of events) range = append(range, hexToBytes(leaf), write);
  return { read, size: range.size };
};

/** The members of one longest rising subsequence (patience sorting, Fredman 1975). */
const longestRising = (values: readonly number[]): ReadonlySet<number> => {
  const tops: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const value of values) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tops[middle]! < value) low = middle + 1;
      else high = middle;
    }
    tops[low] = value;
    before.set(value, tops[low - 1]);
  }
  const members = new Set<number>();
  for (let at = tops.at(-1); at !== undefined; at = before.get(at)) members.add(at);
  return members;
};
