/**
 * The console's views, in a file: every inspection in outline, who has which cases, and how far the
 * store was read for it. Nothing in it is the only copy: lost, or made by other code, it is made
 * again from the store. It holds no word that people wrote.
 */
import type { InspectionId, PersonId, ProgrammeId } from "@assay/domain/kernel/ids.ts";
import type { Database } from "@assay/host/database.ts";
import type { Position, StoredEvent } from "@assay/store/port.ts";

import { type WholeLine, wholeLines } from "./cases.ts";
import { type Held, type Listed, listedOf } from "./held.ts";
import type { Missing } from "./waiting.ts";

export type CasesOf = { readonly held: Listed; readonly lines: readonly WholeLine[] };

export type News = {
  /** Everything in the store up to this event has been looked at. */
  readonly last?: StoredEvent | undefined;
  /** Inspections that were heard of: they are to be made. */
  readonly heard?: readonly InspectionId[];
  readonly made?: readonly Held[];
  /** Those that cannot be read: no list shows them. */
  readonly aside?: readonly InspectionId[];
  readonly programmes?: readonly ProgrammeId[];
};

/** Raise it when what is kept changes its shape: then nothing is shown before it is made again. */
const shape = 1;

const follower = "outlines";

const tables = `
  create table if not exists inspection (
    place integer primary key, id text not null unique, outline text, over integer not null,
    stale integer not null) strict;
  create index if not exists waiting on inspection (over, place) where stale = 1;
  create table if not exists cases (
    person text not null, inspection text not null, lines text not null,
    primary key (person, inspection)) strict, without rowid;
  create table if not exists programme (id text primary key) strict;
  create table if not exists made_by (
    one integer primary key check (one = 1), shape integer not null, code text not null) strict;
`;

const preparedIn = (sqlite: Database["sqlite"]) => ({
  all: sqlite.prepare("select outline from inspection where outline is not null order by place"),
  one: sqlite.prepare("select outline from inspection where id = ?"),
  stale: sqlite.prepare("select id from inspection where stale = 1 order by over, place limit 1"),
  missing: sqlite.prepare(
    "select count(*) as found from inspection where outline is null and stale = 1",
  ),
  count: sqlite.prepare("select count(*) as found from inspection"),
  heard: sqlite.prepare(
    "insert into inspection (id, over, stale) values (?, 0, 1) on conflict (id) do nothing",
  ),
  made: sqlite.prepare(`insert into inspection (id, outline, over, stale) values (?, ?, ?, 0)
    on conflict (id) do update set outline = excluded.outline, over = excluded.over, stale = 0`),
  cases: sqlite.prepare("select inspection, lines from cases where person = ?"),
  noCases: sqlite.prepare("delete from cases where inspection = ?"),
  addCases: sqlite.prepare("insert into cases values (?, ?, ?)"),
  programme: sqlite.prepare("insert or ignore into programme values (?)"),
  programmes: sqlite.prepare("select id from programme order by rowid"),
});

export class Outlines {
  readonly #database: Database;
  readonly #prepared: ReturnType<typeof preparedIn>;
  #all: WeakRef<Map<InspectionId, Listed>> | undefined;

  /** `code` says which code makes them: what other code made is made again. */
  constructor(database: Database, code: string) {
    this.#database = database;
    database.transaction(() => {
      database.sqlite.exec(tables);
      beginAnewIfOther(database, code);
    });
    this.#prepared = preparedIn(database.sqlite);
  }

  through(): Position | undefined {
    return this.#database.position(follower);
  }

  /** The same map until something changes, for as long as there is memory for it. */
  all(): ReadonlyMap<InspectionId, Listed> {
    const known = this.#all?.deref();
    if (known) return known;
    const found = new Map<InspectionId, Listed>();
    for (const row of this.#prepared.all.iterate()) {
      const listed = listedIn(row)!;
      found.set(listed.inspection, listed);
    }
    this.#all = new WeakRef(found);
    return found;
  }

  one(inspection: InspectionId): Listed | undefined {
    return listedIn(this.#prepared.one.get(inspection));
  }

  /** Whether it was ever heard of. */
  has(inspection: InspectionId): boolean {
    return this.#prepared.one.get(inspection) !== undefined;
  }

  casesOf(person: PersonId): readonly CasesOf[] {
    return this.#prepared.cases.all(person).flatMap(({ inspection, lines }) => {
      const held = this.one(inspection as InspectionId);
      return held ? [{ held, lines: JSON.parse(String(lines)) as readonly WholeLine[] }] : [];
    });
  }

  programmes(): readonly ProgrammeId[] {
    return this.#prepared.programmes.all().map(({ id }) => id as ProgrammeId);
  }

  /** One that is to be made again, those under way first. */
  stale(): InspectionId | undefined {
    return this.#prepared.stale.get()?.["id"] as InspectionId | undefined;
  }

  /** How many have no outline yet, and how many there are. */
  missing(): Missing {
    const { missing, count } = this.#prepared;
    return { missing: Number(missing.get()?.["found"]), all: Number(count.get()?.["found"]) };
  }

  /** Keeps all of this in one transaction. */
  keep({ last, heard = [], made = [], aside = [], programmes = [] }: News): void {
    const { programme, heard: hear, made: make, noCases } = this.#prepared;
    const before = this.#all?.deref();
    const all = before && (made.length > 0 || aside.length > 0) ? new Map(before) : undefined;
    this.#database.transaction(() => {
      for (const id of programmes) programme.run(id);
      for (const inspection of heard) hear.run(inspection);
      for (const held of made) {
        const listed = this.#make(held);
        all?.set(held.inspection, listed);
      }
      for (const inspection of aside) {
        make.run(inspection, null, 0);
        noCases.run(inspection);
        all?.delete(inspection);
      }
      if (last === undefined) return;
      this.#database.keepPosition(follower, last.position, last);
    });
    if (all) this.#all = new WeakRef(all);
  }

  /** The store is another one than before: nothing is known of it. */
  beginAnew(): void {
    this.#database.transaction(() => forgetAll(this.#database));
    this.#all = undefined;
  }

  #make(held: Held): Listed {
    const { made, noCases, addCases } = this.#prepared;
    const { inspection, stage } = held;
    const listed = listedOf(held);
    const over = stage === "closed" || stage === "cancelled" ? 1 : 0;
    made.run(inspection, JSON.stringify(listed), over);
    noCases.run(inspection);
    for (const [person, lines] of linesByPerson(wholeLines(held)))
      addCases.run(person, inspection, JSON.stringify(lines));
    return listed;
  }
}

const listedIn = (row: unknown): Listed | undefined => {
  const { outline } = (row ?? { outline: null }) as { readonly outline: string | null };
  return outline === null ? undefined : (JSON.parse(outline) as Listed);
};

const linesByPerson = (lines: readonly WholeLine[]): ReadonlyMap<PersonId, WholeLine[]> => {
  const found = new Map<PersonId, WholeLine[]>();
  for (const line of lines)
    for (const person of new Set([line.assessor, line.second]))
      if (person) found.set(person, [...(found.get(person) ?? []), line]);
  return found;
};

/** What could not be read is tried again with every start. */
const beginAnewIfOther = (database: Database, code: string): void => {
  const { sqlite } = database;
  const made = sqlite.prepare("select shape, code from made_by").get();
  if (made?.["shape"] !== shape) forgetAll(database);
  sqlite
    .prepare("update inspection set stale = 1 where outline is null or ?")
    .run(made?.["code"] === code ? 0 : 1);
  sqlite.prepare("insert or replace into made_by values (1, ?, ?)").run(shape, code);
};

const forgetAll = ({ sqlite }: Database): void => {
  sqlite.exec("delete from inspection; delete from cases; delete from programme;");
  sqlite.prepare("delete from position where follower = ?").run(follower);
};
