/** The fields that name what each fact is about: a later fact with the same ones replaces it. */
import type { PublicationEvent } from "./events.ts";

type Of<Type extends PublicationEvent["type"]> = Extract<PublicationEvent, { type: Type }>;

export const publicationAbout: Readonly<{
  [Type in PublicationEvent["type"]]: readonly (keyof Of<Type> & string)[];
}> = {
  SectionDrafted: ["section"],
  ContextualFactRecorded: ["name"],
  FindingExcused: ["check", "place", "text"],
  RecommendationMade: ["number"],
  RecommendationWithdrawn: ["number"],
  PointMade: ["point"],
  PointWithdrawn: ["point"],
  FigureTableRecorded: ["table"],
  ImprintSet: [],
  DraftSent: [],
  CommentReceived: ["comment"],
  CommentsReturned: [],
  CommentPeriodEnded: [],
  CommentAnswered: ["comment"],
  FactualAccuracyClosed: [],
  ReportSignedOff: [],
  SignOffWithdrawn: [],
  EmbargoSet: [],
  EmbargoChanged: [],
  EmbargoedCopiesSent: [],
  ReportPublished: [],
  CorrectionIssued: ["version"],
  ActionPlanReceived: [],
  ActionPlanReturned: [],
  ActionPlanAccepted: [],
  RecommendationTracked: ["number"],
  ProgressReleased: ["number"],
  InspectionClosed: [],
};
