/** What bars a command of an inspection beside the phase, whatever its fields say. */
import { dayInEngland } from "../kernel/instants.ts";
import type { Bars } from "../lifecycle/aggregate.ts";
import { notIn } from "../lifecycle/possible.ts";
import { withoutRounds } from "./commitment.ts";
import type { InspectionCommand, InspectionRefusal } from "./commands.ts";
import { programmeChart } from "./programme/machine.ts";
import { notReplaceable, unapprovable } from "./replacement.ts";
import { type InspectionState, requestOf } from "./state.ts";

type Barred = Bars<InspectionCommand["type"], InspectionState, InspectionRefusal>;

/** An inspection of a programme begins once its schedule holds, as far as that is known. */
const unconfirmed = ({ planning }: InspectionState) =>
  planning === programmeChart.initial || planning.matches("confirmed")
    ? undefined
    : notIn(programmeChart, planning, (phase) => phase.matches("confirmed"));

export const inspectionBarred: Barred = {
  ScheduleInspection: ({ programme }, state) =>
    programme === undefined ? undefined : unconfirmed(state),
  DelegateLead: (_, { briefing }) =>
    briefing.team.some(({ role }) => role === "deputy-lead-inspector")
      ? undefined
      : { reason: "NoDeputy" },
  EndDelegation: (_, { briefing }) => (briefing.delegate ? undefined : { reason: "NotDelegated" }),
  ReturnSubmission: ({ request }, state) => {
    if (request === undefined) return undefined;
    const { received, returned } = requestOf(state, request);
    return received.size + returned.size > 0 ? undefined : { reason: "NothingReceived", request };
  },
  SatisfyRequest: ({ request }, state) =>
    request !== undefined && requestOf(state, request).satisfied
      ? { reason: "RequestNotOpen", request }
      : undefined,
  ChaseRequest: ({ request, at }, state) => {
    if (request === undefined) return undefined;
    const { satisfied, due } = requestOf(state, request);
    if (satisfied) return { reason: "RequestNotOpen", request };
    return dayInEngland(at) > due ? undefined : { reason: "NotYetDue", due };
  },
  NameBeacon: ({ at }, state) => withoutRounds(at, state),
  DrawSample: ({ at }, { beacon: named }) =>
    named && at < named.at ? { reason: "BeaconNotAcceptable", named, why: "too-early" } : undefined,
  BookInterview: ({ case: id }, { briefing }) =>
    id === undefined || briefing.sample.has(id)
      ? undefined
      : { reason: "NotInTheSample", case: id },
  ReplaceCase: ({ case: id }, state) => (id === undefined ? undefined : notReplaceable(id, state)),
  ApproveReplacement: ({ case: id, by }, state) =>
    id === undefined ? undefined : unapprovable(id, by, state),
};
