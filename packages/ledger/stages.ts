/**
 * The moments of an inspection at which its log is signed: early enough that nobody can change what
 * was recorded before without a signature, and a witness, that says otherwise.
 */
import type { InspectionEvent } from "@assay/domain/announcement/events.ts";
import type { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { categoryOf } from "@assay/domain/kernel/stream.ts";
import type { PanelEvent } from "@assay/domain/panel/events.ts";
import type { PublicationEvent } from "@assay/domain/publication/events.ts";

type Staged = (InspectionEvent | FieldworkEvent | PanelEvent | PublicationEvent)["type"];

/**
 * What a checkpoint is signed for after each event; `null`: none is. Single assessments, reminders
 * and erasures call for none.
 */
const stages: Readonly<Record<Staged, string | null>> = {
  InspectionScheduled: null,
  InspectionRescheduled: null,
  TeamAssigned: null,
  LeadDelegated: null,
  DelegationEnded: null,
  InspectionAnnounced: "announced",
  SampleNotRequired: null,
  LettersWritten: null,
  RequestOpened: null,
  SubmissionReceived: null,
  SubmissionReturned: null,
  RequestSatisfied: null,
  RequestChased: null,
  CaseListSubmitted: "list-received",
  CaseListReturned: null,
  SampleDrawn: null,
  NonceRevealed: "sample-drawn",
  SampleNotified: null,
  InterviewBooked: null,
  CaseReplaced: null,
  CaseWithdrawn: null,
  InspectionPostponed: null,
  InspectionResumed: null,
  InspectionCancelled: null,
  BeaconNamed: null,
  CommitmentRenewed: "commitment-renewed",
  SampleSizesSet: null,
  DrawCountersigned: null,
  ReplacementProposed: null,
  CaseAllocated: null,
  CaseReallocated: null,
  ConflictDeclared: null,
  QualitySampleDrawn: null,
  FieldworkOpened: null,
  EvidenceLogged: null,
  SurveyClosed: null,
  AlertRaised: null,
  AlertNotified: null,
  AlertAnswered: null,
  AlertClosed: null,
  DomainOneProposed: null,
  InitialFeedbackGiven: null,
  FieldworkClosed: "fieldwork-closed",
  PanelConvened: "panel-convened",
  MemberRecused: null,
  ChairHandedOver: null,
  ScoreSealed: null,
  ScoreOpened: null,
  StandardConsidered: null,
  DiscretionExercised: null,
  DiscretionDeclined: null,
  PublishedRatingAdopted: null,
  VoteCast: null,
  DissentRecorded: null,
  DomainOneDecided: null,
  RatingsConcluded: "ratings-concluded",
  OverallDecided: null,
  PanelReconvened: null,
  SectionDrafted: null,
  ContextualFactRecorded: null,
  PointMade: null,
  PointWithdrawn: null,
  FigureTableRecorded: null,
  ImprintSet: null,
  FindingExcused: null,
  RecommendationMade: null,
  RecommendationWithdrawn: null,
  DraftSent: null,
  CommentReceived: null,
  CommentsReturned: null,
  CommentPeriodEnded: null,
  CommentAnswered: null,
  FactualAccuracyClosed: null,
  ReportSignedOff: "signed-off",
  SignOffWithdrawn: null,
  EmbargoSet: null,
  EmbargoChanged: null,
  EmbargoedCopiesSent: null,
  ReportPublished: "published",
  CorrectionIssued: "corrected",
  ActionPlanReceived: null,
  ActionPlanReturned: null,
  ActionPlanAccepted: null,
  RecommendationTracked: null,
  ProgressReleased: null,
  InspectionClosed: null,
};

/** What is signed after the last event of a day in the field. */
export const fieldworkDay = "fieldwork-day";

type Logged = { readonly type: string; readonly stream: string };

/** Whether the event belongs to fieldwork, whose days are signed. */
export const isInTheField = ({ stream }: Pick<Logged, "stream">): boolean =>
  ["fieldwork", "assessment"].includes(categoryOf(stream));

/** What a checkpoint after this event is called; undefined where none is called for. */
export const stageAfter = ({ type }: Pick<Logged, "type">): string | undefined =>
  (type in stages ? stages[type as Staged] : null) ?? undefined;

/** Whether a checkpoint of this name may be signed after this event. */
export const isStageOf = (stage: string, event: Logged): boolean =>
  stage === fieldworkDay ? isInTheField(event) : stageAfter(event) === stage;
