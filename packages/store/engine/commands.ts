/**
 * What may be asked of the engine beyond the port: EventStoreDB's own rules for appending, deleting
 * and stream metadata. Each answers with an outcome and runs within one transaction.
 */
import { randomUUID } from "node:crypto";

import { judge } from "../judgement.ts";
import {
  deletedFrom,
  isMetastream,
  isSoftDeleted,
  metastreamOf,
  originalOf,
  readSettings,
} from "./metadata.ts";
import type { Stream } from "./streams.ts";
import type { Entry, Writer } from "./writer.ts";

export type Expectation = number | "none" | "any" | "exists";

export type Outcome =
  | {
      readonly kind: "done";
      readonly revision: number;
      readonly position: number;
      /** Whether it was done now, and not before. */
      readonly fresh: boolean;
    }
  /** `actual` is the stream's last revision, -1 when it is empty. */
  | { readonly kind: "conflict"; readonly actual: number }
  | { readonly kind: "deleted" };

export type Append = {
  readonly stream: string;
  readonly expected: Expectation;
  readonly entries: readonly Entry[];
  readonly now: number;
};

export const append = (writer: Writer, asked: Append): Outcome => {
  const { stream: name, expected, entries, now } = asked;
  const verdict = check(writer, name, expected, entries);
  if (verdict !== "append") return verdict;
  const deleted = isSoftDeleted(writer.streams.find(name));
  const revived = isMetastream(name) && isSoftDeleted(writer.streams.find(originalOf(name)));
  const { last } = writer.add(name, entries, now);
  const position = writer.end;
  if (deleted) undelete(writer, name, last - entries.length + 1, now);
  if (isMetastream(name)) applyMetadata(writer, name);
  if (revived) undelete(writer, originalOf(name), lastOf(writer, originalOf(name)) + 1, now);
  return { kind: "done", revision: last, position, fresh: true };
};

export type Deletion = Pick<Append, "stream" | "expected" | "now">;

/** The stream reads as not found until somebody appends to it; its revisions go on then. */
export const softDelete = (writer: Writer, { stream, expected, now }: Deletion): Outcome => {
  const verdict = check(writer, stream, expected, []);
  if (verdict !== "append") return verdict;
  if (!exists(writer, stream)) return { kind: "conflict", actual: -1 };
  return setMetadata(writer, stream, `{"$tb":${deletedFrom}}`, now);
};

/** The stream is gone for good: nothing reads it or appends to it again. */
export const tombstone = (writer: Writer, { stream: name, expected, now }: Deletion): Outcome => {
  const verdict = check(writer, name, expected, []);
  if (verdict !== "append") return verdict;
  const entry = { id: randomUUID(), type: "$streamDeleted", json: true, data: "{}", metadata: "" };
  const { last: revision } = writer.bury(name, entry, now);
  return { kind: "done", revision, position: writer.end, fresh: true };
};

const check = (
  writer: Writer,
  name: string,
  expected: Expectation,
  entries: readonly Entry[],
): Outcome | "append" => {
  if (isTombstoned(writer, name)) return { kind: "deleted" };
  const stream = writer.streams.find(name);
  const last = stream?.last ?? -1;
  if (expected === "exists") {
    if (isSoftDeleted(stream)) return { kind: "deleted" };
    if (!exists(writer, name)) return { kind: "conflict", actual: -1 };
  }
  if (expected === "any" || expected === "exists") return checkById(writer, stream, entries);
  const ids = entries.map(({ id }) => id);
  const idAt = (revision: number): string | undefined => stream && writer.idAt(stream, revision);
  const judgement =
    ids.length === 0 && base(expected) !== last ? "conflict" : judge({ expected, last, ids, idAt });
  if (judgement === "append") return "append";
  if (judgement === "repeat") return repeated(writer, stream!, base(expected) + ids.length);
  const fresh = ids[0] === undefined || idAt(0) !== ids[0];
  if (expected === "none" && isSoftDeleted(stream) && fresh) return "append";
  return { kind: "conflict", actual: last };
};

/** Without a revision to go by, a repeat is known by the ids that were stored lately. */
const checkById = (
  writer: Writer,
  stream: Stream | undefined,
  entries: readonly Entry[],
): Outcome | "append" => {
  const [first, ...rest] = entries;
  const found = first && stream && writer.recentRevisionOf(stream, first.id);
  if (found === undefined || stream === undefined) return "append";
  const whole = rest.every(({ id }, index) => writer.idAt(stream, found + 1 + index) === id);
  if (!whole) return { kind: "conflict", actual: stream.last };
  return repeated(writer, stream, found + rest.length);
};

const repeated = (writer: Writer, stream: Stream, revision: number): Outcome => ({
  kind: "done",
  revision,
  position: writer.positionAt(stream, revision)!,
  fresh: false,
});

const base = (expected: number | "none"): number => (expected === "none" ? -1 : expected);

const lastOf = (writer: Writer, name: string): number => writer.streams.find(name)?.last ?? -1;

const exists = (writer: Writer, name: string): boolean =>
  lastOf(writer, name) >= 0 || lastOf(writer, metastreamOf(name)) >= 0;

export const isTombstoned = (source: Pick<Writer, "streams">, name: string): boolean => {
  const subject = isMetastream(name) ? originalOf(name) : name;
  return source.streams.find(subject)?.tombstoned === true;
};

/** Appends metadata as the server does for itself, whatever the metadata's revision. */
const setMetadata = (writer: Writer, name: string, data: string, now: number): Outcome => {
  const entry = { id: randomUUID(), type: "$metadata", json: true, data, metadata: "" };
  const { last: revision } = writer.add(metastreamOf(name), [entry], now);
  const position = writer.end;
  applyMetadata(writer, metastreamOf(name));
  return { kind: "done", revision, position, fresh: true };
};

/** Life begins again at `from`; the rest of the metadata stays as it is. */
const undelete = (writer: Writer, name: string, from: number, now: number): void => {
  const current = writer.lastData(metastreamOf(name));
  const kept = JSON.parse(typeof current === "string" ? current : "{}") as object;
  setMetadata(writer, name, JSON.stringify({ ...kept, $tb: from }), now);
};

const applyMetadata = (writer: Writer, metastream: string): void => {
  const name = originalOf(metastream);
  const stream = writer.streams.findOrCreate(name);
  const settings = readSettings(writer.lastData(metastream));
  writer.streams.change(name, stream, { ...settings, tombstoned: stream.tombstoned });
};
