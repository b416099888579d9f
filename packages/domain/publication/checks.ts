/**
 * What the rules ask of the report's own checks. A draft in which they find an error goes to
 * nobody, is not closed, not signed and corrects nothing; and what the service says of its
 * recommendations names nobody, because the public reads it.
 */
import { isInspectionEvent } from "../announcement/events.ts";
import { refuse } from "../kernel/decider.ts";
import type { InspectionId } from "../kernel/ids.ts";
import {
  inspectionStream,
  panelStream,
  publicationStream,
  type StreamName,
} from "../kernel/stream.ts";
import { isPanelEvent } from "../panel/events.ts";
import type {
  Finding,
  PublicationCommand,
  PublicationCommandOf,
  PublicationRefusal,
} from "./commands.ts";
import { isPublicationEvent, type PublicationEvent } from "./events.ts";
import type { PublicationKnown } from "./state.ts";

/** Facts of inspection, panel and publication, each in its stream. */
export type ReportRecord = readonly {
  readonly stream: StreamName;
  readonly revision: number;
  readonly event: PublicationKnown;
}[];

export type ReportChecks = {
  /** What keeps the draft back. */
  readonly errorsIn: (record: ReportRecord) => readonly Finding[];
  /** What keeps an action plan, or a note on progress, from those who would read it. */
  readonly errorsInAnswer: (
    record: ReportRecord,
    answer: readonly PublicationEvent[],
  ) => readonly Finding[];
  /** Whether the checks found this in that place, and a person may say why it stands. */
  readonly mayBeExcused: (
    record: ReportRecord,
    excuse: Pick<PublicationCommandOf<"ExcuseFinding">, "check" | "place" | "words">,
  ) => boolean;
};

/** The newest fact first: a list that grows without being copied. */
export type Told = { readonly fact: PublicationKnown; readonly before: Told } | undefined;

/** Single cases are not read: the ratings and what they rest on stand in the conclusion. */
export const toldBy = (told: Told, fact: PublicationKnown): Told =>
  isInspectionEvent(fact) || isPanelEvent(fact) || isPublicationEvent(fact)
    ? { fact, before: told }
    : told;

/** Why the checks hold back what the command would lead to; undefined when they do not. */
export const heldBack = (
  checks: ReportChecks,
  command: PublicationCommand,
  told: Told,
  next: readonly PublicationEvent[],
): ReturnType<typeof refuse<PublicationRefusal>> | undefined => {
  const { inspection } = command;
  switch (command.type) {
    case "ExcuseFinding":
      return checks.mayBeExcused(recorded(inspection, told, []), command)
        ? undefined
        : refuse({ reason: "NothingToExcuse", place: command.place });
    case "SendDraft":
    case "CloseFactualAccuracy":
    case "SignOffReport":
    case "IssueCorrection":
      return refusedFor("ReportHasErrors", checks.errorsIn(recorded(inspection, told, next)));
    case "SubmitActionPlan":
    case "TrackRecommendation":
      return refusedFor(
        "AnswerNamesSomebody",
        checks.errorsInAnswer(recorded(inspection, told, []), next),
      );
    default:
      return undefined;
  }
};

const refusedFor = (
  reason: "ReportHasErrors" | "AnswerNamesSomebody",
  findings: readonly Finding[],
) => (findings.length > 0 ? refuse<PublicationRefusal>({ reason, findings }) : undefined);

/** Every fact in its stream; numbered through, because only the order within a stream counts. */
const recorded = (
  inspection: InspectionId,
  told: Told,
  next: readonly PublicationEvent[],
): ReportRecord => {
  const facts: PublicationKnown[] = [];
  for (let each = told; each; each = each.before) facts.push(each.fact);
  return [...facts.toReversed(), ...next].map((event, revision) => ({
    stream: streamOf(event, inspection),
    revision,
    event,
  }));
};

const streamOf = (fact: PublicationKnown, inspection: InspectionId): StreamName => {
  if (isInspectionEvent(fact)) return inspectionStream(inspection);
  return isPanelEvent(fact) ? panelStream(inspection) : publicationStream(inspection);
};
