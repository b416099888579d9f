/** What may be done within a transaction. Nothing here is durable until the engine commits it. */
import type { DatabaseSync, StatementSync } from "node:sqlite";

import { endOfTime } from "./metadata.ts";
import type { Content } from "./reader.ts";
import type { Stream, Streams } from "./streams.ts";

export type Entry = {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Content;
  readonly metadata: Content;
};

/** How many ids of late events are remembered, to know a repeat that names no revision. */
const remembered = 20_000;

export class Writer {
  readonly streams: Streams;
  readonly #recent = new Map<string, number>();
  readonly #dataAt: StatementSync;
  readonly #insert: StatementSync;
  readonly #idAt: StatementSync;
  readonly #positionAt: StatementSync;
  #end: number;

  constructor(database: DatabaseSync, streams: Streams, end: number) {
    this.streams = streams;
    this.#end = end;
    this.#insert = database.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const at = "FROM events WHERE stream = ? AND revision = ?";
    this.#idAt = database.prepare(`SELECT id ${at}`);
    this.#positionAt = database.prepare(`SELECT position ${at}`);
    this.#dataAt = database.prepare(`SELECT data ${at}`);
    this.#idAt.setReturnArrays(true);
    this.#dataAt.setReturnArrays(true);
    this.#positionAt.setReturnArrays(true);
    this.#recall(database);
  }

  /** The position of the last event, 0 when there is none. */
  get end(): number {
    return this.#end;
  }

  returnTo(end: number): void {
    this.#end = end;
  }

  idAt(stream: Stream, revision: number): string | undefined {
    return (this.#idAt.get(stream.id, revision) as unknown as [string] | undefined)?.[0];
  }

  positionAt(stream: Stream, revision: number): number | undefined {
    return (this.#positionAt.get(stream.id, revision) as unknown as [number] | undefined)?.[0];
  }

  /** Where the stream holds this id, if that is not long ago. */
  recentRevisionOf(stream: Stream, id: string): number | undefined {
    const revision = this.#recent.get(id);
    if (revision === undefined || this.idAt(stream, revision) !== id) return undefined;
    return revision;
  }

  /** The data of the stream's last event. */
  lastData(name: string): Content | undefined {
    const stream = this.streams.find(name);
    if (!stream) return undefined;
    const row = this.#dataAt.get(stream.id, stream.last) as unknown as [Content] | undefined;
    return row?.[0];
  }

  /** Adds to the end of the stream; the answer is the stream as it is then. */
  add(name: string, entries: readonly Entry[], created: number): Stream {
    const stream = this.streams.findOrCreate(name);
    let { last } = stream;
    for (const { id, type, json, data, metadata } of entries) {
      this.#end += 1;
      last += 1;
      const kind = json ? 1 : 0;
      this.#insert.run(this.#end, stream.id, last, id, type, created, kind, data, metadata);
      this.#remember(id, last);
    }
    return this.streams.moveTo(name, stream, last);
  }

  /** Ends the stream with an event whose revision is the largest there is. */
  bury(name: string, { id, type, data, metadata }: Entry, created: number): Stream {
    const stream = this.streams.findOrCreate(name);
    this.#end += 1;
    this.#insert.run(this.#end, stream.id, endOfTime, id, type, created, 1, data, metadata);
    this.streams.change(name, stream, { ...stream, tombstoned: true });
    return this.streams.moveTo(name, { ...stream, tombstoned: true }, endOfTime);
  }

  #remember(id: string, revision: number): void {
    this.#recent.delete(id);
    this.#recent.set(id, revision);
    if (this.#recent.size <= remembered) return;
    const [oldest] = this.#recent.keys();
    this.#recent.delete(oldest!);
  }

  #recall(database: DatabaseSync): void {
    const late = database.prepare("SELECT id, revision FROM events ORDER BY position DESC LIMIT ?");
    late.setReturnArrays(true);
    const rows = late.all(remembered / 2) as unknown as [string, number][];
    for (const [id, revision] of rows.toReversed()) this.#remember(id, revision);
  }
}
