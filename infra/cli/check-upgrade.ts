/** `assay check-upgrade`: whether this code can go on from everything that is stored. */
import { checkUpgrade, type UpgradeReport } from "@assay/embedded/check-upgrade.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { readingData, withStore } from "./records.ts";

export const addCheckUpgrade = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "check-upgrade",
    summary: "Replays every stored inspection under this code, before it is put to use.",
    about:
      "It names each inspection, under way or over, that this code would leave stranded: a fact\n" +
      "that is refused or not expected, a phase with no way on; or would rate otherwise than\n" +
      "was recorded. Ends with 1 when there is any. It reads, and changes nothing.",
    examples: [
      "check-upgrade",
      "check-upgrade --data /srv/assay --json",
      "check-upgrade --store esdb://10.0.0.7:2113",
    ],
  });
  readingData(jsonOption(command), terminal).action(async (options: ForMachines & FromData) => {
    const report = await withStore(options, terminal, (reader) => checkUpgrade(reader));
    terminal.out(options.json ? jsonLine(report) : page(report));
    if (report.stranded.length > 0) finish(1);
  });
};

const page = ({ replayed, events, stranded }: UpgradeReport): string => {
  const all = `Replayed ${replayed} inspections and programmes, ${events} events.`;
  if (stranded.length === 0) return `${all}\nThis code can go on from all of them.\n`;
  const lines = stranded.flatMap(({ name, breaks }) => [
    name,
    ...breaks.map(
      ({ kind, stream, revision, what }) => `  ${kind}: ${stream}@${revision}: ${what}`,
    ),
  ]);
  return [`${all} This code cannot go on from ${stranded.length} of them:`, ...lines, ""].join(
    "\n",
  );
};
