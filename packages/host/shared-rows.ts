/**
 * Tables of a service's own file that its replicas on other machines have as well. Each replica
 * reads and writes its own file; what changes there, by whichever process, is told to the others,
 * and the last word in the stream's order is everybody's.
 */
import { createHash } from "node:crypto";

import type { NatsRows } from "@assay/bus/nats-rows.ts";
import { z } from "zod";

import type { Database } from "./database.ts";
import { codeOf } from "./fault.ts";
import type { Log } from "./log.ts";

export type SharedRows = {
  /** What other replicas were told before this call is here when it resolves. */
  fresh(): Promise<void>;
  /** What was changed here before this call has been told when it resolves. */
  told(): Promise<void>;
  close(): Promise<void>;
};

export type SharedRowsOptions = {
  readonly database: Database;
  /** Which exist already; each has a primary key, and text and whole numbers alone. */
  readonly tables: readonly string[];
  readonly rows: NatsRows;
  readonly log: Log;
};

/** How often somebody looks for what other processes changed in the file, in milliseconds. */
const regularly = 1000;

/** How long a request waits for the others at most; then it goes on with what is known here. */
const patience = 2000;

export const shareRows = (options: SharedRowsOptions): SharedRows => new Sharing(options);

const Value = z.union([z.string(), z.number(), z.null()]);
type Value = z.infer<typeof Value>;
const Told = z.strictObject({
  table: z.string(),
  key: z.array(Value),
  /** Null: there is none any more. */
  row: z.record(z.string(), Value).nullable(),
});
type Told = z.infer<typeof Told>;
type Place = Pick<Told, "table" | "key">;

class Sharing implements SharedRows {
  readonly #rows: NatsRows;
  readonly #log: Log;
  readonly #file: SharedFile;
  readonly #timer: NodeJS.Timeout;
  #generation: string | undefined;
  /** Up to here all rows of the stream were read. */
  #read = 0;
  /** Whether rows of this file of which the stream knows nothing were put down to be told. */
  #begun = false;
  readonly #ours = new Map<string, number>();
  #working: Promise<void> = Promise.resolve();
  #failing = false;

  constructor({ database, tables, rows, log }: SharedRowsOptions) {
    this.#file = new SharedFile(database, tables);
    this.#rows = rows;
    this.#log = log;
    this.#timer = setInterval(() => void this.fresh().then(() => this.told()), regularly);
  }

  fresh(): Promise<void> {
    return this.#inTurn(() => this.#readOn());
  }

  told(): Promise<void> {
    return this.#inTurn(() => this.#tell());
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
    await this.#rows.close();
  }

  /** One at a time, and never longer than whoever asks may wait. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    if (!this.#rows.connected()) return Promise.resolve();
    this.#working = this.#working.then(work).then(
      () => void (this.#failing = false),
      (error: unknown) => {
        if (!this.#failing) this.#log.warn({ code: codeOf(error) }, "rows are not shared just now");
        this.#failing = true;
      },
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
    return Promise.race([this.#working, late]).finally(() => clearTimeout(timer));
  }

  async #readOn(): Promise<void> {
    const { at: end, generation } = await this.#rows.end();
    if (generation !== this.#generation) this.#begin(generation);
    const seen = new Set<string>();
    while (this.#read < end) {
      const next = await this.#rows.from(this.#read + 1);
      if (next === undefined) break;
      const told = Told.parse(JSON.parse(next.text));
      const name = nameOf(told);
      seen.add(name);
      // An echo of what was told from here may be older than what stands here by now.
      if (next.at > (this.#ours.get(name) ?? 0)) this.#file.take(told);
      this.#read = next.at;
    }
    this.#read = Math.max(this.#read, end);
    if (!this.#begun) this.#file.putDown((place) => !seen.has(nameOf(place)));
    this.#begun = true;
  }

  /** Of a stream that was lost, what stands in the file is told anew. */
  #begin(generation: string): void {
    this.#generation = generation;
    this.#read = 0;
    this.#begun = false;
    this.#ours.clear();
  }

  async #tell(): Promise<void> {
    for (const { id, ...place } of this.#file.changed()) {
      const told: Told = { ...place, row: this.#file.rowAt(place) };
      const name = nameOf(place);
      this.#ours.set(name, await this.#rows.put(name, JSON.stringify(told)));
      this.#file.strike(place, id);
    }
  }
}

const nameOf = ({ table, key }: Place): string => {
  const digest = createHash("sha256").update(JSON.stringify(key)).digest("hex");
  return `${table}.${digest}`;
};

type Table = { readonly columns: readonly string[]; readonly keys: readonly string[] };

/** The file's side: which rows were changed, by whichever process, and are still to be told. */
class SharedFile {
  readonly #database: Database;
  readonly #tables: ReadonlyMap<string, Table>;

  constructor(database: Database, tables: readonly string[]) {
    this.#database = database;
    const { sqlite } = database;
    sqlite.exec(`create table if not exists changed (
      id integer primary key autoincrement, place text not null, key text not null) strict`);
    this.#tables = new Map(tables.map((table) => [table, this.#watched(table)]));
  }

  #watched(table: string): Table {
    const { sqlite } = this.#database;
    const found = sqlite.prepare(`pragma table_info(${table})`).all();
    const names = (some: typeof found) => some.map(({ name }) => String(name));
    const keys = names(found.filter(({ pk }) => Number(pk) > 0));
    if (keys.length === 0) throw new Error(`${table} has no primary key`);
    for (const [act, which] of Object.entries({ insert: "new", update: "new", delete: "old" })) {
      const key = `json_array(${keys.map((name) => `${which}.${name}`).join()})`;
      sqlite.exec(`create trigger if not exists ${table}_${act}_told after ${act} on ${table} begin
        delete from changed where place = '${table}' and key = ${key};
        insert into changed (place, key) values ('${table}', ${key}); end`);
    }
    return { columns: names(found), keys };
  }

  changed(): readonly (Place & { readonly id: number })[] {
    return this.#database.sqlite
      .prepare("select place, key, id from changed order by id")
      .all()
      .map(({ place, key, id }) => ({
        table: String(place),
        key: z.array(Value).parse(JSON.parse(String(key))),
        id: Number(id),
      }));
  }

  /** It was told as it stood then; what changed since is told again. */
  strike({ table, key }: Place, id: number): void {
    this.#database.sqlite
      .prepare("delete from changed where place = ? and key = ? and id <= ?")
      .run(table, JSON.stringify(key), id);
  }

  #isChanged({ table, key }: Place): boolean {
    const found = this.#database.sqlite
      .prepare("select 1 from changed where place = ? and key = ?")
      .get(table, JSON.stringify(key));
    return found !== undefined;
  }

  rowAt({ table, key }: Place): Told["row"] {
    const { keys } = this.#tables.get(table)!;
    const found = this.#database.sqlite
      .prepare(`select * from ${table} where ${where(keys)}`)
      .get(...key);
    return found === undefined ? null : z.record(z.string(), Value).parse({ ...found });
  }

  /** Puts down whatever stands in the file and fits. */
  putDown(fits: (place: Place) => boolean): void {
    const { sqlite } = this.#database;
    const add = sqlite.prepare("insert into changed (place, key) values (?, ?)");
    for (const [table, { keys }] of this.#tables)
      for (const row of sqlite.prepare(`select ${keys.join()} from ${table}`).all()) {
        const key = keys.map((name) => Value.parse(row[name]));
        if (!this.#isChanged({ table, key }) && fits({ table, key }))
          add.run(table, JSON.stringify(key));
      }
  }

  /** What another replica told, unless this one has changed it meanwhile and is about to tell. */
  take({ table, key, row }: Told): void {
    const known = this.#tables.get(table);
    if (!known) return;
    const { sqlite } = this.#database;
    this.#database.transaction(() => {
      if (this.#isChanged({ table, key })) return;
      if (row === null)
        sqlite.prepare(`delete from ${table} where ${where(known.keys)}`).run(...key);
      else {
        // A column that this version does not know is left out.
        const columns = known.columns.filter((name) => name in row);
        const values = columns.map((name) => row[name]!);
        const places = columns.map(() => "?").join();
        sqlite
          .prepare(`insert or replace into ${table} (${columns.join()}) values (${places})`)
          .run(...values);
      }
      this.strike({ table, key }, Number.MAX_SAFE_INTEGER);
    });
  }
}

const where = (keys: readonly string[]): string => keys.map((name) => `${name} = ?`).join(" and ");
