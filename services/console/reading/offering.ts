/**
 * Whether a command is offered to somebody now, or why it is not and from when it will be: asked in
 * one place for every form of the console. The step itself decides when the command is sent.
 */
import type { FrameworkCommand } from "@assay/domain/announcement/adoption/commands.ts";
import type { FrameworkState } from "@assay/domain/announcement/adoption/decide.ts";
import type { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { keyOf, type ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import { CASE_LIST } from "@assay/domain/framework/timetable.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { notNow as notInPhase } from "@assay/domain/lifecycle/possible.ts";
import { type AnyCommand, registry } from "@assay/domain/steps.ts";

import type { Held } from "./held.ts";
import {
  alertIs,
  allocating,
  chasing,
  deciding,
  deputy,
  discretion,
  judged,
  markingAgain,
  not,
  opening,
  own,
  past,
  requestOpen,
  sealing,
  when,
  type Asked,
  type NotNow,
  type Rule,
  type Subject,
} from "./offering-rules.ts";
import { mayEver, mayOn } from "./permitted.ts";
import { notYet } from "./possible.ts";
import { phaseInWords } from "../wording/phases.ts";
import type { Viewer } from "./viewer.ts";

/** Commands for which people have no form: Assay's own, and those that only files and API carry. */
type WithoutForm =
  | "AdoptPublishedRating"
  | "OpenFieldwork"
  | "SetSampleSizes"
  | "EndCommentPeriod"
  | "SendEmbargoedCopies"
  | "PublishReport"
  | "EraseCaseList"
  | "EraseCaseWords";

type OnFramework = FrameworkCommand["type"];
type OnInspection = Exclude<AnyCommand["type"], WithoutForm | "ScheduleInspection">;
type OnProgramme = Exclude<ProgrammeCommand["type"], "OpenProgramme"> | "ScheduleInspection";

/** What people have a form for. */
export type Offerable = OnInspection | OnProgramme | OnFramework | "OpenProgramme";

/** What a page's forms are about: an inspection, a programme, or what does not exist yet. */
export type About = { readonly now: Instant } & (
  | { readonly held: Held }
  | { readonly programme: ProgrammeState }
  | { readonly framework: FrameworkState }
  | object
);

export type Offer = { readonly offered: true } | ({ readonly offered: false } & NotNow);

export const offered = (
  about: About,
  viewer: Viewer,
  type: Offerable,
  subject: Subject = {},
): Offer => {
  const asked = { viewer, subject, now: about.now };
  if ("held" in about) {
    if (!mayOn(viewer, about.held, type)) return { offered: false };
    return offerOf(notNow(about.held, type as OnInspection, asked));
  }
  if (!mayEver(viewer, type)) return { offered: false };
  if ("framework" in about)
    return offerOf(notNowBy(registry.framework.chart, about.framework, type));
  if (!("programme" in about)) return offerOf(undefined);
  return offerOf(notNowIn(about.programme, type as OnProgramme, subject));
};

const offerOf = (no: NotNow | undefined): Offer =>
  no === undefined ? { offered: true } : { offered: false, ...no };

/** What the charts say, then what the record says that a form asks about. */
const notNow = (held: Held, type: OnInspection, asked: Asked): NotNow | undefined =>
  byCharts(held, type, asked) ?? ofInspection[type]?.(held, asked);

const byCharts = (held: Held, type: OnInspection, { subject }: Asked): NotNow | undefined => {
  const early = notYet(held, type, subject.case);
  if (!early) return undefined;
  const { first, because, from } = early;
  return first === undefined ? past : { because, ...(from && { from }) };
};

/** What a form asks of the record beside the phase; the rules ask the same of what is sent. */
const ofInspection: Readonly<Partial<Record<OnInspection, Rule>>> = {
  DelegateLead: (held, asked) => (held.announcement.briefing.delegate ? past : deputy(held, asked)),
  EndDelegation: when(({ announcement }) => announcement.briefing.delegate !== undefined),
  ReceiveSubmission: when(({ announcement }) =>
    [...announcement.requests].some(([kind, { satisfied }]) => kind !== CASE_LIST && !satisfied),
  ),
  ReturnSubmission: requestOpen,
  SatisfyRequest: requestOpen,
  ChaseRequest: chasing,
  AllocateCase: allocating,
  DrawQualitySample: when(({ fieldwork }) => !fieldwork.quality),
  NotifyAlert: alertIs("raised"),
  AnswerAlert: alertIs("notified"),
  CloseAlert: alertIs("answered", not("The service has not answered the alert yet.")),
  ProposeDomainOne: ({ fieldwork }) =>
    fieldwork.evidence.size > 0 ? undefined : not("The evidence for it has to be logged first."),
  GiveInitialFeedback: when(({ fieldwork }) => !fieldwork.feedback),
  RecordScope: own,
  JudgeClassification: own,
  RecordInterview: own,
  RecordJudgement: own,
  CompleteAssessment: own,
  RecordSecondJudgement: markingAgain,
  CompleteSecondMarking: markingAgain,
  SealScore: sealing,
  OpenScore: opening,
  ConsiderStandard: judged("numbers"),
  ExerciseDiscretion: discretion,
  DeclineDiscretion: discretion,
  DecideDomainOne: judged("by-people"),
  ConcludePanel: deciding,
  DecideOverall: when(
    ({ panel }) =>
      panel.briefing.framework?.overall !== undefined && !panel.overall && !panel.overallDecided,
  ),
  SendDraft: (held) =>
    held.panel.concluded.length > 0 ? undefined : not("The panel has not concluded the ratings."),
};

const notNowIn = (
  programme: ProgrammeState,
  type: OnProgramme,
  subject: Subject,
): NotNow | undefined => {
  const early =
    type === "ScheduleInspection" ? undefined : notNowBy(registry.programme.chart, programme, type);
  return early ?? ofProgramme[type]?.(programme, subject);
};

const notNowBy = (...asked: Parameters<typeof notInPhase>): NotNow | undefined => {
  const refusal = notInPhase(...asked);
  if (!refusal) return undefined;
  return refusal.first === undefined ? past : { because: phaseInWords(refusal) };
};

/** What a form asks of the programme beside the phase. */
const ofProgramme: Readonly<
  Partial<Record<OnProgramme, (state: ProgrammeState, subject: Subject) => NotNow | undefined>>
> = {
  RemoveService: ({ services }) => (services.size > 0 ? undefined : past),
  ReleaseInspector: ({ inspectors }) => (inspectors.size > 0 ? undefined : past),
  ProposeSchedule: ({ services, inspectors }) => {
    if (services.size === 0) return not("No services are enrolled yet.");
    return inspectors.size > 0 ? undefined : not("No inspectors are registered yet.");
  },
  ScheduleInspection: (state, subject) => {
    if (isScheduled(state, subject)) return past;
    return state.phase.matches("confirmed") ? undefined : not("The schedule is not confirmed yet.");
  },
  ChangePlacement: (state, subject) => (isScheduled(state, subject) ? past : undefined),
  ReleasePlacement: ({ fixed }, { service }) =>
    service !== undefined && fixed.has(service) ? undefined : past,
};

const isScheduled = ({ opened, scheduled }: ProgrammeState, { service }: Subject): boolean =>
  opened !== undefined && service !== undefined && scheduled.has(keyOf(opened.programme, service));
