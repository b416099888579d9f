/**
 * The phases of an inspection until its sample is notified: what may happen when, and what is owed.
 * Its events are the recorded facts. A postponed inspection goes on where it was.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../kernel/chart.ts";
import type { InspectionCommand } from "./commands.ts";
import type { InspectionEvent } from "./events.ts";

export type InspectionDuty = "announce" | "list" | "send" | "chase" | "draw" | "notify" | "resume";

/** Possible at any time before the end, and nothing moves by it. */
const arranging = (phase: string) => ({
  TeamAssigned: phase,
  LeadDelegated: phase,
  DelegationEnded: phase,
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

/** What was asked of the service is owed until it came; a list that was read comes as a file. */
const requested = (list: "SubmitCaseList" | "ReceiveSubmission") =>
  ({
    list: { owner: "provider-user", by: list },
    send: { owner: "provider-user", by: "ReceiveSubmission" },
    chase: { owner: "system", by: "ChaseRequest" },
  }) as const;

export const inspectionMachine = setup({
  types: {
    events: {} as InspectionEvent,
    meta: {} as PhaseMeta<InspectionDuty, InspectionCommand["type"]>,
  },
}).createMachine({
  id: "inspection",
  initial: "unscheduled",
  states: {
    unscheduled: {
      meta: { words: "the inspection has not been scheduled" },
      on: { InspectionScheduled: "active" },
    },
    active: {
      initial: "scheduled",
      on: { InspectionPostponed: "postponed", InspectionCancelled: "cancelled" },
      states: {
        scheduled: {
          meta: {
            words: "the inspection has been scheduled, and is to be announced",
            owed: { announce: { owner: "scheduler", by: "AnnounceInspection" } },
          },
          on: {
            ...arranging("scheduled"),
            InspectionRescheduled: "scheduled",
            InspectionAnnounced: "announced",
          },
        },
        announced: {
          meta: {
            words: "the inspection has been announced, and the service is to send its case list",
            owed: requested("SubmitCaseList"),
          },
          on: {
            ...requesting("announced"),
            InspectionRescheduled: "announced",
            SampleSizesSet: "announced",
            BeaconNamed: "announced",
            CommitmentRenewed: "announced",
            CaseListSubmitted: "listed",
            SampleNotRequired: "unsampled",
          },
        },
        unsampled: {
          meta: {
            words: "the inspection has been announced, and no cases are sampled",
            owed: requested("ReceiveSubmission"),
          },
          on: { ...requesting("unsampled"), InspectionRescheduled: "unsampled" },
        },
        listed: {
          meta: {
            words: "the case list has been received, and the sample is to be drawn",
            owed: {
              ...requested("ReceiveSubmission"),
              draw: { owner: "research-analyst", by: "DrawSample" },
            },
          },
          on: {
            ...requesting("listed"),
            InspectionRescheduled: "listed",
            SampleSizesSet: "listed",
            CommitmentRenewed: "listed",
            BeaconNamed: "listed",
            CaseListReturned: "announced",
            SampleDrawn: "sampled",
          },
        },
        sampled: {
          meta: {
            words: "the sample has been drawn, and the service is to be notified of it",
            owed: {
              ...requested("ReceiveSubmission"),
              notify: { owner: "research-analyst", by: "NotifySample" },
            },
          },
          on: {
            ...requesting("sampled"),
            NonceRevealed: "sampled",
            DrawCountersigned: "sampled",
            SampleNotified: "notified",
          },
        },
        notified: {
          meta: {
            words: "the service has been notified of the sample",
            owed: requested("ReceiveSubmission"),
          },
          on: {
            ...requesting("notified"),
            DrawCountersigned: "notified",
            InterviewBooked: "notified",
            ReplacementProposed: "notified",
            CaseReplaced: "notified",
            CaseWithdrawn: "notified",
          },
        },
        where: { type: "history" },
      },
    },
    postponed: {
      meta: {
        words: "the inspection is postponed",
        owed: { resume: { owner: "head-of-programme", by: "ResumeInspection" } },
      },
      on: {
        TeamAssigned: "postponed",
        InspectionResumed: "active.where",
        InspectionCancelled: "cancelled",
      },
    },
    cancelled: { type: "final", meta: { words: "the inspection was cancelled" } },
  },
});

export type InspectionPhase = SnapshotFrom<typeof inspectionMachine>;

export const inspectionChart = chartOf<typeof inspectionMachine, InspectionCommand["type"]>(
  inspectionMachine,
  {
    ScheduleInspection: ["InspectionScheduled"],
    RescheduleInspection: ["InspectionRescheduled"],
    AssignTeam: ["TeamAssigned"],
    DelegateLead: ["LeadDelegated"],
    EndDelegation: ["DelegationEnded"],
    AnnounceInspection: ["InspectionAnnounced"],
    NameBeacon: ["BeaconNamed"],
    ReceiveSubmission: ["SubmissionReceived"],
    ReturnSubmission: ["SubmissionReturned"],
    SatisfyRequest: ["RequestSatisfied"],
    ChaseRequest: ["RequestChased"],
    SubmitCaseList: ["CaseListSubmitted"],
    ReturnCaseList: ["CaseListReturned"],
    SetSampleSizes: ["SampleSizesSet"],
    DrawSample: ["SampleDrawn"],
    NotifySample: ["SampleNotified"],
    CountersignDraw: ["DrawCountersigned"],
    BookInterview: ["InterviewBooked"],
    ReplaceCase: ["CaseReplaced", "CaseWithdrawn", "ReplacementProposed"],
    ApproveReplacement: ["CaseReplaced", "CaseWithdrawn"],
    PostponeInspection: ["InspectionPostponed"],
    ResumeInspection: ["InspectionResumed"],
    CancelInspection: ["InspectionCancelled"],
  },
  {
    ScheduleInspection: [],
    RescheduleInspection: ["under-way", "before-fieldwork"],
    AssignTeam: ["kept"],
    ReplaceCase: ["under-way", "before-panel"],
    ApproveReplacement: ["under-way", "before-panel"],
    PostponeInspection: ["kept", "unpublished"],
    ResumeInspection: ["kept"],
    CancelInspection: ["kept", "unpublished"],
  },
);
