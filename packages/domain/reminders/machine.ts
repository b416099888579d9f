/**
 * The reminders of an inspection: what became of one is only recorded once one was called. What is
 * to be reminded of follows from what the other steps owe.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../kernel/chart.ts";
import type { ReminderCommand } from "./commands.ts";
import type { ReminderEvent } from "./events.ts";

export type ReminderDuty = "remind";

const remind = { owner: "system", by: "CallReminders" } as const;

export const remindersMachine = setup({
  types: {
    events: {} as ReminderEvent,
    meta: {} as PhaseMeta<ReminderDuty, ReminderCommand["type"]>,
  },
}).createMachine({
  id: "reminders",
  initial: "uncalled",
  states: {
    uncalled: {
      meta: { words: "nobody has been reminded of anything", owed: { remind } },
      on: { ReminderCalled: "called" },
    },
    called: {
      meta: { words: "people have been reminded", owed: { remind } },
      on: { ReminderCalled: "called", ReminderDelivered: "called", ReminderFailed: "called" },
    },
  },
});

export type ReminderPhase = SnapshotFrom<typeof remindersMachine>;

/** What became of a reminder is recorded whatever became of the inspection. */
export const remindersChart = chartOf<typeof remindersMachine, ReminderCommand["type"]>(
  remindersMachine,
  {
    CallReminders: ["ReminderCalled"],
    RecordDelivery: ["ReminderDelivered", "ReminderFailed"],
  },
  { CallReminders: ["kept"], RecordDelivery: [] },
);
