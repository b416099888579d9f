/**
 * The ratings panel. It decides on numbers that the facts give and nobody types, and a rating that
 * moves always moves with a reason.
 */
import { isErasureEvent } from "../announcement/erasure/events.ts";
import { isInspectionEvent } from "../announcement/events.ts";
import { filesBy } from "../briefing/case-file.ts";
import { briefedBy, halted, teamRelations, unbriefed } from "../briefing/inspection.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import { type FieldworkEvent, isFieldworkEvent } from "../fieldwork/events.ts";
import { forbids, type Relation } from "../kernel/actor.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { ItemId } from "../kernel/ids.ts";
import type { Aggregate, Basis } from "../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
  publicationStream,
} from "../kernel/stream.ts";
import { isPublicationEvent } from "../publication/events.ts";
import {
  type PanelCommand,
  type PanelCommandOf,
  panelPermissions,
  type PanelRefusal,
} from "./commands.ts";
import { conclude } from "./conclude.ts";
import { adopt, consider, decideDomainOne, decline, exercise } from "./deliberate.ts";
import type { PanelEvent } from "./events.ts";
import { panelChart } from "./machine.ts";
import { sat } from "./record.ts";
import { convene, dissent, openScore, recuse, seal, unknownStandard, vote } from "./sitting.ts";
import {
  isRecused,
  type PanelAnswer,
  type PanelKnown,
  type PanelState,
  workedOn,
  wrongPhase,
} from "./state.ts";

export const panel: Aggregate<PanelCommand, PanelEvent, PanelKnown, PanelState, PanelRefusal> = {
  initial: {
    phase: panelChart.initial,
    briefing: unbriefed,
    files: new Map(),
    fieldworkClosed: false,
    proposals: new Map(),
    chair: undefined,
    members: [],
    recused: new Map(),
    standards: new Map(),
    reopened: undefined,
    concluded: [],
    overall: undefined,
    overallDecided: false,
    touched: new Map(),
    heard: new Set(),
  },

  stream: ({ inspection }) => panelStream(inspection),

  consults: ({ inspection }, { briefing }) => [
    inspectionStream(inspection),
    fieldworkStream(inspection),
    publicationStream(inspection),
    ...[...briefing.sample.keys()].map((id) => assessmentStream(inspection, id)),
  ],

  evolve: (state, event) => {
    if (isInspectionEvent(event)) return { ...state, briefing: briefedBy(state.briefing, event) };
    if (isAssessmentEvent(event)) return { ...state, files: filesBy(state.files, event) };
    if (isFieldworkEvent(event)) return found(state, event);
    if (isPublicationEvent(event)) {
      if (event.type !== "CommentAnswered" || event.standards.length === 0) return state;
      return { ...state, touched: new Map(state.touched).set(event.comment, event.standards) };
    }
    if (isErasureEvent(event)) return state;
    return sat({ ...state, phase: panelChart.next(state.phase, event) }, event);
  },

  decide: (command, state, basis) => {
    const stopped =
      halted(state.briefing) ?? forbids(panelPermissions, command, relationsOf(command, state));
    return stopped ? refuse(stopped) : answer(command, state, basis);
  },
};

const found = (state: PanelState, event: FieldworkEvent): PanelState => {
  if (event.type === "FieldworkClosed") return { ...state, fieldworkClosed: true };
  if (event.type !== "DomainOneProposed") return state;
  return { ...state, proposals: new Map(state.proposals).set(event.standard, event.rating) };
};

const relationsOf = ({ by }: PanelCommand, state: PanelState): readonly Relation[] => {
  const sits = state.members.includes(by.id) && !isRecused(state, by.id);
  return [
    ...teamRelations(state.briefing, by).filter((relation) => relation !== "worked"),
    ...(workedOn(state, by.id) ? (["worked"] as const) : []),
    ...(sits ? (["panel"] as const) : []),
    ...(sits && state.chair === by.id ? (["chair"] as const) : []),
  ];
};

const answer = (command: PanelCommand, state: PanelState, basis: Basis): PanelAnswer => {
  switch (command.type) {
    case "ConvenePanel":
      return convene(command, state);
    case "RecuseMember":
      return recuse(command, state);
    case "SealScore":
      return seal(command, state);
    case "OpenScore":
      return openScore(command, state);
    case "ConsiderStandard":
      return consider(command, state);
    case "ExerciseDiscretion":
      return exercise(command, state);
    case "DeclineDiscretion":
      return decline(command, state);
    case "AdoptPublishedRating":
      return adopt(command, state);
    case "CastVote":
      return vote(command, state);
    case "RecordDissent":
      return dissent(command, state);
    case "DecideDomainOne":
      return decideDomainOne(command, state);
    case "ConcludePanel":
      return conclude(command, state, basis);
    case "DecideOverall":
      return decideOverall(command, state);
    case "ReconvenePanel":
      return reconvene(command, state);
  }
};

const decideOverall = (
  command: PanelCommandOf<"DecideOverall">,
  state: PanelState,
): PanelAnswer => {
  const { overall, reason } = command;
  if (!state.phase.matches("concluded")) return wrongPhase(state);
  if (state.overallDecided && state.overall === overall) return accept();
  if (state.overall && !state.overallDecided) return refuse({ reason: "OverallNotWithheld" });
  return accept({
    type: "OverallDecided",
    ...stampOf(command),
    ...(overall && { overall }),
    text: { reason },
  });
};

/** A comment is heard only with every standard that it touches. */
const unheardOf = (
  comment: ItemId,
  { standards }: PanelCommandOf<"ReconvenePanel">,
  { touched }: PanelState,
): readonly PanelRefusal[] => {
  const touches = touched.get(comment);
  if (!touches) return [{ reason: "UnknownComment", comment }];
  const missing = touches.filter((code) => !standards.includes(code));
  return missing.length > 0 ? [{ reason: "CommentTouchesMore", comment, standards: missing }] : [];
};

/** A panel that sits again may come to further standards; one that never concluded sits on all. */
const reconvene = (command: PanelCommandOf<"ReconvenePanel">, state: PanelState): PanelAnswer => {
  const { standards, comments, reason } = command;
  const already =
    comments.length > 0
      ? comments.every((comment) => state.heard.has(comment))
      : state.reopened && standards.every((code) => state.reopened?.has(code));
  if (already) return accept();
  const standard = standards.find((code) => unknownStandard(state, code));
  if (standard !== undefined) return refuse({ reason: "UnknownStandard", standard });
  if (!state.phase.matches("concluded") && !state.reopened) return wrongPhase(state);
  const unheard = comments.flatMap((comment) => unheardOf(comment, command, state));
  if (unheard[0]) return refuse(unheard[0]);
  return accept({
    type: "PanelReconvened",
    ...stampOf(command),
    standards,
    comments,
    text: { reason },
  });
};
