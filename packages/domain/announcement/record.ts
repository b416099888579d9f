/** What each fact adds to what is known of an inspection before fieldwork. Total, never a judge. */
import { briefedBy } from "../briefing/inspection.ts";
import type { AssessmentEvent } from "../fieldwork/assessment/events.ts";
import type { SettingId } from "../framework/setting-id.ts";
import { CASE_LIST } from "../framework/timetable.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import type { InspectionEvent } from "./events.ts";
import type { InspectionState, OpenRequest } from "./state.ts";

export const recorded = (state: InspectionState, event: InspectionEvent): InspectionState => ({
  ...own(state, event),
  briefing: briefedBy(state.briefing, event),
});

const own = (state: InspectionState, event: InspectionEvent): InspectionState => {
  switch (event.type) {
    case "InspectionScheduled":
      return { ...state, scheduled: event };
    case "InspectionAnnounced":
      return { ...state, commitment: event.commitment };
    case "BeaconNamed":
      return { ...state, beacon: event.beacon };
    case "CommitmentRenewed":
      return { ...state, commitment: event.commitment, renewed: state.renewed + 1 };
    case "SampleSizesSet":
      return { ...state, overrides: event.overrides };
    case "RequestOpened":
      return requested(state, event.request, { due: event.due, chased: false });
    case "SubmissionReceived": {
      const received = state.requests.get(event.request)?.received ?? [];
      return requested(state, event.request, { received: new Set([...received, event.digest]) });
    }
    case "SubmissionReturned":
      return sentBack(state, event);
    case "LettersWritten":
      return { ...state, letters: event };
    case "RequestSatisfied":
      return requested(state, event.request, { satisfied: true });
    case "RequestChased":
      return requested(state, event.request, { chased: true });
    case "CaseListSubmitted":
      return {
        ...requested(state, CASE_LIST, { satisfied: true }),
        listDigest: event.digest,
        listColumns: event.columns,
        cases: new Map(event.cases.map((row) => [row.case, row])),
      };
    case "CaseListReturned":
      return {
        ...requested(state, CASE_LIST, { satisfied: false }),
        listDigest: undefined,
        listColumns: [],
        cases: new Map(),
      };
    case "SampleDrawn":
      return { ...state, draw: event.draw };
    case "ReplacementProposed":
      return { ...state, proposed: new Map(state.proposed).set(event.case, event) };
    case "CaseReplaced": {
      const called = new Set(state.called).add(event.replacement);
      return { ...state, called, proposed: without(state.proposed, event.case) };
    }
    case "CaseWithdrawn":
      return { ...state, proposed: without(state.proposed, event.case) };
    case "InspectionResumed": {
      const { timetable = null } = state.briefing;
      return { ...state, daysKept: canonicalJson(timetable) === canonicalJson(event.timetable) };
    }
    case "SampleNotRequired":
    case "InspectionRescheduled":
    case "TeamAssigned":
    case "LeadDelegated":
    case "DelegationEnded":
    case "NonceRevealed":
    case "SampleNotified":
    case "InterviewBooked":
    case "DrawCountersigned":
    case "InspectionPostponed":
    case "InspectionCancelled":
      return state;
  }
};

const without = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> =>
  new Map([...map].filter(([each]) => each !== key));

/** It is asked for again; a reason that is put otherwise later asks for nothing more. */
const sentBack = (
  state: InspectionState,
  { request, digest }: Extract<InspectionEvent, { type: "SubmissionReturned" }>,
): InspectionState => {
  const former = state.requests.get(request);
  const received = new Set(former?.received);
  const again = !received.delete(digest);
  const returned = new Set(former?.returned).add(digest);
  return requested(state, request, { received, returned, ...(!again && { satisfied: false }) });
};

const unanswered = {
  received: new Set<never>(),
  returned: new Set<never>(),
  satisfied: false,
  chased: false,
};

const requested = (
  state: InspectionState,
  kind: SettingId,
  change: Partial<OpenRequest>,
): InspectionState => {
  const former = state.requests.get(kind);
  const due = change.due ?? former?.due;
  if (!due) return state;
  const request = { ...unanswered, ...former, ...change, due };
  return { ...state, requests: new Map(state.requests).set(kind, request) };
};

/** Whether an assessment is confirmed decides whether its case may still be replaced. */
export const assessed = (state: InspectionState, event: AssessmentEvent): InspectionState => {
  switch (event.type) {
    case "AssessmentConfirmed":
      return { ...state, confirmed: new Set(state.confirmed).add(event.case) };
    case "AssessmentReopened": {
      const confirmed = new Set(state.confirmed);
      confirmed.delete(event.case);
      return { ...state, confirmed };
    }
    case "JudgementRecorded":
      return { ...state, answered: new Set(state.answered).add(event.case) };
    case "ScopeRecorded":
    case "ClassificationJudged":
    case "InterviewHeld":
    case "JudgementWithdrawn":
    case "AssessmentCompleted":
    case "AssessmentReviewed":
    case "AssessmentReturned":
    case "SecondMarkingAssigned":
    case "SecondJudgementRecorded":
    case "SecondMarkingCompleted":
      return state;
  }
};
