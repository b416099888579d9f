/**
 * A report's way to the public: written, checked by the service for facts, signed, held back until
 * its moment, published by itself, corrected in the open, answered by an action plan.
 */
import { isInspectionEvent } from "../announcement/events.ts";
import { briefedBy, teamRelations, unbriefed } from "../briefing/inspection.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import { isFieldworkEvent } from "../fieldwork/events.ts";
import type { Instant } from "../kernel/instants.ts";
import type { Basis } from "../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
  publicationStream,
} from "../kernel/stream.ts";
import { aggregateOf } from "../lifecycle/aggregate.ts";
import { isPanelEvent } from "../panel/events.ts";
import {
  answerComment,
  closeAccuracy,
  endComments,
  returnComments,
  submitComment,
} from "./accuracy.ts";
import { publicationAbout } from "./about.ts";
import { acceptPlan, actionsOf, releaseProgress, returnPlan, submitPlan, track } from "./after.ts";
import { publicationBarred } from "./barred.ts";
import { makePoint, recordTable, setImprint, withdrawPoint } from "./body.ts";
import { inquiryFor, type Told, toldBy } from "./checks.ts";
import {
  type PublicationCommand,
  publicationPermissions,
  type PublicationRefusal,
} from "./commands.ts";
import { isPublicationEvent, type PublicationEvent } from "./events.ts";
import { publicationChart } from "./machine.ts";
import { rated, written } from "./record.ts";
import {
  changeEmbargo,
  correct,
  isUnchanged,
  publish,
  recipientsOf,
  sendCopies,
  setEmbargo,
  signOff,
  withdrawSignOff,
} from "./release.ts";
import type { PublicationAnswer, PublicationKnown, PublicationState } from "./state.ts";
import {
  draft,
  excuse,
  liveRecommendations,
  recommend,
  recordFact,
  sendDraft,
  withdrawRecommendation,
} from "./writing.ts";

type Examined = PublicationState & { readonly told?: Told };

const rules = aggregateOf<
  PublicationCommand,
  PublicationEvent,
  PublicationKnown,
  PublicationState,
  PublicationRefusal
>({
  chart: publicationChart,
  isOwn: isPublicationEvent,
  permissions: publicationPermissions,
  unknown: "UnknownInspection",
  initial: {
    briefing: unbriefed,
    ratings: {
      sitting: false,
      conclusion: 0,
      standards: [],
      overall: undefined,
      overallDecided: false,
      heard: new Set(),
    },
    sections: new Set(),
    recommendations: new Set(),
    points: new Set(),
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
    unreleased: new Map(),
    version: 0,
    publishedOn: undefined,
  },

  stream: ({ inspection }) => publicationStream(inspection),

  /** A version names every stream it is made from; a draft is checked against all of them. */
  consults: ({ type, inspection }, { briefing }) => [
    inspectionStream(inspection),
    panelStream(inspection),
    ...(referring.has(type) ? [fieldworkStream(inspection)] : []),
    ...(wholly.has(type)
      ? [...briefing.sample.keys()].map((id) => assessmentStream(inspection, id))
      : []),
  ],

  evolve: (state, event) => {
    if (isInspectionEvent(event)) return { ...state, briefing: briefedBy(state.briefing, event) };
    if (isPanelEvent(event)) return { ...state, ratings: rated(state.ratings, event) };
    if (isFieldworkEvent(event) || isAssessmentEvent(event)) return state;
    return written(state, event);
  },

  relations: ({ by }, { briefing, authors }) => [
    ...teamRelations(briefing, by),
    ...(authors.has(by.id) ? (["drafted"] as const) : []),
  ],
  barred: publicationBarred,
  decide: (command, state, basis) => answer(command, state, basis),
  about: publicationAbout,
  written: {
    SubmitComment: ({ comment, section, wording }) => ({
      comment,
      section,
      text: { comment: wording },
    }),
    SetEmbargo: ({ publishAt, recipients }) => ({
      publishAt,
      recipients: recipientsOf(recipients),
    }),
    SubmitActionPlan: ({ actions }) => ({ actions: actionsOf(actions) }),
  },
  holds: {
    DraftSection: () => true,
    RecordContextualFact: () => true,
    ExcuseFinding: () => true,
    MakeRecommendation: ({ number }, { withdrawn }) => !withdrawn.has(number),
    WithdrawRecommendation: () => true,
    MakePoint: ({ point }, { points }) => points.has(point),
    WithdrawPoint: ({ point }, { points }) => !points.has(point),
    RecordFigureTable: () => true,
    SetImprint: () => true,
    SubmitComment: () => true,
    AnswerComment: () => true,
    SignOffReport: (_, { phase, signedConclusion, ratings }) =>
      (phase.matches("signed") || phase.matches("embargoed")) &&
      signedConclusion === ratings.conclusion,
    SetEmbargo: (command, state) => isHeldUntil(command.publishAt, state),
    ChangeEmbargo: (command, state) => isHeldUntil(command.publishAt, state),
    SendEmbargoedCopies: (_, { phase, copiesSent }) => phase.matches("embargoed") && copiesSent,
    PublishReport: () => true,
    IssueCorrection: (_, state) => isUnchanged(state),
    AcceptActionPlan: (_, { phase }) => phase.matches("closed"),
    TrackRecommendation: ({ number }, state) => liveRecommendations(state).includes(number),
    ReleaseProgress: ({ number }, { unreleased }) => !unreleased.has(number),
  },
});

/** What looks at the whole report. */
const wholly: ReadonlySet<PublicationCommand["type"]> = new Set([
  "SendDraft",
  "CloseFactualAccuracy",
  "ExcuseFinding",
  "SignOffReport",
  "PublishReport",
  "IssueCorrection",
]);

/** The same, and texts that may refer to evidence. */
const referring: ReadonlySet<PublicationCommand["type"]> = new Set([
  ...wholly,
  "DraftSection",
  "MakePoint",
  "MakeRecommendation",
]);

const isHeldUntil = (moment: Instant, { phase, publishAt }: PublicationState): boolean =>
  phase.matches("embargoed") && publishAt === moment;

/** The step's rules. What the report's checks have to say is asked by an inquiry. */
export const publication: typeof rules = {
  ...rules,
  evolve: (state, fact): Examined => ({
    ...rules.evolve(state, fact),
    told: toldBy((state as Examined).told, fact),
  }),
  inquires: (command, state, events) => inquiryFor(command, (state as Examined).told, events),
};

const answer = (
  command: PublicationCommand,
  state: PublicationState,
  basis: Basis,
): PublicationAnswer => {
  switch (command.type) {
    case "DraftSection":
      return draft(command, state);
    case "RecordContextualFact":
      return recordFact(command);
    case "ExcuseFinding":
      return excuse(command);
    case "MakeRecommendation":
      return recommend(command, state);
    case "WithdrawRecommendation":
      return withdrawRecommendation(command, state);
    case "MakePoint":
      return makePoint(command, state);
    case "WithdrawPoint":
      return withdrawPoint(command, state);
    case "RecordFigureTable":
      return recordTable(command);
    case "SetImprint":
      return setImprint(command);
    case "SendDraft":
      return sendDraft(command, state);
    case "SubmitComment":
      return submitComment(command, state);
    case "ReturnComments":
      return returnComments(command);
    case "EndCommentPeriod":
      return endComments(command, state);
    case "AnswerComment":
      return answerComment(command, state);
    case "CloseFactualAccuracy":
      return closeAccuracy(command);
    case "SignOffReport":
      return signOff(command, state);
    case "WithdrawSignOff":
      return withdrawSignOff(command);
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
      return returnPlan(command);
    case "AcceptActionPlan":
      return acceptPlan(command);
    case "TrackRecommendation":
      return track(command, state);
    case "ReleaseProgress":
      return releaseProgress(command, state);
  }
};
