/**
 * A service's own SQLite file: its agenda and how far each subscription got, each kept
 * in the transaction that it belongs to. Nothing here is the only copy: deleted, it is built again.
 */
import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

import { guarded } from "@assay/store/engine/faults.ts";
import { type Position, type StoredEvent, StoreFault } from "@assay/store/port.ts";

export type Handled = Pick<StoredEvent, "stream" | "revision" | "id">;

export type Database = {
  readonly sqlite: DatabaseSync;
  transaction<Result>(work: () => Result): Result;
  position(follower: string): Position | undefined;
  /**
   * Call within the transaction of what was handled. The last event that was handled is kept too:
   * it says which store the file was made from.
   */
  keepPosition(follower: string, position: Position, last?: Handled): void;
  close(): void;
};

/** `file` is a path, or `:memory:`. Throws a StoreFault that names it where it is damaged. */
export const openDatabase = (file: string): Database => {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  return guarded(file, () => {
    const sqlite = new DatabaseSync(file);
    try {
      return databaseOver(sqlite, file);
    } catch (error) {
      sqlite.close();
      throw error;
    }
  });
};

/**
 * A file that was made from the events alone: a damaged one is put beside, as `.damaged`, and begun
 * again, so that it is built from the beginning.
 */
export const openDerived = (file: string, damaged: (why: string) => void): Database => {
  try {
    refuseDamaged(file);
    return openDatabase(file);
  } catch (error) {
    if (!(error instanceof StoreFault) || error.code !== "corrupt") throw error;
    // What was written beside it, SQLite drops by itself once the file is gone.
    renameSync(file, `${file}.damaged`);
    damaged(`${file} is damaged and is built again; what it was is ${file}.damaged`);
    return openDatabase(file);
  }
};

/** In bytes: a larger file is not read whole at each start. */
const mostChecked = 64_000_000;

const refuseDamaged = (file: string): void => {
  if (!existsSync(file) || statSync(file).size > mostChecked) return;
  guarded(file, () => {
    const sqlite = new DatabaseSync(file);
    try {
      const [found] = sqlite.prepare("pragma quick_check(1)").all();
      if (found?.["quick_check"] === "ok") return;
    } finally {
      sqlite.close();
    }
    throw new StoreFault("corrupt", `${file}: is damaged`, { retry: false });
  });
};

const databaseOver = (sqlite: DatabaseSync, file: string): Database => {
  sqlite.exec(`
    pragma busy_timeout = 5000;
    pragma journal_mode = wal;
    pragma synchronous = normal;
    create table if not exists position (follower text primary key, reached text not null) strict;
    create table if not exists witnessed
      (one integer primary key check (one = 1), stream text not null, revision integer not null,
       id text not null) strict;
  `);
  const read = sqlite.prepare("select reached from position where follower = ?");
  const write = sqlite.prepare("insert or replace into position (follower, reached) values (?, ?)");
  const witness = sqlite.prepare("insert or replace into witnessed values (1, ?, ?, ?)");
  return {
    sqlite,
    transaction: (work) => guarded(file, () => transaction(sqlite, work)),
    position: (follower) => positionOf(read, follower),
    keepPosition: (follower, position, last) => {
      write.run(follower, position);
      if (last) witness.run(last.stream, last.revision, last.id);
    },
    close: () => sqlite.close(),
  };
};

const transaction = <Result>(sqlite: DatabaseSync, work: () => Result): Result => {
  sqlite.exec("begin immediate");
  try {
    const result = work();
    sqlite.exec("commit");
    return result;
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec("rollback");
    throw error;
  }
};

const positionOf = (read: StatementSync, follower: string): Position | undefined => {
  const row = read.get(follower);
  return row === undefined ? undefined : (String(row["reached"]) as Position);
};
