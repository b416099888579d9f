/**
 * What a console keeps over its restarts, opened the same way within another process and by itself:
 * sessions, accounts, views, the access log, and the files that services send.
 */
import { createHmac } from "node:crypto";
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

export const closeKept = ({ database, accounts, views, accessLog }: Omit<Kept, "files">): void => {
  for (const one of [views, accessLog, database, accounts]) one.close();
};

/** From which the addresses of calendar feeds follow: the same for as long as `secret` is. */
export const feedSecretOf = (secret: string | Uint8Array): Uint8Array =>
  createHmac("sha256", secret).update("assay calendar feeds 1").digest();
