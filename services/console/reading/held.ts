/**
 * What is held of one inspection: its outline for lists, each step's state folded from its facts,
 * how long it has been in each phase, and where its streams end. The same fold serves the present
 * and any earlier moment.
 */
import { type AnyFact, factIn } from "@assay/domain/facts.ts";
import { phaseName } from "@assay/domain/kernel/chart.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { type Outline, outlineOf, type Scored, scoredIn } from "@assay/domain/tracking/outline.ts";
import { chartNames, type Known, knownBy, nothingKnown } from "@assay/domain/tracking/standing.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { isFact } from "./vetted.ts";

/** What lists show: kept in a file, so without words and as plain data. */
export type Listed = Outline & {
  /** When something was last recorded of it. */
  readonly changed?: Instant | undefined;
  /** The report as it was last published, by its version and day, and its score at that moment. */
  readonly published?: { readonly version: number; readonly at: Instant } | undefined;
  readonly scoredThen?: Scored | undefined;
};

export type Events = readonly StoredEvent[];

export type Held = Known &
  Listed & {
    readonly events: number;
    readonly since: Instant | undefined;
    readonly last: StoredEvent | undefined;
    /** Every stream that holds a fact about it, with its last revision. */
    readonly streams: ReadonlyMap<string, number>;
    /** When each phase was last entered, by chart and phase: `panel sitting`. */
    readonly entered: ReadonlyMap<string, Instant>;
  };

export const nothingHeld = (inspection: InspectionId): Held => ({
  ...outlineOf(inspection, nothingKnown),
  ...nothingKnown,
  events: 0,
  since: undefined,
  last: undefined,
  streams: new Map(),
  entered: new Map(),
});

/** What of it a list is made from. */
export const listedOf = (held: Held): Listed => ({
  ...outlineOf(held.inspection, held),
  changed: held.changed,
  published: held.published,
  scoredThen: held.scoredThen,
});

const facts = new WeakMap<StoredEvent, AnyFact>();

/** An event stays what it is: its fact is worked out once, for as long as the event is kept. */
export const factOf = (event: StoredEvent): AnyFact => {
  const found = facts.get(event) ?? factIn(event);
  facts.set(event, found);
  return found;
};

/** Folds the events of one inspection, which come in the store's order, onto what is held. */
export const holding = (held: Held, events: readonly StoredEvent[]): Held => {
  const streams = new Map(held.streams);
  const entered = new Map(held.entered);
  let { since, published, scoredThen } = held;
  let known: Known = held;
  for (const event of events) {
    streams.set(event.stream, event.revision);
    if (!isFact(event)) continue;
    const fact = factOf(event);
    since ??= fact.at;
    const before = known;
    known = knownBy(before, fact);
    if (fact.type === "ReportPublished" || fact.type === "CorrectionIssued") {
      published = { version: fact.version, at: fact.at };
      scoredThen = scoredIn(known);
    }
    for (const chart of chartNames)
      if (known[chart].phase !== before[chart].phase || entered.size < chartNames.length)
        enter(entered, `${chart} ${phaseName(known[chart].phase)}`, fact.at);
  }
  const last = events.at(-1) ?? held.last;
  return {
    ...outlineOf(held.inspection, known),
    ...known,
    events: held.events + events.length,
    ...{ since, published, scoredThen, last, streams, entered },
    changed: last?.data["at"] as Instant | undefined,
  };
};

/** A fact that leaves the phase as it was does not enter it again. */
const enter = (entered: Map<string, Instant>, phase: string, at: Instant): void => {
  if (!entered.has(phase)) entered.set(phase, at);
};
