/** Sessions as they are kept: by the digest of their cookie's name, so that none opens by it. */
import { Signed } from "./signed.ts";
import type { Database } from "@assay/host/database.ts";

type Held = {
  readonly signed: string;
  readonly subject: string | null;
  readonly providerSession: string | null;
  /** Closed; only the cookie opens it. */
  readonly tokens: string | null;
  /** When the provider last vouched for the roles; all times in milliseconds since 1970, UTC. */
  readonly asked: number;
};
type Row = Held & { readonly begun: number; readonly seen: number };

const tables = `
  create table if not exists session (
    key text primary key, signed text not null, subject text, provider_session text,
    begun integer not null, seen integer not null) strict;
`;

/** Added later, one at a time: a file of an earlier version is carried on. */
const added = ["tokens text", "asked integer not null default 0"];

const migrate = ({ sqlite }: Database): void => {
  sqlite.exec(tables);
  const there = sqlite.prepare("pragma table_info(session)").all();
  const names = there.map(({ name }) => String(name));
  for (const column of added)
    if (!names.includes(column.split(" ")[0]!))
      sqlite.exec(`alter table session add column ${column}`);
};

export const openSessionTable = (database: Database) => {
  migrate(database);
  const { sqlite } = database;
  const find = sqlite.prepare("select * from session where key = ?");
  const add = sqlite.prepare(
    `insert into session (key, signed, subject, provider_session, tokens, asked, begun, seen)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const change = sqlite.prepare(
    `update session set signed = ?, subject = ?, provider_session = ?, tokens = ?, asked = ?
     where key = ?`,
  );
  const changeSigned = sqlite.prepare("update session set signed = ? where key = ?");
  const see = sqlite.prepare("update session set seen = ? where key = ?");
  const remove = sqlite.prepare("delete from session where key = ?");
  const removeOld = sqlite.prepare("delete from session where begun < ? or seen < ?");
  const removeBy = sqlite.prepare(
    `delete from session where (provider_session = ?1 and ?1 is not null)
       or (subject = ?2 and ?2 is not null and ?1 is null)`,
  );
  const all = sqlite.prepare("select * from session order by seen desc");
  const valuesOf = ({ signed, subject, providerSession, tokens, asked }: Held) =>
    [signed, subject, providerSession, tokens, asked] as const;
  return {
    find: (key: string): Row | undefined => {
      const row = find.get(key);
      return row && rowFrom(row);
    },
    add: (key: string, row: Row): void => void add.run(key, ...valuesOf(row), row.begun, row.seen),
    change: (key: string, held: Held): void => void change.run(...valuesOf(held), key),
    changeSigned: (key: string, signed: string): void => void changeSigned.run(signed, key),
    see: (key: string, at: number): void => void see.run(at, key),
    remove: (key: string): void => void remove.run(key),
    removeOld: ({ begun, seen }: Pick<Row, "begun" | "seen">): void =>
      void removeOld.run(begun, seen),
    /** How many there were. */
    removeBy: (by: {
      readonly subject: string | undefined;
      readonly providerSession: string | undefined;
    }): number => Number(removeBy.run(by.providerSession ?? null, by.subject ?? null).changes),
    all: (): readonly (Row & { readonly key: string })[] =>
      all.all().map((row) => ({ key: String(row["key"]), ...rowFrom(row) })),
  };
};

const rowFrom = (row: Record<string, unknown>): Row => {
  const text = (name: string) => (typeof row[name] === "string" ? row[name] : null);
  return {
    signed: String(row["signed"]),
    subject: text("subject"),
    providerSession: text("provider_session"),
    tokens: text("tokens"),
    asked: Number(row["asked"]),
    begun: Number(row["begun"]),
    seen: Number(row["seen"]),
  };
};

export type ListedSession = {
  readonly key: string;
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly begun: number;
  readonly seen: number;
};

/** Who is signed in, by the file of the sessions; what is over by its limits may still be there. */
export const listedSessions = (database: Database): readonly ListedSession[] =>
  openSessionTable(database)
    .all()
    .map(({ key, signed, begun, seen }) => {
      const { actor, name } = Signed.parse(JSON.parse(signed));
      return { key, person: actor.id, name, role: actor.role, begun, seen };
    });

/** Ends all sessions of a person; how many there were. */
export const endSessionsOf = (database: Database, person: string): number => {
  const theirs = listedSessions(database).filter((one) => one.person === person);
  const table = openSessionTable(database);
  for (const { key } of theirs) table.remove(key);
  return theirs.length;
};
