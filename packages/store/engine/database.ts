/**
 * The file that events live in: one SQLite database in WAL mode, where a commit returns after its
 * bytes are on the disk, held by one process at a time. Events can be added but never changed.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { StoreFault } from "../port.ts";
import { guarded } from "./faults.ts";

const version = 1;

/** "Assa", so that the `file` command and other programs can tell whose database this is. */
const applicationId = 0x41737361;

const schema = `
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- Revisions below this one are no longer read.
    truncate_before INTEGER NOT NULL DEFAULT 0,
    max_count INTEGER,
    -- Seconds.
    max_age INTEGER,
    tombstoned INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE events (
    -- Counts from 1 without gaps.
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (id),
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    -- Milliseconds since 1970.
    created INTEGER NOT NULL,
    json INTEGER NOT NULL,
    -- Text where the bytes are UTF-8, else a blob: text is what reading needs, and faster.
    data ANY NOT NULL,
    metadata ANY NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;

  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE (ABORT, 'events are never changed'); END;
  CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
    BEGIN SELECT RAISE (ABORT, 'events are never removed'); END;
`;

export type OpenDatabase = {
  readonly database: DatabaseSync;
  /** Call once something was committed: from then on its log belongs to the database. */
  readonly committed: () => void;
  readonly release: () => void;
};

/**
 * Opens the database at `path`, making it and its folder when they are missing. Beyond `maxBytes`
 * writing fails as it does on a full disk.
 */
export const openDatabase = (path: string, maxBytes?: number): OpenDatabase => {
  guardFolder(path);
  const lock = lockFor(path);
  try {
    refuseWithoutLog(path);
    const database = guarded(path, () => prepare(new DatabaseSync(path, { timeout: 5000 }), path));
    if (maxBytes !== undefined) limitSize(database, maxBytes);
    return {
      database,
      committed: () => leaveMark(path),
      release: () => closeAll(database, lock, path),
    };
  } catch (error) {
    lock.close();
    throw error;
  }
};

/** Stands beside a database of which something may be in its log alone. */
const markOf = (path: string): string => `${path}.open`;
const logOf = (path: string): string => `${path}-wal`;

/** Best effort: what could not be marked is only not noticed when it is missing. */
const leaveMark = (path: string): void => {
  try {
    writeFileSync(markOf(path), "");
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
};

/** Throws a StoreFault where what was written last went missing with its file. */
export const refuseWithoutLog = (path: string): void => {
  if (!existsSync(markOf(path)) || existsSync(logOf(path))) return;
  const message =
    `${logOf(path)} is missing: the store was not closed in good order, and what was recorded ` +
    "last stands in that file. Bring it back from where the folder was copied, or restore a " +
    `backup. Where the loss is accepted, remove ${markOf(path)}`;
  throw new StoreFault("other-store", message, { retry: false });
};

const limitSize = (database: DatabaseSync, maxBytes: number): void => {
  const size = Number(database.prepare("PRAGMA page_size").get()?.["page_size"]);
  database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / size))}`);
};

const guardFolder = (path: string): void => {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (cause) {
    const message = `${dirname(path)}: the data folder cannot be made`;
    throw new StoreFault("unavailable", message, { retry: false, cause });
  }
};

/**
 * A second database that does nothing but hold the operating system's lock, which ends with the
 * process however it ends. The data itself stays open to readers, such as a backup.
 */
export const lockFor = (path: string): DatabaseSync => {
  const lock = guarded(`${path}.lock`, () => new DatabaseSync(`${path}.lock`, { timeout: 0 }));
  try {
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    const message = `${path}: another process has this data open; stop it or use another folder`;
    if (isBusy(cause)) throw new StoreFault("locked", message, { retry: true, cause });
    return guarded(`${path}.lock`, () => {
      throw cause;
    });
  }
};

const isBusy = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === 5;

const prepare = (database: DatabaseSync, path: string): DatabaseSync => {
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec("PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000");
    database.exec("PRAGMA journal_size_limit = 67108864");
    const found = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (found === 0) create(database, path);
    else if (found !== version) throw unsupported(path, found);
    return database;
  } catch (error) {
    database.close();
    if (!existsSync(logOf(path))) rmSync(markOf(path), { force: true });
    throw error;
  }
};

const create = (database: DatabaseSync, path: string): void => {
  const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"];
  if (tables !== 0) {
    throw new StoreFault("unsupported", `${path}: not an event store`, { retry: false });
  }
  database.exec(`BEGIN IMMEDIATE; ${schema}
    PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}; COMMIT`);
};

/** Throws a StoreFault unless this is a store in the format that this version knows. */
export const checkFormat = (database: DatabaseSync, path: string): void => {
  const id = Number(database.prepare("PRAGMA application_id").get()?.["application_id"]);
  if (id !== applicationId) {
    throw new StoreFault("unsupported", `${path}: not an event store`, { retry: false });
  }
  const found = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (found !== version) throw unsupported(path, found);
};

const unsupported = (path: string, found: number): StoreFault =>
  new StoreFault(
    "unsupported",
    `${path}: written in format ${found}, this version knows format ${version}; use the newer one`,
    { retry: false },
  );

const closeAll = (database: DatabaseSync, lock: DatabaseSync, path: string): void => {
  close(database, path);
  lock.close();
};

/** False also where it cannot be done, as on a full disk. */
const isCheckpointed = (database: DatabaseSync): boolean => {
  try {
    const { log, checkpointed } = database.prepare("PRAGMA wal_checkpoint(PASSIVE)").get()!;
    return log === checkpointed;
  } catch {
    return false;
  }
};

/**
 * Closing removes the log. The mark goes before it, once all that the log has is in the database
 * itself, so that a process that is killed in between leaves no mark without a log.
 */
const close = (database: DatabaseSync, path: string): void => {
  if (isCheckpointed(database)) rmSync(markOf(path), { force: true });
  database.close();
  if (!existsSync(logOf(path))) rmSync(markOf(path), { force: true });
};
