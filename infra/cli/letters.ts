/** `assay letters`: what was written to people, and what has not gone out by e-mail yet. */
import { type Letter, lettersIn, lettersOf, resend } from "@assay/announcement/letters.ts";
import type { Database } from "@assay/host/database.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { Refused } from "./failure.ts";
import { addSentLetters } from "./letters-sent.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

type Options = ForMachines & { readonly data?: string };

const states: Readonly<Record<Letter["state"], string>> = {
  waiting: "waits",
  sending: "is going out",
  unsure: "may have been taken",
  settling: "is done, yet to be recorded",
  failed: "given up",
};

export const addLetters = (program: Command, context: Context): void => {
  const { terminal } = context;
  const group = introduce(program, {
    name: "letters",
    summary: "Letters to people: what went out, what waits, copies, links, sending again.",
    examples: ["letters list", "letters of sandford-2026 --as publications-officer"],
  });
  addSentLetters(group, context);
  const command = (name: string, summary: string, example: string): Command => {
    const made = introduce(group, { name, summary, examples: [example] });
    const where = "the data folder, or the DATA_DIR of the announcement service";
    return jsonOption(made.option("--data <DIR>", where));
  };
  command(
    "list",
    "Each that waits or was given up: its state, the attempts, when next, and why.",
    "letters list",
  ).action((options: Options) => {
    const found = within(terminal, options, lettersIn, []).map((letter) => ({
      ...{ letter: letter.id, about: letter.stream.replace(/^reminders-/, "") },
      ...{ state: letter.state, attempts: letter.attempts, why: letter.why },
      next: letter.next === 0 ? null : new Date(letter.next).toISOString(),
    }));
    if (options.json) return terminal.out(jsonLine(found));
    if (found.length === 0) return terminal.out("No letter waits.\n");
    const heads = ["Letter", "About", "", "Attempts", "Next", "Why"].map((head) => ({ head }));
    const rows = found.map(({ letter, about, state, attempts, next, why }) => [
      ...[letter, about, states[state], String(attempts)],
      ...[state === "failed" ? "" : (next ?? "at once"), why],
    ]);
    terminal.out(`${table(heads, rows)}\n`);
  });
  command(
    "resend [LETTER]",
    "Lets one letter go out at once, also one that was given up; without one, all that wait.",
    "letters resend",
  ).action((letter: string | undefined, options: Options) => {
    const count = within(terminal, options, (database) => resend(database, letter), 0);
    if (options.json) return terminal.out(jsonLine({ letters: count }));
    if (count === 0)
      throw new Refused(letter ? `There is no letter ${letter}.` : "No letter waits.");
    terminal.out(`${count} ${count === 1 ? "letter goes" : "letters go"} out at once.\n`);
  });
};

/** `none` where no letter was ever written. */
const within = <Got>(
  terminal: Terminal,
  { data }: Options,
  work: (database: Database) => Got,
  none: Got,
): Got => {
  const database = lettersOf(terminal.pathOf(data ?? terminal.dataDir));
  if (!database) return none;
  try {
    return work(database);
  } finally {
    database.close();
  }
};
