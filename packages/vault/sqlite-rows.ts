/** What a file of keys looks like: the key store of a folder, and any copy of keys. */
import type { DatabaseSync } from "node:sqlite";

import type { KeyRow } from "./key-store.ts";

/** "Aska" in ASCII: tells this file from any other. */
export const applicationId = 0x41736b61;
export const version = 1;

/** For whoever writes: durable when acknowledged, and what is deleted is overwritten. */
export const settings =
  "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on";

export const schema = `
  create table data_key (
    owner text primary key, wrapped blob, master text, made text not null, destroyed text
  ) strict, without rowid;
  create table unwiped (since text primary key) strict, without rowid;
`;

/** One key of each key-encryption key that wraps any, beginning with the one that wraps most. */
export const mastersUsed = `
  select owner, wrapped, master from data_key where master is not null
  group by master order by count(*) desc
`;

export const rowsIn = (database: DatabaseSync): readonly KeyRow[] =>
  database
    .prepare("select owner, wrapped, master, made, destroyed from data_key")
    .all() as unknown as readonly KeyRow[];
