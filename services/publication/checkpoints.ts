/**
 * Signs checkpoints as an inspection goes on: at each moment that calls for one, and over each day
 * of fieldwork with the first event of a later day.
 */
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { dayInEngland, type Instant } from "@assay/domain/kernel/instants.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import { isScheduled, readInspection } from "@assay/host/read-inspection.ts";
import type { LogRecord } from "@assay/ledger/integrity.ts";
import { fieldworkDay, isInTheField, stageAfter } from "@assay/ledger/stages.ts";
import { comparePositions, type EventStore, type StoredEvent } from "@assay/store/port.ts";

import { checkpointAfter, type History, type Ledger } from "./ledger-keeper.ts";

/** The events that may call for a checkpoint, as a reaction to them says it. */
export const everythingSigned = {
  prefixes: ["inspection-", "fieldwork-", "assessment-", "panel-", "publication-"],
  facts: [InspectionEvent, FieldworkEvent, AssessmentEvent, PanelEvent, PublicationEvent],
};

/** What an event led to: the whole history, and the record with the checkpoint after the event. */
export type Signed = { readonly history: History; readonly record: LogRecord };

/** Takes every event of every inspection, in order; what comes again leads to nothing more. */
export const checkpointsOf = (
  store: Pick<EventStore, "read">,
  ledger: Ledger,
): ((event: StoredEvent) => Promise<Signed | undefined>) => {
  /** The newest event in the field of each inspection that has any. */
  const newest = new Map<string, StoredEvent>();

  return async (event) => {
    const inspection = inspectionOf(event.stream);
    if (!inspection) return undefined;
    const read = async (): Promise<History> => ({
      inspection,
      events: await readInspection(store, inspection),
    });
    if (!isInTheField(event) && stageAfter(event) === undefined) return undefined;
    if (!(await isScheduled(store, inspection))) return undefined;
    if (isInTheField(event)) {
      const former = newest.get(inspection) ?? newestBefore(event, (await read()).events);
      if (former && dayOf(former) < dayOf(event))
        await checkpointAfter(former, fieldworkDay, await read(), ledger);
      newest.set(inspection, event);
    }
    const stage = stageAfter(event);
    if (stage === undefined) return undefined;
    if (event.type === "FieldworkClosed") newest.delete(inspection);
    const history = await read();
    return { history, record: await checkpointAfter(event, stage, history, ledger) };
  };
};

const newestBefore = (
  event: StoredEvent,
  events: readonly StoredEvent[],
): StoredEvent | undefined =>
  events
    .filter((each) => isInTheField(each) && comparePositions(each.position, event.position) < 0)
    .toSorted((a, b) => comparePositions(a.position, b.position))
    .at(-1);

const dayOf = ({ data }: StoredEvent): string => dayInEngland(data["at"] as Instant);
