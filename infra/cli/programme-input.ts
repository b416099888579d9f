/** What a programme is told and read from: its import sheets, and its facts in the data folder. */
import type { ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { inspectorSheet, serviceSheet } from "@assay/domain/planning/sheets.ts";
import { sheetText } from "@assay/domain/planning/sheet-text.ts";
import { madeUpProblem, wholeCountry } from "@assay/domain/planning/made-up-problem.ts";
import { programmeState } from "@assay/domain/tracking/programme.ts";
import { readInspectors, readServices } from "@assay/intake/planning-file.ts";

import { uncleanList } from "./case-list.ts";
import type { FromData } from "./event-store.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { bytesOf } from "./input.ts";
import { programmesIn, withStore } from "./records.ts";
import type { Terminal } from "./terminal.ts";

/** What a sheet may hold: its worked example, and how it is read. */
export const sheets = {
  services: {
    text: () => sheetText(serviceSheet, madeUpProblem(wholeCountry).services),
    read: readServices,
  },
  inspectors: {
    text: () => sheetText(inspectorSheet, madeUpProblem(wholeCountry).inspectors),
    read: readInspectors,
  },
} as const;

export const sheetNamed = (kind: string) => {
  const found = sheets[kind as keyof typeof sheets];
  if (!found) throw new WrongUsage(`${kind} is no sheet. Give services or inspectors.`);
  return found;
};

/** The rows of a sheet. Throws Refused with every problem at its place. */
export const rowsOf = async (
  kind: "services" | "inspectors",
  name: string,
  terminal: Terminal,
): Promise<{ readonly rows: readonly object[]; readonly ignored: readonly string[] }> => {
  const read = sheetNamed(kind).read(await bytesOf(name, terminal));
  if (!read.accepted) throw uncleanList(name, read.problems);
  return read;
};

/** A programme's state. Throws Refused where there is no such programme, naming those there are. */
export const programmeIn = async (
  id: string,
  options: FromData,
  terminal: Terminal,
): Promise<{ readonly id: ProgrammeId; readonly state: ProgrammeState }> => {
  const all = await withStore(options, terminal, programmesIn);
  const facts = all.get(id as ProgrammeId);
  if (facts) return { id: ProgrammeId.parse(id), state: programmeState(facts) };
  const known = [...all.keys()].join(", ");
  const those = known ? `There are: ${known}.` : "There is none at all.";
  throw new Refused(`There is no programme ${id}. ${those}`);
};
