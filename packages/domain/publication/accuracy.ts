/** The factual-accuracy round: the provider comments on facts, and every comment gets an answer. */
import { standardsOf } from "../briefing/inspection.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { Day } from "../kernel/instants.ts";
import type { PublicationCommandOf } from "./commands.ts";
import type { PublicationAnswer, PublicationState } from "./state.ts";

export const submitComment = (
  command: PublicationCommandOf<"SubmitComment">,
  state: PublicationState,
): PublicationAnswer => {
  const { comment, section, wording } = command;
  if (state.comments.has(comment)) return refuse({ reason: "AlreadyUsed", item: comment });
  return accept({
    type: "CommentReceived",
    ...stampOf(command),
    comment,
    section,
    text: { comment: wording },
  });
};

export const returnComments = (
  command: PublicationCommandOf<"ReturnComments">,
): PublicationAnswer => accept({ type: "CommentsReturned", ...stampOf(command) });

/** The day that the chart guarantees while comments are awaited. */
export const dueDay = ({ commentsDue }: PublicationState): Day => {
  if (commentsDue === undefined) throw new TypeError("no draft was sent");
  return commentsDue;
};

/** Time is up: nobody waits for a provider beyond the day that was named. */
export const endComments = (
  command: PublicationCommandOf<"EndCommentPeriod">,
  state: PublicationState,
): PublicationAnswer => {
  const due = dueDay(state);
  return accept({ type: "CommentPeriodEnded", ...stampOf(command), due });
};

export const answerComment = (
  command: PublicationCommandOf<"AnswerComment">,
  state: PublicationState,
): PublicationAnswer => {
  const { comment, outcome, standards, answer } = command;
  if (outcome === "not-accepted" && standards.length > 0) {
    return refuse({ reason: "NothingToCorrect", comment });
  }
  const rated = standardsOf(state.briefing);
  const strange = standards.find((standard) => !rated.some(({ code }) => code === standard));
  if (strange !== undefined) return refuse({ reason: "UnknownStandard", standard: strange });
  return accept({
    type: "CommentAnswered",
    ...stampOf(command),
    comment,
    outcome,
    standards,
    text: { answer },
  });
};

export const closeAccuracy = (
  command: PublicationCommandOf<"CloseFactualAccuracy">,
): PublicationAnswer => accept({ type: "FactualAccuracyClosed", ...stampOf(command) });

export const unansweredComments = ({ comments }: PublicationState): readonly string[] =>
  [...comments].filter(([, touches]) => !touches).map(([comment]) => comment);
