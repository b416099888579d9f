/** `assay diff`: what changed between two moments, by whom, and what that did to which rating. */
import { differenceBetween } from "@assay/domain/audit/difference.ts";
import { render } from "@assay/domain/audit/explanation.ts";
import { tellDifference } from "@assay/domain/audit/tell.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { knownAt } from "./moments.ts";
import { readingData, recordsOf, withStore } from "./records.ts";

export const addDiff = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "diff <ID> <A> <B>",
    summary: "What changed between two moments, by whom, and what it did to which rating.",
    about: "A moment is a day, a time with its zone, or a position as in assay events.",
    examples: ["diff peterborough-2020 2020-08-18 2020-09-04", "diff peterborough-2020 400 878"],
  });
  readingData(jsonOption(command), terminal).action(
    async (id: string, a: string, b: string, options: ForMachines & FromData) => {
      const records = await withStore(options, terminal, (reader) => recordsOf(reader, id));
      const found = differenceBetween(knownAt(records, a), knownAt(records, b));
      const told = (): string => render(tellDifference(found), { as: "plain", facts: false });
      terminal.out(options.json ? jsonLine(found) : told());
    },
  );
};
