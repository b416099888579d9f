/**
 * Letters that are to go out, in a SQLite file of the service's own: which reminder, how often it
 * was tried, when next. What a letter says is made anew from the facts each time.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";

import { type Database, openDatabase } from "@assay/host/database.ts";

export const letterStates = [
  /** It will be tried when its time comes. */
  "waiting",
  /** It is going out just now; found at a start, it may have been taken. */
  "sending",
  /** The server may have taken it: it is repeated late, under the same Message-ID. */
  "unsure",
  /** It was taken, or given up; that has yet to be recorded. */
  "settling",
  /** It was given up, and goes out again only when somebody says so. */
  "failed",
] as const;
export type LetterState = (typeof letterStates)[number];

export type Letter = {
  /** The reminder's id, and the Message-ID's. */
  readonly id: string;
  readonly stream: string;
  /** The event by which it was called for. */
  readonly event: string;
  /** Whom it is to, so that nobody gets two at once. */
  readonly recipient: string;
  readonly state: LetterState;
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly next: number;
  /** What became of the last attempt, in words. */
  readonly why: string;
  /** While it is settling: how it went. */
  readonly outcome: string;
};

export type NewLetter = Pick<Letter, "id" | "stream" | "event" | "recipient">;

export const lettersPath = (dataDir: string): string => join(dataDir, "letters.sqlite");

export const openLetters = (file: string): Database => {
  const database = openDatabase(file);
  database.sqlite.exec(`
    create table if not exists letter (
      id text primary key, stream text not null, event text not null, recipient text not null,
      state text not null, attempts integer not null, next integer not null,
      why text not null, outcome text not null
    ) strict;
    -- The mail server: how often in a row nothing could be handed to it, and until when it rests.
    create table if not exists server (
      one integer primary key check (one = 1), failures integer not null, until integer not null
    ) strict;
    insert or ignore into server (one, failures, until) values (1, 0, 0);
  `);
  const columns = database.sqlite.prepare("pragma table_info(server)").all();
  if (!columns.some(({ name }) => name === "taken"))
    database.sqlite.exec(`
      alter table server add column taken integer not null default 0;
      alter table server add column code text not null default '';
    `);
  return database;
};

export type MailServerState = {
  /** How often in a row nothing could be handed to it. */
  readonly failures: number;
  /** Until when it rests; all times in milliseconds since 1970. */
  readonly until: number;
  /** When it last took a letter; 0: never. */
  readonly taken: number;
  /** Of the last failure. */
  readonly code: string;
};

export const mailServerIn = ({ sqlite }: Database): MailServerState =>
  sqlite.prepare("select failures, until, taken, code from server").get() as MailServerState;

/** Every letter that is not done with, by when it is tried next. */
export const lettersIn = ({ sqlite }: Database): readonly Letter[] =>
  sqlite.prepare("select * from letter order by next, id").all() as unknown as readonly Letter[];

/** Lets a letter, or all of them, go out at once; how many there are. */
export const resend = ({ sqlite }: Database, id?: string): number => {
  sqlite.exec("update server set failures = 0, until = 0");
  const changed = sqlite
    .prepare(
      `update letter set next = 0, state = iif(state = 'settling', state, 'waiting')
       where state <> 'sending' and ${id === undefined ? "state <> 'failed'" : "id = ?"}`,
    )
    .run(...(id === undefined ? [] : [id]));
  return Number(changed.changes);
};

/** Undefined where no letter was ever written there. */
export const lettersOf = (dataDir: string): Database | undefined =>
  existsSync(lettersPath(dataDir)) ? openLetters(lettersPath(dataDir)) : undefined;
