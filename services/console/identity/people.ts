/**
 * Which person of Assay's an account at a provider is. The account decides, by its issuer and
 * subject, however it is renamed; the first time it is found by its name. A name that is no
 * person's id gets one that nobody else can have, and another account never takes somebody's.
 */
import { createHash } from "node:crypto";

import { assay } from "@assay/domain/kernel/actor.ts";
import { PersonId } from "@assay/domain/kernel/ids.ts";
import type { Database } from "@assay/host/database.ts";

import { NotBelieved, shown } from "./refused.ts";

export type Account = {
  readonly issuer: string;
  readonly subject: string;
  /** Who they are at the provider, as it gives it. */
  readonly called: string;
  readonly name: string | undefined;
};

export type KnownPerson = {
  readonly person: PersonId;
  readonly name: string;
  readonly called: readonly string[];
  readonly accounts: readonly { readonly issuer: string; readonly subject: string }[];
};

export type Directory = {
  /** Who an account is. Throws `NotBelieved` where another account is that person already. */
  readonly personOf: (account: Account) => { readonly person: PersonId; readonly name: string };
  /** What somebody is called; undefined for whom no provider gave a name. */
  readonly nameOf: (person: string) => string | undefined;
  readonly list: () => readonly KnownPerson[];
  /** From now on, whoever the provider calls so is this person. */
  readonly link: (person: PersonId, called: string) => void;
  /** Forgets a person's accounts, so that another account of the same name can be theirs. */
  readonly unlink: (person: PersonId) => number;
};

const tables = `
  create table if not exists person (id text primary key, name text not null) strict;
  create table if not exists called (name text primary key, person text not null) strict;
  create table if not exists account (
    issuer text not null, subject text not null, person text not null,
    primary key (issuer, subject)) strict;
`;

/** One name however it is written: capitals and compatible forms are the same (Unicode NFKC). */
const folded = (called: string): string => called.normalize("NFKC").trim().toLowerCase();

/**
 * A person's id as it is; of any other name its letters and digits, and six hexadecimal digits of
 * its SHA-256, so that two names never lead to one person.
 */
export const personFor = (called: string): PersonId => {
  const own = PersonId.safeParse(called);
  if (own.success) return own.data;
  const name = folded(called);
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60)
    .replace(/-$/, "");
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 6);
  return PersonId.parse([plain === "" ? "person" : plain, digest].join("-"));
};

export const openDirectory = (database: Database): Directory => {
  const { sqlite } = database;
  sqlite.exec(tables);
  const one = (statement: string) => sqlite.prepare(statement);
  const byAccount = one("select person from account where issuer = ? and subject = ?");
  const byName = one("select person from called where name = ?");
  const othersOf = one("select subject from account where issuer = ? and person = ?");
  const namesOf = one("select name from called where person = ?");
  const addAccount = one("insert into account values (?, ?, ?)");
  const addName = one("insert or replace into called values (?, ?)");
  const addPerson = one("insert or replace into person values (?, ?)");
  const nameOf = one("select name from person where id = ?");
  const removeAccounts = one("delete from account where person = ?");

  const found = ({ issuer, subject, called }: Account): PersonId => {
    const known = byAccount.get(issuer, subject);
    if (known) return PersonId.parse(known["person"]);
    const named = byName.get(folded(called));
    const person = named ? PersonId.parse(named["person"]) : personFor(called);
    const no = (words: string): NotBelieved =>
      new NotBelieved({ cause: "another-account", subject, value: shown(called), words });
    if (person === assay.id) throw no("nobody signs in as Assay itself");
    const other = othersOf.get(issuer, person)?.["subject"];
    if (other !== undefined)
      throw no(
        `${person} is another account of this provider, with the subject ${shown(other)}: ` +
          `assay people unlink ${person} lets this one in`,
      );
    const name = named ? undefined : namesOf.get(person)?.["name"];
    if (name !== undefined)
      throw no(`${person} is whom the provider calls ${shown(name)}, by assay people link`);
    addName.run(folded(called), person);
    addAccount.run(issuer, subject, person);
    return person;
  };

  return {
    personOf: (account) =>
      database.transaction(() => {
        const person = found(account);
        const known = nameOf.get(person)?.["name"];
        const name = account.name ?? (known === undefined ? account.called : String(known));
        if (name !== known) addPerson.run(person, name);
        return { person, name };
      }),
    nameOf: (person) => nameOf.get(person)?.["name"] as string | undefined,
    list: () => listed(database),
    link: (person, called) =>
      database.transaction(() => {
        addName.run(folded(called), person);
        if (!nameOf.get(person)) addPerson.run(person, called);
      }),
    unlink: (person) => Number(removeAccounts.run(person).changes),
  };
};

const listed = ({ sqlite }: Database): readonly KnownPerson[] => {
  const names = sqlite.prepare("select * from called order by name").all();
  const accounts = sqlite.prepare("select * from account order by issuer, subject").all();
  return sqlite
    .prepare("select * from person order by id")
    .all()
    .map(({ id, name }) => ({
      person: PersonId.parse(id),
      name: String(name),
      called: names.filter(({ person }) => person === id).map((row) => String(row["name"])),
      accounts: accounts
        .filter(({ person }) => person === id)
        .map(({ issuer, subject }) => ({ issuer: String(issuer), subject: String(subject) })),
    }));
};
