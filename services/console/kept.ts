/**
 * What a console keeps over its restarts, opened the same way within another process and by itself:
 * sessions, accounts, views, the access log, and the files that services send.
 */
import { createHmac } from "node:crypto";
import { join } from "node:path";

import type { NatsOptions } from "@assay/bus/nats-options.ts";
import { openNatsRows } from "@assay/bus/nats-rows.ts";
import { type AccessLog, openAccessLog } from "@assay/host/access-log.ts";
import { type Database, openDatabase, openDerived } from "@assay/host/database.ts";
import { type Files, filesIn } from "@assay/host/files.ts";
import type { Log } from "@assay/host/log.ts";
import { type SharedRows, shareRows } from "@assay/host/shared-rows.ts";
import type { KeyAtHand } from "@assay/ledger/note.ts";

import { openSessionTable } from "./http/session-table.ts";
import { keepSecret } from "./http/signing.ts";
import { openDirectory } from "./identity/people.ts";
import { feedChanges } from "./reading/feed-addresses.ts";
import { openUnsent } from "./unsent/unsent.ts";

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
  /** From which the secret of the sessions follows, where several replicas share them. */
  readonly shared?: string | undefined;
  /** What services send, where that is not kept within the folder. */
  readonly files?: Files | undefined;
  /** Signs the access log. */
  readonly signer: KeyAtHand;
  readonly log: Log;
};

export const keptIn = ({ dataDir, shared, files, signer, log }: KeptOptions): Kept => ({
  database: sessionsIn(dataDir, shared),
  accounts: openDatabase(peoplePath(dataDir)),
  views: openDerived(viewsPath(dataDir), (why) => log.error(why)),
  accessLog: openAccessLog({
    file: accessLogPath(dataDir),
    signer,
    signed: (checkpoint) => log.info({ checkpoint }, "access log signed"),
  }),
  files: files ?? filesIn(submissionsFolder(dataDir)),
});

const sessionsIn = (dataDir: string, shared: string | undefined): Database => {
  const database = openDatabase(sessionsPath(dataDir));
  if (shared !== undefined) keepSecret(database, derivedFrom(shared, "assay sessions 1"));
  return database;
};

/** The tables that replicas share, and how, by the stream in which they do. */
const sharedTables = {
  // Words that are erased must be on no other machine's disk.
  ASSAY_SESSIONS: { tables: ["session", "unsent"], days: 15, on: "memory" },
  ASSAY_ACCOUNTS: { tables: ["person", "called", "account", "calendar_address"], on: "disk" },
} as const;

export type SharingOptions = {
  readonly nats: NatsOptions;
  readonly replicas: number;
  readonly log: Log;
};

/** Shares both files with the console's other replicas. */
export const sharing = async (
  { database, accounts }: Pick<Kept, "database" | "accounts">,
  { nats, replicas, log }: SharingOptions,
): Promise<SharedRows> => {
  openSessionTable(database);
  openUnsent(database, () => Date.now());
  openDirectory(accounts);
  feedChanges(accounts);
  const shared = await Promise.all(
    Object.entries(sharedTables).map(async ([stream, { tables, ...how }]) => {
      const rows = await openNatsRows({ ...nats, stream, replicas, ...how });
      const file = stream === "ASSAY_SESSIONS" ? database : accounts;
      return shareRows({ database: file, tables, rows, log });
    }),
  );
  const both = (act: "fresh" | "told" | "close") => async (): Promise<void> =>
    void (await Promise.all(shared.map((one) => one[act]())));
  return { fresh: both("fresh"), told: both("told"), close: both("close") };
};

export const closeKept = ({ database, accounts, views, accessLog }: Omit<Kept, "files">): void => {
  for (const one of [views, accessLog, database, accounts]) one.close();
};

/** From which the addresses of calendar feeds follow: the same for as long as `secret` is. */
export const feedSecretOf = (secret: string | Uint8Array): Uint8Array =>
  derivedFrom(secret, "assay calendar feeds 1");

const derivedFrom = (secret: string | Uint8Array, words: string): Uint8Array =>
  createHmac("sha256", secret).update(words).digest();
