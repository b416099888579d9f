/**
 * What a console keeps over its restarts, opened the same way within another process and by itself:
 * sessions, accounts, views, the access log, and the files that services send.
 */
import { join } from "node:path";

import { type AccessLog, openAccessLog } from "@assay/host/access-log.ts";
import { type Database, openDatabase, openDerived } from "@assay/host/database.ts";
import type { Log } from "@assay/host/log.ts";
import type { KeyAtHand } from "@assay/ledger/note.ts";

import { type Files, filesIn } from "@assay/host/files.ts";

export const sessionsPath = (dataDir: string): string => join(dataDir, "sessions.sqlite");
export const viewsPath = (dataDir: string): string => join(dataDir, "views.sqlite");
export const peoplePath = (dataDir: string): string => join(dataDir, "people.sqlite");
export const accessLogPath = (dataDir: string): string => join(dataDir, "access-log.sqlite");
export const submissionsFolder = (dataDir: string): string => join(dataDir, "submissions");

export type Kept = {
  readonly database: Database;
  readonly accounts: Database;
  readonly views: Database;
  readonly accessLog: AccessLog;
  readonly files: Files;
};

export type KeptOptions = {
  readonly dataDir: string;
  /** Sessions and accounts, where replicas on one machine share them. */
  readonly shared?: string | undefined;
  /** What services send, where that is not kept within the folder. */
  readonly files?: Files | undefined;
  /** Signs the access log. */
  readonly signer: KeyAtHand;
  readonly log: Log;
};

/** Close each of them at the end. */
export const keptIn = ({ dataDir, shared = dataDir, files, signer, log }: KeptOptions): Kept => ({
  database: openDatabase(sessionsPath(shared)),
  accounts: openDatabase(peoplePath(shared)),
  views: openDerived(viewsPath(dataDir), (why) => log.error(why)),
  accessLog: openAccessLog({
    file: accessLogPath(dataDir),
    signer,
    signed: (checkpoint) => log.info({ checkpoint }, "access log signed"),
  }),
  files: files ?? filesIn(submissionsFolder(dataDir)),
});
