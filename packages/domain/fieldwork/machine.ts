/**
 * Fieldwork as a picture: what may happen when, and what is owed. Its events are the recorded
 * facts. Duties about single cases are settled by the commands of their assessments.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../kernel/chart.ts";
import type { AssessmentCommand } from "./assessment/commands.ts";
import type { FieldworkCommand } from "./commands.ts";
import type { FieldworkEvent } from "./events.ts";

export type FieldworkDuty =
  | "open"
  | "allocate"
  | "passOn"
  | "assess"
  | "confirm"
  | "secondMark"
  | "passOnSecond"
  | "review"
  | "assignSecond"
  | "notifyAlert"
  | "answerAlert"
  | "closeAlert"
  | "feedback"
  | "propose"
  | "close";

type Settling = FieldworkCommand["type"] | AssessmentCommand["type"];

const lead = "lead-inspector";
const quality = "quality-lead";

/** Possible until fieldwork closes: a reopened assessment may need another hand even then. */
const staffing = (phase: string) => ({
  CaseAllocated: phase,
  CaseReallocated: phase,
  ConflictDeclared: phase,
});

const cases = {
  passOn: { owner: lead, by: "AllocateCase" },
  assess: { owner: "inspector", by: "CompleteAssessment" },
} as const;

const marked = {
  confirm: { owner: lead, by: "ConfirmAssessment" },
  secondMark: { owner: "inspector", by: "CompleteSecondMarking" },
  passOnSecond: { owner: quality, by: "AssignSecondMarking" },
  answerAlert: { owner: "provider-user", by: "AnswerAlert" },
  closeAlert: { owner: lead, by: "CloseAlert" },
} as const;

export const fieldworkMachine = setup({
  types: { events: {} as FieldworkEvent, meta: {} as PhaseMeta<FieldworkDuty, Settling> },
}).createMachine({
  id: "fieldwork",
  initial: "prepared",
  states: {
    prepared: {
      meta: {
        words: "fieldwork has not begun",
        owed: {
          open: { owner: "system", by: "OpenFieldwork" },
          allocate: { owner: lead, by: "AllocateCase" },
          ...cases,
        },
      },
      on: { ...staffing("prepared"), EvidenceLogged: "prepared", FieldworkOpened: "opened" },
    },
    opened: {
      meta: {
        words: "fieldwork is under way",
        owed: {
          allocate: { owner: lead, by: "AllocateCase" },
          ...cases,
          ...marked,
          notifyAlert: { owner: lead, by: "NotifyAlert" },
          review: { owner: quality, by: "ReviewAssessment" },
          assignSecond: { owner: quality, by: "AssignSecondMarking" },
          feedback: { owner: lead, by: "GiveInitialFeedback" },
          propose: { owner: lead, by: "ProposeDomainOne" },
          close: { owner: lead, by: "CloseFieldwork" },
        },
      },
      on: {
        ...staffing("opened"),
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
      meta: { words: "fieldwork has closed", owed: { ...cases, ...marked } },
      // A closed inspection may still hear of an alert.
      on: { ...staffing("closed"), AlertAnswered: "closed", AlertClosed: "closed" },
    },
  },
});

export type FieldworkPhase = SnapshotFrom<typeof fieldworkMachine>;

export const fieldworkChart = chartOf<typeof fieldworkMachine, FieldworkCommand["type"]>(
  fieldworkMachine,
  {
    AllocateCase: ["CaseAllocated", "CaseReallocated"],
    DeclareConflict: ["ConflictDeclared"],
    DrawQualitySample: ["QualitySampleDrawn"],
    OpenFieldwork: ["FieldworkOpened"],
    LogEvidence: ["EvidenceLogged"],
    CloseSurvey: ["SurveyClosed"],
    RaiseAlert: ["AlertRaised"],
    NotifyAlert: ["AlertNotified"],
    AnswerAlert: ["AlertAnswered"],
    CloseAlert: ["AlertClosed"],
    ProposeDomainOne: ["DomainOneProposed"],
    GiveInitialFeedback: ["InitialFeedbackGiven"],
    CloseFieldwork: ["FieldworkClosed"],
  },
  { OpenFieldwork: ["under-way", "ready"], LogEvidence: ["under-way", "announced"] },
);
