/**
 * `assay history`: how each standard's rating came about, step by step, provisional ones included.
 */
import { type HistoryStep, ratingHistory } from "@assay/domain/audit/as-at.ts";
import { render } from "@assay/domain/audit/explanation.ts";
import { tellHistory } from "@assay/domain/audit/tell-time.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { readingData, recordsOf, withStore } from "./records.ts";

type Options = ForMachines & FromData & { readonly facts?: boolean };

export const addHistory = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "history <ID> [STANDARD]",
    summary: "Each change of a rating over the inspection's life: when, by whose act, to what.",
    about:
      "Before the panel concludes, a rating is what the answers given so far come to.\n" +
      "Without STANDARD: every standard.",
    examples: ["history peterborough-2020 3.1", "history milton-keynes-2021 --json"],
  }).option("--facts", "name the event behind each change, as stream@revision");
  readingData(jsonOption(command), terminal).action(
    async (id: string, code: string | undefined, options: Options) => {
      const records = await withStore(options, terminal, (reader) => recordsOf(reader, id));
      const steps = ratingHistory(records);
      const codes = standardsIn(steps);
      if (codes.length === 0) {
        throw new Refused(`${id} has no ratings yet: its rules are fixed when it is announced.`);
      }
      if (code !== undefined && !codes.includes(code)) {
        throw new Refused(`${id} has no standard ${code}. Its standards: ${codes.join(", ")}.`);
      }
      const chosen = code === undefined ? codes : [code];
      const told = (): string =>
        chosen
          .map((each) => tellHistory(each, steps))
          .map((tree) => render(tree, { as: "plain", facts: options.facts === true }))
          .join("\n");
      const data = steps.filter(({ standard }) => chosen.includes(standard));
      terminal.out(options.json ? jsonLine(data) : told());
    },
  );
};

const standardsIn = (steps: readonly HistoryStep[]): readonly string[] =>
  [...new Set(steps.map(({ standard }) => standard))].toSorted();
