/** What the facts of fieldwork and of the panel add to what an assessment knows. */
import type { PanelEvent } from "../../panel/events.ts";
import { conflictsBy } from "../conflicts.ts";
import type { FieldworkEvent } from "../events.ts";
import type { AssessmentState } from "./state.ts";

export const allocatedBy = (state: AssessmentState, event: FieldworkEvent): AssessmentState => {
  switch (event.type) {
    case "CaseAllocated":
    case "CaseReallocated":
      return { ...state, allocation: new Map(state.allocation).set(event.case, event.to) };
    case "ConflictDeclared":
      return { ...state, conflicts: conflictsBy(state.conflicts, event) };
    case "QualitySampleDrawn":
    case "FieldworkOpened":
    case "EvidenceLogged":
    case "SurveyClosed":
    case "AlertRaised":
    case "AlertNotified":
    case "AlertAnswered":
    case "AlertClosed":
    case "DomainOneProposed":
    case "InitialFeedbackGiven":
    case "FieldworkClosed":
      return state;
  }
};

export const ratedBy = (state: AssessmentState, event: PanelEvent): AssessmentState => {
  switch (event.type) {
    case "RatingsConcluded":
      return { ...state, rated: true };
    case "PanelReconvened":
      return { ...state, rated: false };
    case "PanelConvened":
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
    case "OverallDecided":
      return state;
  }
};
