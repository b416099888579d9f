/**
 * What is still owed for a programme as a whole, by whom and by when. It is counted by programme
 * and not by inspection: an inspection's own duties begin when it is scheduled.
 */
import type { ProgrammeId } from "../../kernel/ids.ts";
import { type Day, endOfDay } from "../../kernel/instants.ts";
import type { Duty } from "../../kernel/step.ts";
import { inspectionStream, programmeStream, type StreamName } from "../../kernel/stream.ts";
import { addWorkingDays } from "../../kernel/working-days.ts";
import { type Instances, owedBy } from "../../lifecycle/owed.ts";
import type { ProgrammeCommand } from "./commands.ts";
import { programme as rules } from "./decide.ts";
import { programmeChart, type ProgrammeDuty } from "./machine.ts";
import {
  inspectionFor,
  keyOf,
  openingOf,
  type ProgrammeKnown,
  type ProgrammeState,
} from "./state.ts";

/** Working days before its fieldwork by which an inspection is in the books: two weeks' notice. */
const notice = (start: Day, leadIn: number): Day => addWorkingDays(start, -(leadIn + 10));

export const programmeFlow: {
  readonly initial: ProgrammeState;
  readonly evolve: (state: ProgrammeState, event: ProgrammeKnown) => ProgrammeState;
  readonly streams: (programme: ProgrammeId, state: ProgrammeState) => readonly StreamName[];
  readonly owed: (
    programme: ProgrammeId,
    state: ProgrammeState,
  ) => readonly Duty<ProgrammeCommand>[];
} = {
  ...rules.known,
  /** Once the schedule holds: the inspections that it calls for. */
  streams: (programme, { phase, placements }) => [
    programmeStream(programme),
    ...(phase.matches("confirmed")
      ? [...placements.values()].map((placement) => inspectionStream(inspectionFor(placement)))
      : []),
  ],
  owed: (programme, state) => owedBy(programmeChart, instances, state, programme),
};

/** One step of the planning, by the day on which the first lead-in begins. */
const step = (state: ProgrammeState, key: ProgrammeDuty, what: string) => {
  const { first } = openingOf(state).period;
  return [{ key, what, due: endOfDay(addWorkingDays(first, -state.rules.leadInWorkingDays)) }];
};

/** Services come first, then inspectors, then a proposal: one is owed at a time. */
const instances: Instances<ProgrammeDuty, ProgrammeCommand, ProgrammeState, ProgrammeId> = {
  enrol: (state) => (state.services.size === 0 ? step(state, "enrol", "Enrol the services") : []),
  register: (state) =>
    state.services.size > 0 && state.inspectors.size === 0
      ? step(state, "register", "Register the inspectors")
      : [],
  propose: (state) =>
    state.services.size > 0 && state.inspectors.size > 0
      ? step(state, "propose", "Propose a schedule")
      : [],
  confirm: (state) => step(state, "confirm", "Confirm the schedule"),
  schedule: ({ placements, services, scheduled, rules: { leadInWorkingDays } }, programme) =>
    [...placements.values()]
      .filter(({ service }) => !scheduled.has(keyOf(programme, service)))
      .toSorted((a, b) => (a.start < b.start ? -1 : 1))
      .map(({ service, start }) => ({
        key: `schedule/${service}`,
        what: `Schedule the inspection of ${services.get(service)?.name ?? service}`,
        due: endOfDay(notice(start, leadInWorkingDays)),
      })),
};
