/** All that a store holds about one inspection, for those who read inspections whole. */
import type { CaseId, InspectionId } from "@assay/domain/kernel/ids.ts";
import {
  assessmentStream,
  erasureStream,
  fieldworkStream,
  inspectionStream,
  panelStream,
  publicationStream,
} from "@assay/domain/kernel/stream.ts";
import { comparePositions, type EventStore, type StoredEvent } from "@assay/store/port.ts";

type Reading = Pick<EventStore, "read">;

/**
 * Every event of the inspection, in the order in which the store took them; none where there is no
 * such inspection. A case has a stream of its own from the moment that fieldwork speaks of it.
 */
export const readInspection = async (
  store: Reading,
  inspection: InspectionId,
): Promise<readonly StoredEvent[]> => {
  const fieldwork = await readStream(store, fieldworkStream(inspection));
  const cases = new Set(fieldwork.flatMap(({ data }) => (data["case"] ? [data["case"]] : [])));
  const names = [
    inspectionStream(inspection),
    panelStream(inspection),
    publicationStream(inspection),
    erasureStream(inspection),
    ...[...cases].map((id) => assessmentStream(inspection, id as CaseId)),
  ];
  const others = await Promise.all(names.map((name) => readStream(store, name)));
  return [...fieldwork, ...others.flat()].toSorted((a, b) =>
    comparePositions(a.position, b.position),
  );
};

/** A stream as far as it goes, or up to and with a revision. */
export const readStream = async (
  store: Reading,
  stream: string,
  through = Infinity,
): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  if (through < 0) return events;
  const options = Number.isFinite(through) ? { limit: through + 1 } : {};
  for await (const page of store.read(stream, options)) events.push(...page);
  return events;
};
