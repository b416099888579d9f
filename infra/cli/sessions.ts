/** `assay sessions`: who is signed in, and the end of that. */
import { existsSync } from "node:fs";

import { endSessionsOf, listedSessions } from "@assay/console/http/session-table.ts";
import { sessionsPath } from "@assay/console/kept.ts";
import { openDatabase } from "@assay/host/database.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { Refused } from "./failure.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

type Options = ForMachines & { readonly data?: string };

export const addSessions = (program: Command, { terminal }: Context): void => {
  const group = introduce(program, {
    name: "sessions",
    summary: "Who is signed in; and ending somebody's sessions at once.",
    examples: ["sessions list", "sessions end iris"],
  });
  const list = introduce(group, {
    name: "list",
    summary: "Who is signed in, the last used first. Some may be over by their limits.",
    examples: ["sessions list", "sessions list --json"],
  });
  list.option("--data <DIR>", "the data folder");
  jsonOption(list).action((options: Options) => {
    const found = within(terminal, options, listedSessions).map((one) => ({
      ...{ session: one.key.slice(0, 16), person: one.person, name: one.name, role: one.role },
      ...{ begun: instant(one.begun), used: instant(one.seen) },
    }));
    if (options.json) return terminal.out(jsonLine(found));
    const heads = ["Person", "Name", "Role", "Begun", "Last used"].map((head) => ({ head }));
    const rows = found.map((one) => [one.person, one.name, one.role, one.begun, one.used]);
    terminal.out(found.length === 0 ? "Nobody is signed in.\n" : `${table(heads, rows)}\n`);
  });
  const end = introduce(group, {
    name: "end <PERSON>",
    summary: "Ends all sessions of a person. A running console heeds it at the next request.",
    about: "Where the provider still lets them, they can sign in again.",
    examples: ["sessions end iris"],
  });
  end.option("--data <DIR>", "the data folder");
  jsonOption(end).action((person: string, options: Options) => {
    const ended = within(terminal, options, (database) => endSessionsOf(database, person));
    if (options.json) return terminal.out(jsonLine({ ended }));
    if (ended === 0) throw new Refused(`${person} is not signed in.`);
    terminal.out(`${ended} ${ended === 1 ? "session" : "sessions"} of ${person} ended.\n`);
  });
};

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

const within = <Got>(
  terminal: Terminal,
  { data }: Options,
  work: (database: ReturnType<typeof openDatabase>) => Got,
): Got => {
  const dataDir = terminal.pathOf(data ?? terminal.dataDir);
  const file = sessionsPath(dataDir);
  if (!existsSync(file)) throw new Refused(`There are no sessions in ${dataDir}.`);
  const database = openDatabase(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
};
