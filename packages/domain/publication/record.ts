/** What each fact adds to what publication knows. Total, and never a judge. */
import type { ItemId } from "../kernel/ids.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { PanelEvent } from "../panel/events.ts";
import type { PublicationEvent } from "./events.ts";
import type { PublicationState, Ratings } from "./state.ts";

export const rated = (ratings: Ratings, event: PanelEvent): Ratings => {
  switch (event.type) {
    case "RatingsConcluded":
      return {
        ...ratings,
        sitting: false,
        conclusion: ratings.conclusion + 1,
        standards: event.standards,
        overall: event.overall,
        overallDecided: false,
      };
    case "OverallDecided":
      return { ...ratings, overall: event.overall, overallDecided: true };
    case "PanelReconvened":
      return {
        ...ratings,
        sitting: true,
        heard: new Set([...ratings.heard, ...event.comments]),
      };
    case "PanelConvened":
      return { ...ratings, sitting: true };
    case "MemberRecused":
    case "ChairHandedOver":
    case "ScoreSealed":
    case "ScoreOpened":
    case "StandardConsidered":
    case "DiscretionExercised":
    case "DiscretionDeclined":
    case "PublishedRatingAdopted":
    case "VoteCast":
    case "DissentRecorded":
    case "DomainOneDecided":
      return ratings;
  }
};

export const written = (state: PublicationState, event: PublicationEvent): PublicationState => {
  switch (event.type) {
    case "SectionDrafted":
      return {
        ...wrote(state, event),
        sections: new Set(state.sections).add(event.section),
      };
    case "ContextualFactRecorded":
    case "FigureTableRecorded":
    case "ImprintSet":
      return wrote(state, event);
    case "PointMade":
      return { ...wrote(state, event), points: new Set(state.points).add(event.point) };
    case "PointWithdrawn": {
      const points = new Set(state.points);
      points.delete(event.point);
      return { ...wrote(state, event), points };
    }
    case "FindingExcused":
      return authored(state, event);
    case "RecommendationMade":
      return {
        ...wrote(state, event),
        recommendations: new Set(state.recommendations).add(event.number),
      };
    case "RecommendationWithdrawn":
      return { ...wrote(state, event), withdrawn: new Set(state.withdrawn).add(event.number) };
    case "DraftSent":
      return { ...state, commentsDue: event.due };
    case "CommentReceived":
      return commented(state, event.comment, undefined);
    case "CommentAnswered":
      return state.comments.has(event.comment)
        ? commented(state, event.comment, event.standards)
        : state;
    case "ReportSignedOff":
      return { ...state, signedConclusion: event.conclusion };
    case "SignOffWithdrawn":
      return { ...state, signedConclusion: undefined, publishAt: undefined, copiesSent: false };
    case "EmbargoSet":
      return { ...heldBack(state, event), recipients: event.recipients.length };
    case "EmbargoChanged":
      return heldBack(state, event);
    case "EmbargoedCopiesSent":
      return { ...state, copiesSent: true };
    case "ReportPublished":
      return { ...issued(state, event), publishedOn: dayInEngland(event.at) };
    case "CorrectionIssued":
      return issued(state, event);
    case "RecommendationTracked":
      return event.by.role === "provider-user" && !state.unreleased.has(event.number)
        ? { ...state, unreleased: new Map(state.unreleased).set(event.number, event.at) }
        : state;
    case "ProgressReleased": {
      const unreleased = new Map(state.unreleased);
      unreleased.delete(event.number);
      return { ...state, unreleased };
    }
    case "ActionPlanReceived":
    case "CommentsReturned":
    case "CommentPeriodEnded":
    case "FactualAccuracyClosed":
    case "ActionPlanReturned":
    case "ActionPlanAccepted":
    case "InspectionClosed":
      return state;
  }
};

const wrote = (state: PublicationState, event: PublicationEvent): PublicationState => ({
  ...authored(state, event),
  writings: state.writings + 1,
});

/** Whoever wrote of it, or said why something may stand, does not sign it. */
const authored = (state: PublicationState, { by }: PublicationEvent): PublicationState => ({
  ...state,
  authors: new Set(state.authors).add(by.id),
});

const commented = (
  state: PublicationState,
  comment: ItemId,
  touches: readonly string[] | undefined,
): PublicationState => ({ ...state, comments: new Map(state.comments).set(comment, touches) });

/** Copies go by the moment that now holds, and go anew where they went by another. */
const heldBack = (
  state: PublicationState,
  { publishAt, copiesFrom }: Extract<PublicationEvent, { type: "EmbargoSet" | "EmbargoChanged" }>,
): PublicationState => ({
  ...state,
  embargoes: state.embargoes + 1,
  publishAt,
  copiesFrom,
  copiesSent: false,
});

const issued = (
  state: PublicationState,
  {
    version,
    conclusion,
  }: Extract<PublicationEvent, { type: "ReportPublished" | "CorrectionIssued" }>,
): PublicationState => ({
  ...state,
  version,
  publishedWritings: state.writings,
  publishedConclusion: conclusion,
});
