/** `assay integrity`: the store held against everything that was ever signed, on demand. */
import {
  type Evidence,
  integrityInWords,
  watchIntegrity,
} from "@assay/publication/integrity-watch.ts";
import { evidenceOf, recordsFolder } from "@assay/publication/publishing.ts";
import type { Command } from "commander";
import { existsSync } from "node:fs";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { readingData, withStore } from "./records.ts";
import type { Terminal } from "./terminal.ts";

export const addIntegrity = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "integrity [ID]",
    summary: "Holds the stored events against all that was signed: changed, missing, moved, added.",
    about:
      "It reads beside a running engine and writes nothing. Ends with 1 when anything differs.\n" +
      "Without ID: every inspection that has ratings.",
    examples: ["integrity", "integrity peterborough-2020 --json"],
  });
  readingData(jsonOption(command), terminal).action(
    async (id: string | undefined, options: ForMachines & FromData) => {
      const all = await withStore(options, terminal, async (reader) =>
        watchIntegrity(reader, await evidenceIn(options, terminal)),
      );
      const watched = id === undefined ? all : all.filter(({ inspection }) => inspection === id);
      if (watched.length === 0) {
        const whose = id === undefined ? "any inspection" : id;
        throw new Refused(`Nothing is signed for ${whose} yet: no ratings were concluded.`);
      }
      terminal.out(options.json ? jsonLine(watched) : `${integrityInWords(watched)}\n`);
      if (watched.some((each) => each.tampering.length > 0 || each.checkpoints === 0)) finish(1);
    },
  );
};

/** What the data folder, or the publisher's, keeps of its ledger. Throws Refused for nothing. */
export const evidenceIn = async ({ data }: FromData, terminal: Terminal): Promise<Evidence> => {
  const folder = terminal.pathOf(data ?? terminal.services?.publishing ?? terminal.dataDir);
  if (!existsSync(recordsFolder(folder))) {
    throw new Refused(`Nothing was ever signed here: there is no ${recordsFolder(folder)}.`);
  }
  return evidenceOf(folder);
};
