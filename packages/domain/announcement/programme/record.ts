/** What each fact adds to what is known of a programme. Total, never a judge. */
import type { InspectionEvent } from "../events.ts";
import type { Placement, ProgrammeEvent } from "./events.ts";
import { type DeclaredBlackout, keyOf, type ProgrammeState } from "./state.ts";

export const recorded = (state: ProgrammeState, event: ProgrammeEvent): ProgrammeState =>
  own({ ...state, changed: event.at }, event);

export const sameBlackout = (a: DeclaredBlackout, b: DeclaredBlackout): boolean =>
  a.period.first === b.period.first && a.period.last === b.period.last && a.service === b.service;

const own = (state: ProgrammeState, event: ProgrammeEvent): ProgrammeState => {
  switch (event.type) {
    case "ProgrammeOpened":
      return { ...state, opened: event, rules: event.rules };
    case "PlanningRulesChanged":
      return { ...state, rules: event.rules };
    case "ServicesEnrolled":
      return { ...state, services: withAll(state.services, event.services) };
    case "ServiceRemoved":
      return {
        ...state,
        services: without(state.services, event.service),
        placements: without(state.placements, event.service),
        fixed: new Set([...state.fixed].filter((service) => service !== event.service)),
      };
    case "InspectorsRegistered":
      return { ...state, inspectors: withAll(state.inspectors, event.inspectors) };
    case "InspectorReleased":
      return { ...state, inspectors: without(state.inspectors, event.inspector) };
    case "BlackoutDeclared": {
      const { period, service } = event;
      return { ...state, blackouts: [...others(state, event), { period, service }] };
    }
    case "BlackoutLifted":
      return { ...state, blackouts: others(state, event) };
    case "ScheduleProposed":
      return { ...state, proposal: event, placements: placed(event.placements) };
    case "PlacementChanged": {
      const { placement } = event;
      return {
        ...state,
        placements: new Map(state.placements).set(placement.service, placement),
        fixed: new Set(state.fixed).add(placement.service),
      };
    }
    case "PlacementReleased":
      return {
        ...state,
        fixed: new Set([...state.fixed].filter((service) => service !== event.service)),
      };
    case "ScheduleConfirmed":
      return state;
  }
};

type SaysBlackout = Extract<ProgrammeEvent, { type: "BlackoutDeclared" | "BlackoutLifted" }>;

const others = (
  { blackouts }: ProgrammeState,
  { period, service }: SaysBlackout,
): readonly DeclaredBlackout[] =>
  blackouts.filter((each) => !sameBlackout(each, { period, service }));

const withAll = <Id, Item extends { readonly id: Id }>(
  known: ReadonlyMap<Id, Item>,
  items: readonly Item[],
): ReadonlyMap<Id, Item> => new Map([...known, ...items.map((item) => [item.id, item] as const)]);

const without = <Id, Item>(known: ReadonlyMap<Id, Item>, id: Id): ReadonlyMap<Id, Item> =>
  new Map([...known].filter(([each]) => each !== id));

const placed = (placements: readonly Placement[]): ProgrammeState["placements"] =>
  new Map(
    placements.map(({ service, start, end, team }) => [service, { service, start, end, team }]),
  );

/** Which of the programme's services have their inspection. */
export const scheduled = (state: ProgrammeState, event: InspectionEvent): ProgrammeState => {
  switch (event.type) {
    case "InspectionScheduled":
      return event.programme === undefined
        ? state
        : {
            ...state,
            scheduled: new Set(state.scheduled).add(keyOf(event.programme, event.service.id)),
          };
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
    case "CaseListSubmitted":
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
    case "InspectionCancelled":
      return state;
  }
};
