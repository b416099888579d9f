/**
 * The step's rules with the report's own checks before them: a draft in which a check finds an
 * error goes to nobody, is not closed, not signed and corrects nothing; and what the service says
 * of its recommendations names nobody, because the public reads it.
 */
import { isInspectionEvent } from "@assay/domain/announcement/events.ts";
import { refuse } from "@assay/domain/kernel/decider.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Aggregate } from "@assay/domain/kernel/step.ts";
import {
  inspectionStream,
  panelStream,
  publicationStream,
  type StreamName,
} from "@assay/domain/kernel/stream.ts";
import { isPanelEvent } from "@assay/domain/panel/events.ts";
import type { PublicationCommand, PublicationRefusal } from "@assay/domain/publication/commands.ts";
import { publication } from "@assay/domain/publication/decide.ts";
import { isPublicationEvent, type PublicationEvent } from "@assay/domain/publication/events.ts";
import type { PublicationKnown, PublicationState } from "@assay/domain/publication/state.ts";
import { errorsIn, errorsInAnswer, mayBeExcused } from "@assay/report/review.ts";

/** The newest fact first: a list that grows without being copied. */
type Told = { readonly fact: PublicationKnown; readonly before: Told } | undefined;

type Examined = { readonly known: PublicationState; readonly told: Told };

type Refusal =
  | PublicationRefusal
  | { readonly reason: "NothingToExcuse"; readonly place: string }
  | {
      readonly reason: "ReportHasErrors" | "AnswerNamesSomebody";
      readonly findings: readonly { readonly place: string; readonly problem: string }[];
    };

const movesOn: ReadonlySet<string> = new Set<PublicationCommand["type"]>([
  "SendDraft",
  "CloseFactualAccuracy",
  "SignOffReport",
  "IssueCorrection",
]);

const answers: ReadonlySet<string> = new Set<PublicationCommand["type"]>([
  "SubmitActionPlan",
  "TrackRecommendation",
]);

export const examinedPublication: Aggregate<
  PublicationCommand,
  PublicationEvent,
  PublicationKnown,
  Examined,
  Refusal
> = {
  initial: { known: publication.initial, told: undefined },

  stream: (command) => publication.stream(command),

  consults: (command, { known }) => publication.consults(command, known),

  evolve: ({ known, told }, fact) => ({
    known: publication.evolve(known, fact),
    told: isRead(fact) ? { fact, before: told } : told,
  }),

  decide: (command, { known, told }, basis) => {
    const decision = publication.decide(command, known, basis);
    if (!decision.accepted || decision.events.length === 0) return decision;
    return heldBack(command, told, decision.events) ?? decision;
  },
};

const heldBack = (
  command: PublicationCommand,
  told: Told,
  next: readonly PublicationEvent[],
): ReturnType<typeof refuse<Refusal>> | undefined => {
  const { type, inspection } = command;
  if (type === "ExcuseFinding") {
    return mayBeExcused(recorded(inspection, told, []), command)
      ? undefined
      : refuse({ reason: "NothingToExcuse", place: command.place });
  }
  if (movesOn.has(type)) {
    const findings = errorsIn(recorded(inspection, told, next));
    return findings.length > 0 ? refuse({ reason: "ReportHasErrors", findings }) : undefined;
  }
  if (!answers.has(type)) return undefined;
  const findings = errorsInAnswer(recorded(inspection, told, []), next);
  return findings.length > 0 ? refuse({ reason: "AnswerNamesSomebody", findings }) : undefined;
};

/** Single cases are not read: the ratings and what they rest on stand in the panel's conclusion. */
const isRead = (fact: PublicationKnown): boolean =>
  isInspectionEvent(fact) || isPanelEvent(fact) || isPublicationEvent(fact);

/** Every fact in its stream; numbered through, because only the order within a stream counts. */
const recorded = (
  inspection: InspectionId,
  told: Told,
  next: readonly PublicationEvent[],
): Parameters<typeof errorsIn>[0] => {
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
