/**
 * Erasing words: of one case, on a ground in law, whenever somebody has the right to it; of all
 * cases, once the time for keeping them is over. What was judged is never touched.
 */
import { type Briefing, briefedBy, teamRelations, unbriefed } from "../../briefing/inspection.ts";
import { accept, type Decision } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { CaseId } from "../../kernel/ids.ts";
import { addMonths, dayInEngland, type Instant, inEngland } from "../../kernel/instants.ts";
import { erasureStream, inspectionStream, publicationStream } from "../../kernel/stream.ts";
import { aggregateOf } from "../../lifecycle/aggregate.ts";
import type { LifecyclePhase } from "../../lifecycle/machine.ts";
import { isPublicationEvent, type PublicationEvent } from "../../publication/events.ts";
import { type InspectionEvent, isInspectionEvent } from "../events.ts";
import {
  type ErasureCommand,
  type ErasureCommandOf,
  erasurePermissions,
  type ErasureRefusal,
} from "./commands.ts";
import { type Erasable, type ErasureEvent, isErasureEvent } from "./events.ts";
import { erasureChart, type ErasurePhase } from "./machine.ts";

export type ErasureKnown = ErasureEvent | InspectionEvent | PublicationEvent;

export type ErasureState = {
  readonly phase: ErasurePhase;
  readonly lifecycle: LifecyclePhase;
  readonly briefing: Briefing;
  /** Every case that was ever on a case list. */
  readonly listed: ReadonlySet<CaseId>;
  /** When it was published, or cancelled: keeping is counted from there. */
  readonly over: Instant | undefined;
};

type Answer = Decision<ErasureEvent, ErasureRefusal>;

export const erasure = aggregateOf<
  ErasureCommand,
  ErasureEvent,
  ErasureKnown,
  ErasureState,
  ErasureRefusal
>({
  chart: erasureChart,
  isOwn: isErasureEvent,
  permissions: erasurePermissions,
  unknown: "UnknownInspection",
  initial: { briefing: unbriefed, listed: new Set(), over: undefined },

  stream: ({ inspection }) => erasureStream(inspection),

  consults: ({ inspection }) => [inspectionStream(inspection), publicationStream(inspection)],

  evolve: (state, event) => {
    if (isErasureEvent(event)) return state;
    if (isInspectionEvent(event)) return told(state, event);
    // Whoever folds this beside another flow hands over that one's facts too.
    return isPublicationEvent(event) ? published(state, event) : state;
  },

  relations: ({ by }, { briefing }) => teamRelations(briefing, by),
  barred: {
    EraseCase: ({ of }, { listed }) =>
      of === undefined || listed.has(of) ? undefined : { reason: "NotOnTheCaseList", case: of },
    EraseCaseList: ({ at }, state) => stillKept(state, "list", at),
    EraseCaseWords: ({ at }, state) => stillKept(state, "words", at),
  },
  decide: (command, state) =>
    command.type === "EraseCase" ? eraseCase(command) : eraseAll(command, state),
  about: { CaseErased: ["of"], CaseListErased: [], CaseWordsErased: [] },
});

const told = (state: ErasureState, event: InspectionEvent): ErasureState => {
  const briefing = briefedBy(state.briefing, event);
  switch (event.type) {
    case "CaseListSubmitted":
      return {
        ...state,
        briefing,
        listed: new Set([...state.listed, ...event.cases.map((row) => row.case)]),
      };
    case "InspectionCancelled":
      return { ...state, briefing, over: event.at };
    case "InspectionScheduled":
    case "InspectionRescheduled":
    case "TeamAssigned":
    case "LeadDelegated":
    case "DelegationEnded":
    case "InspectionAnnounced":
    case "SampleNotRequired":
    case "BeaconNamed":
    case "CommitmentRenewed":
    case "SampleSizesSet":
    case "LettersWritten":
    case "RequestOpened":
    case "SubmissionReceived":
    case "SubmissionReturned":
    case "RequestSatisfied":
    case "RequestChased":
    case "CaseListReturned":
    case "SampleDrawn":
    case "NonceRevealed":
    case "SampleNotified":
    case "DrawCountersigned":
    case "InterviewBooked":
    case "ReplacementProposed":
    case "CaseReplaced":
    case "CaseWithdrawn":
    case "InspectionPostponed":
    case "InspectionResumed":
      return { ...state, briefing };
  }
};

/** Keeping is counted from the first publication: what comes later leaves it as it is. */
const published = (state: ErasureState, event: PublicationEvent): ErasureState => {
  switch (event.type) {
    case "ReportPublished":
      return { ...state, over: event.at };
    case "SectionDrafted":
    case "ContextualFactRecorded":
    case "PointMade":
    case "PointWithdrawn":
    case "FigureTableRecorded":
    case "ImprintSet":
    case "FindingExcused":
    case "RecommendationMade":
    case "RecommendationWithdrawn":
    case "DraftSent":
    case "CommentReceived":
    case "CommentsReturned":
    case "CommentPeriodEnded":
    case "CommentAnswered":
    case "FactualAccuracyClosed":
    case "ReportSignedOff":
    case "SignOffWithdrawn":
    case "EmbargoSet":
    case "EmbargoChanged":
    case "EmbargoedCopiesSent":
    case "CorrectionIssued":
    case "ActionPlanReceived":
    case "ActionPlanReturned":
    case "ActionPlanAccepted":
    case "RecommendationTracked":
    case "ProgressReleased":
    case "InspectionClosed":
      return state;
  }
};

const eraseCase = (command: ErasureCommandOf<"EraseCase">): Answer => {
  const { of, ground, reason } = command;
  return accept({ type: "CaseErased", ...stampOf(command), of, ground, text: { reason } });
};

const eraseAll = (
  command: ErasureCommandOf<"EraseCaseList" | "EraseCaseWords">,
  state: ErasureState,
): Answer => {
  const what = command.type === "EraseCaseList" ? "list" : "words";
  const type = what === "list" ? "CaseListErased" : "CaseWordsErased";
  const keptMonths = keptUntil(state, what)!.months;
  return accept({ type, ...stampOf(command), keptMonths });
};

const stillKept = (
  state: ErasureState,
  what: Erasable,
  at: Instant,
): ErasureRefusal | undefined => {
  const until = keptUntil(state, what);
  return until && until.at <= at
    ? undefined
    : { reason: "StillKept", until: until?.at ?? "publication" };
};

/**
 * Until when the ruleset has it kept, at nine in the morning: undefined until the inspection is
 * published or cancelled, and for a reconstruction, whose cases are made up.
 */
export const keptUntil = (
  { briefing, over, listed }: ErasureState,
  what: Erasable,
): { readonly at: Instant; readonly months: number } | undefined => {
  const settings = briefing.framework?.ruleset.retention;
  if (!settings || !over || briefing.reconstruction || listed.size === 0) return undefined;
  const months = what === "list" ? settings.caseListMonths : settings.caseTextMonths;
  return { at: inEngland(addMonths(dayInEngland(over), months), "09:00"), months };
};
