/** `assay reminders`: who was reminded of what, when, and whether that reached them. */
import { remindersStream } from "@assay/domain/kernel/stream.ts";
import { ReminderEvent } from "@assay/domain/reminders/events.ts";
import { type ReminderTold, remindersTold } from "@assay/domain/reminders/told.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { readStream } from "@assay/host/read-inspection.ts";
import { factReader } from "@assay/host/schema.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData, Reading } from "./event-store.ts";
import { momentIn } from "./moments.ts";
import { readingData, storedOf, withStore } from "./records.ts";
import { table } from "./table.ts";
import { inkOf } from "./terminal.ts";

/** Throws Refused where there is no such inspection. */
export const storedRemindersOf = async (
  reader: Reading,
  id: string,
): Promise<readonly StoredEvent[]> => {
  await storedOf(reader, id);
  return readStream(reader, remindersStream(id as InspectionId));
};

const factOf = factReader([ReminderEvent]);

const outcomes: Readonly<Record<ReminderTold["outcome"], string>> = {
  "under-way": "under way",
  log: "said in the log",
  mail: "mailed",
  "no-address": "failed: no address",
  refused: "failed: refused by the mail server",
  over: "not sent: what it says held no more",
};

export const addReminders = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "reminders <ID>",
    summary: "Who was reminded of what, when, and whether that reached them.",
    examples: ["reminders made-up-eastvale", "reminders made-up-eastvale --json"],
  });
  readingData(jsonOption(command), terminal).action(
    async (id: string, options: ForMachines & FromData) => {
      const stored = await withStore(options, terminal, (reader) => storedRemindersOf(reader, id));
      const told = remindersTold(stored.flatMap((event) => factOf(event) ?? []));
      if (options.json) return terminal.out(jsonLine(told));
      if (told.length === 0) return terminal.out("Nobody has been reminded of anything.\n");
      const columns = [{ head: "When" }, { head: "Who" }, { head: "Of" }, { head: "" }] as const;
      const rows = told.map(({ at, to, items, outcome }) => [
        momentIn(at),
        [to.role, to.person ?? to.service].filter(Boolean).join(": "),
        items
          .map(({ what, due }) => `${what} (${due < at ? "was due" : "due"} ${momentIn(due)})`)
          .join("\n"),
        outcomes[outcome],
      ]);
      terminal.out(`${table(columns, rows, inkOf(terminal))}\n`);
    },
  );
};
