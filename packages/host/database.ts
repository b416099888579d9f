/**
 * A service's own SQLite file: its views, its agenda and how far each subscription got, each kept
 * in the transaction that it belongs to. Nothing here is the only copy: deleted, it is built again.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

import type { Position } from "@assay/store/port.ts";

export type Database = {
  readonly sqlite: DatabaseSync;
  transaction<Result>(work: () => Result): Result;
  position(follower: string): Position | undefined;
  /** Call within the transaction of what was handled. */
  keepPosition(follower: string, position: Position): void;
  close(): void;
};

/** `file` is a path, or `:memory:`. */
export const openDatabase = (file: string): Database => {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const sqlite = new DatabaseSync(file);
  sqlite.exec(`
    pragma journal_mode = wal;
    pragma synchronous = normal;
    pragma busy_timeout = 5000;
    create table if not exists position (follower text primary key, reached text not null) strict;
  `);
  const read = sqlite.prepare("select reached from position where follower = ?");
  const write = sqlite.prepare("insert or replace into position (follower, reached) values (?, ?)");
  return {
    sqlite,
    transaction: (work) => transaction(sqlite, work),
    position: (follower) => positionOf(read, follower),
    keepPosition: (follower, position) => void write.run(follower, position),
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
