/** `assay access`: who looked at what, and whether the log that says so was left alone. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { accessLogPath } from "@assay/console/kept.ts";
import { accessKeysFolder } from "@assay/embedded/data-folder.ts";
import type { AccessEntry } from "@assay/host/access-log.ts";
import { readAccessLog, verifyAccessLog } from "@assay/host/read-access-log.ts";
import { knownKeys } from "@assay/ledger/keys.ts";
import { parseVerifierKey, writeVerifierKey } from "@assay/ledger/note.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

type Listed = ForMachines & {
  readonly data?: string;
  readonly inspection?: string;
  readonly person?: string;
  readonly act?: string;
  readonly most: string;
};
type Verified = ForMachines & {
  readonly data?: string;
  readonly checkpoint?: string;
  readonly key?: readonly string[];
};

export const addAccess = (program: Command, context: Context): void => {
  const group = introduce(program, {
    name: "access",
    summary: "The access log: who signed in, was denied, looked at what; and whether it holds.",
    examples: ["access list --inspection peterborough-2020", "access verify"],
  });
  addList(group, context);
  addShow(group, context);
  addVerify(group, context);
};

const addShow = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "show <REFERENCE>",
    summary: "What was noted of one request, by the reference that a page gave.",
    about:
      "Of a sign-in that was refused it says the cause; the process's own log has the claim and " +
      "its value under the same reference.",
    examples: ["access show 3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11"],
  });
  command.option("--data <DIR>", "the data folder");
  jsonOption(command).action((reference: string, options: Listed) => {
    const query = { correlationId: reference.trim().toLowerCase() };
    const entries = readAccessLog(fileIn(terminal, options.data).file, query, 100);
    if (entries.length === 0) throw new Refused(`Nothing was noted under ${reference}.`);
    terminal.out(options.json ? jsonLine(entries) : `${tableOf(entries)}\n`);
  });
};

const addList = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "list",
    summary: "Its entries, the newest first.",
    examples: ["access list --person auditor", "access list --act denied --most 20 --json"],
  });
  command
    .option("--inspection <ID>", "about this inspection")
    .option("--person <ID>", "of this person")
    .option("--act <ACT>", "signed-in, sign-in-refused, signed-out, looked, asked or denied")
    .option("--most <N>", "at most so many", "100")
    .option("--data <DIR>", "the data folder");
  jsonOption(command).action((options: Listed) => {
    const { inspection, person, act, most } = options;
    if (!/^[1-9]\d{0,5}$/.test(most)) throw new WrongUsage("--most takes a number from 1");
    const query = {
      ...(inspection !== undefined && { inspection }),
      ...(person !== undefined && { person }),
      ...(act !== undefined && { act }),
    };
    const entries = readAccessLog(fileIn(terminal, options.data).file, query, Number(most));
    terminal.out(options.json ? jsonLine(entries) : `${tableOf(entries)}\n`);
  });
};

const tableOf = (entries: readonly AccessEntry[]): string =>
  table(
    [{ head: "When" }, { head: "Who" }, { head: "Did" }, { head: "What" }, { head: "From" }],
    entries.map(({ at, person = "–", role, act, what, status, from }) => [
      at,
      role === undefined ? person : `${person} (${role})`,
      status === undefined ? act : `${act} ${status}`,
      what,
      from,
    ]),
  );

const addVerify = (group: Command, { terminal, finish }: Context): void => {
  const command = introduce(group, {
    name: "verify",
    summary: "Holds every entry against every signed checkpoint.",
    about:
      "Keep the checkpoint that it prints somewhere else: with --checkpoint, a log that was put " +
      "back to an earlier state is found too.",
    examples: ["access verify", "access verify --checkpoint kept.txt"],
  });
  command
    .option("--checkpoint <FILE>", "a checkpoint that was kept elsewhere")
    .option(
      "--key <KEY...>",
      "the verifier key of a console that runs by itself, as trusted-edges has it, and former ones",
    )
    .option("--data <DIR>", "the data folder");
  jsonOption(command).action(async (options: Verified) => {
    const { file, dataDir } = fileIn(terminal, options.data);
    const keys = await keysFor(dataDir, options.key, terminal);
    const { checkpoint } = options;
    const kept =
      checkpoint === undefined ? [] : [await readFile(terminal.pathOf(checkpoint), "utf8")];
    const state = verifyAccessLog(file, keys, kept);
    if (state.problems.length > 0 || state.strangers.length > 0) finish(1);
    if (options.json) return terminal.out(jsonLine(state));
    const { entries, checkpoints, unsigned, last, problems, strangers } = state;
    if (strangers.length > 0)
      terminal.out(
        `Not all can be checked: checkpoints are signed with ${strangers.join(", ")}. ` +
          "Name these keys with --key, former ones as well.\n",
      );
    const unsaid = unsigned > 0 ? ` The last ${unsigned} are not signed yet.` : "";
    terminal.out(
      problems.length > 0
        ? `${problems.map((problem) => `TAMPERED: ${problem}`).join("\n")}\n`
        : strangers.length > 0
          ? ""
          : `All ${entries} entries are as ${checkpoints} checkpoints say.${unsaid}\n\n${last ?? ""}`,
    );
  });
};

/** Throws Refused where nobody says with which key the log is signed: no key is no tampering. */
const keysFor = async (
  dataDir: string,
  given: readonly string[] | undefined,
  { services }: Terminal,
): Promise<readonly string[]> => {
  if (given !== undefined) return given.map(verifierKeyIn);
  const { keys } = await knownKeys(accessKeysFolder(dataDir));
  const known = keys.length > 0 ? keys : (services?.consoles ?? []);
  if (known.length > 0) return known;
  throw new Refused(
    "With which key is this log signed? Name the console's verifier key with --key, or the list\n" +
      "that has it with TRUSTED_EDGES_FILE: the line that begins with people.",
  );
};

const verifierKeyIn = (given: string): string => {
  try {
    return writeVerifierKey(parseVerifierKey(given));
  } catch (error) {
    throw new WrongUsage(`--key takes a verifier key: ${(error as Error).message}`);
  }
};

const fileIn = (terminal: Terminal, data: string | undefined) => {
  const dataDir = terminal.pathOf(data ?? terminal.dataDir);
  const file = accessLogPath(dataDir);
  if (!existsSync(file)) throw new Refused(`There is no access log in ${dataDir}.`);
  return { dataDir, file };
};
