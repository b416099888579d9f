/**
 * The key store as one SQLite file beside the event store, for every process of one machine. What
 * is destroyed is overwritten: in the file, in its log and in the memory of each process.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

import { guarded } from "@assay/store/engine/faults.ts";
import { StoreFault } from "@assay/store/port.ts";

import { freshBytes, keyBytes } from "./box.ts";
import {
  type Erasure,
  type KeptKeys,
  type KeyRow,
  type Keys,
  type KeyState,
  kindOf,
} from "./key-store.ts";
import { wrappingAs, type MasterKey, unwrapped } from "./master-key.ts";
import { applicationId, mastersUsed, rowsIn, schema, settings, version } from "./sqlite-rows.ts";

export type SqliteKeysOptions = {
  /** The file, or `:memory:`. */
  readonly path: string;
  /** Asked again when keys turn out to be wrapped by another one. */
  readonly master: () => MasterKey;
  readonly readOnly?: boolean;
};

/** Throws a StoreFault when the file is something else, or wrapped by another key. */
export const openSqliteKeys = (options: SqliteKeysOptions): SqliteKeys =>
  guarded(options.path, () => new SqliteKeys(options));

/** How many keys are kept in memory, unwrapped. */
const mostKept = 50_000;

export class SqliteKeys implements KeptKeys {
  readonly sqlite: DatabaseSync;
  readonly #path: string;
  readonly #readMaster: () => MasterKey;
  readonly #readOnly: boolean;
  readonly #kept = new Map<string, KeyState>();
  #master: MasterKey;
  readonly #dataVersion: StatementSync;
  #seen: unknown;
  #unwiped = false;

  constructor({ path, master, readOnly = false }: SqliteKeysOptions) {
    this.#path = path;
    this.#readMaster = master;
    this.#readOnly = readOnly;
    this.#master = master();
    if (path !== ":memory:" && !readOnly)
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.sqlite = new DatabaseSync(path, { readOnly, timeout: 5000 });
    try {
      this.#dataVersion = this.sqlite.prepare("pragma data_version");
      this.#prepare();
    } catch (error) {
      this.sqlite.close();
      throw error;
    }
  }

  async find(owners: Iterable<string>): Promise<Keys> {
    this.#refuseClosed();
    return guarded(this.#path, () => {
      this.#forgetWhatOthersChanged();
      return this.#look(owners);
    });
  }

  async findOrMake(owners: Iterable<string>): Promise<Keys> {
    this.#refuseClosed();
    const wanted = [...owners];
    return guarded(this.#path, () => {
      this.#forgetWhatOthersChanged();
      const found = this.#look(wanted);
      const missing = wanted.filter((owner) => !found.has(owner));
      if (missing.length === 0) return found;
      this.#make(missing);
      return this.#look(wanted);
    });
  }

  async destroy({ owners: named, at }: Erasure): Promise<void> {
    const owners = named.flatMap((each) =>
      "one" in each ? [each.one] : [...this.#ownersUnder(each.all), each.all],
    );
    const known = await this.find(owners);
    if (owners.every((owner) => known.get(owner) === "destroyed") && !this.#unwiped) return;
    if (this.#readOnly) {
      for (const owner of owners) this.#keep(owner, "destroyed");
      return;
    }
    guarded(this.#path, () => {
      this.#transaction(() => {
        for (const owner of owners) {
          this.#run(
            `insert into data_key (owner, made, destroyed) values (?1, ?2, ?2)
             on conflict (owner) do update set wrapped = null, master = null, destroyed = ?2
             where destroyed is null`,
            [owner, at],
          );
        }
        this.#run("insert or ignore into unwiped (since) values (?)", [at]);
      });
      for (const owner of owners) this.#keep(owner, "destroyed");
      this.#wipe();
    });
  }

  rows(): readonly KeyRow[] {
    return guarded(this.#path, () => rowsIn(this.sqlite));
  }

  merge(rows: readonly KeyRow[]): number {
    let restored = 0;
    this.#transaction(() => {
      const add = this.sqlite.prepare(
        "insert or ignore into data_key (owner, wrapped, master, made, destroyed) values (?, ?, ?, ?, ?)",
      );
      const end = this.sqlite.prepare(
        `update data_key set wrapped = null, master = null, destroyed = ?
         where owner = ? and destroyed is null`,
      );
      for (const { owner, wrapped, master, made, destroyed } of rows) {
        const { changes } = add.run(owner, wrapped, master, made, destroyed);
        if (wrapped !== null) restored += Number(changes);
        if (destroyed !== null) end.run(destroyed, owner);
      }
    });
    this.#kept.clear();
    this.#wipe();
    return restored;
  }

  /** All of them or none, but for those that do not open. */
  rewrap(from: MasterKey, to: MasterKey): number {
    const all = this.sqlite.prepare("select owner, wrapped from data_key where master <> ?");
    const update = this.sqlite.prepare(
      "update data_key set wrapped = ?, master = ? where owner = ?",
    );
    let count = 0;
    this.#transaction(() => {
      for (const { owner, wrapped } of all.all(to.id)) {
        const key = unwrapped(from, String(owner), wrapped as Uint8Array);
        if (key === undefined) continue;
        update.run(to.wrap(String(owner), key), to.id, owner!);
        count += 1;
      }
    });
    this.#master = to;
    this.#wipe();
    return count;
  }

  close(): void {
    this.#kept.clear();
    if (this.sqlite.isOpen) this.sqlite.close();
  }

  #prepare(): void {
    if (!this.#readOnly) this.sqlite.exec(settings);
    if (!this.#readOnly && Number(this.#pragma("user_version")) === 0) {
      this.#transaction(() => {
        if (Number(this.#pragma("user_version")) !== 0) return;
        this.sqlite.exec(schema);
        this.sqlite.exec(`pragma application_id = ${applicationId}`);
        this.sqlite.exec(`pragma user_version = ${version}`);
      });
    }
    if (Number(this.#pragma("application_id")) !== applicationId) {
      throw new StoreFault("unsupported", `${this.#path}: not a key store`, { retry: false });
    }
    if (Number(this.#pragma("user_version")) !== version) {
      const message = `${this.#path}: a key store of another version; use the one that made it`;
      throw new StoreFault("unsupported", message, { retry: false });
    }
    this.#seen = this.#dataVersion.get()?.["data_version"];
    this.#assertMaster();
    if (!this.#readOnly && this.sqlite.prepare("select 1 from unwiped").get()) this.#wipe();
  }

  /** One key says for all of them whether the right one wraps them, and which of several does. */
  #assertMaster(): void {
    const all = this.sqlite.prepare(mastersUsed).all();
    const ours = all.find(({ master }) => this.#master.accepts.includes(String(master))) ?? all[0];
    if (ours === undefined) return;
    const by = String(ours["master"]);
    this.#master = wrappingAs(this.#master, { by, place: this.#path });
    this.#master.unwrap(String(ours["owner"]), ours["wrapped"] as Uint8Array);
  }

  #look(owners: Iterable<string>): Map<string, KeyState> {
    const found = new Map<string, KeyState>();
    for (const owner of owners) {
      const key = this.#kept.get(owner) ?? this.#read(owner);
      if (key !== undefined) found.set(owner, key);
    }
    return found;
  }

  #read(owner: string): KeyState | undefined {
    const row = this.sqlite
      .prepare("select wrapped, master, destroyed from data_key where owner = ?")
      .get(owner);
    if (row === undefined) return undefined;
    if (row["destroyed"] !== null) return this.#keep(owner, "destroyed");
    if (!this.#master.accepts.includes(String(row["master"]))) this.#master = this.#readMaster();
    const key = unwrapped(this.#master, owner, row["wrapped"] as Uint8Array);
    return key && this.#keep(owner, key);
  }

  #make(owners: readonly string[]): void {
    const at = new Date().toISOString();
    this.#transaction(() => {
      this.#assertCurrent();
      for (const owner of owners) {
        const kind = kindOf(owner);
        if (kind !== undefined && this.#read(kind) === "destroyed") {
          this.#run("insert or ignore into data_key (owner, made, destroyed) values (?1, ?2, ?2)", [
            owner,
            at,
          ]);
          continue;
        }
        const wrapped = this.#master.wrap(owner, freshBytes(keyBytes));
        this.#run(
          "insert or ignore into data_key (owner, wrapped, master, made) values (?, ?, ?, ?)",
          [owner, wrapped, this.#master.id, at],
        );
      }
    });
  }

  /** Keys may have been wrapped anew meanwhile: none is made under a key that is gone. */
  #assertCurrent(): void {
    const { id } = this.#master;
    if (this.sqlite.prepare("select 1 from data_key where master = ?").get(id)) return;
    this.#master = this.#readMaster();
    this.#assertMaster();
  }

  #ownersUnder(kind: string): readonly string[] {
    return this.sqlite
      .prepare("select owner from data_key where owner > ? and owner < ? order by owner")
      .all(kind, `${kind.slice(0, -1)}/`)
      .map(({ owner }) => String(owner));
  }

  #keep(owner: string, key: KeyState): KeyState {
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(owner, key);
    return key;
  }

  #refuseClosed(): void {
    if (this.sqlite.isOpen) return;
    throw new StoreFault("closed", `${this.#path}: the key store is closed`, { retry: false });
  }

  /** Another process may have destroyed keys that are in memory here. */
  #forgetWhatOthersChanged(): void {
    const now = this.#dataVersion.get()?.["data_version"];
    if (now === this.#seen) return;
    this.#seen = now;
    this.#kept.clear();
  }

  /** Rewrites the file and empties its log, so that no byte of a destroyed key is left in them. */
  #wipe(): void {
    this.#unwiped = true;
    this.sqlite.exec("vacuum");
    this.sqlite.exec("pragma wal_checkpoint(truncate)");
    this.#run("delete from unwiped", []);
    this.sqlite.exec("pragma wal_checkpoint(truncate)");
    this.#unwiped = false;
  }

  #pragma = (name: string): unknown => this.sqlite.prepare(`pragma ${name}`).get()?.[name];

  #run(sql: string, values: readonly SQLInputValue[]): void {
    this.sqlite.prepare(sql).run(...values);
  }

  #transaction(work: () => void): void {
    this.sqlite.exec("begin immediate");
    try {
      work();
      this.sqlite.exec("commit");
    } catch (error) {
      if (this.sqlite.isTransaction) this.sqlite.exec("rollback");
      throw error;
    }
  }
}
