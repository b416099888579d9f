/** What the store knows of each stream: where it ends and which part of it is still read. */
import type { DatabaseSync, StatementSync } from "node:sqlite";

export type Stream = {
  readonly id: number;
  /** The last revision, -1 while nothing was written. */
  readonly last: number;
  readonly truncateBefore: number;
  readonly maxCount: number | undefined;
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly tombstoned: boolean;
};

export type Settings = Pick<Stream, "truncateBefore" | "maxCount" | "maxAge" | "tombstoned">;

/** Enough for every inspection under way; the rest is found again in the database. */
const remembered = 20_000;

export class Streams {
  readonly #known = new Map<string, Stream>();
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare(`
      SELECT id, truncate_before, max_count, max_age, tombstoned, ifnull(
        (SELECT revision FROM events WHERE stream = streams.id ORDER BY revision DESC LIMIT 1), -1)
      FROM streams WHERE name = ?`);
    this.#find.setReturnArrays(true);
    this.#insert = database.prepare("INSERT INTO streams (name) VALUES (?)");
    this.#update = database.prepare(`
      UPDATE streams SET truncate_before = ?, max_count = ?, max_age = ?, tombstoned = ?
      WHERE id = ?`);
  }

  find(name: string): Stream | undefined {
    const known = this.#known.get(name);
    if (known) return known;
    const row = this.#find.get(name) as unknown as
      | [number, number, number | null, number | null, number, number]
      | undefined;
    if (!row) return undefined;
    const [id, truncateBefore, maxCount, maxAge, tombstoned, last] = row;
    return this.#remember(name, {
      id,
      last,
      truncateBefore,
      maxCount: maxCount ?? undefined,
      maxAge: maxAge ?? undefined,
      tombstoned: tombstoned === 1,
    });
  }

  /** Within a transaction only. */
  findOrCreate(name: string): Stream {
    const found = this.find(name);
    if (found) return found;
    const id = Number(this.#insert.run(name).lastInsertRowid);
    const settings = { truncateBefore: 0, maxCount: undefined, maxAge: undefined };
    return this.#remember(name, { id, last: -1, ...settings, tombstoned: false });
  }

  moveTo(name: string, stream: Stream, last: number): Stream {
    return this.#remember(name, { ...stream, last });
  }

  /** Within a transaction only. */
  change(name: string, stream: Stream, settings: Settings): void {
    const { truncateBefore, maxCount, maxAge, tombstoned } = settings;
    const flag = tombstoned ? 1 : 0;
    this.#update.run(truncateBefore, maxCount ?? null, maxAge ?? null, flag, stream.id);
    this.#remember(name, { ...stream, ...settings });
  }

  /** What was remembered within a transaction that did not commit is not so. */
  forget(): void {
    this.#known.clear();
  }

  #remember(name: string, stream: Stream): Stream {
    if (this.#known.size >= remembered) this.#known.clear();
    this.#known.set(name, stream);
    return stream;
  }
}
