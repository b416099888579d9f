/** The phases of fieldwork as a picture. Its events are the recorded facts. */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf } from "../kernel/chart.ts";
import type { FieldworkEvent } from "./events.ts";

export const fieldworkMachine = setup({ types: { events: {} as FieldworkEvent } }).createMachine({
  id: "fieldwork",
  initial: "prepared",
  states: {
    prepared: {
      on: {
        CaseAllocated: "prepared",
        CaseReallocated: "prepared",
        ConflictDeclared: "prepared",
        EvidenceLogged: "prepared",
        FieldworkOpened: "opened",
      },
    },
    opened: {
      on: {
        CaseAllocated: "opened",
        CaseReallocated: "opened",
        ConflictDeclared: "opened",
        QualitySampleDrawn: "opened",
        EvidenceLogged: "opened",
        SurveyClosed: "opened",
        AlertRaised: "opened",
        AlertNotified: "opened",
        AlertAnswered: "opened",
        AlertClosed: "opened",
        DomainOneProposed: "opened",
        InitialFeedbackGiven: "opened",
        FieldworkClosed: "closed",
      },
    },
    closed: {
      // A reopened assessment may need another hand, and a closed inspection may still hear of an
      // alert.
      on: {
        CaseReallocated: "closed",
        ConflictDeclared: "closed",
        AlertAnswered: "closed",
        AlertClosed: "closed",
      },
    },
  },
});

export type FieldworkPhase = SnapshotFrom<typeof fieldworkMachine>;

export const fieldworkChart = chartOf(fieldworkMachine, [
  "CaseAllocated",
  "CaseReallocated",
  "ConflictDeclared",
  "QualitySampleDrawn",
  "EvidenceLogged",
  "SurveyClosed",
  "AlertRaised",
  "AlertNotified",
  "AlertAnswered",
  "AlertClosed",
  "DomainOneProposed",
  "InitialFeedbackGiven",
]);
