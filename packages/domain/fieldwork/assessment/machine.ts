/**
 * The phases of one case's assessment as a picture: the marking that decides, and beside it the
 * second marking that measures agreement. Its events are the recorded facts.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf } from "../../kernel/chart.ts";
import type { AssessmentEvent } from "./events.ts";

const answering = {
  ClassificationJudged: "open",
  InterviewHeld: "open",
  JudgementRecorded: "open",
  JudgementWithdrawn: "open",
  ScopeRecorded: "open",
} as const;

export const assessmentMachine = setup({ types: { events: {} as AssessmentEvent } }).createMachine({
  id: "assessment",
  type: "parallel",
  states: {
    first: {
      initial: "unscoped",
      states: {
        unscoped: { on: { ScopeRecorded: "open", InterviewHeld: "unscoped" } },
        open: { on: { ...answering, AssessmentCompleted: "completed" } },
        completed: {
          on: {
            AssessmentReviewed: "completed",
            AssessmentReturned: "open",
            AssessmentConfirmed: "confirmed",
          },
        },
        confirmed: { on: { AssessmentReviewed: "confirmed", AssessmentReopened: "open" } },
      },
    },
    second: {
      initial: "unassigned",
      states: {
        unassigned: { on: { SecondMarkingAssigned: "assigned" } },
        assigned: {
          on: {
            SecondMarkingAssigned: "assigned",
            SecondJudgementRecorded: "assigned",
            SecondMarkingCompleted: "marked",
          },
        },
        marked: {},
      },
    },
  },
});

export type AssessmentPhase = SnapshotFrom<typeof assessmentMachine>;

export const assessmentChart = chartOf(assessmentMachine, [
  "ClassificationJudged",
  "InterviewHeld",
  "JudgementRecorded",
  "JudgementWithdrawn",
  "AssessmentReviewed",
  "SecondJudgementRecorded",
]);
