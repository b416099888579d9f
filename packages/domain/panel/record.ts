/** What each fact adds to what the panel knows. Total, and never a judge. */
import type { FieldworkEvent } from "../fieldwork/events.ts";
import type { PublicationEvent } from "../publication/events.ts";
import type { PanelEvent } from "./events.ts";
import { consideredCounts } from "./board.ts";
import {
  type Deliberation,
  deliberationOn,
  type PanelState,
  type SealedScore,
  type StandardDecision,
} from "./state.ts";

export const recordPanelFact = (state: PanelState, event: PanelEvent): PanelState => {
  switch (event.type) {
    case "PanelConvened":
      return { ...state, chair: event.chair, members: event.members };
    case "MemberRecused":
      return { ...state, recused: new Map(state.recused).set(event.member, recusal(state, event)) };
    case "ChairHandedOver":
      return { ...state, chair: event.to };
    case "ScoreSealed":
      return scored(state, event, { seal: event.seal, opened: undefined });
    case "ScoreOpened": {
      const seal = deliberationOn(state, event.standard).scores.get(event.member)?.seal;
      return seal ? scored(state, event, { seal, opened: event.rating }) : state;
    }
    case "StandardConsidered": {
      const considered = consideredCounts(event.keyQuestions);
      const former = deliberationOn(state, event.standard);
      const votes = former.considered === undefined ? former.votes : new Map();
      return deliberated(state, event.standard, { considered, decision: undefined, votes });
    }
    case "DiscretionExercised":
      return decided(state, event.standard, { by: "exercised", rating: event.to });
    case "DiscretionDeclined":
      return decided(state, event.standard, { by: "declined", rating: event.rating });
    case "PublishedRatingAdopted":
      return decided(state, event.standard, { by: "adopted", rating: event.to });
    case "DomainOneDecided":
      return decided(state, event.standard, { by: "people", rating: event.rating });
    case "VoteCast": {
      const { votes } = deliberationOn(state, event.standard);
      return deliberated(state, event.standard, {
        votes: new Map(votes).set(event.member, event.rating),
      });
    }
    case "DissentRecorded": {
      const { dissent } = deliberationOn(state, event.standard);
      return deliberated(state, event.standard, { dissent: new Set(dissent).add(event.member) });
    }
    case "RatingsConcluded":
      return {
        ...state,
        concluded: event.standards,
        overall: event.overall,
        overallDecided: false,
        reopened: undefined,
      };
    case "OverallDecided":
      return { ...state, overall: event.overall, overallDecided: true };
    case "PanelReconvened":
      return reconvened(state, event);
  }
};

/** A recusal only ever widens; from every standard is from every standard. */
const recusal = (
  { recused }: PanelState,
  { member, standards }: Extract<PanelEvent, { type: "MemberRecused" }>,
): readonly string[] => {
  const before = recused.get(member);
  const all = before?.length === 0 || standards.length === 0;
  return all ? [] : [...new Set([...(before ?? []), ...standards])];
};

const deliberated = (
  state: PanelState,
  standard: string,
  change: Partial<Deliberation>,
): PanelState => ({
  ...state,
  standards: new Map(state.standards).set(standard, {
    ...deliberationOn(state, standard),
    ...change,
  }),
});

const decided = (state: PanelState, standard: string, decision: StandardDecision): PanelState =>
  deliberated(state, standard, { decision });

const scored = (
  state: PanelState,
  { standard, member }: Extract<PanelEvent, { type: "ScoreSealed" | "ScoreOpened" }>,
  score: SealedScore,
): PanelState => {
  const { scores } = deliberationOn(state, standard);
  return deliberated(state, standard, { scores: new Map(scores).set(member, score) });
};

/** The standards named are decided as if the panel had never come to them; the others stand. */
const reconvened = (
  state: PanelState,
  event: Extract<PanelEvent, { type: "PanelReconvened" }>,
): PanelState => {
  const standards = new Map(state.standards);
  for (const standard of event.standards) standards.delete(standard);
  return {
    ...state,
    standards,
    reopened: new Set([...(state.reopened ?? []), ...event.standards]),
    heard: new Set([...state.heard, ...event.comments]),
  };
};

/** The lead's proposals on standards that people judge. */
export const proposed = (state: PanelState, event: FieldworkEvent): PanelState => {
  switch (event.type) {
    case "DomainOneProposed":
      return { ...state, proposals: new Map(state.proposals).set(event.standard, event.rating) };
    case "CaseAllocated":
    case "CaseReallocated":
    case "ConflictDeclared":
    case "QualitySampleDrawn":
    case "FieldworkOpened":
    case "EvidenceLogged":
    case "SurveyClosed":
    case "AlertRaised":
    case "AlertNotified":
    case "AlertAnswered":
    case "AlertClosed":
    case "InitialFeedbackGiven":
    case "FieldworkClosed":
      return state;
  }
};

/** A comment that was answered may touch judgements: then the panel comes together again. */
export const corrected = (state: PanelState, event: PublicationEvent): PanelState => {
  switch (event.type) {
    case "CommentAnswered":
      return event.standards.length === 0
        ? state
        : { ...state, touched: new Map(state.touched).set(event.comment, event.standards) };
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
    case "FactualAccuracyClosed":
    case "ReportSignedOff":
    case "SignOffWithdrawn":
    case "EmbargoSet":
    case "EmbargoChanged":
    case "EmbargoedCopiesSent":
    case "ReportPublished":
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
