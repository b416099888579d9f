/** The fields that name what each fact is about: a later fact with the same ones replaces it. */
import type { InspectionEvent } from "./events.ts";

type Of<Type extends InspectionEvent["type"]> = Extract<InspectionEvent, { type: Type }>;

export const inspectionAbout: Readonly<{
  [Type in InspectionEvent["type"]]: readonly (keyof Of<Type> & string)[];
}> = {
  InspectionScheduled: [],
  InspectionRescheduled: [],
  TeamAssigned: [],
  LeadDelegated: [],
  DelegationEnded: [],
  InspectionAnnounced: [],
  SampleNotRequired: [],
  BeaconNamed: [],
  CommitmentRenewed: [],
  SampleSizesSet: [],
  LettersWritten: [],
  RequestOpened: ["request"],
  SubmissionReceived: ["request", "digest"],
  SubmissionReturned: ["request", "digest"],
  RequestSatisfied: ["request"],
  RequestChased: ["request"],
  CaseListSubmitted: [],
  CaseListReturned: [],
  SampleDrawn: [],
  NonceRevealed: [],
  SampleNotified: [],
  DrawCountersigned: [],
  InterviewBooked: ["case"],
  ReplacementProposed: ["case"],
  CaseReplaced: ["case"],
  CaseWithdrawn: ["case"],
  InspectionPostponed: [],
  InspectionResumed: [],
  InspectionCancelled: [],
};
