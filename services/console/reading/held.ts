/**
 * What is held of one inspection: each step's state folded from its facts, how long it has been in
 * each phase, and where its streams end. The same fold serves the present and any earlier moment.
 */
import { announcementFlow } from "@assay/domain/announcement/flow.ts";
import { isInspectionEvent } from "@assay/domain/announcement/events.ts";
import type { InspectionState } from "@assay/domain/announcement/state.ts";
import { type AnyFact, factIn } from "@assay/domain/facts.ts";
import { isAssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { isFieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { fieldworkFlow } from "@assay/domain/fieldwork/flow.ts";
import type { FieldworkState } from "@assay/domain/fieldwork/state.ts";
import { phaseName } from "@assay/domain/kernel/chart.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { isPanelEvent } from "@assay/domain/panel/events.ts";
import { panelFlow } from "@assay/domain/panel/flow.ts";
import type { PanelState } from "@assay/domain/panel/state.ts";
import { isPublicationEvent } from "@assay/domain/publication/events.ts";
import { publicationFlow } from "@assay/domain/publication/flow.ts";
import type { PublicationState } from "@assay/domain/publication/state.ts";
import type { StoredEvent } from "@assay/store/port.ts";

export const charts = ["announcement", "fieldwork", "panel", "publication"] as const;
export type ChartName = (typeof charts)[number];

export type Held = {
  readonly inspection: InspectionId;
  readonly events: number;
  readonly since: Instant | undefined;
  readonly last: StoredEvent | undefined;
  /** Every stream that holds a fact about it, with its last revision. */
  readonly streams: ReadonlyMap<string, number>;
  readonly announcement: InspectionState;
  readonly fieldwork: FieldworkState;
  readonly panel: PanelState;
  readonly publication: PublicationState;
  /** When each phase was last entered, by chart and phase: `panel sitting`. */
  readonly entered: ReadonlyMap<string, Instant>;
  /** The report as it was last published, by its version and day. */
  readonly published: { readonly version: number; readonly at: Instant } | undefined;
};

export const nothingHeld = (inspection: InspectionId): Held => ({
  inspection,
  events: 0,
  since: undefined,
  last: undefined,
  streams: new Map(),
  announcement: announcementFlow.initial,
  fieldwork: fieldworkFlow.initial,
  panel: panelFlow.initial,
  publication: publicationFlow.initial,
  entered: new Map(),
  published: undefined,
});

export const factOf = (event: StoredEvent): AnyFact => factIn(event);

/** Folds the events of one inspection, which come in the store's order, onto what is held. */
export const holding = (held: Held, events: readonly StoredEvent[]): Held => {
  const streams = new Map(held.streams);
  const entered = new Map(held.entered);
  let { announcement, fieldwork, panel, publication, since, published } = held;
  for (const event of events) {
    const fact = factOf(event);
    streams.set(event.stream, event.revision);
    since ??= fact.at;
    const before = { announcement, fieldwork, panel, publication };
    const own = isInspectionEvent(fact) || isFieldworkEvent(fact) || isAssessmentEvent(fact);
    if (own || isPublicationEvent(fact)) announcement = announcementFlow.evolve(announcement, fact);
    if (own) fieldwork = fieldworkFlow.evolve(fieldwork, fact);
    if (own || isPanelEvent(fact) || isPublicationEvent(fact)) {
      panel = panelFlow.evolve(panel, fact);
      publication = publicationFlow.evolve(publication, fact);
    }
    if (fact.type === "ReportPublished" || fact.type === "CorrectionIssued")
      published = { version: fact.version, at: fact.at };
    const after = { announcement, fieldwork, panel, publication };
    for (const chart of charts)
      if (after[chart].phase !== before[chart].phase || entered.size < charts.length)
        enter(entered, `${chart} ${phaseName(after[chart].phase)}`, fact.at);
  }
  return {
    inspection: held.inspection,
    events: held.events + events.length,
    since,
    last: events.at(-1) ?? held.last,
    streams,
    announcement,
    fieldwork,
    panel,
    publication,
    entered,
    published,
  };
};

/** A fact that leaves the phase as it was does not enter it again. */
const enter = (entered: Map<string, Instant>, phase: string, at: Instant): void => {
  if (!entered.has(phase)) entered.set(phase, at);
};
