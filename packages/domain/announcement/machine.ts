/**
 * The phases of an inspection until its sample is notified, as a picture. Its events are the
 * recorded facts. A postponed inspection goes on where it was.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf } from "../kernel/chart.ts";
import type { InspectionEvent } from "./events.ts";

/** Possible at any time before the end, and nothing moves by it. */
const arranging = (phase: string) => ({
  TeamAssigned: phase,
  LeadDelegated: phase,
  DelegationEnded: phase,
  InspectionRescheduled: phase,
});

/** From the announcement on, things are asked of the service and arrive. */
const requesting = (phase: string) => ({
  ...arranging(phase),
  RequestOpened: phase,
  SubmissionReceived: phase,
  SubmissionReturned: phase,
  LettersWritten: phase,
  RequestSatisfied: phase,
  RequestChased: phase,
});

export const inspectionMachine = setup({ types: { events: {} as InspectionEvent } }).createMachine({
  id: "inspection",
  initial: "unscheduled",
  states: {
    unscheduled: { on: { InspectionScheduled: "active" } },
    active: {
      initial: "scheduled",
      on: { InspectionPostponed: "postponed", InspectionCancelled: "cancelled" },
      states: {
        scheduled: { on: { ...arranging("scheduled"), InspectionAnnounced: "announced" } },
        announced: { on: { ...requesting("announced"), CaseListSubmitted: "listed" } },
        listed: {
          on: {
            ...requesting("listed"),
            CaseListReturned: "announced",
            SampleDrawn: "sampled",
          },
        },
        sampled: {
          on: { ...requesting("sampled"), NonceRevealed: "sampled", SampleNotified: "notified" },
        },
        notified: {
          on: {
            ...requesting("notified"),
            InterviewBooked: "notified",
            CaseReplaced: "notified",
            CaseWithdrawn: "notified",
          },
        },
        where: { type: "history" },
      },
    },
    postponed: {
      on: {
        TeamAssigned: "postponed",
        InspectionResumed: "active.where",
        InspectionCancelled: "cancelled",
      },
    },
    cancelled: { type: "final" },
  },
});

export type InspectionPhase = SnapshotFrom<typeof inspectionMachine>;

export const inspectionChart = chartOf(inspectionMachine, [
  "TeamAssigned",
  "LeadDelegated",
  "DelegationEnded",
  "InspectionRescheduled",
  "RequestOpened",
  "SubmissionReceived",
  "SubmissionReturned",
  "LettersWritten",
  "RequestSatisfied",
  "RequestChased",
  "NonceRevealed",
  "InterviewBooked",
  "CaseReplaced",
  "CaseWithdrawn",
]);
