/** An inspection's stored events as the report reads them. */
import { type AnyFact, factIn } from "@assay/domain/facts.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { Recorded } from "@assay/report/recorded.ts";
import { comparePositions, type EventStore, type StoredEvent } from "@assay/store/port.ts";

export const factOf = (event: StoredEvent): AnyFact => factIn(event);

export const recordedFrom = (stored: StoredEvent): Recorded => ({
  stream: stored.stream,
  revision: stored.revision,
  event: factOf(stored),
});

/** All that was recorded of the event's inspection when the event was. */
export const recordedUntil = async (
  store: Pick<EventStore, "read">,
  { stream, position }: StoredEvent,
): Promise<readonly Recorded[]> => {
  const inspection = inspectionOf(stream);
  const events = inspection ? await readInspection(store, inspection) : [];
  return events.filter((each) => comparePositions(each.position, position) <= 0).map(recordedFrom);
};
