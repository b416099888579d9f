/**
 * The phases of one case's assessment as a picture: the marking that decides, and beside it the
 * second marking that measures agreement. Its events are the recorded facts.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../../kernel/chart.ts";
import type { AssessmentCommand } from "./commands.ts";
import type { AssessmentEvent } from "./events.ts";

const answering = {
  ClassificationJudged: "open",
  InterviewHeld: "open",
  JudgementRecorded: "open",
  JudgementWithdrawn: "open",
  ScopeRecorded: "open",
} as const;

export const assessmentMachine = setup({
  types: { events: {} as AssessmentEvent, meta: {} as PhaseMeta },
}).createMachine({
  id: "assessment",
  type: "parallel",
  states: {
    first: {
      initial: "unscoped",
      states: {
        unscoped: {
          meta: { words: "the scope of the case has not been recorded" },
          on: { ScopeRecorded: "open", InterviewHeld: "unscoped" },
        },
        open: {
          meta: { words: "the case is being assessed" },
          on: { ...answering, AssessmentCompleted: "completed" },
        },
        completed: {
          meta: { words: "the assessment is complete" },
          on: {
            AssessmentReviewed: "completed",
            AssessmentReturned: "open",
            AssessmentConfirmed: "confirmed",
          },
        },
        confirmed: {
          meta: { words: "the assessment is confirmed" },
          on: { AssessmentReviewed: "confirmed", AssessmentReopened: "open" },
        },
      },
    },
    second: {
      initial: "unassigned",
      states: {
        unassigned: { on: { SecondMarkingAssigned: "assigned" } },
        assigned: {
          meta: { words: "a second marking is under way" },
          on: {
            SecondMarkingAssigned: "assigned",
            SecondJudgementRecorded: "assigned",
            SecondMarkingCompleted: "marked",
          },
        },
        marked: { meta: { words: "the second marking is complete" } },
      },
    },
  },
});

export type AssessmentPhase = SnapshotFrom<typeof assessmentMachine>;

const answered = ["under-way", "in-fieldwork"] as const;

export const assessmentChart = chartOf<typeof assessmentMachine, AssessmentCommand["type"]>(
  assessmentMachine,
  {
    RecordScope: ["ScopeRecorded"],
    JudgeClassification: ["ClassificationJudged"],
    RecordInterview: ["InterviewHeld"],
    RecordJudgement: ["JudgementRecorded"],
    CompleteAssessment: ["AssessmentCompleted"],
    ReviewAssessment: ["AssessmentReviewed"],
    ReturnAssessment: ["AssessmentReturned"],
    ConfirmAssessment: ["AssessmentConfirmed"],
    ReopenAssessment: ["AssessmentReopened"],
    AssignSecondMarking: ["SecondMarkingAssigned"],
    RecordSecondJudgement: ["SecondJudgementRecorded"],
    CompleteSecondMarking: ["SecondMarkingCompleted"],
  },
  {
    RecordScope: answered,
    JudgeClassification: answered,
    RecordInterview: answered,
    RecordJudgement: answered,
    CompleteAssessment: answered,
  },
);
