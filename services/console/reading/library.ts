/**
 * All inspections as the console reads them: folds kept in memory and brought up to date from the
 * store each time somebody looks, so that a page always shows what was recorded before it was asked
 * for. No command trusts them, and a new start builds them again.
 */
import type { ProgrammeKnown, ProgrammeState } from "@assay/domain/announcement/programme/state.ts";
import type { InspectionId, ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { categoryOf, erasureStream, inspectionOf } from "@assay/domain/kernel/stream.ts";
import { isAway, reasonOf } from "@assay/host/fault.ts";
import { readStream } from "@assay/host/read-inspection.ts";
import {
  comparePositions,
  type EventStore,
  type Position,
  type StoredEvent,
} from "@assay/store/port.ts";

import { type Held, holding, nothingHeld } from "./held.ts";
import { keepPlanning, programmesFrom } from "./programmes.ts";
import { factsAmong, isFact } from "./vetted.ts";

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

/** What is recorded of one inspection cannot be read: it is not shown until that is mended. */
export class SetAside extends Error {
  readonly code = "set-aside";
  readonly retry = false;

  constructor(inspection: string, why: string) {
    super(`${inspection} is set aside: ${why}`);
    this.name = "SetAside";
  }
}

/** Ours begin so; what others wrote under such a name before that, or without it, is not ours. */
const begins = ({ stream, type, revision }: StoredEvent): boolean =>
  categoryOf(stream) === "inspection" && (type === "InspectionScheduled" || revision > 0);

/** Throws where something of it cannot be read. */
const heldAfter = (before: Held, events: readonly StoredEvent[]): Held => {
  factsAmong(events, before.streams);
  return holding(before, events);
};

export const createLibrary = (store: EventStore): Library => {
  const inspections = new Map<InspectionId, Held>();
  const planned = new Map<ProgrammeId, ProgrammeKnown[]>();
  let programmes: ReadonlyMap<ProgrammeId, ProgrammeState> | undefined;
  const kept: Kept = new Map();
  /** Why each inspection cannot be shown that was set aside: all others go on. */
  const aside = new Map<InspectionId, string>();
  let through: Position | undefined;

  const readOn = async (): Promise<void> => {
    for await (const page of store.readAll(through === undefined ? {} : { after: through })) {
      for (const [inspection, events] of grouped(page)) await take(inspection, events, page);
      keepPlanning(page, planned);
      programmes = undefined;
      through = page.at(-1)?.position ?? through;
    }
  };

  const take = async (
    inspection: InspectionId,
    events: readonly StoredEvent[],
    page: readonly StoredEvent[],
  ): Promise<void> => {
    const before = inspections.get(inspection);
    if (aside.has(inspection) || !(before || events.some(begins))) return;
    try {
      const held = heldAfter(before ?? nothingHeld(inspection), events);
      const erased = events.some(({ stream }) => categoryOf(stream) === "erasure");
      inspections.set(inspection, erased ? await readAnew(held, page.at(-1)!.position) : held);
    } catch (error) {
      if (isAway(error)) throw error;
      inspections.delete(inspection);
      aside.set(inspection, reasonOf(error));
    }
  };

  /** Everything up to there as the store gives it now, so that erased words are held no longer. */
  const readAnew = async (held: Held, end: Position): Promise<Held> => {
    kept.delete(held.inspection);
    const events = await eventsOf(store, held);
    return heldAfter(
      nothingHeld(held.inspection),
      events.filter(({ position }) => comparePositions(position, end) <= 0),
    );
  };

  const upToDate = shared(readOn);

  const events = keeping((held) => eventsOf(store, held), kept);

  return {
    all: async () => {
      await upToDate();
      return new Map(inspections);
    },
    one: async (inspection) => {
      await upToDate();
      const why = aside.get(inspection as InspectionId);
      if (why !== undefined) throw new SetAside(inspection, why);
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

type Kept = Map<InspectionId, { through: Position; events: readonly StoredEvent[] }>;

/** The same array until there is more, for as long as it is kept. */
const keeping =
  (read: (held: Held) => Promise<readonly StoredEvent[]>, kept: Kept): Library["events"] =>
  async (held) => {
    const found = kept.get(held.inspection);
    if (found && held.last && found.through === held.last.position) return found.events;
    const events = await read(held);
    kept.delete(held.inspection);
    const last = events.at(-1);
    if (last) kept.set(held.inspection, { through: last.position, events });
    const oldest = kept.keys().next().value;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return events;
  };

/** Whoever asks while a reading is under way waits for one that began after they asked. */
const shared = (read: () => Promise<void>): (() => Promise<void>) => {
  let reading: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const upToDate = (): Promise<void> => {
    if (reading === undefined) {
      reading = read().finally(() => (reading = undefined));
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
  return upToDate;
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
  return [...erasures, ...read.flat()]
    .filter(isFact)
    .toSorted((a, b) => comparePositions(a.position, b.position));
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
