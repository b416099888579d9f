/** Pages of stored events, in order, read synchronously; each call does a bounded piece of work. */
import type { DatabaseSync, StatementSync } from "node:sqlite";

import type { Stream } from "./streams.ts";

/** Text where the bytes are UTF-8. */
export type Content = string | Uint8Array;

/** A row, as SQLite yields it: an array, because making an object for each costs a third more. */
export type Row = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  /** Milliseconds since 1970. */
  created: number,
  json: number,
  data: Content,
  metadata: Content,
];

export type Filter = {
  readonly on: "stream" | "type";
  /** Any of these; an empty list matches nothing. */
  readonly prefixes?: readonly string[];
  readonly pattern?: string;
  /** What begins with this does not match. */
  readonly except?: string;
};

export type Scan = {
  /** Positions strictly between these two are looked at. */
  readonly above: number;
  readonly below: number;
  readonly forwards: boolean;
  readonly limit: number;
  readonly filters: readonly Filter[];
};

/** Everything of ours: not the streams that the server keeps for itself. */
export const ours = { on: "stream", except: "$" } as const satisfies Filter;

const columns = "e.revision, e.id, e.type, e.created, e.json, e.data, e.metadata";

/** So many streams are read by themselves at most: their events are put in order at every page. */
const mostStreams = 500;

/** As many events are passed over in the time that it takes to look a stream up. */
const passedOver = 100;

/** Sorts after every text that begins with the same characters. */
const lastCharacter = "\u{10FFFF}";

export class Reader {
  readonly #database: DatabaseSync;
  readonly #scans = new Map<string, StatementSync>();
  readonly #forwards: StatementSync;
  readonly #backwards: StatementSync;
  readonly #end: StatementSync;
  readonly #named: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const inStream = (order: string): StatementSync =>
      arrays(
        database,
        `
        SELECT e.position, NULL, ${columns} FROM events e
        WHERE e.stream = :stream AND e.revision BETWEEN :from AND :to AND e.created >= :since
        ORDER BY e.revision ${order} LIMIT :limit`,
      );
    this.#forwards = inStream("ASC");
    this.#backwards = inStream("DESC");
    this.#end = arrays(database, "SELECT ifnull(max(position), 0) FROM events");
    this.#named = arrays(database, "SELECT id FROM streams WHERE name >= ? AND name < ? LIMIT ?");
    const patterns = new Map<string, RegExp>();
    database.function("matches", { deterministic: true }, (pattern, text) => {
      const known = patterns.get(String(pattern)) ?? new RegExp(String(pattern));
      if (patterns.size < 100) patterns.set(String(pattern), known);
      return known.test(String(text)) ? 1 : 0;
    });
  }

  /** The position of the last event, 0 when there is none. */
  end(): number {
    return (this.#end.get() as unknown as [number])[0];
  }

  /** `from` to `to`, both included; events made before `since` are passed over. */
  inStream(asked: {
    readonly name: string;
    readonly stream: Stream;
    readonly from: number;
    readonly to: number;
    readonly since: number;
    readonly forwards: boolean;
    readonly limit: number;
  }): Row[] {
    const { name, stream, from, to, since, forwards, limit } = asked;
    const statement = forwards ? this.#forwards : this.#backwards;
    const rows = statement.all({ stream: stream.id, from, to, since, limit });
    // One name for all of them, where SQLite would make one for each.
    for (const row of rows as unknown as unknown[][]) row[1] = name;
    return rows as unknown as Row[];
  }

  scan({ above, below, forwards, limit, filters }: Scan): Row[] {
    const few = this.#fewStreams(filters, below - above);
    const order = forwards ? "ASC" : "DESC";
    if (few) {
      // With a plus, SQLite goes by the streams and not by the positions.
      const statement = this.#prepared(`
        SELECT e.position, s.name, ${columns} FROM events e JOIN streams s ON s.id = e.stream
        WHERE e.stream IN (SELECT value FROM json_each(?))
          AND +e.position > ? AND +e.position < ? ORDER BY +e.position ${order} LIMIT ?`);
      return statement.all(JSON.stringify(few), above, below, limit) as unknown as Row[];
    }
    const { where, values } = conditionsOf(filters);
    const statement = this.#prepared(`
      SELECT e.position, s.name, ${columns} FROM events e CROSS JOIN streams s ON s.id = e.stream
      WHERE e.position > ? AND e.position < ? ${where} ORDER BY e.position ${order} LIMIT ?`);
    return statement.all(above, below, ...values, limit) as unknown as Row[];
  }

  #prepared(sql: string): StatementSync {
    const statement = this.#scans.get(sql) ?? arrays(this.#database, sql);
    if (this.#scans.size < 100) this.#scans.set(sql, statement);
    return statement;
  }

  /** The streams that a filter names, where to read them costs less than to pass over the rest. */
  #fewStreams([filter, ...more]: readonly Filter[], span: number): readonly number[] | undefined {
    const { on, prefixes, pattern, except } = filter ?? {};
    if (more.length > 0 || on !== "stream" || !prefixes || pattern || except) return undefined;
    const most = Math.min(mostStreams, Math.floor(span / passedOver));
    const found = new Set<number>();
    for (const prefix of prefixes) {
      const rows = this.#named.all(prefix, prefix + lastCharacter, most + 1);
      for (const [id] of rows as unknown as [number][]) found.add(id);
      if (found.size > most) return undefined;
    }
    return [...found];
  }
}

const arrays = (database: DatabaseSync, sql: string): StatementSync => {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
};

const conditionsOf = (filters: readonly Filter[]): { where: string; values: string[] } => {
  const values: string[] = [];
  const where = filters.map(({ on, prefixes, pattern, except }) => {
    const column = on === "stream" ? "s.name" : "e.type";
    const either: string[] = [];
    if (except !== undefined) {
      either.push(`(${column} < ? OR ${column} >= ?)`);
      values.push(except, except + lastCharacter);
    }
    if (pattern !== undefined) {
      either.push(`matches(?, ${column})`);
      values.push(pattern);
    }
    for (const prefix of prefixes ?? []) {
      either.push(`(${column} >= ? AND ${column} < ?)`);
      values.push(prefix, prefix + lastCharacter);
    }
    return `AND (${either.length > 0 ? either.join(" OR ") : "FALSE"})`;
  });
  return { where: where.join(" "), values };
};
