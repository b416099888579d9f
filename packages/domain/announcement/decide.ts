/**
 * An inspection from its scheduling to its sample. The framework versions that may be named are
 * given, because a new version is data; once announced, an inspection carries its own.
 */
import { isInspectionEvent } from "./events.ts";
import { halted, teamRelations, unbriefed } from "../briefing/inspection.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import { isFieldworkEvent } from "../fieldwork/events.ts";
import { type Versions, versions as ours } from "../framework/versions.ts";
import { forbids } from "../kernel/actor.ts";
import { refuse } from "../kernel/decider.ts";
import type { ProgrammeId } from "../kernel/ids.ts";
import type { Aggregate } from "../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  programmeStream,
  publicationStream,
  type StreamName,
} from "../kernel/stream.ts";
import { announce } from "./announce.ts";
import { chase, receive, satisfy, sendBack } from "./requests.ts";
import {
  type InspectionCommand,
  inspectionPermissions,
  type InspectionRefusal,
} from "./commands.ts";
import type { InspectionEvent } from "./events.ts";
import { inspectionChart } from "./machine.ts";
import { isProgrammeEvent } from "./programme/events.ts";
import { recorded } from "./record.ts";
import { bookInterview, drawCases, notify, replace, returnList, submitList } from "./sample.ts";
import {
  assignTeam,
  cancel,
  delegate,
  endDelegation,
  postpone,
  reschedule,
  resume,
  schedule,
} from "./schedule.ts";
import type { InspectionAnswer, InspectionKnown, InspectionState } from "./state.ts";
import { tiesBy, untied } from "./ties.ts";

type InspectionAggregate = Aggregate<
  InspectionCommand,
  InspectionEvent,
  InspectionKnown,
  InspectionState,
  InspectionRefusal
>;

export const inspectionUnder = (versions: Versions): InspectionAggregate => ({
  initial: {
    phase: inspectionChart.initial,
    briefing: unbriefed,
    scheduled: undefined,
    ties: untied,
    framework: undefined,
    commitment: undefined,
    letters: undefined,
    requests: new Map(),
    listDigest: undefined,
    cases: new Map(),
    draw: undefined,
    gone: new Set(),
    called: new Set(),
    interviews: new Map(),
    fieldworkOpened: false,
    fieldworkClosed: false,
    confirmed: new Set(),
    published: false,
  },

  stream: ({ inspection }) => inspectionStream(inspection),

  consults: (command, { scheduled }) => [
    fieldworkStream(command.inspection),
    publicationStream(command.inspection),
    ...(command.type === "ReplaceCase" ? [assessmentStream(command.inspection, command.case)] : []),
    ...planned(command, scheduled?.programme),
  ],

  evolve: (state, event) => {
    if (isInspectionEvent(event)) return recorded(state, event);
    if (isProgrammeEvent(event)) return { ...state, ties: tiesBy(state.ties, event) };
    if (isFieldworkEvent(event)) {
      if (event.type === "FieldworkOpened") return { ...state, fieldworkOpened: true };
      return event.type === "FieldworkClosed" ? { ...state, fieldworkClosed: true } : state;
    }
    if (isAssessmentEvent(event)) return assessed(state, event.type, event.case);
    return event.type === "ReportPublished" ? { ...state, published: true } : state;
  },

  decide: (command, state) => {
    const stopped =
      stoppedBy(command, state) ??
      forbids(inspectionPermissions, command, teamRelations(state.briefing, command.by));
    return stopped ? refuse(stopped) : answer(command, state, versions);
  },
});

/** Under the two versions that Assay brings. */
export const inspection: InspectionAggregate = inspectionUnder(ours);

/** Whoever names a team needs to know what the programme knows of the people in it. */
const planned = (
  command: InspectionCommand,
  known: ProgrammeId | undefined,
): readonly StreamName[] => {
  const named = command.type === "ScheduleInspection" ? command.programme : undefined;
  const programme = command.type === "AssignTeam" ? known : named;
  return programme === undefined ? [] : [programmeStream(programme)];
};

const assessed = (
  state: InspectionState,
  type: string,
  id: Parameters<typeof state.confirmed.has>[0],
): InspectionState => {
  if (type !== "AssessmentConfirmed" && type !== "AssessmentReopened") return state;
  const confirmed = new Set(state.confirmed);
  if (type === "AssessmentConfirmed") confirmed.add(id);
  else confirmed.delete(id);
  return { ...state, confirmed };
};

/** What may be asked before there is an inspection, and what while it rests. */
const stoppedBy = (
  { type }: InspectionCommand,
  { briefing }: InspectionState,
): InspectionRefusal | undefined => {
  const stopped = halted(briefing);
  if (stopped?.reason === "UnknownInspection" && type === "ScheduleInspection") return undefined;
  if (stopped?.reason === "Cancelled" && type === "CancelInspection") return undefined;
  const whileResting = ["PostponeInspection", "ResumeInspection", "CancelInspection", "AssignTeam"];
  if (stopped?.reason === "Postponed" && whileResting.includes(type)) return undefined;
  return stopped;
};

const answer = (
  command: InspectionCommand,
  state: InspectionState,
  versions: Versions,
): InspectionAnswer => {
  switch (command.type) {
    case "ScheduleInspection":
      return schedule(command, state, versions);
    case "RescheduleInspection":
      return reschedule(command, state, versions);
    case "AssignTeam":
      return assignTeam(command, state);
    case "DelegateLead":
      return delegate(command, state);
    case "EndDelegation":
      return endDelegation(command, state);
    case "AnnounceInspection":
      return announce(command, state, versions);
    case "ReceiveSubmission":
      return receive(command, state);
    case "ReturnSubmission":
      return sendBack(command, state);
    case "SatisfyRequest":
      return satisfy(command, state);
    case "ChaseRequest":
      return chase(command, state);
    case "SubmitCaseList":
      return submitList(command, state);
    case "ReturnCaseList":
      return returnList(command, state);
    case "DrawSample":
      return drawCases(command, state);
    case "NotifySample":
      return notify(command, state);
    case "BookInterview":
      return bookInterview(command, state);
    case "ReplaceCase":
      return replace(command, state);
    case "PostponeInspection":
      return postpone(command, state);
    case "ResumeInspection":
      return resume(command, state, versions);
    case "CancelInspection":
      return cancel(command, state);
  }
};
