/**
 * The facts of one inspection as they were recorded, and those of them that a version of its report
 * rests on. A version is cut at the revisions that its own fact names, so it never changes.
 */
import type { AnyFact } from "@assay/domain/facts.ts";
import { categoryOf } from "@assay/domain/kernel/stream.ts";
import { isPanelEvent, type PanelEvent } from "@assay/domain/panel/events.ts";
import { isPublicationEvent, type PublicationEvent } from "@assay/domain/publication/events.ts";

export type Fact = AnyFact;

/** `revision` is the fact's place in its stream, 0 the first. */
export type Recorded = {
  readonly stream: string;
  readonly revision: number;
  readonly event: Fact;
};

/** A published version by its number; the draft; or the draft as embargoed copies carry it. */
export type Edition = number | "draft" | "embargoed";

type OfPanel<Type extends PanelEvent["type"]> = Extract<PanelEvent, { type: Type }>;
type OfPublication<Type extends PublicationEvent["type"]> = Extract<
  PublicationEvent,
  { type: Type }
>;
export type Conclusion = OfPanel<"RatingsConcluded">;
export type Issue = OfPublication<"ReportPublished" | "CorrectionIssued">;

/** What an edition is made from, each stream in its own order. */
export type Cut = {
  readonly facts: readonly Fact[];
  readonly conclusion: Conclusion;
  /** This version's own fact; undefined for a draft. */
  readonly issue: Issue | undefined;
};

/** Why an edition cannot be made from these facts. */
export class ReportFault extends Error {
  readonly code: "no-such-version" | "no-conclusion" | "not-announced";
  readonly retry = false;

  constructor(code: ReportFault["code"], message: string) {
    super(message);
    this.name = "ReportFault";
    this.code = code;
  }
}

/**
 * The facts that the edition rests on. Assessments stand as they stood when the panel concluded, so
 * that the tables always agree with the ratings. Throws a ReportFault where there is no edition.
 */
export const cutAt = (recorded: readonly Recorded[], edition: Edition): Cut => {
  const ordered = recorded.toSorted((a, b) => a.revision - b.revision);
  const issued = typeof edition === "number" ? issueOf(ordered, edition) : undefined;
  const limits = new Map(issued?.event.basis.map(({ stream, revision }) => [stream, revision]));
  const within = ({ stream, revision }: Recorded): boolean =>
    issued === undefined || revision <= (limits.get(stream) ?? -1);
  const conclusion = conclusionOf(ordered.filter(within), issued?.event.conclusion);
  const judged = new Map(conclusion.basis.map(({ stream, revision }) => [stream, revision]));
  const facts = ordered.filter((each) => {
    if (issued && each.stream === issued.stream) return each.revision <= issued.revision;
    if (categoryOf(each.stream) !== "assessment") return within(each);
    return each.revision <= (judged.get(each.stream) ?? -1);
  });
  return { facts: facts.map(({ event }) => event), conclusion, issue: issued?.event };
};

const issueOf = (recorded: readonly Recorded[], version: number): Recorded & { event: Issue } => {
  for (const each of recorded) {
    const { event } = each;
    if (event.type !== "ReportPublished" && event.type !== "CorrectionIssued") continue;
    if (event.version === version) return { ...each, event };
  }
  throw new ReportFault("no-such-version", `version ${version} was never published`);
};

const conclusionOf = (recorded: readonly Recorded[], number: number | undefined): Conclusion => {
  const conclusions = recorded
    .map(({ event }) => event)
    .filter((event) => event.type === "RatingsConcluded");
  const found = number === undefined ? conclusions.at(-1) : conclusions[number - 1];
  if (!found) throw new ReportFault("no-conclusion", "the panel has not concluded the ratings");
  return found;
};

/** The panel's facts up to and with this conclusion, and the head's decision that followed it. */
export const panelUntil = (facts: readonly Fact[], conclusion: Conclusion): PanelEvent[] => {
  const panel = facts.filter((event) => isPanelEvent(event));
  const end = panel.indexOf(conclusion);
  const next = panel.findIndex((event, i) => i > end && event.type === "RatingsConcluded");
  return panel.filter(
    (event, i) => i <= end || (event.type === "OverallDecided" && (next === -1 || i < next)),
  );
};

export const publicationFacts = (facts: readonly Fact[]): PublicationEvent[] =>
  facts.filter((event) => isPublicationEvent(event));
