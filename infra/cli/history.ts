/** `assay events`: an inspection's whole history, event by event: when, who, as what, and what. */
import { factName } from "@assay/domain/kernel/wording.ts";
import type { Actor } from "@assay/domain/kernel/actor.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { categoryOf } from "@assay/domain/kernel/stream.ts";
import { comparePositions, type StoredEvent } from "@assay/store/port.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonOption } from "./command.ts";
import type { FromData, Reading } from "./event-store.ts";
import { contentOf, wordsIn } from "./event-words.ts";
import { momentIn } from "./moments.ts";
import { readingData, storedOf, withStore } from "./records.ts";
import { storedRemindersOf } from "./reminders.ts";
import { table } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

type Filters = {
  readonly stream?: string;
  readonly type?: string;
  readonly case?: string;
  readonly words?: boolean;
};

export const addEvents = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "events <ID>",
    summary: "The whole history of an inspection: when, who, in which role, and what.",
    about: "For a judgement: the case, the question, the answer and what it replaced.",
    examples: [
      "events peterborough-2020",
      "events peterborough-2020 --type JudgementRecorded --case c0007",
      "events peterborough-2020 --stream panel --words",
    ],
  })
    .option("--stream <NAME>", "only this stream, or this kind: inspection, fieldwork, ...")
    .option("--type <TYPE>", "only events of this type")
    .option("--case <CASE>", "only what concerns this case")
    .option("--words", "show what people wrote, too");
  readingData(jsonOption(command), terminal).action(
    async (id: string, options: ForMachines & FromData & Filters) => {
      const stored = await withStore(options, terminal, (reader) => everythingOf(reader, id));
      const chosen = stored.filter((event) => matches(event, options));
      terminal.out(options.json ? jsonPage(chosen) : historyPage(chosen, options, terminal));
      const { length } = stored;
      if (chosen.length < length) terminal.err(`${chosen.length} of ${length} events.\n`);
    },
  );
};

/** What people and services recorded, and whom Assay reminded in between. */
const everythingOf = async (reader: Reading, id: string): Promise<readonly StoredEvent[]> =>
  [...(await storedOf(reader, id)), ...(await storedRemindersOf(reader, id))].toSorted((a, b) =>
    comparePositions(a.position, b.position),
  );

const matches = (event: StoredEvent, { stream, type, case: one }: Filters): boolean =>
  (stream === undefined || stream === event.stream || stream === categoryOf(event.stream)) &&
  (type === undefined || type.toLowerCase() === event.type.toLowerCase()) &&
  (one === undefined || event.data["case"] === one);

/** An array with one event a line, so that line tools work on it too. */
const jsonPage = (events: readonly StoredEvent[]): string =>
  `[\n${events.map((event) => JSON.stringify(event)).join(",\n")}\n]\n`;

const columns = [
  { head: "Position", align: "right" },
  { head: "When" },
  { head: "Who" },
  { head: "Role" },
  { head: "What" },
  { head: "Of" },
] as const;

const historyPage = (
  events: readonly StoredEvent[],
  { words = false }: Filters,
  terminal: Terminal,
): string => {
  const ink = inkOf(terminal);
  const rows = events.map((event) => {
    const { at, by, text } = event.data as { at: Instant; by: Actor; text?: unknown };
    const written = words ? wordsIn(text) : "";
    const said = written === "" ? "" : `\n${ink.faint(written)}`;
    const what = factName(event.type);
    return [event.position, momentIn(at), by.id, by.role, what, `${contentOf(event)}${said}`];
  });
  return `${table(columns, rows, ink)}\n`;
};
