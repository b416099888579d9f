/**
 * The ratings panel. It decides on numbers that the facts give and nobody types, and a rating that
 * moves always moves with a reason.
 */
import { isErasureEvent } from "../announcement/erasure/events.ts";
import { isInspectionEvent } from "../announcement/events.ts";
import { filesBy } from "../briefing/case-file.ts";
import {
  briefedBy,
  pinned,
  standardsOf,
  teamRelations,
  unbriefed,
} from "../briefing/inspection.ts";
import { misnamedIn, unknownToPanel } from "../briefing/references.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import { isFieldworkEvent } from "../fieldwork/events.ts";
import { placeOf, type Rating, type Scale } from "../framework/scale.ts";
import { scaleNamed } from "../framework/standards.ts";
import type { Actor, Relation } from "../kernel/actor.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { ItemId } from "../kernel/ids.ts";
import type { Basis } from "../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
  publicationStream,
} from "../kernel/stream.ts";
import { aggregateOf } from "../lifecycle/aggregate.ts";
import { isPublicationEvent } from "../publication/events.ts";
import { panelBarred } from "./barred.ts";
import { boardOf, consideredCounts } from "./board.ts";
import {
  type PanelCommand,
  type PanelCommandOf,
  panelPermissions,
  type PanelRefusal,
} from "./commands.ts";
import { conclude, overallLimitIn } from "./conclude.ts";
import { adopt, consider, decideDomainOne, decline, exercise } from "./deliberate.ts";
import { isPanelEvent, type PanelEvent } from "./events.ts";
import { panelChart } from "./machine.ts";
import { corrected, proposed, recordPanelFact } from "./record.ts";
import {
  convene,
  dissent,
  handOver,
  openScore,
  recuse,
  seal,
  unknownGrade,
  unknownStandard,
  vote,
} from "./sitting.ts";
import {
  deliberationOn,
  isRecused,
  type PanelAnswer,
  type PanelKnown,
  type PanelState,
  type StandardDecision,
  workedOn,
} from "./state.ts";

export const panel = aggregateOf<PanelCommand, PanelEvent, PanelKnown, PanelState, PanelRefusal>({
  chart: panelChart,
  isOwn: isPanelEvent,
  permissions: panelPermissions,
  unknown: "UnknownInspection",
  initial: {
    briefing: unbriefed,
    files: new Map(),
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
    if (isFieldworkEvent(event)) return proposed(state, event);
    if (isPublicationEvent(event)) return corrected(state, event);
    return isErasureEvent(event) ? state : recordPanelFact(state, event);
  },

  relations: ({ by }, state) => panelRelations(state, by),
  barred: panelBarred,
  decide: (command, state, basis) => misnamed(command, state) ?? answer(command, state, basis),
  about: {
    PanelConvened: [],
    MemberRecused: ["member", "standards"],
    ChairHandedOver: [],
    ScoreSealed: ["standard", "member"],
    ScoreOpened: ["standard", "member"],
    StandardConsidered: ["standard"],
    DiscretionExercised: ["standard"],
    DiscretionDeclined: ["standard"],
    PublishedRatingAdopted: ["standard"],
    VoteCast: ["standard", "member"],
    DissentRecorded: ["standard", "member"],
    DomainOneDecided: ["standard"],
    RatingsConcluded: [],
    OverallDecided: [],
    PanelReconvened: ["standards", "comments"],
  },
  written: {
    SealScore: ({ standard, seal, by }) => ({ standard, seal, member: by.id }),
    OpenScore: ({ standard, rating, nonce, by }) => ({ standard, rating, nonce, member: by.id }),
    AdoptPublishedRating: ({ standard, rating }) => ({ standard, to: rating }),
    CastVote: ({ standard, rating, by }) => ({ standard, rating, member: by.id }),
    RecordDissent: ({ standard, reason, by }) => ({ standard, reason, member: by.id }),
  },
  holds: {
    RecuseMember: ({ member, standards }, state) =>
      standards.length > 0
        ? standards.every((standard) => isRecused(state, member, standard))
        : isRecused(state, member),
    HandOverChair: ({ to }, { chair }) => chair === to,
    SealScore: ({ standard, by, seal: given }, state) =>
      deliberationOn(state, standard).scores.get(by.id)?.seal === given,
    OpenScore: ({ standard, by, rating }, state) =>
      deliberationOn(state, standard).scores.get(by.id)?.opened === rating,
    ConsiderStandard: ({ standard }, state) => {
      const found = standardsOf(state.briefing).find(({ code }) => code === standard);
      return (
        found !== undefined &&
        found.judged !== "by-people" &&
        deliberationOn(state, standard).considered ===
          consideredCounts(boardOf(found, state).keyQuestions)
      );
    },
    ExerciseDiscretion: ({ standard, to }, state) => isDecided(state, standard, "exercised", to),
    DeclineDiscretion: ({ standard }, state) => isDecided(state, standard, "declined"),
    AdoptPublishedRating: ({ standard, rating }, state) =>
      isDecided(state, standard, "adopted", rating),
    CastVote: ({ standard, by, rating }, state) =>
      deliberationOn(state, standard).votes.get(by.id) === rating,
    RecordDissent: ({ standard, by }, state) => deliberationOn(state, standard).dissent.has(by.id),
    DecideDomainOne: ({ standard, rating }, state) => isDecided(state, standard, "people", rating),
    DecideOverall: ({ overall }, state) => state.overallDecided && state.overall === overall,
    ReconvenePanel: ({ standards, comments }, { heard, reopened }) =>
      comments.length > 0
        ? comments.every((comment) => heard.has(comment))
        : reopened !== undefined && standards.every((code) => reopened.has(code)),
  },
});

const isDecided = (
  state: PanelState,
  standard: string,
  by: StandardDecision["by"],
  rating?: Rating,
): boolean => {
  const { decision } = deliberationOn(state, standard);
  return decision?.by === by && (rating === undefined || decision.rating === rating);
};

/** How somebody stands to an inspection by all that its panel knows. */
export const panelRelations = (state: PanelState, by: Actor): readonly Relation[] => {
  const sits = state.members.includes(by.id) && !isRecused(state, by.id);
  return [
    ...teamRelations(state.briefing, by).filter((relation) => relation !== "worked"),
    ...(workedOn(state, by.id) ? (["worked"] as const) : []),
    ...(sits ? (["panel"] as const) : []),
    ...(sits && state.chair === by.id ? (["chair"] as const) : []),
  ];
};

/** A reason that refers to something which the framework does not have. */
const misnamed = (command: PanelCommand, { briefing }: PanelState): PanelAnswer | undefined => {
  const { framework } = briefing;
  if (!framework || !("reason" in command) || !command.reason) return undefined;
  const found = misnamedIn(command.reason, (reference) => unknownToPanel(reference, framework));
  if (found.length === 0) return undefined;
  const findings = found.map(({ line, written, why }) => ({
    place: `Reason, line ${line}`,
    problem: `${written} ${why}.`,
  }));
  return refuse({ reason: "CannotBeSet", findings });
};

const answer = (command: PanelCommand, state: PanelState, basis: Basis): PanelAnswer => {
  switch (command.type) {
    case "ConvenePanel":
      return convene(command, state);
    case "RecuseMember":
      return recuse(command, state);
    case "HandOverChair":
      return handOver(command, state);
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
      return dissent(command);
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
  const framework = pinned(state.briefing);
  const scale = scaleNamed(framework, framework.overall!.scale);
  const problem =
    overall && (unknownGrade(scale, "overall", overall) ?? aboveLimit(state, scale, overall));
  if (problem) return refuse(problem);
  return accept({
    type: "OverallDecided",
    ...stampOf(command),
    ...(overall && { overall }),
    text: { reason },
  });
};

/** The limits of the overall rating bind whoever decides it. */
const aboveLimit = (state: PanelState, scale: Scale, overall: Rating): PanelRefusal | undefined => {
  const atMost = overallLimitIn(state);
  return atMost !== undefined && placeOf(scale, overall) > placeOf(scale, atMost)
    ? { reason: "AboveTheLimit", standard: "overall", rating: overall, atMost }
    : undefined;
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
  const standard = standards.find((code) => unknownStandard(state, code));
  if (standard !== undefined) return refuse({ reason: "UnknownStandard", standard });
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
