/** Fieldwork as a whole: who assesses what, what was seen and heard, alerts, and its closing. */
import { isInspectionEvent } from "../announcement/events.ts";
import { filesBy } from "../briefing/case-file.ts";
import {
  briefedBy,
  judgedIn,
  pinned,
  standardsOf,
  teamRelations,
  unbriefed,
} from "../briefing/inspection.ts";
import { gradesOf, placeOf } from "../framework/scale.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { assessmentStream, fieldworkStream, inspectionStream } from "../kernel/stream.ts";
import { aggregateOf } from "../lifecycle/aggregate.ts";
import { alertedBy, answerAlert, closeAlert, notifyAlert, raiseAlert } from "./alerts.ts";
import { isAssessmentEvent } from "./assessment/events.ts";
import { allocate, declareConflict } from "./allocation.ts";
import { fieldworkBarred } from "./barred.ts";
import { drawQualitySample } from "./assurance/draw.ts";
import {
  type FieldworkCommand,
  type FieldworkCommandOf,
  fieldworkPermissions,
  type FieldworkRefusal,
} from "./commands.ts";
import { conflictsBy, noConflicts } from "./conflicts.ts";
import { type FieldworkEvent, isFieldworkEvent } from "./events.ts";
import { fieldworkChart } from "./machine.ts";
import type { FieldworkAnswer, FieldworkKnown, FieldworkState } from "./state.ts";

export const fieldwork = aggregateOf<
  FieldworkCommand,
  FieldworkEvent,
  FieldworkKnown,
  FieldworkState,
  FieldworkRefusal
>({
  chart: fieldworkChart,
  isOwn: isFieldworkEvent,
  permissions: fieldworkPermissions,
  unknown: "UnknownInspection",
  initial: {
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
    return evolveOwn(state, event);
  },

  relations: ({ by }, { briefing }) => teamRelations(briefing, by),
  barred: fieldworkBarred,
  decide: (command, state) => answer(command, state),
  about: {
    CaseAllocated: ["case"],
    CaseReallocated: ["case"],
    ConflictDeclared: ["person", "case"],
    QualitySampleDrawn: [],
    FieldworkOpened: [],
    EvidenceLogged: ["item"],
    SurveyClosed: ["survey"],
    AlertRaised: ["alert"],
    AlertNotified: ["alert"],
    AlertAnswered: ["alert"],
    AlertClosed: ["alert"],
    DomainOneProposed: ["standard"],
    InitialFeedbackGiven: [],
    FieldworkClosed: [],
  },
  written: {
    DeclareConflict: ({ person, case: id, reason }) => ({ person, case: id, reason }),
    LogEvidence: ({ item, kind, keyQuestions, digest, title, note }) => ({
      item,
      kind,
      keyQuestions,
      digest,
      title,
      note,
    }),
    RaiseAlert: ({ alert, case: id, risk, action }) => ({ alert, case: id, risk, action }),
  },
  holds: {
    AllocateCase: ({ case: id, to }, { allocation }) => allocation.get(id) === to,
    DeclareConflict: () => true,
    DrawQualitySample: () => true,
    LogEvidence: () => true,
    CloseSurvey: () => true,
    RaiseAlert: () => true,
    NotifyAlert: () => true,
    AnswerAlert: () => true,
    CloseAlert: () => true,
    ProposeDomainOne: () => true,
    GiveInitialFeedback: () => true,
  },
});

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
      return declareConflict(command);
    case "DrawQualitySample":
      return drawQualitySample(command, state);
    case "OpenFieldwork":
      return open(command);
    case "LogEvidence":
      return logEvidence(command, state);
    case "CloseSurvey":
      return closeSurvey(command, state);
    case "RaiseAlert":
      return raiseAlert(command, state);
    case "NotifyAlert":
      return notifyAlert(command);
    case "AnswerAlert":
      return answerAlert(command, state);
    case "CloseAlert":
      return closeAlert(command, state);
    case "ProposeDomainOne":
      return propose(command, state);
    case "GiveInitialFeedback":
      return giveFeedback(command);
    case "CloseFieldwork":
      return close(command, state);
  }
};

const open = (command: FieldworkCommandOf<"OpenFieldwork">): FieldworkAnswer =>
  accept({ type: "FieldworkOpened", ...stampOf(command) });

const logEvidence = (
  command: FieldworkCommandOf<"LogEvidence">,
  state: FieldworkState,
): FieldworkAnswer => {
  const { item, kind, keyQuestions, digest, title, note } = command;
  if (state.evidence.has(item)) return refuse({ reason: "AlreadyUsed", item });
  const kinds = pinned(state.briefing).evidenceKinds.map(({ id }) => id);
  if (!kinds.includes(kind)) return refuse({ reason: "UnknownEvidenceKind", kind, known: kinds });
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
  const known = (state.briefing.framework?.surveys ?? []).map(({ id }) => id);
  if (!known.includes(survey)) return refuse({ reason: "UnknownSurvey", survey, known });
  if (state.surveys.has(survey)) return refuse({ reason: "AlreadyUsed", item: survey });
  if (responded > invited) return refuse({ reason: "MoreRespondedThanInvited" });
  return accept({ type: "SurveyClosed", ...stampOf(command), survey, invited, responded });
};

const propose = (
  command: FieldworkCommandOf<"ProposeDomainOne">,
  state: FieldworkState,
): FieldworkAnswer => {
  const { standard, rating, evidence, rationale } = command;
  const judged = judgedIn(state.briefing).find(({ code }) => code === standard)!;
  if (placeOf(judged.scale, rating) < 0) {
    return refuse({ reason: "UnknownGrade", standard, rating, grades: gradesOf(judged.scale) });
  }
  const unknown = evidence.filter((item) => !state.evidence.has(item));
  if (unknown.length > 0) return refuse({ reason: "UnknownEvidence", items: unknown });
  const asked = judged.standard.keyQuestions.map(({ code }): string => code);
  const own = standard === judged.standard.code ? asked : [standard];
  const unrelated = evidence.filter(
    (item) => !state.evidence.get(item)?.keyQuestions.some((code) => own.includes(code)),
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

const giveFeedback = (command: FieldworkCommandOf<"GiveInitialFeedback">): FieldworkAnswer => {
  const { day, summary } = command;
  return accept({ type: "InitialFeedbackGiven", ...stampOf(command), day, text: { summary } });
};

const close = (
  command: FieldworkCommandOf<"CloseFieldwork">,
  state: FieldworkState,
): FieldworkAnswer => {
  const cases = [...state.briefing.sample.keys()];
  return accept({ type: "FieldworkClosed", ...stampOf(command), cases });
};
