/** Why something cannot be done now, and what has to happen first, in sentences. */
import type { NotInThisPhase } from "@assay/domain/lifecycle/possible.ts";

/** What has to happen, for each fact that leads to another phase. */
const toCome: Readonly<Record<string, string>> = {
  ProgrammeOpened: "the programme has to be opened",
  ScheduleProposed: "a schedule has to be proposed",
  ScheduleConfirmed: "the schedule has to be confirmed",
  PlanningRulesChanged: "something that the schedule rests on has to change",
  InspectionScheduled: "the inspection has to be scheduled",
  InspectionAnnounced: "the inspection has to be announced",
  InspectionPostponed: "the inspection has to be postponed",
  InspectionResumed: "the inspection has to be resumed",
  CaseListSubmitted: "the service has to send its case list",
  CaseListReturned: "the case list has to be sent back",
  SampleDrawn: "the sample has to be drawn",
  SampleNotified: "the service has to be notified of the sample",
  FieldworkOpened: "fieldwork has to begin",
  FieldworkClosed: "fieldwork has to be closed",
  ScopeRecorded: "the scope of the case has to be recorded",
  AssessmentCompleted: "the assessment has to be completed",
  AssessmentReturned: "the assessment has to be returned",
  AssessmentConfirmed: "the assessment has to be confirmed",
  AssessmentReopened: "the assessment has to be opened again",
  SecondMarkingAssigned: "the second marking has to be assigned",
  SecondMarkingCompleted: "the second marking has to be completed",
  PanelConvened: "the panel has to be convened",
  RatingsConcluded: "the panel has to conclude its ratings",
  PanelReconvened: "the panel has to be called together again",
  DraftSent: "the draft has to be sent to the service",
  CommentsReturned: "the service has to return its comments",
  CommentPeriodEnded: "the time for comments has to end",
  FactualAccuracyClosed: "the check of factual accuracy has to be closed",
  ReportSignedOff: "the report has to be signed off",
  SignOffWithdrawn: "the sign-off has to be withdrawn",
  EmbargoSet: "the time of publication has to be set",
  ReportPublished: "the report has to be published",
  ActionPlanReceived: "the service has to send its action plan",
  ActionPlanReturned: "the action plan has to be sent back",
  ActionPlanAccepted: "the action plan has to be accepted",
  InspectionClosed: "the inspection has to close",
};

/** `The panel is sitting. First, the panel has to conclude its ratings.` */
export const phaseInWords = ({ now, first }: Pick<NotInThisPhase, "now" | "first">): string => {
  const here = `${now.charAt(0).toUpperCase()}${now.slice(1)}.`;
  if (first === undefined) return `${here} This can no longer be done.`;
  const next = toCome[first];
  return next === undefined ? `${here} This cannot be done yet.` : `${here} First, ${next}.`;
};
