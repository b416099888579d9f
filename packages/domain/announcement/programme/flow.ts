/**
 * What is still owed for a programme as a whole, by whom and by when. It is counted by programme
 * and not by inspection: an inspection's own duties begin when it is scheduled.
 */
import type { ProgrammeId } from "../../kernel/ids.ts";
import { type Day, endOfDay } from "../../kernel/instants.ts";
import type { Duty } from "../../kernel/step.ts";
import { inspectionStream, programmeStream, type StreamName } from "../../kernel/stream.ts";
import { addWorkingDays } from "../../kernel/working-days.ts";
import type { ProgrammeCommand } from "./commands.ts";
import { programme as rules } from "./decide.ts";
import { inspectionFor, keyOf, type ProgrammeKnown, type ProgrammeState } from "./state.ts";

type Owed = Duty<ProgrammeCommand>;

/** Working days before its fieldwork by which an inspection is in the books: two weeks' notice. */
const notice = (start: Day, leadIn: number): Day => addWorkingDays(start, -(leadIn + 10));

export const programmeFlow: {
  readonly initial: ProgrammeState;
  readonly evolve: (state: ProgrammeState, event: ProgrammeKnown) => ProgrammeState;
  readonly streams: (programme: ProgrammeId, state: ProgrammeState) => readonly StreamName[];
  readonly owed: (programme: ProgrammeId, state: ProgrammeState) => readonly Owed[];
} = {
  initial: rules.initial,
  evolve: rules.evolve,
  /** Once the schedule holds: the inspections that it calls for. */
  streams: (programme, { phase, placements }) => [
    programmeStream(programme),
    ...(phase.matches("confirmed")
      ? [...placements.values()].map((placement) => inspectionStream(inspectionFor(placement)))
      : []),
  ],
  owed: (programme, state) => {
    if (!state.opened) return [];
    return state.phase.matches("confirmed") ? unscheduled(programme, state) : unplanned(state);
  },
};

const unplanned = ({ phase, services, inspectors, rules: set, opened }: ProgrammeState) => {
  const due = opened && endOfDay(addWorkingDays(opened.period.first, -set.leadInWorkingDays));
  const step = (key: string, what: string, owner: Owed["owner"] = "scheduler"): Owed => ({
    key,
    what,
    owner,
    due,
  });
  if (services.size === 0) return [step("enrol", "Enrol the services")];
  if (inspectors.size === 0) return [step("register", "Register the inspectors")];
  return phase.matches("proposed")
    ? [step("confirm", "Confirm the schedule", "head-of-programme")]
    : [step("propose", "Propose a schedule")];
};

const unscheduled = (
  programme: ProgrammeId,
  { placements, services, scheduled, rules: { leadInWorkingDays } }: ProgrammeState,
): readonly Owed[] =>
  [...placements.values()]
    .filter(({ service }) => !scheduled.has(keyOf(programme, service)))
    .toSorted((a, b) => (a.start < b.start ? -1 : 1))
    .map(({ service, start }) => ({
      key: `schedule/${service}`,
      what: `Schedule the inspection of ${services.get(service)?.name ?? service}`,
      owner: "scheduler",
      due: endOfDay(notice(start, leadInWorkingDays)),
    }));
