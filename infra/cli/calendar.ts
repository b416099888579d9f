/** `assay calendar`: the calendar feeds that the console serves, as files. */
import type { PersonId } from "@assay/domain/kernel/ids.ts";
import { personFeed, programmeFeed } from "@assay/domain/tracking/calendars.ts";
import { calendarDomain } from "@assay/host/environment.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, giveFile, introduce, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { programmeIn } from "./programme-input.ts";
import { readingData } from "./records.ts";
import type { Terminal } from "./terminal.ts";
import { outlinesIn } from "./tracking.ts";

type Options = ForMachines & FromData;

export const addCalendar = (program: Command, { terminal }: Context): void => {
  const group = introduce(program, {
    name: "calendar",
    summary: "Calendars (.ics) that Outlook and Google read: one person's, or a programme's.",
    about:
      "A running engine serves them to subscribe to: GET /api/v1/calendars gives the addresses.",
    examples: [
      "calendar person inspector-1 > mine.ics",
      "calendar programme cycle-4 > cycle-4.ics",
    ],
  });
  const making = () => ({ origin: originOf(terminal), changed: terminal.now() });
  const person = introduce(group, {
    name: "person <ID>",
    summary: "Fieldwork and milestones of one's inspections, and what one owes.",
    examples: ["calendar person inspector-1 > mine.ics"],
  });
  readingData(jsonOption(person), terminal).action(async (id: string, options: Options) => {
    const outlines = await outlinesIn(options, terminal);
    const content = personFeed(id as PersonId, outlines, making());
    await giveFile(terminal, { json: options.json, format: "ics", content });
  });
  const programme = introduce(group, {
    name: "programme <ID>",
    summary: "Every fieldwork of a programme, with its team.",
    examples: ["calendar programme cycle-4 > cycle-4.ics"],
  });
  readingData(jsonOption(programme), terminal).action(async (id: string, options: Options) => {
    const { id: found, state } = await programmeIn(id, options, terminal);
    const content = programmeFeed(found, state, making());
    await giveFile(terminal, { json: options.json, format: "ics", content });
  });
};

const originOf = ({ calendarDomain: named }: Terminal): string => {
  const parsed = calendarDomain.safeParse(named);
  if (parsed.success) return parsed.data;
  throw new Refused(`CALENDAR_DOMAIN ${parsed.error.issues[0]!.message}.`);
};
