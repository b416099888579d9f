/**
 * How one case is assessed: scope first, then every applicable prompt and relevant key question,
 * then completion, confirmation, and for a share of cases a second marking.
 */
import { type InspectionEvent, isInspectionEvent } from "../../announcement/events.ts";
import { answersIn, emptyFile, filedBy } from "../../briefing/case-file.ts";
import { briefedBy, teamRelations, unbriefed } from "../../briefing/inspection.ts";
import type { Relation } from "../../kernel/actor.ts";
import { canonicalJson } from "../../kernel/canonical.ts";
import { accept, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
} from "../../kernel/stream.ts";
import { aggregateOf, type Asking } from "../../lifecycle/aggregate.ts";
import { isPanelEvent, type PanelEvent } from "../../panel/events.ts";
import { type FieldworkEvent, isFieldworkEvent } from "../events.ts";
import {
  type AssessmentCommand,
  type AssessmentCommandOf,
  assessmentPermissions,
  type AssessmentRefusal,
} from "./commands.ts";
import { isConflicted, keptAway, noConflicts } from "../conflicts.ts";
import { unanswered, unusual } from "./completeness.ts";
import { type AssessmentEvent, isAssessmentEvent } from "./events.ts";
import { answerTally, judge, judgeAgain } from "./judge.ts";
import { assessmentChart } from "./machine.ts";
import { allocatedBy, ratedBy } from "./record.ts";
import { recordScope } from "./scope.ts";
import type { AssessmentAnswer, AssessmentState } from "./state.ts";

type Known = InspectionEvent | FieldworkEvent | AssessmentEvent | PanelEvent;

export const assessment = aggregateOf<
  AssessmentCommand,
  AssessmentEvent,
  Known,
  AssessmentState,
  AssessmentRefusal
>({
  chart: assessmentChart,
  isOwn: isAssessmentEvent,
  permissions: assessmentPermissions,
  unknown: "UnknownInspection",
  initial: {
    briefing: unbriefed,
    rated: false,
    allocation: new Map(),
    conflicts: noConflicts,
    file: emptyFile,
  },

  stream: (command) => assessmentStream(command.inspection, command.case),
  consults: ({ type, inspection }) => [
    inspectionStream(inspection),
    fieldworkStream(inspection),
    ...(type === "ReopenAssessment" ? [panelStream(inspection)] : []),
  ],

  evolve: (state, event) => {
    if (isInspectionEvent(event)) return { ...state, briefing: briefedBy(state.briefing, event) };
    if (isFieldworkEvent(event)) return allocatedBy(state, event);
    if (isPanelEvent(event)) return ratedBy(state, event);
    return { ...state, file: filedBy(state.file, event) };
  },

  relations: (asking, state) => relationsOf(asking, state),
  /** Whoever finds a conflict of interest keeps away, whatever they answered before. */
  stopped: ({ type, by, case: id }, { briefing, conflicts }) => {
    if (id === undefined) return undefined;
    return briefing.sample.has(id)
      ? keptAway({ type, by, case: id }, conflicts)
      : { reason: "NotInTheSample", case: id };
  },
  barred: {
    CompleteAssessment: (_, state) => unanswered(state),
    ReopenAssessment: (_, { rated }) => (rated ? { reason: "RatingsConcluded" } : undefined),
    AssignSecondMarking: ({ case: id }, { file: { status } }) =>
      id === undefined || status === "completed" || status === "confirmed"
        ? undefined
        : { reason: "AssessmentNotComplete", case: id },
    CompleteSecondMarking: (_, state) => unmarked(state),
  },
  decide: (command, state) => answer(command, state),
  about: {
    ScopeRecorded: [],
    ClassificationJudged: ["of"],
    InterviewHeld: [],
    JudgementRecorded: ["question"],
    JudgementWithdrawn: ["question"],
    AssessmentCompleted: [],
    AssessmentReviewed: [],
    AssessmentReturned: [],
    AssessmentConfirmed: [],
    AssessmentReopened: [],
    SecondMarkingAssigned: [],
    SecondJudgementRecorded: ["question"],
    SecondMarkingCompleted: [],
  },
  written: {
    /** An answer that comes again needs no reason; one that gives a reason says something. */
    RecordJudgement: ({ case: id, question, answer: given, rationale, evidence, reason }) => ({
      case: id,
      question,
      answer: given,
      rationale,
      evidence,
      ...(reason !== undefined && { reason }),
    }),
    RecordSecondJudgement: ({ case: id, question, answer: given, rationale }) => ({
      case: id,
      question,
      answer: given,
      rationale,
    }),
  },
  holds: {
    RecordScope: ({ scope }, { file }) =>
      file.scope !== undefined && canonicalJson(file.scope) === canonicalJson(scope),
    JudgeClassification: ({ of, answer: given }, { file }) => file.tallies.get(of) === given,
    RecordInterview: (_, { file }) => file.interviewed,
    RecordJudgement: ({ question, answer: given }, { file }) =>
      answersIn(file).get(question)?.answer === given,
    ReviewAssessment: (_, { file }) => file.reviewed && file.status !== "returned",
    ReturnAssessment: (_, { file }) => file.status === "returned",
    ReopenAssessment: (_, { file }) => file.status === "reopened",
    AssignSecondMarking: ({ to }, { file }) => file.second?.by === to,
    RecordSecondJudgement: ({ question, answer: given }, { file }) =>
      answersIn(file.second).get(question)?.answer === given,
    CompleteSecondMarking: (_, { file }) => file.second?.completed === true,
  },
});

const relationsOf = (asking: Asking, state: AssessmentState): readonly Relation[] => [
  ...teamRelations(state.briefing, asking.by),
  ...caseRelations(asking, state),
];

/** How somebody stands to a case. */
export const caseRelations = (
  { by, case: id }: Asking,
  { allocation, file }: Pick<AssessmentState, "allocation" | "file">,
): readonly Relation[] => {
  return [
    ...(id !== undefined && allocation.get(id) === by.id ? (["allocated"] as const) : []),
    ...(file.judges.has(by.id) ? (["first-marker"] as const) : []),
    ...(file.second?.by === by.id ? (["second-marker"] as const) : []),
  ];
};

const answer = (command: AssessmentCommand, state: AssessmentState): AssessmentAnswer => {
  switch (command.type) {
    case "RecordScope":
      return recordScope(command, state);
    case "JudgeClassification":
      return answerTally(command, state);
    case "RecordInterview":
      return recordInterview(command);
    case "RecordJudgement":
      return judge(command, state);
    case "CompleteAssessment":
      return complete(command, state);
    case "ReviewAssessment":
      return review(command);
    case "ReturnAssessment":
      return sendBack(command);
    case "ConfirmAssessment":
      return confirm(command);
    case "ReopenAssessment":
      return reopen(command);
    case "AssignSecondMarking":
      return assignSecond(command, state);
    case "RecordSecondJudgement":
      return judgeAgain(command, state);
    case "CompleteSecondMarking":
      return completeSecond(command);
  }
};

const recordInterview = (command: AssessmentCommandOf<"RecordInterview">): AssessmentAnswer => {
  const { case: id, day, note } = command;
  return accept({ type: "InterviewHeld", ...stampOf(command), case: id, day, text: { note } });
};

const complete = (
  command: AssessmentCommandOf<"CompleteAssessment">,
  state: AssessmentState,
): AssessmentAnswer => {
  return accept({
    type: "AssessmentCompleted",
    ...stampOf(command),
    case: command.case,
    flags: unusual(state.file),
  });
};

const review = ({
  case: id,
  note,
  ...command
}: AssessmentCommandOf<"ReviewAssessment">): AssessmentAnswer =>
  accept({ type: "AssessmentReviewed", ...stampOf(command), case: id, text: { note } });

const sendBack = ({
  case: id,
  reason,
  ...command
}: AssessmentCommandOf<"ReturnAssessment">): AssessmentAnswer =>
  accept({ type: "AssessmentReturned", ...stampOf(command), case: id, text: { reason } });

const confirm = (command: AssessmentCommandOf<"ConfirmAssessment">): AssessmentAnswer =>
  accept({ type: "AssessmentConfirmed", ...stampOf(command), case: command.case });

/** Under ratings that stand no judgement changes: the panel comes together again first. */
const reopen = (command: AssessmentCommandOf<"ReopenAssessment">): AssessmentAnswer =>
  accept({
    type: "AssessmentReopened",
    ...stampOf(command),
    case: command.case,
    text: { reason: command.reason },
  });

/** Until it is completed it may pass to somebody else, who begins anew and as blind. */
const assignSecond = (
  command: AssessmentCommandOf<"AssignSecondMarking">,
  state: AssessmentState,
): AssessmentAnswer => {
  const { case: id, to } = command;
  const { judges } = state.file;
  if (judges.has(to) || state.allocation.get(id) === to) {
    return refuse({ reason: "SecondMarkerJudgedFirst", person: to });
  }
  if (isConflicted(state.conflicts, to, id)) {
    return refuse({ reason: "ConflictOfInterest", person: to });
  }
  return accept({ type: "SecondMarkingAssigned", ...stampOf(command), case: id, to });
};

const completeSecond = (command: AssessmentCommandOf<"CompleteSecondMarking">): AssessmentAnswer =>
  accept({ type: "SecondMarkingCompleted", ...stampOf(command), case: command.case });

const unmarked = ({ file }: AssessmentState): AssessmentRefusal | undefined => {
  const answers = answersIn(file.second);
  const questions = [...file.relevant].filter((question) => !answers.has(question));
  return questions.length > 0 ? { reason: "StillUnanswered", questions, tallies: [] } : undefined;
};
