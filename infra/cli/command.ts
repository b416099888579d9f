/** What commands have alike: a name with its arguments, an example, and `--json` for machines. */
import { writeFile } from "node:fs/promises";

import type { Command } from "commander";

import type { Status, Terminal } from "./terminal.ts";

/** What a command needs besides its arguments. */
export type Context = {
  readonly terminal: Terminal;
  /** Says how the command ended, unless that is 0. */
  readonly finish: (status: Status) => void;
};

export type Introduction = {
  /** With its arguments, such as `replay-published <FILE>`. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** What else there is to know. */
  readonly about?: string;
  readonly examples: readonly string[];
};

/** A command to which its own arguments, options and action are then added. */
export const introduce = (
  program: Command,
  { name, summary, about, examples }: Introduction,
): Command => {
  const title = examples.length === 1 ? "Example" : "Examples";
  const lines = examples.map((example) => `  npm run -s assay -- ${example}`);
  return program
    .command(name)
    .summary(summary)
    .description([summary, about ?? ""].filter(Boolean).join("\n"))
    .helpOption("-h, --help", "show this help")
    .addHelpText("after", `\n${title}:\n${lines.join("\n")}`);
};

export const jsonOption = (command: Command): Command =>
  command.option("--json", "print JSON for machines");

export type ForMachines = { readonly json?: boolean | undefined };

export const jsonLine = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

type Given = ForMachines & {
  readonly format: "csv" | "ics" | "json" | "md" | "pdf" | "txt" | "tlog-proof";
  readonly content: string | Uint8Array;
  /** The file to write it to; it is printed otherwise. */
  readonly out?: string | undefined;
};

/** Prints a file, or writes it. For machines, a text that is not JSON comes as a value in JSON. */
export const giveFile = async (terminal: Terminal, given: Given): Promise<void> => {
  const { format, content, out, json } = given;
  if (out === undefined) {
    const text = String(content);
    return terminal.out(json && format !== "json" ? jsonLine({ format, text }) : text);
  }
  await writeFile(terminal.pathOf(out), content);
  if (json) terminal.out(jsonLine({ format, written: out }));
  else terminal.err(`Wrote ${out}.\n`);
};
