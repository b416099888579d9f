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
import {
  comparePositions,
  type EventStore,
  type StoredEvent,
  StoreFault,
} from "@assay/store/port.ts";

type Reading = Pick<EventStore, "read">;

/**
 * Every event of the inspection, in the order in which the store took them; none where there is no
 * such inspection. A case has a stream of its own from the moment that fieldwork speaks of it.
 * Erasures are read first: whoever has read of one gets no words any more that it erased.
 */
export const readInspection = async (
  store: Reading,
  inspection: InspectionId,
  /** Streams that are read with it. */
  besides: readonly string[] = [],
): Promise<readonly StoredEvent[]> => {
  const erasures = await readStream(store, erasureStream(inspection));
  const fieldwork = await readStream(store, fieldworkStream(inspection));
  const cases = new Set(fieldwork.flatMap(({ data }) => (data["case"] ? [data["case"]] : [])));
  const names = [
    inspectionStream(inspection),
    panelStream(inspection),
    publicationStream(inspection),
    ...[...cases].map((id) => assessmentStream(inspection, id as CaseId)),
    ...besides,
  ];
  const others = await Promise.all(names.map((name) => readStream(store, name)));
  return [...erasures, ...fieldwork, ...others.flat()].toSorted((a, b) =>
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

/**
 * What is said of a stream in which this event comes where the one at `expected` belongs: half a
 * history reads as another history, so nothing is folded from there on.
 */
export const cutOff = ({ stream, revision }: StoredEvent, expected: number): StoreFault => {
  const message =
    `${stream} goes on at ${revision}, and ${expected} to ${revision - 1} cannot be read: take ` +
    "$tb, $maxCount and $maxAge out of the stream's metadata, or restore the store from a copy";
  return new StoreFault("corrupt", message, { retry: false });
};

/** Whether the inspection begins as ours do. What others wrote under such a name is not ours. */
export const isScheduled = async (store: Reading, inspection: InspectionId): Promise<boolean> => {
  for await (const [first] of store.read(inspectionStream(inspection), { limit: 1 }))
    return first?.type === "InspectionScheduled" || (first?.revision ?? 0) > 0;
  return false;
};
