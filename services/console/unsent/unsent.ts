/**
 * What people have typed into forms and not sent: kept for each person, page and form, sealed,
 * until the form is sent, thrown away, or not touched for two weeks. Nobody else reads it.
 */
import { createHmac } from "node:crypto";

import type { Database } from "@assay/host/database.ts";
import { z } from "zod";

import type { Viewer } from "../reading/viewer.ts";
import { lockOf, secretIn } from "../http/signing.ts";

/** Whose words, and the form in which they stand. */
export type Place = { readonly person: string; readonly page: string; readonly form: string };

/** The fields of a form by their names, each with all its values. */
const Typed = z.record(z.string().max(200), z.array(z.string()));
type Typed = z.infer<typeof Typed>;

export type Unsent = {
  readonly typed: Typed;
  /** Counts how often it was kept, so that two windows notice each other. */
  readonly version: number;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
};

type Writer = { readonly person: string; readonly form: string; readonly at: number };

export type UnsentWords = {
  readonly of: (person: string, page: string) => ReadonlyMap<string, Unsent>;
  /** Who else has typed into a form of the page in the last ten minutes. */
  readonly others: (person: string, page: string) => readonly Writer[];
  /**
   * Keeps what was typed, unless another window kept something since `seen`: then it is told. The
   * answer is what stands in the end.
   */
  readonly keep: (
    place: Place,
    typed: Typed,
    seen: number,
  ) => { readonly kept: boolean; readonly now: Unsent };
  readonly drop: (place: Place) => void;
  /** Everybody's, on that page and those below it. */
  readonly dropBelow: (page: string) => void;
};

const table = `
  create table if not exists unsent (
    person text not null, page text not null, form text not null, version integer not null,
    at integer not null, sealed text not null, primary key (person, page, form)) strict;
`;

const twoWeeks = 14 * 24 * 3_600_000;
const tenMinutes = 600_000;
/** Characters of all fields of a form together; longer ones are recorded or stay in the browser. */
export const mostTyped = 200_000;
/** Of one person; the oldest gives way. */
const mostForms = 200;

export const openUnsent = (database: Database, now: () => number): UnsentWords => {
  const { sqlite } = database;
  sqlite.exec(table);
  const secret = secretIn(database);
  const lock = lockOf((id) => createHmac("sha256", secret).update(`unsent/${id}`).digest());
  const find = sqlite.prepare("select * from unsent where person = ? and page = ?");
  const write = sqlite.prepare("insert or replace into unsent values (?, ?, ?, ?, ?, ?)");
  const remove = sqlite.prepare("delete from unsent where person = ? and page = ? and form = ?");
  const removeBelow = sqlite.prepare(
    "delete from unsent where page = ?1 or substr(page, 1, length(?1) + 1) = ?1 || '/'",
  );
  const removeOld = sqlite.prepare("delete from unsent where at < ?");
  const removeMany = sqlite.prepare(
    `delete from unsent where person = ?1 and rowid not in
       (select rowid from unsent where person = ?1 order by at desc limit ?2)`,
  );
  const writers = sqlite.prepare(
    "select person, form, at from unsent where page = ? and person <> ? and at > ?",
  );
  const of = (person: string, page: string): ReadonlyMap<string, Unsent> =>
    new Map(
      find.all(person, page).flatMap((row) => {
        const opened = lock.open(person, String(row["sealed"]));
        if (opened === undefined) return [];
        const typed = Typed.parse(JSON.parse(opened));
        const found = { typed, version: Number(row["version"]), at: Number(row["at"]) };
        return [[String(row["form"]), found] as const];
      }),
    );
  return {
    of,
    others: (person, page) =>
      writers.all(page, person, now() - tenMinutes).map((row) => ({
        person: String(row["person"]),
        form: String(row["form"]),
        at: Number(row["at"]),
      })),
    keep: ({ person, page, form }, typed, seen) =>
      database.transaction(() => {
        const known = of(person, page).get(form);
        if (known && known.version !== seen && !isSame(known.typed, typed))
          return { kept: false, now: known };
        const kept = { typed, version: (known?.version ?? seen) + 1, at: now() };
        removeOld.run(now() - twoWeeks);
        const sealed = lock.close(person, JSON.stringify(typed));
        write.run(person, page, form, kept.version, kept.at, sealed);
        removeMany.run(person, mostForms);
        return { kept: true, now: kept };
      }),
    drop: ({ person, page, form }) => void remove.run(person, page, form),
    dropBelow: (page) => void removeBelow.run(page),
  };
};

/** What waits on a page: the viewer's own words, and who else is writing there. */
export const waitingFor = (words: UnsentWords, viewer: Viewer, page: string) => {
  const id = viewer.kind === "person" ? viewer.actor.id : undefined;
  return id === undefined
    ? { own: new Map<string, Unsent>(), others: [] }
    : { own: words.of(id, page), others: words.others(id, page) };
};

/** Words about a case that is erased go with it. */
export const dropErased = (
  words: UnsentWords,
  command: Readonly<Record<string, unknown>>,
): void => {
  const { type, inspection, of } = command;
  if (type === "EraseCase")
    words.dropBelow(`/inspections/${String(inspection)}/cases/${String(of)}`);
};

const isSame = (a: Typed, b: Typed): boolean => JSON.stringify(a) === JSON.stringify(b);
