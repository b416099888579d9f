/**
 * The reminders and letters of an inspection: what became of one is only recorded once one was
 * called. What is to be reminded of follows from what the other steps owe, and what is to be
 * written about from what they recorded.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../kernel/chart.ts";
import type { ReminderCommand } from "./commands.ts";
import type { ReminderEvent } from "./events.ts";

export type ReminderDuty = "remind" | "letters";

const owed = {
  remind: { owner: "system", by: "CallReminders" },
  letters: { owner: "system", by: "CallLetters" },
} as const;

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
      meta: { words: "nobody has been written to", owed },
      on: { ReminderCalled: "called", LetterCalled: "called" },
    },
    called: {
      meta: { words: "people have been written to", owed },
      on: {
        ReminderCalled: "called",
        ReminderDelivered: "called",
        ReminderFailed: "called",
        LetterCalled: "called",
        LinkRevoked: "called",
      },
    },
  },
});

export type ReminderPhase = SnapshotFrom<typeof remindersMachine>;

/** Letters go out, and what became of each is recorded, whatever became of the inspection. */
export const remindersChart = chartOf<typeof remindersMachine, ReminderCommand["type"]>(
  remindersMachine,
  {
    CallReminders: ["ReminderCalled"],
    CallLetters: ["LetterCalled"],
    RecordDelivery: ["ReminderDelivered", "ReminderFailed"],
    RevokeLink: ["LinkRevoked"],
    SendLetterAgain: ["LetterCalled"],
  },
  {
    ...{ CallReminders: ["kept"], CallLetters: [], SendLetterAgain: [] },
    ...{ RecordDelivery: [], RevokeLink: [] },
  },
);
