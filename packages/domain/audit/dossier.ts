/**
 * One inspection as its facts tell it, for reading: every answer that counts leads back to the fact
 * that gave it and to the answers it replaced. Nothing here is judged, and nothing is left out.
 */
import { isInspectionEvent } from "../announcement/events.ts";
import { type Briefing, briefedBy, unbriefed } from "../briefing/inspection.ts";
import type { AssessmentEvent } from "../fieldwork/assessment/events.ts";
import type { CaseId, InspectionId, ItemId } from "../kernel/ids.ts";
import { inspectionOf } from "../kernel/stream.ts";
import { type DossierCase, fileCase } from "./dossier-case.ts";
import { deliberating, emptyPanel, type PanelFile } from "./dossier-panel.ts";
import type { Draft } from "./draft.ts";
import { enter, type Entering, type Fact, type Recorded, type RecordedOf } from "./recorded.ts";

/** The lead's proposal on a standard, and the one it took the place of. */
export type Proposal = {
  readonly source: RecordedOf<"DomainOneProposed">;
  readonly former: Proposal | undefined;
};

export type Replacement = RecordedOf<"CaseReplaced" | "CaseWithdrawn">;

export type Dossier = PanelFile & {
  /** Undefined while there is no fact at all. */
  readonly inspection: InspectionId | undefined;
  /** How many facts were read. */
  readonly size: number;
  readonly last: Recorded | undefined;
  readonly briefing: Briefing;
  readonly scheduled: RecordedOf<"InspectionScheduled"> | undefined;
  readonly announced: RecordedOf<"InspectionAnnounced"> | undefined;
  readonly listed: RecordedOf<"CaseListSubmitted"> | undefined;
  readonly drawn: RecordedOf<"SampleDrawn"> | undefined;
  /** By the case that left the sample. */
  readonly replacements: ReadonlyMap<CaseId, Replacement>;
  /** By the case that came in. */
  readonly calledUp: ReadonlyMap<CaseId, RecordedOf<"CaseReplaced">>;
  readonly files: ReadonlyMap<CaseId, DossierCase>;
  readonly evidence: ReadonlyMap<ItemId, RecordedOf<"EvidenceLogged">>;
  readonly proposals: ReadonlyMap<string, Proposal>;
  readonly fieldworkClosed: RecordedOf<"FieldworkClosed"> | undefined;
  readonly drafts: readonly RecordedOf<"DraftSent">[];
  readonly signatures: readonly RecordedOf<"ReportSignedOff">[];
  /** The report's versions, the first first. */
  readonly published: readonly RecordedOf<"ReportPublished" | "CorrectionIssued">[];
  readonly closed: RecordedOf<"InspectionClosed"> | undefined;
};

type DossierDraft = Draft<Dossier>;

/**
 * Reads one inspection's facts, in their order. Linear in the number of facts: the dossier grows in
 * place and is only handed out when it is done. `watch` sees it after each fact and must not keep
 * it.
 */
export const dossierOf = (
  events: Iterable<Recorded>,
  watch?: (dossier: Dossier, recorded: Recorded) => void,
): Dossier => {
  const dossier = blank();
  for (const recorded of events) {
    add(dossier, recorded);
    watch?.(dossier, recorded);
  }
  return dossier;
};

const blank = (): DossierDraft => ({
  inspection: undefined,
  size: 0,
  last: undefined,
  briefing: unbriefed,
  scheduled: undefined,
  announced: undefined,
  listed: undefined,
  drawn: undefined,
  replacements: new Map(),
  calledUp: new Map(),
  files: new Map(),
  evidence: new Map(),
  proposals: new Map(),
  fieldworkClosed: undefined,
  ...emptyPanel(),
  drafts: [],
  signatures: [],
  published: [],
  closed: undefined,
});

const add = (dossier: DossierDraft, recorded: Recorded): void => {
  const { event } = recorded;
  dossier.inspection ??= inspectionOf(recorded.stream);
  dossier.size += 1;
  dossier.last = recorded;
  if (isInspectionEvent(event)) dossier.briefing = briefedBy(dossier.briefing, event);
  enter(entering, dossier, recorded);
};

const file = ({ files }: DossierDraft, recorded: RecordedOf<AssessmentEvent["type"]>): void =>
  fileCase(files, recorded);

const entering: Entering<DossierDraft, Fact["type"]> = {
  InspectionScheduled: (dossier, recorded) => {
    dossier.scheduled = recorded;
  },
  InspectionRescheduled: null,
  TeamAssigned: null,
  LeadDelegated: null,
  DelegationEnded: null,
  InspectionAnnounced: (dossier, recorded) => {
    dossier.announced = recorded;
  },
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
  CaseListSubmitted: (dossier, recorded) => {
    dossier.listed = recorded;
  },
  CaseListReturned: (dossier) => {
    dossier.listed = undefined;
  },
  SampleDrawn: (dossier, recorded) => {
    dossier.drawn = recorded;
  },
  NonceRevealed: null,
  SampleNotified: null,
  DrawCountersigned: null,
  InterviewBooked: null,
  ReplacementProposed: null,
  CaseReplaced: ({ replacements, calledUp }, recorded) => {
    replacements.set(recorded.event.case, recorded);
    calledUp.set(recorded.event.replacement, recorded);
  },
  CaseWithdrawn: ({ replacements }, recorded) =>
    void replacements.set(recorded.event.case, recorded),
  InspectionPostponed: null,
  InspectionResumed: null,
  InspectionCancelled: null,
  CaseAllocated: null,
  CaseReallocated: null,
  ConflictDeclared: null,
  QualitySampleDrawn: null,
  FieldworkOpened: null,
  EvidenceLogged: ({ evidence }, recorded) => void evidence.set(recorded.event.item, recorded),
  SurveyClosed: null,
  AlertRaised: null,
  AlertNotified: null,
  AlertAnswered: null,
  AlertClosed: null,
  DomainOneProposed: ({ proposals }, source) => {
    const { standard } = source.event;
    proposals.set(standard, { source, former: proposals.get(standard) });
  },
  InitialFeedbackGiven: null,
  FieldworkClosed: (dossier, recorded) => {
    dossier.fieldworkClosed = recorded;
  },
  SectionDrafted: null,
  ContextualFactRecorded: null,
  PointMade: null,
  PointWithdrawn: null,
  FigureTableRecorded: null,
  ImprintSet: null,
  FindingExcused: null,
  RecommendationMade: null,
  RecommendationWithdrawn: null,
  DraftSent: ({ drafts }, recorded) => void drafts.push(recorded),
  CommentReceived: null,
  CommentsReturned: null,
  CommentPeriodEnded: null,
  CommentAnswered: null,
  FactualAccuracyClosed: null,
  ReportSignedOff: ({ signatures }, recorded) => void signatures.push(recorded),
  SignOffWithdrawn: null,
  EmbargoSet: null,
  EmbargoChanged: null,
  EmbargoedCopiesSent: null,
  ReportPublished: ({ published }, recorded) => void published.push(recorded),
  CorrectionIssued: ({ published }, recorded) => void published.push(recorded),
  ActionPlanReceived: null,
  ActionPlanReturned: null,
  ActionPlanAccepted: null,
  RecommendationTracked: null,
  ProgressReleased: null,
  InspectionClosed: (dossier, recorded) => {
    dossier.closed = recorded;
  },
  CaseErased: null,
  CaseListErased: null,
  CaseWordsErased: null,
  ScopeRecorded: file,
  ClassificationJudged: file,
  InterviewHeld: file,
  JudgementRecorded: file,
  JudgementWithdrawn: file,
  AssessmentCompleted: file,
  AssessmentReviewed: file,
  AssessmentReturned: file,
  AssessmentConfirmed: file,
  AssessmentReopened: file,
  SecondMarkingAssigned: file,
  SecondJudgementRecorded: file,
  SecondMarkingCompleted: file,
  ...deliberating,
};
