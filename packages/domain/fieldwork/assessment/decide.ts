/**
 * How one case is assessed: scope first, then every applicable prompt and relevant key question,
 * then completion, confirmation, and for a share of cases a second marking.
 */
import { type InspectionEvent, isInspectionEvent } from "../../announcement/events.ts";
import { emptyFile, filedBy } from "../../briefing/case-file.ts";
import { briefedBy, halted, teamRelations, unbriefed } from "../../briefing/inspection.ts";
import { forbids, type Relation } from "../../kernel/actor.ts";
import { phaseName } from "../../kernel/chart.ts";
import { accept, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { CaseId } from "../../kernel/ids.ts";
import type { Aggregate } from "../../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
} from "../../kernel/stream.ts";
import { isPanelEvent, type PanelEvent } from "../../panel/events.ts";
import { type FieldworkEvent, isFieldworkEvent } from "../events.ts";
import {
  type AssessmentCommand,
  type AssessmentCommandOf,
  assessmentPermissions,
  type AssessmentRefusal,
} from "./commands.ts";
import { conflictsBy, isConflicted, keptAway, noConflicts } from "../conflicts.ts";
import { unanswered, unusual } from "./completeness.ts";
import type { AssessmentEvent } from "./events.ts";
import { judge, judgeAgain } from "./judge.ts";
import { assessmentChart } from "./machine.ts";
import { recordScope } from "./scope.ts";
import type { AssessmentAnswer, AssessmentState } from "./state.ts";

type Known = InspectionEvent | FieldworkEvent | AssessmentEvent | PanelEvent;

export const assessment: Aggregate<
  AssessmentCommand,
  AssessmentEvent,
  Known,
  AssessmentState,
  AssessmentRefusal
> = {
  initial: {
    phase: assessmentChart.initial,
    briefing: unbriefed,
    opened: false,
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
    return {
      ...state,
      phase: assessmentChart.next(state.phase, event),
      file: filedBy(state.file, event),
    };
  },

  decide: (command, state) => {
    const stopped =
      halted(state.briefing) ??
      forbids(assessmentPermissions, command, relationsOf(command, state)) ??
      notSampled(command.case, state) ??
      keptAway(command, state.conflicts);
    return stopped ? refuse(stopped) : answer(command, state);
  },
};

const allocatedBy = (state: AssessmentState, event: FieldworkEvent): AssessmentState => {
  if (event.type === "FieldworkOpened") return { ...state, opened: true };
  if (event.type === "ConflictDeclared") {
    return { ...state, conflicts: conflictsBy(state.conflicts, event) };
  }
  if (event.type !== "CaseAllocated" && event.type !== "CaseReallocated") return state;
  return { ...state, allocation: new Map(state.allocation).set(event.case, event.to) };
};

const ratedBy = (state: AssessmentState, { type }: PanelEvent): AssessmentState => {
  if (type !== "RatingsConcluded" && type !== "PanelReconvened") return state;
  return { ...state, rated: type === "RatingsConcluded" };
};

const notSampled = (id: CaseId, { briefing }: AssessmentState): AssessmentRefusal | undefined =>
  briefing.sample.has(id) ? undefined : { reason: "NotInTheSample", case: id };

const relationsOf = (
  command: AssessmentCommand,
  { briefing, allocation, file }: AssessmentState,
): readonly Relation[] => {
  const { id } = command.by;
  return [
    ...teamRelations(briefing, command.by),
    ...(allocation.get(command.case) === id ? (["allocated"] as const) : []),
    ...(file.judges.has(id) ? (["first-marker"] as const) : []),
    ...(file.second?.by === id ? (["second-marker"] as const) : []),
  ];
};

const answer = (command: AssessmentCommand, state: AssessmentState): AssessmentAnswer => {
  switch (command.type) {
    case "RecordScope":
      return recordScope(command, state, (record) => whileOpen(state, record, { unscoped: true }));
    case "JudgeClassification":
      return judgeClassification(command, state);
    case "RecordInterview":
      return recordInterview(command, state);
    case "RecordJudgement":
      return judge(command, state, (record) => whileOpen(state, record));
    case "CompleteAssessment":
      return complete(command, state);
    case "ReviewAssessment":
      return review(command, state);
    case "ReturnAssessment":
      return sendBack(command, state);
    case "ConfirmAssessment":
      return confirm(command, state);
    case "ReopenAssessment":
      return reopen(command, state);
    case "AssignSecondMarking":
      return assignSecond(command, state);
    case "RecordSecondJudgement":
      return judgeAgain(command, state);
    case "CompleteSecondMarking":
      return completeSecond(command, state);
  }
};

const wrongPhase = ({ phase }: AssessmentState): AssessmentAnswer =>
  refuse({ reason: "NotInThisPhase", phase: phaseName(phase) });

/** What an assessor may do while the case is theirs to answer. */
const whileOpen = (
  state: AssessmentState,
  act: () => AssessmentAnswer,
  { unscoped = false } = {},
): AssessmentAnswer => {
  if (!state.opened) return refuse({ reason: "FieldworkNotOpen" });
  if (state.phase.matches({ first: "open" })) return act();
  if (!state.phase.matches({ first: "unscoped" })) return wrongPhase(state);
  return unscoped ? act() : refuse({ reason: "ScopeFirst" });
};

const judgeClassification = (
  command: AssessmentCommandOf<"JudgeClassification">,
  state: AssessmentState,
): AssessmentAnswer => {
  const { case: id, of, reasonable, rationale } = command;
  if (state.file.classifications.get(of) === reasonable) return accept();
  return whileOpen(state, () =>
    accept({
      type: "ClassificationJudged",
      ...stampOf(command),
      case: id,
      of,
      reasonable,
      text: { rationale },
    }),
  );
};

const recordInterview = (
  command: AssessmentCommandOf<"RecordInterview">,
  state: AssessmentState,
): AssessmentAnswer => {
  const { case: id, day, note } = command;
  if (state.file.interviewed) return accept();
  return whileOpen(
    state,
    () => accept({ type: "InterviewHeld", ...stampOf(command), case: id, day, text: { note } }),
    { unscoped: true },
  );
};

const complete = (
  command: AssessmentCommandOf<"CompleteAssessment">,
  state: AssessmentState,
): AssessmentAnswer => {
  if (state.phase.matches({ first: "completed" })) return accept();
  return whileOpen(state, () => {
    const left = unanswered(state);
    if (left) return refuse(left);
    return accept({
      type: "AssessmentCompleted",
      ...stampOf(command),
      case: command.case,
      flags: unusual(state.file),
    });
  });
};

const review = (
  command: AssessmentCommandOf<"ReviewAssessment">,
  state: AssessmentState,
): AssessmentAnswer => {
  const { case: id, note } = command;
  if (state.file.reviewed && state.file.status !== "returned") return accept();
  const ready = (["completed", "confirmed"] as const).some((first) =>
    state.phase.matches({ first }),
  );
  if (!ready) return wrongPhase(state);
  return accept({ type: "AssessmentReviewed", ...stampOf(command), case: id, text: { note } });
};

const sendBack = (
  command: AssessmentCommandOf<"ReturnAssessment">,
  state: AssessmentState,
): AssessmentAnswer => {
  if (state.file.status === "returned") return accept();
  if (!state.phase.matches({ first: "completed" })) return wrongPhase(state);
  return accept({
    type: "AssessmentReturned",
    ...stampOf(command),
    case: command.case,
    text: { reason: command.reason },
  });
};

const confirm = (
  command: AssessmentCommandOf<"ConfirmAssessment">,
  state: AssessmentState,
): AssessmentAnswer => {
  if (state.phase.matches({ first: "confirmed" })) return accept();
  if (!state.phase.matches({ first: "completed" })) return wrongPhase(state);
  return accept({ type: "AssessmentConfirmed", ...stampOf(command), case: command.case });
};

/** Under ratings that stand no judgement changes: the panel comes together again first. */
const reopen = (
  command: AssessmentCommandOf<"ReopenAssessment">,
  state: AssessmentState,
): AssessmentAnswer => {
  if (state.file.status === "reopened") return accept();
  if (state.rated) return refuse({ reason: "RatingsConcluded" });
  if (!state.phase.matches({ first: "confirmed" })) return wrongPhase(state);
  return accept({
    type: "AssessmentReopened",
    ...stampOf(command),
    case: command.case,
    text: { reason: command.reason },
  });
};

/** Until it is completed it may pass to somebody else, who begins anew and as blind. */
const assignSecond = (
  command: AssessmentCommandOf<"AssignSecondMarking">,
  state: AssessmentState,
): AssessmentAnswer => {
  const { case: id, to } = command;
  const { second, judges } = state.file;
  if (second?.by === to) return accept();
  if (second?.completed) return refuse({ reason: "AlreadyAssigned", person: second.by });
  if (judges.has(to) || state.allocation.get(id) === to) {
    return refuse({ reason: "SecondMarkerJudgedFirst", person: to });
  }
  if (isConflicted(state.conflicts, to, id)) {
    return refuse({ reason: "ConflictOfInterest", person: to });
  }
  const ready = (["completed", "confirmed"] as const).some((first) =>
    state.phase.matches({ first }),
  );
  if (!ready) return wrongPhase(state);
  return accept({ type: "SecondMarkingAssigned", ...stampOf(command), case: id, to });
};

const completeSecond = (
  command: AssessmentCommandOf<"CompleteSecondMarking">,
  state: AssessmentState,
): AssessmentAnswer => {
  const { file } = state;
  if (!file.second) return wrongPhase(state);
  if (file.second.completed) return accept();
  const { answers } = file.second;
  const questions = [...file.relevant].filter((question) => !answers.has(question));
  if (questions.length > 0) {
    return refuse({ reason: "StillUnanswered", questions, classifications: [] });
  }
  return accept({ type: "SecondMarkingCompleted", ...stampOf(command), case: command.case });
};
