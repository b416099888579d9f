/**
 * What the rules ask of the report's own checks. A section that cannot be set is not recorded. A
 * draft in which they find an error goes to nobody, is not closed, not signed and corrects nothing;
 * and what the service says of its recommendations names nobody, because the public reads it.
 */
import { isInspectionEvent } from "../announcement/events.ts";
import { accept, refuse } from "../kernel/decider.ts";
import type { InspectionId } from "../kernel/ids.ts";
import type { Inquiry } from "../kernel/step.ts";
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
import { isPublicationEvent, type PublicationEvent, type Section } from "./events.ts";
import type { PublicationKnown } from "./state.ts";

/** Facts of inspection, panel and publication, each in its stream. */
export type ReportRecord = readonly {
  readonly stream: StreamName;
  readonly revision: number;
  readonly event: PublicationKnown;
}[];

/** What the rules ask of whoever can parse, check and set a report. */
export type ReportQuestion =
  /** Can this be set as a section? */
  | { readonly kind: "section"; readonly section: Section; readonly markdown: string }
  /** What keeps the draft back, as it would be with these facts? */
  | { readonly kind: "draft"; readonly record: ReportRecord }
  /** What keeps an action plan, or a note on progress, from those who would read it? */
  | {
      readonly kind: "answer";
      readonly record: ReportRecord;
      readonly facts: readonly PublicationEvent[];
    }
  /** Did the checks find this in that place, so that a person may say why it stands? */
  | {
      readonly kind: "excuse";
      readonly record: ReportRecord;
      readonly excuse: Pick<PublicationCommandOf<"ExcuseFinding">, "check" | "place" | "words">;
    };

export type ReportAnswer = { readonly findings: readonly Finding[] };

/** The newest fact first: a list that grows without being copied. */
export type Told = { readonly fact: PublicationKnown; readonly before: Told } | undefined;

/** Single cases are not read: the ratings and what they rest on stand in the conclusion. */
export const toldBy = (told: Told, fact: PublicationKnown): Told =>
  isInspectionEvent(fact) || isPanelEvent(fact) || isPublicationEvent(fact)
    ? { fact, before: told }
    : told;

type Checked = Inquiry<PublicationEvent, PublicationRefusal, ReportQuestion, ReportAnswer>;

/** What is asked of the checks before these facts are recorded; undefined: nothing. */
export const inquiryFor = (
  command: PublicationCommand,
  told: Told,
  next: readonly PublicationEvent[],
): Checked | undefined => {
  const { inspection } = command;
  switch (command.type) {
    case "DraftSection": {
      const { section, markdown } = command;
      return refusedFor("CannotBeSet", next, { kind: "section", section, markdown });
    }
    case "ExcuseFinding": {
      const record = recorded(inspection, told, []);
      return {
        question: { kind: "excuse", record, excuse: command },
        decide: ({ findings }) =>
          findings.length > 0
            ? accept(...next)
            : refuse({ reason: "NothingToExcuse", place: command.place }),
      };
    }
    case "SendDraft":
    case "CloseFactualAccuracy":
    case "SignOffReport":
    case "IssueCorrection": {
      const record = recorded(inspection, told, next);
      return refusedFor("ReportHasErrors", next, { kind: "draft", record });
    }
    case "SubmitActionPlan":
    case "TrackRecommendation": {
      const record = recorded(inspection, told, []);
      return refusedFor("AnswerNamesSomebody", next, { kind: "answer", record, facts: next });
    }
    default:
      return undefined;
  }
};

const refusedFor = (
  reason: "CannotBeSet" | "ReportHasErrors" | "AnswerNamesSomebody",
  next: readonly PublicationEvent[],
  question: ReportQuestion,
): Checked => ({
  question,
  decide: ({ findings }) => (findings.length > 0 ? refuse({ reason, findings }) : accept(...next)),
});

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
