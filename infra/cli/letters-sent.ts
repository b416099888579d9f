/** `assay letters of`, `read`, `copy`, `again`, `revoke`: what a running engine wrote to people. */
import type { Command } from "commander";

import {
  type Context,
  type ForMachines,
  giveFile,
  introduce,
  jsonLine,
  jsonOption,
} from "./command.ts";
import { engineOf, throughEngine, type ToEngine } from "./engine.ts";
import { outcomeLine } from "./send.ts";
import { table } from "./table.ts";

type Options = ForMachines & ToEngine;
type Sent = {
  readonly letter: string;
  readonly about: string;
  readonly at: string;
  readonly name: string | null;
  readonly whose: string | null;
  readonly outcome: string;
  readonly link: { readonly standing: string; readonly until: string } | null;
};

/** Where the letters of an inspection, or one of them, are told. */
const pathOf = (inspection: string, ...more: readonly string[]): string =>
  ["/api/v1/inspections", inspection, "letters/sent", ...more.map(encodeURIComponent)].join("/");

export const addSentLetters = (group: Command, context: Context): void => {
  const { terminal } = context;
  const command = (name: string, summary: string, example: string): Command =>
    throughEngine(jsonOption(introduce(group, { name, summary, examples: [example] })), terminal);
  command(
    "of <ID>",
    "Every letter that went out about an inspection, to whom, and what became of it.",
    "letters of sandford-2026 --as publications-officer",
  ).action(async (id: string, options: Options) => {
    const told = await engineOf(options, terminal).get(pathOf(id));
    const { letters } = told as { readonly letters: readonly Sent[] };
    if (options.json) return terminal.out(jsonLine(letters));
    if (letters.length === 0) return terminal.out("Nobody has been written to yet.\n");
    const heads = ["Letter", "When", "About", "To", "", "Its link"].map((head) => ({ head }));
    const rows = letters.map(({ letter, at, about, name, whose, outcome, link }) => [
      ...[letter, at, about, [name, whose].filter(Boolean).join(", ") || "the service", outcome],
      link ? `${link.standing} (${link.until})` : "",
    ]);
    terminal.out(`${table(heads, rows)}\n`);
  });
  const file = (name: "read" | "copy", summary: string): void => {
    const isPdf = name === "copy";
    const example = `letters ${name} sandford-2026 LETTER --as publications-officer --out FILE`;
    const made = command(`${name} <ID> <LETTER>`, summary, example);
    made
      .addOption(made.createOption("--out <FILE>", "write it there").makeOptionMandatory(isPdf))
      .action(async (id: string, letter: string, options: Options & { readonly out?: string }) => {
        const path = pathOf(id, letter, ...(isPdf ? ["copy"] : []));
        const content = await engineOf(options, terminal).file(path);
        const given = isPdf ? content : Buffer.from(content).toString("utf8");
        await giveFile(terminal, { ...options, format: isPdf ? "pdf" : "txt", content: given });
      });
  };
  file("read", "A letter as text, to hand over.");
  file("copy", "The copy that goes with a letter, as PDF.");
  const asks = (type: string, made: Command): void => {
    made.action(
      async (id: string, letter: string, options: Options & { readonly reason?: string }) => {
        const reason = options.reason === undefined ? {} : { reason: options.reason };
        const asked = { type, inspection: id, letter, ...reason };
        const outcome = await engineOf(options, terminal).send(asked);
        terminal.out(options.json ? jsonLine(outcome) : `${outcomeLine(type, outcome)}\n`);
        if (!outcome.accepted) context.finish(1);
      },
    );
  };
  const [again, revoke] = [
    command(
      "again <ID> <LETTER>",
      "Sends a letter again, with a new link where it brings a copy; a former link ends.",
      "letters again sandford-2026 LETTER --as publications-officer",
    ),
    command(
      "revoke <ID> <LETTER>",
      "Ends the link of a letter, so that whoever has it gets nothing by it.",
      'letters revoke sandford-2026 LETTER --reason "It went astray." --as publications-officer',
    ).requiredOption("--reason <WORDS>", "why"),
  ];
  asks("SendLetterAgain", again);
  asks("RevokeLink", revoke);
};
