/**
 * What the rules ask of the report's own checks. A section that cannot be set is not recorded. A
 * draft in which they find an error goes to nobody, is not closed, not signed and corrects nothing;
 * and what the service says of its recommendations names nobody, because the public reads it.
 */
import { sectionLabel } from "../framework/outline.ts";
import { frameworkIn } from "../framework/versions.ts";
import { isInspectionEvent } from "../announcement/events.ts";
import { isAssessmentEvent } from "../fieldwork/assessment/events.ts";
import { isFieldworkEvent } from "../fieldwork/events.ts";
import { accept, refuse } from "../kernel/decider.ts";
import type { InspectionId } from "../kernel/ids.ts";
import type { Inquiry } from "../kernel/step.ts";
import {
  assessmentStream,
  fieldworkStream,
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
import type { PublicationEvent } from "./events.ts";
import type { PublicationKnown } from "./state.ts";

type PublicationEventOf<Type extends PublicationEvent["type"]> = Extract<
  PublicationEvent,
  { type: Type }
>;

/** What the rules were told of, each at its place in its stream. */
export type ReportRecord = readonly {
  readonly stream: StreamName;
  readonly revision: number;
  readonly event: PublicationKnown;
}[];

/** What the rules ask of whoever can parse, check and set a report. */
export type ReportQuestion =
  /** Can this be set as a section, and does all that it refers to exist? */
  | {
      readonly kind: "section";
      readonly record: ReportRecord;
      readonly title: string;
      readonly markdown: string;
    }
  /** Does all exist that these words refer to? */
  | {
      readonly kind: "words";
      readonly record: ReportRecord;
      readonly title: string;
      readonly words: string;
    }
  /** What keeps the draft back, as it would be with these facts? */
  | { readonly kind: "draft"; readonly record: ReportRecord }
  /** Can the draft be set, whatever else keeps it back? */
  | { readonly kind: "setting"; readonly record: ReportRecord }
  /** What keeps this version from the public, and what are its forms? */
  | { readonly kind: "issue"; readonly record: ReportRecord; readonly version: number }
  /** What keeps an action plan, or a note on progress, from those who would read it? */
  | {
      readonly kind: "answer";
      readonly record: ReportRecord;
      readonly facts: readonly PublicationEvent[];
    }
  /** Did the checks find this, or anything, of which a person may say why it stands? */
  | {
      readonly kind: "excuse";
      readonly record: ReportRecord;
      readonly excuse?: Pick<PublicationCommandOf<"ExcuseFinding">, "check" | "place" | "words">;
    };

export type ReportAnswer = {
  readonly findings: readonly Finding[];
  /** What was rendered of a version, where it was. */
  readonly forms?: PublicationEventOf<"ReportPublished">["forms"];
};

/** The newest fact first: a list that grows without being copied. */
export type Told = { readonly fact: PublicationKnown; readonly before: Told } | undefined;

export const toldBy = (told: Told, fact: PublicationKnown): Told => ({ fact, before: told });

/** What the framework that was pinned calls a section. */
const titleIn = (told: Told, section: string): string => {
  for (let at = told; at; at = at.before) {
    if (at.fact.type !== "InspectionAnnounced") continue;
    return sectionLabel(frameworkIn(at.fact.framework.version), section) ?? section;
  }
  return section;
};

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
      return refusedFor("CannotBeSet", next, {
        kind: "section",
        record: recorded(inspection, told, []),
        title: titleIn(told, section),
        markdown,
      });
    }
    case "MakePoint":
    case "MakeRecommendation":
      return refusedFor("CannotBeSet", next, {
        kind: "words",
        record: recorded(inspection, told, []),
        title: command.type === "MakePoint" ? "This point" : `Recommendation ${command.number}`,
        words: command.wording,
      });
    case "ExcuseFinding": {
      const record = recorded(inspection, told, []);
      const question = { kind: "excuse", record, excuse: command } as const;
      return excusedFor({ reason: "NothingToExcuse", place: command.place }, next, question);
    }
    case "SendDraft":
    case "CloseFactualAccuracy":
    case "SignOffReport": {
      const record = recorded(inspection, told, next);
      return refusedFor("ReportHasErrors", next, { kind: "draft", record });
    }
    case "PublishReport":
    case "IssueCorrection": {
      const record = recorded(inspection, told, next);
      return {
        question: { kind: "issue", record, version: versionIn(next) },
        decide: ({ findings, forms }) =>
          findings.length > 0
            ? refuse({ reason: "ReportHasErrors", findings })
            : accept(...next.map((fact) => (isVersion(fact) && forms ? { ...fact, forms } : fact))),
      };
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

/**
 * Why the checks refuse a command whatever its fields say, for whoever offers it; undefined where
 * they do not. Whether the pages can be set is asked only once it is sent.
 */
export const checkedBefore = (
  type: PublicationCommand["type"],
  record: () => ReportRecord,
  answer: (question: ReportQuestion) => ReportAnswer,
): PublicationRefusal | undefined => {
  const inquiry = inquiryBefore(type, record);
  const decision = inquiry?.decide(answer(inquiry.question));
  return decision?.accepted === false ? decision.refusal : undefined;
};

const inquiryBefore = (
  type: PublicationCommand["type"],
  record: () => ReportRecord,
): Checked | undefined => {
  switch (type) {
    case "ExcuseFinding":
      return excusedFor({ reason: "NothingToExcuse" }, [], { kind: "excuse", record: record() });
    case "SendDraft":
    case "CloseFactualAccuracy":
    case "SignOffReport":
    case "IssueCorrection":
      return refusedFor("ReportHasErrors", [], { kind: "draft", record: record() });
    default:
      return undefined;
  }
};

type Version = PublicationEventOf<"ReportPublished" | "CorrectionIssued">;

const isVersion = (fact: PublicationEvent): fact is Version =>
  fact.type === "ReportPublished" || fact.type === "CorrectionIssued";

const versionIn = (next: readonly PublicationEvent[]): number => next.find(isVersion)?.version ?? 1;

const refusedFor = (
  reason: "CannotBeSet" | "ReportHasErrors" | "AnswerNamesSomebody",
  next: readonly PublicationEvent[],
  question: ReportQuestion,
): Checked => ({
  question,
  decide: ({ findings }) => (findings.length > 0 ? refuse({ reason, findings }) : accept(...next)),
});

const excusedFor = (
  refusal: PublicationRefusal,
  next: readonly PublicationEvent[],
  question: ReportQuestion,
): Checked => ({
  question,
  decide: ({ findings }) => (findings.length > 0 ? accept(...next) : refuse(refusal)),
});

/** Every fact at its place, because a stream is folded whole and in its order. */
const recorded = (
  inspection: InspectionId,
  told: Told,
  next: readonly PublicationEvent[],
): ReportRecord => {
  const facts: PublicationKnown[] = [];
  for (let each = told; each; each = each.before) facts.push(each.fact);
  const lengths = new Map<StreamName, number>();
  return [...facts.toReversed(), ...next].map((event) => {
    const stream = streamOf(event, inspection);
    const revision = lengths.get(stream) ?? 0;
    lengths.set(stream, revision + 1);
    return { stream, revision, event };
  });
};

const streamOf = (fact: PublicationKnown, inspection: InspectionId): StreamName => {
  if (isInspectionEvent(fact)) return inspectionStream(inspection);
  if (isPanelEvent(fact)) return panelStream(inspection);
  if (isFieldworkEvent(fact)) return fieldworkStream(inspection);
  if (isAssessmentEvent(fact)) return assessmentStream(inspection, fact.case);
  return publicationStream(inspection);
};
