/**
 * Which facts can change a rating, the ratings that each can change, and what was done, in words.
 * Every kind of fact stands here: one that is missing does not compile.
 */
import { isPrompt, standardOf } from "../kernel/codes.ts";
import { answerInWords } from "./explain-words.ts";
import type { Fact, FactOf } from "./recorded.ts";

/** The codes of the standards whose rating the fact can change, of all that the framework has. */
type Touching<Type extends Fact["type"]> = (
  event: FactOf<Type>,
  all: readonly string[],
) => readonly string[];

/** What was done, to follow a name: "judged case c0007 “no” on 3.1.2". */
type Deed<Type extends Fact["type"]> = (event: FactOf<Type>) => string;

type RatingAct<Type extends Fact["type"]> = {
  readonly touches: Touching<Type>;
  readonly deed: Deed<Type>;
};

const every = (_: Fact, all: readonly string[]): readonly string[] => all;
const own = ({ standard }: { readonly standard: string }): readonly string[] => [standard];
const listed = ({ standards }: { readonly standards: readonly string[] }) => standards;
const judged = ({ question }: { readonly question: string }): readonly string[] =>
  isPrompt(question) ? [] : [standardOf(question)];

/** `null`: it changes no rating. */
const ratingActs: { readonly [Type in Fact["type"]]: RatingAct<Type> | null } = {
  InspectionScheduled: null,
  InspectionRescheduled: null,
  TeamAssigned: null,
  LeadDelegated: null,
  DelegationEnded: null,
  InspectionAnnounced: { touches: every, deed: () => "announced the inspection" },
  BeaconNamed: null,
  CommitmentRenewed: null,
  SampleSizesSet: null,
  SampleNotRequired: null,
  LettersWritten: null,
  RequestOpened: null,
  SubmissionReceived: null,
  SubmissionReturned: null,
  RequestSatisfied: null,
  RequestChased: null,
  CaseListSubmitted: { touches: every, deed: () => "sent the case list" },
  CaseListReturned: null,
  SampleDrawn: { touches: every, deed: () => "drew the sample" },
  NonceRevealed: null,
  SampleNotified: null,
  DrawCountersigned: null,
  InterviewBooked: null,
  ReplacementProposed: null,
  CaseReplaced: {
    touches: every,
    deed: (event) => `replaced case ${event.case} by ${event.replacement}`,
  },
  CaseWithdrawn: { touches: every, deed: (event) => `took case ${event.case} out of the sample` },
  InspectionPostponed: null,
  InspectionResumed: null,
  InspectionCancelled: null,
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
  DomainOneProposed: { touches: own, deed: () => "proposed a rating" },
  InitialFeedbackGiven: null,
  FieldworkClosed: null,
  ScopeRecorded: {
    touches: every,
    deed: (event) => `recorded which questions concern case ${event.case}`,
  },
  ClassificationJudged: null,
  InterviewHeld: null,
  JudgementRecorded: {
    touches: judged,
    deed: ({ case: id, question, answer }) =>
      `judged case ${id} “${answerInWords[answer]}” on ${question}`,
  },
  JudgementWithdrawn: {
    touches: judged,
    deed: (event) => `withdrew the judgement of case ${event.case} on ${event.question}`,
  },
  AssessmentCompleted: null,
  AssessmentReviewed: null,
  AssessmentReturned: null,
  AssessmentConfirmed: null,
  AssessmentReopened: null,
  SecondMarkingAssigned: null,
  SecondJudgementRecorded: null,
  SecondMarkingCompleted: null,
  PanelConvened: null,
  MemberRecused: null,
  ChairHandedOver: null,
  ScoreSealed: null,
  ScoreOpened: null,
  StandardConsidered: { touches: own, deed: () => "had the panel consider the numbers" },
  DiscretionExercised: { touches: own, deed: () => "exercised the panel's discretion" },
  DiscretionDeclined: { touches: own, deed: () => "declined the panel's discretion" },
  PublishedRatingAdopted: {
    touches: own,
    deed: () => "took over the published rating, which nothing accounts for",
  },
  VoteCast: null,
  DissentRecorded: null,
  DomainOneDecided: {
    touches: own,
    deed: (event) =>
      event.rating === event.proposed ? "confirmed the proposal" : "changed the proposal",
  },
  RatingsConcluded: null,
  OverallDecided: null,
  PanelReconvened: { touches: listed, deed: () => "reconvened the panel" },
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
  ReportSignedOff: null,
  SignOffWithdrawn: null,
  EmbargoSet: null,
  EmbargoChanged: null,
  EmbargoedCopiesSent: null,
  ReportPublished: null,
  CorrectionIssued: null,
  ActionPlanReceived: null,
  ActionPlanReturned: null,
  ActionPlanAccepted: null,
  RecommendationTracked: null,
  ProgressReleased: null,
  InspectionClosed: null,
  CaseErased: null,
  CaseListErased: null,
  CaseWordsErased: null,
};

export const ratingActOf = (event: Fact): RatingAct<Fact["type"]> | null =>
  ratingActs[event.type] as RatingAct<Fact["type"]> | null;
