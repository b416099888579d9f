/** When the next reminders of an inspection go out: a duty of Assay itself. */
import type { Flow } from "../kernel/step.ts";
import { remindersStream } from "../kernel/stream.ts";
import type { ReminderCommand } from "./commands.ts";
import {
  foldedFor,
  nextRound,
  type ReminderKnown,
  reminders,
  type ReminderState,
} from "./decide.ts";

export const remindersFlow: Flow<ReminderCommand, ReminderKnown, ReminderState> = {
  initial: reminders.initial,
  evolve: reminders.evolve,
  streams: (inspection, state) => [remindersStream(inspection), ...foldedFor(inspection, state)],
  owed: (inspection, state) => {
    const due = nextRound(inspection, state);
    if (due === undefined) return [];
    return [
      {
        key: "remind",
        what: "Remind people",
        owner: "system",
        due,
        command: (stamp) => ({ type: "CallReminders", inspection, ...stamp }),
      },
    ];
  },
};
