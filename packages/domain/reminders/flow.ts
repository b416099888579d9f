/** When the next reminders and letters of an inspection go out: duties of Assay itself. */
import type { Flow } from "../kernel/step.ts";
import { remindersStream } from "../kernel/stream.ts";
import { type Instances, owedBy } from "../lifecycle/owed.ts";
import type { ReminderCommand } from "./commands.ts";
import { foldedFor, nextRound, type ReminderKnown, reminders } from "./decide.ts";
import type { ReminderState } from "./state.ts";
import { lettersOwed } from "./letters.ts";
import { type ReminderDuty, remindersChart } from "./machine.ts";

export const remindersFlow: Flow<ReminderCommand, ReminderKnown, ReminderState> = {
  ...reminders.known,
  streams: (inspection, state) => [remindersStream(inspection), ...foldedFor(inspection, state)],
  owed: (inspection, state) => owedBy(remindersChart, instances, state, inspection),
};

const instances: Instances<ReminderDuty, ReminderCommand, ReminderState> = {
  remind: (state, inspection) => {
    const due = nextRound(inspection, state);
    if (due === undefined) return [];
    return [
      {
        key: "remind",
        what: "Remind people",
        due,
        command: (stamp) => ({ type: "CallReminders", inspection, ...stamp }),
      },
    ];
  },
  letters: (state, inspection) => {
    const { latest } = state;
    const owed = latest ? lettersOwed(inspection, state, latest) : [];
    if (owed.length === 0) return [];
    return [
      {
        key: `letters/${owed.map(({ letter }) => letter).join("/")}`,
        what: "Send letters",
        due: undefined,
        command: (stamp) => ({ type: "CallLetters", inspection, ...stamp }),
      },
    ];
  },
};
