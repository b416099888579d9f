/** The factual-accuracy round: the provider comments on facts, and every comment gets an answer. */
import { standardsOf } from "../briefing/inspection.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { PublicationCommandOf } from "./commands.ts";
import {
  contentOf,
  type PublicationAnswer,
  type PublicationState,
  ratingsOpen,
  wrongPhase,
} from "./state.ts";

export const submitComment = (
  command: PublicationCommandOf<"SubmitComment">,
  state: PublicationState,
): PublicationAnswer => {
  const { comment, section, wording } = command;
  const known = state.comments.get(comment);
  const fact = {
    type: "CommentReceived",
    ...stampOf(command),
    comment,
    section,
    text: { comment: wording },
  } as const;
  if (known?.said === contentOf(fact)) return accept();
  if (known) return refuse({ reason: "AlreadyUsed", item: comment });
  if (!state.phase.matches("shared") || !state.commentsDue) return wrongPhase(state);
  if (dayInEngland(command.at) > state.commentsDue) {
    return refuse({ reason: "CommentPeriodOver", due: state.commentsDue });
  }
  return accept(fact);
};

export const returnComments = (
  command: PublicationCommandOf<"ReturnComments">,
  state: PublicationState,
): PublicationAnswer => {
  if (state.phase.matches("commented")) return accept();
  if (!state.phase.matches("shared")) return wrongPhase(state);
  return accept({ type: "CommentsReturned", ...stampOf(command) });
};

/** Time is up: nobody waits for a provider beyond the day that was named. */
export const endComments = (
  command: PublicationCommandOf<"EndCommentPeriod">,
  state: PublicationState,
): PublicationAnswer => {
  const due = state.commentsDue;
  if (state.phase.matches("commented")) return accept();
  if (!state.phase.matches("shared") || !due) return wrongPhase(state);
  if (dayInEngland(command.at) <= due) return refuse({ reason: "NotYetDue", due });
  return accept({ type: "CommentPeriodEnded", ...stampOf(command), due });
};

export const answerComment = (
  command: PublicationCommandOf<"AnswerComment">,
  state: PublicationState,
): PublicationAnswer => {
  const { comment, outcome, standards, answer } = command;
  const known = state.comments.get(comment);
  if (!known) return refuse({ reason: "UnknownComment", comment });
  const fact = {
    type: "CommentAnswered",
    ...stampOf(command),
    comment,
    outcome,
    standards,
    text: { answer },
  } as const;
  if (known.answered === contentOf(fact)) return accept();
  if (known.answered) return refuse({ reason: "AlreadyAnswered", comment });
  if (!state.phase.matches("commented")) return wrongPhase(state);
  if (outcome === "not-accepted" && standards.length > 0) {
    return refuse({ reason: "NothingToCorrect", comment });
  }
  const rated = standardsOf(state.briefing);
  const strange = standards.find((standard) => !rated.some(({ code }) => code === standard));
  if (strange !== undefined) return refuse({ reason: "UnknownStandard", standard: strange });
  return accept(fact);
};

export const closeAccuracy = (
  command: PublicationCommandOf<"CloseFactualAccuracy">,
  state: PublicationState,
): PublicationAnswer => {
  if (state.phase.matches("settled")) return accept();
  if (!state.phase.matches("commented")) return wrongPhase(state);
  const comments = unansweredComments(state);
  if (comments.length > 0) return refuse({ reason: "CommentsUnanswered", comments });
  const stopped = ratingsOpen(state);
  if (stopped) return refuse(stopped);
  return accept({ type: "FactualAccuracyClosed", ...stampOf(command) });
};

export const unansweredComments = ({ comments }: PublicationState): readonly string[] =>
  [...comments].filter(([, { touches }]) => !touches).map(([comment]) => comment);
