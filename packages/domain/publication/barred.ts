/** What bars a command of the publication beside the phase, whatever its fields say. */
import { dayInEngland } from "../kernel/instants.ts";
import type { Bars } from "../lifecycle/aggregate.ts";
import { dueDay, unansweredComments } from "./accuracy.ts";
import type { PublicationCommand, PublicationRefusal } from "./commands.ts";
import { heldBackIn, isUnchanged } from "./release.ts";
import { type PublicationState, ratingsOpen } from "./state.ts";
import { incomplete, liveRecommendations } from "./writing.ts";

/** A draft that is sent, signed or issued is whole, and its ratings stand. */
const unready = (state: PublicationState): PublicationRefusal | undefined =>
  ratingsOpen(state) ?? incomplete(state);

const unrecommended = (live: readonly number[] | ReadonlySet<number>) =>
  [...live].length > 0 ? undefined : ({ reason: "NoRecommendations" } as const);

export const publicationBarred: Bars<
  PublicationCommand["type"],
  PublicationState,
  PublicationRefusal
> = {
  // Before the ratings there is no draft that a check could have read.
  ExcuseFinding: (_, { ratings }) =>
    ratings.conclusion === 0 ? { reason: "RatingsNotConcluded" } : undefined,
  WithdrawPoint: (_, { points }) => (points.size > 0 ? undefined : { reason: "NoPoints" }),
  WithdrawRecommendation: (_, { recommendations }) => unrecommended(recommendations),
  SendDraft: (_, state) => unready(state),
  SubmitComment: ({ at }, state) => {
    const due = dueDay(state);
    return dayInEngland(at) > due ? { reason: "CommentPeriodOver", due } : undefined;
  },
  EndCommentPeriod: ({ at }, state) => {
    const due = dueDay(state);
    return dayInEngland(at) > due ? undefined : { reason: "NotYetDue", due };
  },
  AnswerComment: ({ comment }, state) => {
    if (comment === undefined) return undefined;
    if (!state.comments.has(comment)) return { reason: "UnknownComment", comment };
    return state.comments.get(comment) ? { reason: "AlreadyAnswered", comment } : undefined;
  },
  CloseFactualAccuracy: (_, state) => {
    const comments = unansweredComments(state);
    return comments.length > 0 ? { reason: "CommentsUnanswered", comments } : ratingsOpen(state);
  },
  SignOffReport: (_, state) => unready(state),
  SendEmbargoedCopies: ({ at }, state) => {
    const { copiesFrom } = heldBackIn(state);
    return at < copiesFrom ? { reason: "TooSoonForCopies", copiesFrom } : undefined;
  },
  /** Late rather than early, and only on the ratings that were signed. */
  PublishReport: ({ at }, state) => {
    const { publishAt } = heldBackIn(state);
    if (at < publishAt) return { reason: "NotYetDue", due: publishAt };
    const open = ratingsOpen(state);
    if (open) return open;
    return state.signedConclusion === state.ratings.conclusion
      ? undefined
      : { reason: "SignedOnOtherRatings" };
  },
  IssueCorrection: (_, state) =>
    isUnchanged(state) ? { reason: "NothingChanged" } : unready(state),
  SubmitActionPlan: (_, state) => unrecommended(liveRecommendations(state)),
  TrackRecommendation: (_, state) => unrecommended(liveRecommendations(state)),
  ReleaseProgress: (_, { unreleased }) =>
    unreleased.size > 0 ? undefined : { reason: "NothingToRelease" },
};
