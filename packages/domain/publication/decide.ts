/**
 * A report's way to the public: written, checked by the service for facts, signed, held back until
 * its moment, published by itself, corrected in the open, answered by an action plan.
 */
import { isInspectionEvent } from "../announcement/events.ts";
import { briefedBy, halted, teamRelations, unbriefed } from "../briefing/inspection.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import { isFieldworkEvent } from "../fieldwork/events.ts";
import { forbids, type Relation } from "../kernel/actor.ts";
import { refuse } from "../kernel/decider.ts";
import type { Aggregate, Basis } from "../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
  publicationStream,
} from "../kernel/stream.ts";
import { isPanelEvent } from "../panel/events.ts";
import {
  answerComment,
  closeAccuracy,
  endComments,
  returnComments,
  submitComment,
} from "./accuracy.ts";
import { acceptPlan, returnPlan, submitPlan, track } from "./after.ts";
import {
  type PublicationCommand,
  publicationPermissions,
  type PublicationRefusal,
} from "./commands.ts";
import type { PublicationEvent } from "./events.ts";
import { publicationChart } from "./machine.ts";
import { rated, written } from "./record.ts";
import {
  changeEmbargo,
  correct,
  publish,
  sendCopies,
  setEmbargo,
  signOff,
  withdrawSignOff,
} from "./release.ts";
import type { PublicationAnswer, PublicationKnown, PublicationState } from "./state.ts";
import {
  draft,
  excuse,
  recommend,
  recordFact,
  sendDraft,
  withdrawRecommendation,
} from "./writing.ts";

export const publication: Aggregate<
  PublicationCommand,
  PublicationEvent,
  PublicationKnown,
  PublicationState,
  PublicationRefusal
> = {
  initial: {
    phase: publicationChart.initial,
    briefing: unbriefed,
    ratings: {
      sitting: false,
      conclusion: 0,
      standards: [],
      overall: undefined,
      overallDecided: false,
      heard: new Set(),
    },
    sections: new Map(),
    figures: new Map(),
    excused: new Set(),
    recommendations: new Map(),
    progress: new Map(),
    writings: 0,
    publishedWritings: 0,
    publishedConclusion: 0,
    authors: new Set(),
    withdrawn: new Set(),
    commentsDue: undefined,
    comments: new Map(),
    signedConclusion: undefined,
    embargoes: 0,
    publishAt: undefined,
    copiesFrom: undefined,
    recipients: 0,
    copiesSent: false,
    version: 0,
    publishedOn: undefined,
    plan: undefined,
  },

  stream: ({ inspection }) => publicationStream(inspection),

  /** A version names every stream it is made from, so those that publish look at all of them. */
  consults: ({ type, inspection }, { briefing }) => [
    inspectionStream(inspection),
    panelStream(inspection),
    ...(type === "PublishReport" || type === "IssueCorrection"
      ? [
          fieldworkStream(inspection),
          ...[...briefing.sample.keys()].map((id) => assessmentStream(inspection, id)),
        ]
      : []),
  ],

  evolve: (state, event) => {
    if (isInspectionEvent(event)) return { ...state, briefing: briefedBy(state.briefing, event) };
    if (isPanelEvent(event)) return { ...state, ratings: rated(state.ratings, event) };
    if (isFieldworkEvent(event) || isAssessmentEvent(event)) return state;
    return written({ ...state, phase: publicationChart.next(state.phase, event) }, event);
  },

  decide: (command, state, basis) => {
    const stopped =
      halted(state.briefing) ??
      forbids(publicationPermissions, command, relationsOf(command, state));
    return stopped ? refuse(stopped) : answer(command, state, basis);
  },
};

const relationsOf = (
  { by }: PublicationCommand,
  { briefing, authors }: PublicationState,
): readonly Relation[] => [
  ...teamRelations(briefing, by),
  ...(authors.has(by.id) ? (["drafted"] as const) : []),
];

const answer = (
  command: PublicationCommand,
  state: PublicationState,
  basis: Basis,
): PublicationAnswer => {
  switch (command.type) {
    case "DraftSection":
      return draft(command, state);
    case "RecordContextualFact":
      return recordFact(command, state);
    case "ExcuseFinding":
      return excuse(command, state);
    case "MakeRecommendation":
      return recommend(command, state);
    case "WithdrawRecommendation":
      return withdrawRecommendation(command, state);
    case "SendDraft":
      return sendDraft(command, state);
    case "SubmitComment":
      return submitComment(command, state);
    case "ReturnComments":
      return returnComments(command, state);
    case "EndCommentPeriod":
      return endComments(command, state);
    case "AnswerComment":
      return answerComment(command, state);
    case "CloseFactualAccuracy":
      return closeAccuracy(command, state);
    case "SignOffReport":
      return signOff(command, state);
    case "WithdrawSignOff":
      return withdrawSignOff(command, state);
    case "SetEmbargo":
      return setEmbargo(command, state);
    case "ChangeEmbargo":
      return changeEmbargo(command, state);
    case "SendEmbargoedCopies":
      return sendCopies(command, state);
    case "PublishReport":
      return publish(command, state, basis);
    case "IssueCorrection":
      return correct(command, state, basis);
    case "SubmitActionPlan":
      return submitPlan(command, state);
    case "ReturnActionPlan":
      return returnPlan(command, state);
    case "AcceptActionPlan":
      return acceptPlan(command, state);
    case "TrackRecommendation":
      return track(command, state);
  }
};
