/** Fieldwork as a whole: who assesses what, what was seen and heard, alerts, and its closing. */
import { isInspectionEvent } from "../announcement/events.ts";
import { filesBy } from "../briefing/case-file.ts";
import {
  briefedBy,
  halted,
  standardsOf,
  teamRelations,
  unbriefed,
} from "../briefing/inspection.ts";
import { forbids } from "../kernel/actor.ts";
import { standardOf } from "../kernel/codes.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf, words } from "../kernel/fact.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { Aggregate } from "../kernel/step.ts";
import { assessmentStream, fieldworkStream, inspectionStream } from "../kernel/stream.ts";
import { alertedBy, answerAlert, closeAlert, notifyAlert, raiseAlert } from "./alerts.ts";
import { isAssessmentEvent } from "./assessment/events.ts";
import { allocate, declareConflict } from "./allocation.ts";
import { drawQualitySample } from "./assurance/draw.ts";
import { stillOpen } from "./closing.ts";
import {
  type FieldworkCommand,
  type FieldworkCommandOf,
  fieldworkPermissions,
  type FieldworkRefusal,
} from "./commands.ts";
import { conflictsBy, noConflicts } from "./conflicts.ts";
import type { FieldworkEvent } from "./events.ts";
import { fieldworkChart } from "./machine.ts";
import {
  type FieldworkAnswer,
  type FieldworkKnown,
  type FieldworkState,
  wrongPhase,
} from "./state.ts";

export const fieldwork: Aggregate<
  FieldworkCommand,
  FieldworkEvent,
  FieldworkKnown,
  FieldworkState,
  FieldworkRefusal
> = {
  initial: {
    phase: fieldworkChart.initial,
    briefing: unbriefed,
    files: new Map(),
    allocation: new Map(),
    conflicts: noConflicts,
    quality: undefined,
    evidence: new Map(),
    surveys: new Map(),
    alerts: new Map(),
    proposals: new Map(),
    feedback: false,
  },

  stream: ({ inspection }) => fieldworkStream(inspection),

  /** Closing and the quality sample ask for every case's assessment; nothing else looks there. */
  consults: ({ type, inspection }, { briefing }) => [
    inspectionStream(inspection),
    ...(type === "CloseFieldwork" || type === "DrawQualitySample"
      ? [...briefing.sample.keys()].map((id) => assessmentStream(inspection, id))
      : []),
  ],

  evolve: (state, event) => {
    if (isInspectionEvent(event)) return { ...state, briefing: briefedBy(state.briefing, event) };
    if (isAssessmentEvent(event)) return { ...state, files: filesBy(state.files, event) };
    return evolveOwn({ ...state, phase: fieldworkChart.next(state.phase, event) }, event);
  },

  decide: (command, state) => {
    const stopped =
      halted(state.briefing) ??
      forbids(fieldworkPermissions, command, teamRelations(state.briefing, command.by));
    return stopped ? refuse(stopped) : answer(command, state);
  },
};

const evolveOwn = (state: FieldworkState, event: FieldworkEvent): FieldworkState => {
  switch (event.type) {
    case "CaseAllocated":
    case "CaseReallocated":
      return { ...state, allocation: new Map(state.allocation).set(event.case, event.to) };
    case "ConflictDeclared":
      return { ...state, conflicts: conflictsBy(state.conflicts, event) };
    case "QualitySampleDrawn":
      return { ...state, quality: event };
    case "EvidenceLogged":
      return { ...state, evidence: new Map(state.evidence).set(event.item, event) };
    case "SurveyClosed":
      return { ...state, surveys: new Map(state.surveys).set(event.survey, event) };
    case "AlertRaised":
    case "AlertNotified":
    case "AlertAnswered":
    case "AlertClosed":
      return { ...state, alerts: alertedBy(state.alerts, event) };
    case "DomainOneProposed":
      return { ...state, proposals: new Map(state.proposals).set(event.standard, event) };
    case "InitialFeedbackGiven":
      return { ...state, feedback: true };
    case "FieldworkOpened":
    case "FieldworkClosed":
      return state;
  }
};

const answer = (command: FieldworkCommand, state: FieldworkState): FieldworkAnswer => {
  switch (command.type) {
    case "AllocateCase":
      return allocate(command, state);
    case "DeclareConflict":
      return declareConflict(command, state);
    case "DrawQualitySample":
      return drawQualitySample(command, state);
    case "OpenFieldwork":
      return open(command, state);
    case "LogEvidence":
      return logEvidence(command, state);
    case "CloseSurvey":
      return closeSurvey(command, state);
    case "RaiseAlert":
      return raiseAlert(command, state);
    case "NotifyAlert":
      return notifyAlert(command, state);
    case "AnswerAlert":
      return answerAlert(command, state);
    case "CloseAlert":
      return closeAlert(command, state);
    case "ProposeDomainOne":
      return propose(command, state);
    case "GiveInitialFeedback":
      return giveFeedback(command, state);
    case "CloseFieldwork":
      return close(command, state);
  }
};

const open = (
  command: FieldworkCommandOf<"OpenFieldwork">,
  { briefing, phase }: FieldworkState,
): FieldworkAnswer => {
  if (!phase.matches("prepared")) return accept();
  if (!briefing.notified || !briefing.timetable) return refuse({ reason: "SampleNotNotified" });
  const due = briefing.timetable.fieldworkStart;
  if (dayInEngland(command.at) < due) return refuse({ reason: "NotYetDue", due });
  return accept({ type: "FieldworkOpened", ...stampOf(command) });
};

const logEvidence = (
  command: FieldworkCommandOf<"LogEvidence">,
  state: FieldworkState,
): FieldworkAnswer => {
  const { item, kind, keyQuestions, digest, title, note } = command;
  const logged = state.evidence.get(item);
  if (logged) {
    const same =
      logged.kind === kind &&
      logged.digest === digest &&
      logged.keyQuestions.join() === keyQuestions.join();
    return same ? accept() : refuse({ reason: "AlreadyUsed", item });
  }
  if (state.phase.matches("closed")) return wrongPhase(state);
  const known = new Set(
    standardsOf(state.briefing).flatMap((standard) =>
      standard.keyQuestions.map(({ code }): string => code),
    ),
  );
  const question = keyQuestions.find((code) => !known.has(code));
  if (question !== undefined) return refuse({ reason: "UnknownQuestion", question });
  return accept({
    type: "EvidenceLogged",
    ...stampOf(command),
    item,
    kind,
    keyQuestions,
    ...(digest !== undefined && { digest }),
    text: { title, note },
  });
};

const closeSurvey = (
  command: FieldworkCommandOf<"CloseSurvey">,
  state: FieldworkState,
): FieldworkAnswer => {
  const { survey, invited, responded } = command;
  const known = state.surveys.get(survey);
  if (known) {
    const same = known.invited === invited && known.responded === responded;
    return same ? accept() : refuse({ reason: "AlreadyUsed", item: survey });
  }
  if (!state.phase.matches("opened")) return wrongPhase(state);
  if (responded > invited) return refuse({ reason: "MoreRespondedThanInvited" });
  return accept({ type: "SurveyClosed", ...stampOf(command), survey, invited, responded });
};

const propose = (
  command: FieldworkCommandOf<"ProposeDomainOne">,
  state: FieldworkState,
): FieldworkAnswer => {
  const { standard, rating, evidence, rationale } = command;
  const former = state.proposals.get(standard);
  if (former && sameProposal(former, command)) return accept();
  if (!state.phase.matches("opened")) return wrongPhase(state);
  const judged = standardsOf(state.briefing).find(({ code }) => code === standard)?.judged;
  if (judged !== "by-people") return refuse({ reason: "NotJudgedByPeople", standard });
  const unknown = evidence.filter((item) => !state.evidence.has(item));
  if (unknown.length > 0) return refuse({ reason: "UnknownEvidence", items: unknown });
  const unrelated = evidence.filter(
    (item) => !state.evidence.get(item)?.keyQuestions.some((code) => standardOf(code) === standard),
  );
  if (unrelated.length > 0) return refuse({ reason: "UnrelatedEvidence", items: unrelated });
  return accept({
    type: "DomainOneProposed",
    ...stampOf(command),
    standard,
    rating,
    evidence,
    text: { rationale },
  });
};

/** Words that were erased cannot differ. */
const sameProposal = (
  former: Extract<FieldworkEvent, { type: "DomainOneProposed" }>,
  { rating, evidence, rationale }: FieldworkCommandOf<"ProposeDomainOne">,
): boolean =>
  former.rating === rating &&
  former.evidence.join() === evidence.join() &&
  (words(former.text)?.rationale ?? rationale) === rationale;

const giveFeedback = (
  command: FieldworkCommandOf<"GiveInitialFeedback">,
  state: FieldworkState,
): FieldworkAnswer => {
  if (state.feedback) return accept();
  if (!state.phase.matches("opened")) return wrongPhase(state);
  const { day, summary } = command;
  return accept({ type: "InitialFeedbackGiven", ...stampOf(command), day, text: { summary } });
};

const close = (
  command: FieldworkCommandOf<"CloseFieldwork">,
  state: FieldworkState,
): FieldworkAnswer => {
  if (state.phase.matches("closed")) return accept();
  if (!state.phase.matches("opened")) return wrongPhase(state);
  const open = stillOpen(state);
  if (open) return refuse(open);
  return accept({
    type: "FieldworkClosed",
    ...stampOf(command),
    cases: [...state.briefing.sample.keys()],
  });
};
