/** Where an inspection stands and what is owed, by the rules of each step on its facts. */
import { announcementFlow } from "@assay/domain/announcement/flow.ts";
import type { Fact, Recorded } from "@assay/domain/audit/recorded.ts";
import { fieldworkFlow } from "@assay/domain/fieldwork/flow.ts";
import { phaseName } from "@assay/domain/kernel/chart.ts";
import { fold } from "@assay/domain/kernel/decider.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { Duty, Flow } from "@assay/domain/kernel/step.ts";
import { type Category, categoryOf } from "@assay/domain/kernel/stream.ts";
import { panelFlow } from "@assay/domain/panel/flow.ts";
import { publicationFlow } from "@assay/domain/publication/flow.ts";

/** Plain data. */
export type Owed = {
  readonly what: string;
  /** The role whose it is; `system` where Assay does it by itself. */
  readonly owner: string;
  readonly person: string | null;
  /** Null: no date is set. */
  readonly due: Instant | null;
  readonly overdue: boolean;
  readonly automatic: boolean;
};

export type Standing = {
  /** The stage in words, such as `fieldwork` or `published`. */
  readonly stage: string;
  readonly phases: Readonly<Record<"announcement" | "fieldwork" | "panel" | "publication", string>>;
  /** By date; what has none comes last. */
  readonly owed: readonly Owed[];
};

type Folded<State> = { readonly state: State; readonly owed: readonly Duty<unknown>[] };

const standIn = <Command, Known, State>(
  flow: Flow<Command, Known, State>,
  inspection: InspectionId,
  facts: readonly Fact[],
): Folded<State> => {
  const state = fold(flow, facts as readonly unknown[] as readonly Known[]);
  return { state, owed: flow.owed(inspection, state) };
};

export const standingOf = (
  inspection: InspectionId,
  records: readonly Recorded[],
  now: Instant,
): Standing => {
  const facts = (...categories: Category[]): readonly Fact[] =>
    records
      .filter(({ stream }) => categories.some((category) => category === categoryOf(stream)))
      .map(({ event }) => event);
  const every = records.map(({ event }) => event);
  const announcement = standIn(announcementFlow, inspection, facts("inspection"));
  const assessed = facts("inspection", "fieldwork", "assessment");
  const fieldwork = standIn(fieldworkFlow, inspection, assessed);
  const panel = standIn(panelFlow, inspection, every);
  const released = facts("inspection", "panel", "publication");
  const publication = standIn(publicationFlow, inspection, released);
  const steps = { announcement, fieldwork, panel, publication };
  const phases = {
    announcement: phaseName(announcement.state.phase),
    fieldwork: phaseName(fieldwork.state.phase),
    panel: phaseName(panel.state.phase),
    publication: phaseName(publication.state.phase),
  };
  const owed = Object.values(steps).flatMap((step) => step.owed.map((duty) => plain(duty, now)));
  return { stage: stageOf(phases), phases, owed: owed.toSorted(byDate) };
};

const plain = (duty: Duty<unknown>, now: Instant): Owed => {
  const { what, owner, person = null, due = null, command } = duty;
  const overdue = due !== null && due < now;
  return { what, owner, person, due, overdue, automatic: command !== undefined };
};

const byDate = (a: Owed, b: Owed): number => {
  if (a.due === b.due) return 0;
  if (a.due === null || b.due === null) return a.due === null ? 1 : -1;
  return a.due < b.due ? -1 : 1;
};

/** What a person calls the phase that the furthest step is in. */
const names = {
  announcement: {
    scheduled: "scheduled",
    announced: "announced: awaiting the case list",
    listed: "case list received: sample to be drawn",
    sampled: "sample drawn",
    notified: "sample notified",
  },
  publication: {
    drafted: "draft report",
    shared: "factual accuracy: with the service",
    commented: "factual accuracy: comments to be answered",
    settled: "awaiting sign-off",
    signed: "signed off",
    embargoed: "embargoed",
    published: "published: awaiting the action plan",
    planned: "published: action plan received",
    accepted: "published: action plan accepted",
    closed: "closed",
  },
} as const;

const stageOf = (phases: Standing["phases"]): string => {
  const { announcement, fieldwork, panel, publication } = phases;
  const before = announcement.replace("active.", "");
  const named: Readonly<Record<string, string>> = names.announcement;
  const written: Readonly<Record<string, string>> = names.publication;
  if (["postponed", "cancelled", "unscheduled"].includes(announcement)) return announcement;
  if (publication !== "drafted" || panel === "concluded")
    return written[publication] ?? publication;
  if (panel === "sitting") return "ratings panel";
  if (fieldwork === "closed") return "awaiting the ratings panel";
  return fieldwork === "opened" ? "fieldwork" : (named[before] ?? before);
};
