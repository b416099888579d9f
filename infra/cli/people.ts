/** `assay people`: which account at the identity provider is which person. */
import { type Directory, openDirectory, personFor } from "@assay/console/identity/people.ts";
import { feedChanges } from "@assay/console/reading/feed-addresses.ts";
import { PersonId } from "@assay/domain/kernel/ids.ts";
import { peoplePath } from "@assay/console/kept.ts";
import { type Database, openDatabase } from "@assay/host/database.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

type Options = ForMachines & { readonly data?: string };

export const addPeople = (program: Command, { terminal }: Context): void => {
  const group = introduce(program, {
    name: "people",
    summary: "Which account at the identity provider is which person.",
    about:
      "An account is found by its issuer and subject, and the first time by its name. A name that " +
      "is a person's id is that person; any other gets an id of its own, which people id tells.",
    examples: ["people list", "people id Hanna.Head@example.org", "people unlink hanna"],
  });
  const command = (name: string, summary: string, example: string): Command => {
    const made = introduce(group, { name, summary, examples: [example] });
    return jsonOption(made.option("--data <DIR>", "the data folder"));
  };
  command("list", "Everybody who has signed in or was linked.", "people list").action(
    (options: Options) => {
      const people = within(terminal, options, ({ list }) => list());
      terminal.out(options.json ? jsonLine(people) : `${tableOf(people)}\n`);
    },
  );
  command(
    "id <NAME>",
    "Whose id somebody so called at the provider gets.",
    "people id x@y.org",
  ).action((called: string, options: Options) => {
    const person = personFor(called);
    terminal.out(options.json ? jsonLine({ person }) : `${person}\n`);
  });
  command(
    "link <PERSON> <NAME>",
    "From now on, whoever the provider calls so is this person.",
    "people link hanna hanna.head@example.org",
  ).action((person: string, called: string, options: Options) => {
    within(terminal, options, ({ link }) => link(idOf(person), called));
    terminal.out(options.json ? jsonLine({ person, called }) : `${called} is ${person}.\n`);
  });
  command(
    "unlink <PERSON>",
    "Forgets a person's accounts: the next account of the same name is theirs.",
    "people unlink hanna",
  ).action((person: string, options: Options) => {
    const forgotten = within(terminal, options, ({ unlink }) => unlink(idOf(person)));
    if (options.json) return terminal.out(jsonLine({ forgotten }));
    if (forgotten === 0) throw new Refused(`${person} has no account.`);
    terminal.out(`${forgotten} ${forgotten === 1 ? "account" : "accounts"} forgotten.\n`);
  });
  command(
    "end-calendars <PERSON>",
    "Ends every calendar address of a person, such as one who left. New ones are other ones.",
    "people end-calendars hanna",
  ).action((person: string, options: Options) => {
    const id = idOf(person);
    withPeople(terminal, options, (database) => feedChanges(database).changeAll(id));
    const said = `The calendar addresses that ${person} had are no longer served.\n`;
    terminal.out(options.json ? jsonLine({ person }) : said);
  });
};

const idOf = (given: string): PersonId => {
  const person = PersonId.safeParse(given);
  if (!person.success) throw new WrongUsage(`${given} is no person's id`);
  return person.data;
};

const tableOf = (people: ReturnType<Directory["list"]>): string =>
  table(
    ["Person", "Name", "Called", "Accounts"].map((head) => ({ head })),
    people.map(({ person, name, called, accounts }) => [
      ...[person, name, called.join(", ")],
      accounts.map(({ issuer, subject }) => `${subject} at ${issuer}`).join(", "),
    ]),
  );

const within = <Got>(
  terminal: Terminal,
  options: Options,
  work: (directory: Directory) => Got,
): Got => withPeople(terminal, options, (database) => work(openDirectory(database)));

const withPeople = <Got>(
  terminal: Terminal,
  { data }: Options,
  work: (database: Database) => Got,
): Got => {
  const database = openDatabase(peoplePath(terminal.pathOf(data ?? terminal.dataDir)));
  try {
    return work(database);
  } finally {
    database.close();
  }
};
