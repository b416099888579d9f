/**
 * All inspections as the console reads them: folds kept in memory and brought up to date from the
 * store each time somebody looks, so that a page always shows what was recorded before it was asked
 * for. No command trusts them, and a new start builds them again.
 */
import type { ProgrammeKnown, ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import type { InspectionId, ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { categoryOf, erasureStream, inspectionOf } from "@assay/domain/kernel/stream.ts";
import { readStream } from "@assay/host/read-inspection.ts";
import {
  comparePositions,
  type EventStore,
  type Position,
  type StoredEvent,
} from "@assay/store/port.ts";

import { type Held, holding, nothingHeld } from "./held.ts";
import { keepPlanning, programmesFrom } from "./programmes.ts";

export type Library = {
  /** Every inspection as it stands now. */
  all(): Promise<ReadonlyMap<InspectionId, Held>>;
  one(inspection: string): Promise<Held | undefined>;
  /** Every programme, with what became of its placements. */
  programmes(): Promise<ReadonlyMap<ProgrammeId, ProgrammeState>>;
  /** Every event of one inspection, in the store's order; the same array until there is more. */
  events(held: Held): Promise<readonly StoredEvent[]>;
};

/** Inspections whose events are kept for reading: one takes about a megabyte. */
const mostKept = 12;

export const createLibrary = (store: EventStore): Library => {
  const inspections = new Map<InspectionId, Held>();
  const planned = new Map<ProgrammeId, ProgrammeKnown[]>();
  let programmes: ReadonlyMap<ProgrammeId, ProgrammeState> | undefined;
  const kept = new Map<InspectionId, { through: Position; events: readonly StoredEvent[] }>();
  let through: Position | undefined;
  let reading: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const readOn = async (): Promise<void> => {
    for await (const page of store.readAll(through === undefined ? {} : { after: through })) {
      for (const [inspection, events] of grouped(page)) {
        const held = holding(inspections.get(inspection) ?? nothingHeld(inspection), events);
        const erased = events.some(({ stream }) => categoryOf(stream) === "erasure");
        inspections.set(inspection, erased ? await readAnew(held, page.at(-1)!.position) : held);
      }
      keepPlanning(page, planned);
      programmes = undefined;
      through = page.at(-1)?.position ?? through;
    }
  };

  /** Everything up to there as the store gives it now, so that erased words are held no longer. */
  const readAnew = async (held: Held, end: Position): Promise<Held> => {
    kept.delete(held.inspection);
    const events = await eventsOf(store, held);
    return holding(
      nothingHeld(held.inspection),
      events.filter(({ position }) => comparePositions(position, end) <= 0),
    );
  };

  /** Whoever asks while a reading is under way waits for one that began after they asked. */
  const upToDate = (): Promise<void> => {
    if (reading === undefined) {
      reading = readOn().finally(() => (reading = undefined));
      return reading;
    }
    next ??= reading
      .catch(() => {})
      .then(() => {
        next = undefined;
        return upToDate();
      });
    return next;
  };

  const events = async (held: Held): Promise<readonly StoredEvent[]> => {
    const found = kept.get(held.inspection);
    if (found && held.last && found.through === held.last.position) return found.events;
    const read = await eventsOf(store, held);
    kept.delete(held.inspection);
    const last = read.at(-1);
    if (last) kept.set(held.inspection, { through: last.position, events: read });
    const oldest = kept.keys().next().value;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return read;
  };

  return {
    all: async () => {
      await upToDate();
      return new Map(inspections);
    },
    one: async (inspection) => {
      await upToDate();
      return inspections.get(inspection as InspectionId);
    },
    programmes: async () => {
      await upToDate();
      programmes ??= programmesFrom(planned, inspections.values());
      return programmes;
    },
    events,
  };
};

/**
 * Every event of an inspection. Erasures are read first: whoever has read of one gets no words any
 * more that it erased, so nothing that is kept can hold them.
 */
const eventsOf = async (
  store: EventStore,
  { inspection, streams }: Held,
): Promise<readonly StoredEvent[]> => {
  const first = erasureStream(inspection);
  const erasures = streams.has(first) ? await readStream(store, first) : [];
  const others = [...streams.keys()].filter((name) => name !== first);
  const read = await Promise.all(others.map((name) => readStream(store, name)));
  return [...erasures, ...read.flat()].toSorted((a, b) => comparePositions(a.position, b.position));
};

const grouped = (page: readonly StoredEvent[]): ReadonlyMap<InspectionId, StoredEvent[]> => {
  const found = new Map<InspectionId, StoredEvent[]>();
  for (const event of page) {
    const inspection = inspectionOf(event.stream);
    if (inspection === undefined) continue;
    const own = found.get(inspection);
    if (own) own.push(event);
    else found.set(inspection, [event]);
  }
  return found;
};
