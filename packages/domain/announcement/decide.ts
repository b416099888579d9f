/**
 * An inspection from its scheduling to its sample. The framework versions that may be named are
 * given, because a new version is data; once announced, an inspection carries its own.
 */
import { teamRelations, unbriefed } from "../briefing/inspection.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import type { Fieldwork } from "../framework/timetable.ts";
import { type Versions, versions as ours } from "../framework/versions.ts";
import type { ProgrammeId } from "../kernel/ids.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  programmeStream,
  publicationStream,
  type StreamName,
} from "../kernel/stream.ts";
import { aggregateOf, type StepRules } from "../lifecycle/aggregate.ts";
import { writtenIn } from "../lifecycle/said.ts";
import { type CaseRow, digestOf } from "../sampling/case-list.ts";
import { inspectionAbout } from "./about.ts";
import { announce } from "./announce.ts";
import { inspectionBarred } from "./barred.ts";
import { nameBeacon } from "./commitment.ts";
import { adoptionsBy, frameworkNamed } from "./offered.ts";
import { chase, receive, satisfy, sendBack, unknownRequest } from "./requests.ts";
import { isFrameworkEvent } from "./adoption/events.ts";
import {
  type InspectionCommand,
  inspectionPermissions,
  type InspectionRefusal,
} from "./commands.ts";
import { type InspectionEvent, isInspectionEvent } from "./events.ts";
import { inspectionChart } from "./machine.ts";
import { isProgrammeEvent } from "./programme/events.ts";
import { programmeChart } from "./programme/machine.ts";
import { assessed, recorded } from "./record.ts";
import { approve, replace } from "./replacement.ts";
import {
  bookInterview,
  countersign,
  drawCases,
  isCommitted,
  notify,
  returnList,
  setSizes,
  submitList,
} from "./sample.ts";
import {
  assignTeam,
  cancel,
  delegate,
  endDelegation,
  isPlannedFor,
  postpone,
  reschedule,
  resume,
  schedule,
} from "./schedule.ts";
import {
  type InspectionAnswer,
  type InspectionKnown,
  type InspectionState,
  requestOf,
} from "./state.ts";
import { tiesBy, untied } from "./ties.ts";

export const inspectionUnder = (versions: Versions) =>
  aggregateOf<
    InspectionCommand,
    InspectionEvent,
    InspectionKnown,
    InspectionState,
    InspectionRefusal
  >({
    chart: inspectionChart,
    isOwn: isInspectionEvent,
    permissions: inspectionPermissions,
    unknown: "UnknownInspection",
    initial: {
      briefing: unbriefed,
      scheduled: undefined,
      adoptions: new Map(),
      daysKept: false,
      ties: untied,
      planning: programmeChart.initial,
      commitment: undefined,
      renewed: 0,
      beacon: undefined,
      overrides: undefined,
      letters: undefined,
      requests: new Map(),
      listDigest: undefined,
      listColumns: [],
      cases: new Map(),
      draw: undefined,
      called: new Set(),
      confirmed: new Set(),
      answered: new Set(),
      proposed: new Map(),
    },

    stream: ({ inspection }) => inspectionStream(inspection),

    consults: (command, { scheduled, briefing }) => [
      fieldworkStream(command.inspection),
      publicationStream(command.inspection),
      ...(command.type === "ReplaceCase" || command.type === "ApproveReplacement"
        ? [assessmentStream(command.inspection, command.case)]
        : []),
      ...planned(command, scheduled?.programme),
      ...frameworkNamed(command, briefing.framework ? undefined : scheduled?.framework),
    ],

    evolve: (state, event) => {
      if (isInspectionEvent(event)) return recorded(state, event);
      if (isFrameworkEvent(event))
        return { ...state, adoptions: adoptionsBy(state.adoptions, event) };
      if (isProgrammeEvent(event)) {
        const planning = programmeChart.next(state.planning, event);
        return { ...state, planning, ties: tiesBy(state.ties, event) };
      }
      return isAssessmentEvent(event) ? assessed(state, event) : state;
    },

    relations: ({ by }, { briefing }) => teamRelations(briefing, by),
    stopped: (command, state) =>
      "request" in command && command.request !== undefined
        ? unknownRequest(command.request, state)
        : undefined,
    barred: inspectionBarred,
    decide: (command, state) => answer(command, state, versions),
    about: inspectionAbout,
    ...known,
  });

/** By what a request is known again. */
const known: Pick<
  StepRules<
    InspectionCommand,
    InspectionEvent,
    InspectionKnown,
    InspectionState,
    InspectionRefusal
  >,
  "written" | "holds"
> = {
  written: {
    ScheduleInspection: ({ fieldwork, ...written }) => ({
      ...writtenIn(written),
      programme: written.programme,
      ...daysWritten(fieldwork),
    }),
    RescheduleInspection: ({ fieldwork, reason }) => ({ ...daysWritten(fieldwork), reason }),
    AnnounceInspection: ({ commitment, recipients }, fact) => ({
      recipients,
      ...("commitment" in fact && { commitment }),
    }),
    SubmitCaseList: ({ rows }, { columns }) => ({ digest: digestOver(rows, columns) }),
    NameBeacon: ({ source }) => ({ "beacon.source": source }),
    ReturnCaseList: ({ reason }) => ({ reason }),
    SetSampleSizes: ({ overrides }) => ({ overrides }),
    DrawSample: ({ beacon }) => ({ "draw.beacon": beacon }),
    ResumeInspection: ({ fieldwork }) => ({ ...daysWritten(fieldwork) }),
  },
  holds: {
    ScheduleInspection: () => true,
    RescheduleInspection: ({ fieldwork }, state) => isPlannedFor(state, fieldwork),
    DelegateLead: ({ to }, { briefing }) => briefing.delegate === to,
    EndDelegation: (_, { briefing }) => briefing.delegate === undefined,
    AnnounceInspection: () => true,
    NameBeacon: () => true,
    ReceiveSubmission: ({ request, digest }, state) =>
      requestOf(state, request).received.has(digest),
    SatisfyRequest: ({ request }, state) => requestOf(state, request).satisfied,
    ChaseRequest: ({ request }, state) => requestOf(state, request).chased,
    SubmitCaseList: ({ rows }, { listDigest, listColumns }) =>
      listDigest === digestOver(rows, listColumns),
    ReturnCaseList: (_, { listDigest }) => listDigest === undefined,
    SetSampleSizes: () => true,
    DrawSample: ({ nonce }, state) => isCommitted(state, nonce),
    CountersignDraw: () => true,
    NotifySample: () => true,
    BookInterview: ({ case: id }, { briefing }) => briefing.sample.has(id),
    ReplaceCase: () => true,
    ApproveReplacement: ({ case: id }, state) => !state.briefing.sample.has(id),
    ResumeInspection: ({ fieldwork }, state) =>
      state.lifecycle.hasTag("under-way") &&
      (fieldwork ? isPlannedFor(state, fieldwork) : state.daysKept),
  },
};

/** The digest of the rows over the columns of a list on record. */
const digestOver = (rows: readonly CaseRow[], columns: readonly string[] = []) =>
  digestOf(
    rows,
    columns.map((name) => ({ name })),
  );

/** From the days of fieldwork all others follow, so that these stand for the whole timetable. */
const daysWritten = (fieldwork: Fieldwork | undefined) =>
  fieldwork && {
    "timetable.fieldworkStart": fieldwork.start,
    "timetable.fieldworkEnd": fieldwork.end,
  };

/** Under the two versions that Assay brings. */
export const inspection = inspectionUnder(ours);

/** Whoever names a team needs to know what the programme knows of the people in it. */
const planned = (
  command: InspectionCommand,
  known: ProgrammeId | undefined,
): readonly StreamName[] => {
  const named = command.type === "ScheduleInspection" ? command.programme : undefined;
  const programme = command.type === "AssignTeam" ? known : named;
  return programme === undefined ? [] : [programmeStream(programme)];
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
      return assignTeam(command, state, versions);
    case "DelegateLead":
      return delegate(command, state);
    case "EndDelegation":
      return endDelegation(command);
    case "AnnounceInspection":
      return announce(command, state, versions);
    case "NameBeacon":
      return nameBeacon(command, state);
    case "ReceiveSubmission":
      return receive(command, state);
    case "ReturnSubmission":
      return sendBack(command, state);
    case "SatisfyRequest":
      return satisfy(command);
    case "ChaseRequest":
      return chase(command, state);
    case "SubmitCaseList":
      return submitList(command, state);
    case "ReturnCaseList":
      return returnList(command, state);
    case "SetSampleSizes":
      return setSizes(command, state);
    case "DrawSample":
      return drawCases(command, state);
    case "NotifySample":
      return notify(command);
    case "CountersignDraw":
      return countersign(command, state);
    case "BookInterview":
      return bookInterview(command);
    case "ReplaceCase":
      return replace(command, state);
    case "ApproveReplacement":
      return approve(command, state);
    case "PostponeInspection":
      return postpone(command);
    case "ResumeInspection":
      return resume(command, state, versions);
    case "CancelInspection":
      return cancel(command);
  }
};
