/**
 * An embedded store's events for those who only read, such as an auditor's command. It takes no
 * lock and writes nothing, so the process that owns the data may go on working meanwhile.
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { checkFormat, refuseWithoutLog } from "./engine/database.ts";
import { guarded } from "./engine/faults.ts";
import { Pace } from "./engine/pace.ts";
import { Reader, type Row } from "./engine/reader.ts";
import { filtersOf, positionOf, revive } from "./engine/stored.ts";
import { Streams } from "./engine/streams.ts";
import { visiblePart } from "./engine/visible.ts";
import { breathe } from "./follow.ts";
import {
  type EventStore,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type StoredEvent,
  StoreFault,
} from "./port.ts";

type StoreReader = Pick<EventStore, "read" | "readAll"> & {
  /** How far the store went when this was asked; undefined while it is empty. */
  end(): Position | undefined;
  close(): void;
};

const pageSize = 1000;

/** Throws a StoreFault where there is no store, or none that this version can read. */
export const openSqliteReader = (path: string): StoreReader => {
  if (!existsSync(path))
    throw new StoreFault("unavailable", `nothing at ${path}`, { retry: false });
  refuseWithoutLog(path);
  return guarded(path, () => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
    try {
      checkFormat(database, path);
      return new SqliteReader(path, database);
    } catch (error) {
      database.close();
      throw error;
    }
  });
};

class SqliteReader implements StoreReader {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #reader: Reader;
  readonly #streams: Streams;

  constructor(path: string, database: DatabaseSync) {
    this.#path = path;
    this.#database = database;
    this.#reader = new Reader(database);
    this.#streams = new Streams(database);
  }

  end(): Position | undefined {
    const end = guarded(this.#path, () => this.#reader.end());
    return end === 0 ? undefined : positionOf(end);
  }

  async *read(stream: string, options: ReadOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    const forwards = options.direction !== "backwards";
    const pace = new Pace(pageSize);
    let left = options.limit ?? Infinity;
    let from = options.from;
    while (left > 0) {
      const limit = Math.min(left, pace.limit);
      const rows = this.#page({ name: stream, start: from, forwards, limit });
      if (rows.length > 0) yield rows.map(revive);
      if (rows.length < limit) return;
      pace.observe(rows);
      left -= rows.length;
      from = rows.at(-1)![2] + (forwards ? 1 : -1);
      await breathe();
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<readonly StoredEvent[]> {
    const forwards = options.direction !== "backwards";
    const filters = filtersOf(options.prefixes);
    const end = guarded(this.#path, () => this.#reader.end());
    const pace = new Pace(pageSize);
    let left = options.limit ?? Infinity;
    let at = options.after === undefined ? (forwards ? 0 : end + 1) : Number(options.after);
    while (left > 0) {
      const limit = Math.min(left, pace.limit);
      const bounds = forwards ? { above: at, below: end + 1 } : { above: 0, below: at };
      const rows = guarded(this.#path, () =>
        this.#reader.scan({ ...bounds, forwards, limit, filters }),
      );
      if (rows.length > 0) yield rows.map(revive);
      if (rows.length < limit) return;
      pace.observe(rows);
      left -= rows.length;
      at = rows.at(-1)![0];
      await breathe();
    }
  }

  close(): void {
    this.#database.close();
  }

  /** Where a stream ends is asked each time: somebody else writes it. */
  #page(asked: {
    readonly name: string;
    readonly start: number | undefined;
    readonly forwards: boolean;
    readonly limit: number;
  }): readonly Row[] {
    const { name, start, forwards, limit } = asked;
    return guarded(this.#path, () => {
      this.#streams.forget();
      const stream = this.#streams.find(name);
      if (!stream) return [];
      const { first, last, since } = visiblePart(name, stream, Date.now());
      const from = forwards ? Math.max(first, start ?? first) : first;
      const to = forwards ? last : Math.min(last, start ?? last);
      return this.#reader.inStream({ name, stream, from, to, since, forwards, limit });
    });
  }
}
