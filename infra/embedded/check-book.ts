/**
 * What of a data folder's inspections was checked, so that a start checks only what is new: which
 * there are, which are over, which code replayed each without a break, and which state of its
 * record the store was held against. Nothing in it is the only copy: lost, all is checked again.
 */
import { join } from "node:path";

import { categories, inspectionOf, inspectionStream } from "@assay/domain/kernel/stream.ts";
import { openDatabase, openDerived } from "@assay/host/database.ts";
import { missingFrom } from "@assay/host/witness.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

export type Checked = {
  /** An inspection's first stream, or that of a programme or a framework. */
  readonly name: string;
  /** Nothing is left to be decided in it. */
  readonly over: boolean;
  readonly concluded: boolean;
  /** The fingerprint of the code that replayed it last. */
  readonly code: string | null;
  /** The state of the signed record that the store was last held against. */
  readonly held: string | null;
};

export type CheckBook = {
  /** Reads on in the store from where it was last read, so that all that there is stands here. */
  hear(store: Pick<EventStore, "read" | "readAll">): Promise<void>;
  all(): readonly Checked[];
  keepCode(name: string, code: string): void;
  keepHeld(name: string, held: string): void;
  close(): void;
};

/** `dataDir` undefined keeps it in memory. */
export const openCheckBook = (dataDir?: string): CheckBook => {
  const damaged = (why: string): void => process.emitWarning(why);
  const database =
    dataDir === undefined ? openDatabase(":memory:") : openDerived(join(dataDir, file), damaged);
  const { sqlite } = database;
  sqlite.exec(`create table if not exists checked (
    name text primary key, over integer not null default 0, concluded integer not null default 0,
    code text, held text) strict`);
  const insert = sqlite.prepare("insert or ignore into checked (name) values (?)");
  const ends = sqlite.prepare("update checked set over = 1 where name = ?");
  const concludes = sqlite.prepare("update checked set concluded = 1 where name = ?");
  const all = sqlite.prepare("select * from checked order by rowid");
  const code = sqlite.prepare("update checked set code = ? where name = ?");
  const held = sqlite.prepare("update checked set held = ? where name = ?");
  const take = (events: readonly StoredEvent[]): void =>
    database.transaction(() => {
      for (const event of events) {
        const name = nameOf(event);
        insert.run(name);
        if (ending.has(event.type)) ends.run(name);
        if (event.type === "RatingsConcluded") concludes.run(name);
      }
      const last = events.at(-1)!;
      database.keepPosition(follower, last.position, last);
    });
  /** Of another store, or of one that was put back to an earlier day. */
  const forget = (): void => sqlite.exec("delete from checked; delete from position");
  return {
    hear: async (store) => {
      if ((await missingFrom(store, database)) !== undefined) forget();
      const after = database.position(follower);
      const options = after === undefined ? { prefixes } : { prefixes, after };
      for await (const page of store.readAll(options)) take(page);
    },
    all: () =>
      all.all().map((row) => ({
        ...(row as Pick<Checked, "name" | "code" | "held">),
        over: row["over"] === 1,
        concluded: row["concluded"] === 1,
      })),
    keepCode: (name, by) => void code.run(by, name),
    keepHeld: (name, state) => void held.run(state, name),
    close: () => database.close(),
  };
};

const file = "checks.sqlite";
const follower = "checks";

/** An assessment's stream comes after others of its inspection. */
const prefixes = categories.filter((each) => each !== "assessment").map((each) => `${each}-`);

const ending: ReadonlySet<string> = new Set(["InspectionClosed", "InspectionCancelled"]);

const nameOf = ({ stream }: StoredEvent): string => {
  const inspection = inspectionOf(stream);
  return inspection === undefined ? stream : inspectionStream(inspection);
};
