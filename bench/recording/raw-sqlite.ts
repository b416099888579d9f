/**
 * The physical limit: the same rows with the same durability through node:sqlite alone, with no
 * rules. What is asked in one turn of the event loop shares a commit.
 */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { Recorder } from "./recorder.ts";

export const startRawSqlite = (folder: string): Recorder => {
  const database = new DatabaseSync(join(folder, "raw.sqlite"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec("PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000");
  database.exec(`CREATE TABLE events (position INTEGER PRIMARY KEY, stream INTEGER NOT NULL,
    revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL,
    metadata TEXT NOT NULL, UNIQUE (stream, revision)) STRICT`);
  const insert = database.prepare("INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?)");
  const count = database.prepare("SELECT count(*) AS n FROM events");
  const stored = (): number => Number(count.get()?.["n"]);
  const revisions = new Map<number, number>();
  let waiting: { readonly write: () => void; readonly written: () => void }[] = [];

  const commit = (): void => {
    const group = waiting;
    waiting = [];
    database.exec("BEGIN IMMEDIATE");
    for (const { write } of group) write();
    database.exec("COMMIT");
    for (const { written } of group) written();
  };
  const write = (stream: number, data: string): void => {
    const id = crypto.randomUUID();
    const revision = revisions.get(stream) ?? 0;
    revisions.set(stream, revision + 1);
    const metadata = { version: 1, commandId: id, index: 0, correlationId: id, causationId: id };
    insert.run(stream, revision, id, "JudgementRecorded", data, JSON.stringify(metadata));
  };

  return {
    name: "node:sqlite alone",
    settings: "the physical limit: bare rows, WAL, synchronous=FULL, group commit, no rules",
    begin: async () => {
      const before = stored();
      return {
        stored: async () => stored() - before,
        record: (stream, judgement) =>
          new Promise<void>((written) => {
            const data = JSON.stringify(judgement);
            if (waiting.push({ write: () => write(stream, data), written }) === 1)
              setImmediate(commit);
          }),
      };
    },
    close: async () => database.close(),
  };
};
