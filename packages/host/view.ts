/**
 * Views: folds over subscriptions, kept as tables with the position they reached. A view that is
 * lost, or whose tables changed, is built again from the beginning; no command ever trusts one.
 */
import type { DatabaseSync } from "node:sqlite";

import type { Position, StoredEvent } from "@assay/store/port.ts";
import type { z } from "zod";

import { eventIn, type Following } from "./following.ts";
import type { Database } from "./database.ts";
import { factReader, type FactReader, schemasByType, type Typed } from "./schema.ts";
import type { Follower } from "./subscription.ts";

export type View = {
  readonly name: string;
  readonly prefixes: readonly string[];
  /** Each table's columns and constraints, as they stand in `create table`. */
  readonly tables: Readonly<Record<string, string>>;
  /** Each index's table and columns, such as `tracker (phase)`. */
  readonly indexes?: Readonly<Record<string, string>>;
  /** Raise it when `apply` changes, so that existing files are built again. */
  readonly version: number;
  readonly types: ReadonlySet<string>;
  readonly factOf: FactReader;
  readonly apply: (sqlite: DatabaseSync, fact: Typed, event: StoredEvent) => void;
};

export type ViewDescription<Fact extends Typed> = Omit<View, "types" | "factOf" | "apply"> & {
  readonly facts: z.ZodType<Fact>;
  /** Called for the facts that `facts` names; others are passed over. */
  readonly apply: (sqlite: DatabaseSync, fact: Fact, event: StoredEvent) => void;
};

export const viewOf = <Fact extends Typed>({
  facts,
  apply,
  ...rest
}: ViewDescription<Fact>): View => ({
  ...rest,
  types: new Set(schemasByType(facts).keys()),
  factOf: factReader([facts]),
  apply: apply as View["apply"],
});

/** Makes the view's tables, empty when they are new or have changed, and follows from there. */
export const prepareView = (view: View, { database, store, aside }: Following): Follower => {
  const { sqlite } = database;
  const follower = `view ${view.name}`;
  database.transaction(() => {
    sqlite.exec(`create table if not exists view (
      name text primary key, shape text not null, tables text not null
    ) strict`);
    rebuildIfChanged(database, view, follower);
  });
  const apply = (event: StoredEvent): void => {
    const fact = view.factOf(event);
    if (fact) view.apply(sqlite, fact, event);
  };

  /** All of them in one transaction; says which one failed, and keeps nothing then. */
  const applied = (events: readonly StoredEvent[], through: Position): Failed | undefined => {
    let current: StoredEvent | undefined;
    try {
      database.transaction(() => {
        for (current of events) apply(current);
        current = undefined;
        database.keepPosition(follower, through);
      });
      return undefined;
    } catch (error) {
      if (current === undefined) throw error;
      return { event: current, error };
    }
  };

  aside.onRetry(follower, async (item) => {
    const event = await eventIn(store, item);
    database.transaction(() => apply(event));
  });
  return {
    name: follower,
    prefixes: view.prefixes,
    checkpoint: () => database.position(follower),
    take: async (events, through) => {
      let left = events;
      for (;;) {
        const failed = applied(left, through);
        if (failed === undefined) return;
        await aside.fails(follower, failed.event, failed.error);
        left = left.filter((event) => event !== failed.event);
      }
    },
  };
};

type Failed = { readonly event: StoredEvent; readonly error: unknown };

const rebuildIfChanged = (database: Database, view: View, follower: string): void => {
  const { sqlite } = database;
  const { tables, indexes = {}, version, prefixes, name } = view;
  const types = [...view.types];
  const shape = JSON.stringify({ version, tables, indexes, prefixes, types });
  const kept = sqlite.prepare("select shape, tables from view where name = ?").get(name);
  if (kept?.["shape"] === shape) return;
  const old = JSON.parse(String(kept?.["tables"] ?? "[]")) as string[];
  for (const table of new Set([...old, ...Object.keys(tables)]))
    sqlite.exec(`drop table if exists "${table}"`);
  for (const [table, columns] of Object.entries(tables))
    sqlite.exec(`create table "${table}" (${columns})`);
  for (const [index, on] of Object.entries(indexes))
    sqlite.exec(`create index "${index}" on ${on}`);
  sqlite
    .prepare("insert or replace into view (name, shape, tables) values (?, ?, ?)")
    .run(name, shape, JSON.stringify(Object.keys(tables)));
  sqlite.prepare("delete from position where follower = ?").run(follower);
};
