/** `assay aside`: what failed for good and was set aside, and what is to become of it. */
import { readAsides } from "@assay/host/aside-book.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { engineOf, throughEngine, type ToEngine } from "./engine.ts";
import type { FromData } from "./event-store.ts";
import { readingData, withStore } from "./records.ts";
import { table } from "./table.ts";

export const addAside = (program: Command, { terminal, finish }: Context): void => {
  const group = introduce(program, {
    name: "aside",
    summary: "What failed for good and was set aside; having it tried again, or skipped.",
    about: "One event, inspection or letter that fails is set aside, and everything else goes on.",
    examples: ["aside list", "aside retry ITEM --as head-of-programme"],
  });
  const list = introduce(group, {
    name: "list",
    summary: "What is set aside, the oldest first, and why. Ends with 1 when there is something.",
    examples: ["aside list", "aside list --json"],
  });
  readingData(jsonOption(list), terminal).action(async (options: ForMachines & FromData) => {
    const found = await withStore(options, terminal, readAsides);
    if (found.length > 0) finish(1);
    if (options.json) return terminal.out(jsonLine(found));
    if (found.length === 0) return terminal.out("Nothing is set aside.\n");
    const heads = ["Item", "What failed", "Where", "Why", "Since"].map((head) => ({ head }));
    const rows = found.map(({ item, service, what, event, inspection, reason, since }) => [
      item,
      `${service}: ${what}`,
      event ? `${event.stream}@${event.revision}` : (inspection ?? ""),
      reason,
      since,
    ]);
    terminal.out(`${table(heads, rows)}\n`);
  });
  const decide = async (item: string, options: ForMachines & ToEngine, decision: object) => {
    const path = `/api/v1/aside/${encodeURIComponent(item)}`;
    const answer = await engineOf(options, terminal).post(path, decision);
    terminal.out(options.json ? jsonLine(answer) : `${item}: recorded.\n`);
  };
  const retry = introduce(group, {
    name: "retry <ITEM>",
    summary: "Has it tried again at once; where it fails again, it stays on the list.",
    examples: ["aside retry ITEM --as head-of-programme"],
  });
  throughEngine(jsonOption(retry), terminal).action((item: string, options) =>
    decide(item, options as ForMachines & ToEngine, { act: "retry" }),
  );
  const skip = introduce(group, {
    name: "skip <ITEM>",
    summary: "Takes it off the list for good, with the reason on record.",
    examples: ['aside skip ITEM --reason "sent by post" --as head-of-programme'],
  });
  throughEngine(jsonOption(skip), terminal)
    .requiredOption("--reason <WHY>", "why it is not to be done any more")
    .action((item: string, options) => {
      const { reason, ...rest } = options as ForMachines & ToEngine & { readonly reason: string };
      return decide(item, rest, { act: "skip", reason });
    });
};
