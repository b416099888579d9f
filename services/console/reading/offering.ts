/**
 * Whether a command is offered to somebody now, or why it is not and from when it will be: asked in
 * one place for every form of the console. The step itself decides when the command is sent.
 */
import type { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { keyOf, type ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { AnyCommand } from "@assay/domain/steps.ts";

import type { Held } from "./held.ts";
import {
  alertIs,
  allocating,
  assessing,
  atRest,
  beforeFieldwork,
  chasing,
  completed,
  deciding,
  deputy,
  discretion,
  fileOf,
  inFieldwork,
  inFieldworkWhile,
  judged,
  listed,
  markable,
  markingAgain,
  not,
  notClosed,
  opening,
  past,
  published,
  reportIs,
  requestOpen,
  sampledAndOpen,
  scoped,
  sealing,
  sitting,
  sittingWhile,
  unpublished,
  when,
  writing,
  type Asked,
  type NotNow,
  type Rule,
  type Subject,
} from "./offering-rules.ts";
import { mayEver, mayOn } from "./permitted.ts";
import { stageOf } from "./tracker.ts";
import type { Viewer } from "./viewer.ts";

/** Commands for which people have no form: Assay's own, and those that only files and API carry. */
type WithoutForm =
  | "AdoptPublishedRating"
  | "OpenFieldwork"
  | "EndCommentPeriod"
  | "SendEmbargoedCopies"
  | "PublishReport"
  | "EraseCaseList"
  | "EraseCaseWords";

type OnInspection = Exclude<AnyCommand["type"], WithoutForm | "ScheduleInspection">;
type OnProgramme = Exclude<ProgrammeCommand["type"], "OpenProgramme"> | "ScheduleInspection";

/** What people have a form for. */
export type Offerable = OnInspection | OnProgramme | "OpenProgramme";

/** What a page's forms are about: an inspection, a programme, or what does not exist yet. */
export type About = { readonly now: Instant } & (
  | { readonly held: Held }
  | { readonly programme: ProgrammeState }
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
  if (!("programme" in about)) return offerOf(undefined);
  return offerOf(ofProgramme[type as OnProgramme](about.programme, subject));
};

const offerOf = (no: NotNow | undefined): Offer =>
  no === undefined ? { offered: true } : { offered: false, ...no };

const notNow = (held: Held, type: OnInspection, asked: Asked): NotNow | undefined =>
  (whileAtRest.has(type) ? undefined : atRest(held)) ?? ofInspection[type](held, asked);

const whileAtRest: ReadonlySet<OnInspection> = new Set([
  "AssignTeam",
  "ResumeInspection",
  "CancelInspection",
  "EraseCase",
]);

const ofInspection: Readonly<Record<OnInspection, Rule>> = {
  RescheduleInspection: beforeFieldwork,
  AssignTeam: beforeFieldwork,
  AnnounceInspection: when((held) => stageOf(held) === "scheduled"),
  DelegateLead: (held, asked) =>
    unpublished(held, asked) ?? (held.announcement.briefing.delegate ? past : deputy(held, asked)),
  EndDelegation: when(({ announcement }) => announcement.briefing.delegate !== undefined),
  PostponeInspection: unpublished,
  ResumeInspection: when((held) => stageOf(held) === "postponed"),
  CancelInspection: unpublished,
  ReceiveSubmission: when(({ announcement }) =>
    [...announcement.requests].some(([kind, { satisfied }]) => kind !== "case-list" && !satisfied),
  ),
  SubmitCaseList: when(({ announcement }) => announcement.phase.matches({ active: "announced" })),
  ReturnSubmission: requestOpen,
  SatisfyRequest: requestOpen,
  ChaseRequest: chasing,
  DrawSample: listed,
  ReturnCaseList: listed,
  NotifySample: ({ announcement: { phase, briefing } }) => {
    if (phase.matches({ active: "sampled" })) return undefined;
    return briefing.sample.size === 0 ? not("The sample is not drawn yet.") : past;
  },
  BookInterview: sampledAndOpen,
  ReplaceCase: sampledAndOpen,
  EraseCase: () => undefined,
  AllocateCase: allocating,
  DeclareConflict: notClosed,
  DrawQualitySample: inFieldworkWhile(when(({ fieldwork }) => !fieldwork.quality)),
  LogEvidence: notClosed,
  CloseSurvey: inFieldwork,
  RaiseAlert: inFieldwork,
  NotifyAlert: alertIs("raised"),
  AnswerAlert: alertIs("notified"),
  CloseAlert: alertIs("answered", not("The service has not answered the alert yet.")),
  ProposeDomainOne: inFieldworkWhile(({ fieldwork }) =>
    fieldwork.evidence.size > 0 ? undefined : not("The evidence for it has to be logged first."),
  ),
  GiveInitialFeedback: inFieldworkWhile(when(({ fieldwork }) => !fieldwork.feedback)),
  CloseFieldwork: inFieldwork,
  RecordScope: assessing,
  JudgeClassification: scoped,
  RecordInterview: assessing,
  RecordJudgement: scoped,
  CompleteAssessment: scoped,
  ReviewAssessment: completed,
  ReturnAssessment: completed,
  ConfirmAssessment: completed,
  ReopenAssessment: when((held, asked) => fileOf(held, asked)?.status === "confirmed"),
  AssignSecondMarking: markable,
  RecordSecondJudgement: markingAgain,
  CompleteSecondMarking: markingAgain,
  ConvenePanel: ({ panel }) => {
    if (!panel.phase.matches("awaited")) return past;
    return panel.fieldworkClosed ? undefined : not("Fieldwork has to close first.");
  },
  RecuseMember: sitting,
  SealScore: sittingWhile(sealing),
  OpenScore: sittingWhile(opening),
  ConsiderStandard: judged("by-cases"),
  ExerciseDiscretion: discretion,
  DeclineDiscretion: discretion,
  CastVote: sitting,
  RecordDissent: sitting,
  DecideDomainOne: judged("by-people"),
  ConcludePanel: sittingWhile(deciding),
  DecideOverall: when(
    ({ panel }) => panel.phase.matches("concluded") && !panel.overall && !panel.overallDecided,
  ),
  ReconvenePanel: when(({ panel }) => panel.phase.matches("concluded")),
  DraftSection: writing,
  RecordContextualFact: writing,
  ExcuseFinding: writing,
  MakeRecommendation: writing,
  WithdrawRecommendation: writing,
  SendDraft: (held, asked) =>
    held.panel.concluded.length > 0
      ? reportIs("drafted")(held, asked)
      : not("The panel has not concluded the ratings."),
  SubmitComment: reportIs("shared"),
  ReturnComments: reportIs("shared"),
  AnswerComment: reportIs("commented"),
  CloseFactualAccuracy: reportIs("commented"),
  SignOffReport: reportIs("settled"),
  WithdrawSignOff: when((held, asked) => !reportIs("signed", "embargoed")(held, asked)),
  SetEmbargo: reportIs("signed"),
  ChangeEmbargo: reportIs("embargoed"),
  IssueCorrection: published,
  SubmitActionPlan: reportIs("published"),
  ReturnActionPlan: reportIs("planned"),
  AcceptActionPlan: reportIs("planned"),
  TrackRecommendation: published,
};

const untilConfirmed = ({ phase }: ProgrammeState): NotNow | undefined =>
  phase.matches("confirmed") ? not("The schedule is confirmed.") : undefined;

const ofProgramme: Readonly<
  Record<OnProgramme, (state: ProgrammeState, subject: Subject) => NotNow | undefined>
> = {
  ChangePlanningRules: untilConfirmed,
  EnrolServices: untilConfirmed,
  RemoveService: (state) => untilConfirmed(state) ?? (state.services.size > 0 ? undefined : past),
  RegisterInspectors: () => undefined,
  ReleaseInspector: ({ inspectors }) => (inspectors.size > 0 ? undefined : past),
  DeclareBlackout: () => undefined,
  LiftBlackout: () => undefined,
  ProposeSchedule: (state) => {
    if (state.phase.matches("confirmed")) return past;
    if (state.services.size === 0) return not("No services are enrolled yet.");
    return state.inspectors.size > 0 ? undefined : not("No inspectors are registered yet.");
  },
  ConfirmSchedule: ({ phase }) => {
    if (phase.matches("proposed")) return undefined;
    return phase.matches("confirmed") ? past : not("No schedule is proposed yet.");
  },
  ScheduleInspection: (state, subject) => {
    if (isScheduled(state, subject)) return past;
    return state.phase.matches("confirmed") ? undefined : not("The schedule is not confirmed yet.");
  },
  ChangePlacement: (state, subject) => (isScheduled(state, subject) ? past : undefined),
  ReleasePlacement: ({ phase, fixed }, { service }) =>
    !phase.matches("confirmed") && service !== undefined && fixed.has(service) ? undefined : past,
};

const isScheduled = ({ opened, scheduled }: ProgrammeState, { service }: Subject): boolean =>
  opened !== undefined && service !== undefined && scheduled.has(keyOf(opened.programme, service));
