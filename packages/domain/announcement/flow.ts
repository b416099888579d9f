/** What is still owed before fieldwork, by whom and by when; overdue requests are chased. */
import type { SettingId } from "../framework/setting-id.ts";
import { CASE_LIST, type PlannedStep } from "../framework/timetable.ts";
import { requestInWords } from "../briefing/inspection.ts";
import { addDays, endOfDay, inEngland, type Instant } from "../kernel/instants.ts";
import type { Flow } from "../kernel/step.ts";
import { inspectionStream } from "../kernel/stream.ts";
import { type Instance, type Instances, owedBy } from "../lifecycle/owed.ts";
import type { InspectionCommand } from "./commands.ts";
import { inspection as rules } from "./decide.ts";
import { inspectionChart, type InspectionDuty } from "./machine.ts";
import { daysOf, type InspectionKnown, type InspectionState } from "./state.ts";

type Owed = Instance<InspectionCommand>;

export const announcementFlow: Flow<InspectionCommand, InspectionKnown, InspectionState> = {
  ...rules.known,
  streams: (inspection) => [inspectionStream(inspection)],
  owed: (inspection, state) => owedBy(inspectionChart, instances, state, inspection),
};

const sendingOf = ({ briefing }: InspectionState, request: SettingId): string =>
  `Send the ${requestInWords(briefing, request)}`;

const openRequests = ({ requests }: InspectionState) =>
  [...requests].flatMap(([kind, request]) => (request.satisfied ? [] : [{ kind, ...request }]));

const sending = (state: InspectionState, isOfThese: (kind: SettingId) => boolean) =>
  openRequests(state)
    .filter(({ kind }) => isOfThese(kind))
    .map(({ kind, due }): Owed => ({
      key: `send/${kind}`,
      what: sendingOf(state, kind),
      due: endOfDay(due),
    }));

const dueOn = (state: InspectionState, step: PlannedStep): Instant | undefined => {
  const day = daysOf(state)[step];
  return day && endOfDay(day);
};

const instances: Instances<InspectionDuty, InspectionCommand, InspectionState> = {
  announce: (state) => [
    { key: "announce", what: "Announce the inspection", due: dueOn(state, "announcement") },
  ],
  list: (state) => sending(state, (kind) => kind === CASE_LIST),
  send: (state) => sending(state, (kind) => kind !== CASE_LIST),
  chase: (state, inspection) =>
    openRequests(state)
      .filter(({ chased }) => !chased)
      .map(({ kind, due }) => ({
        key: `chase/${kind}/${due}`,
        what: `Remind the service: send the ${requestInWords(state.briefing, kind)}`,
        due: inEngland(addDays(due, 1), "09:00"),
        command: (stamp) => ({ type: "ChaseRequest", inspection, ...stamp, request: kind }),
      })),
  draw: (state) => [{ key: "draw", what: "Draw the sample", due: dueOn(state, "sample") }],
  notify: (state) => [
    {
      key: "notify",
      what: "Check the sample and notify the service",
      due: dueOn(state, "sample"),
    },
  ],
  resume: () => [{ key: "resume", what: "Resume or cancel the inspection", due: undefined }],
};
