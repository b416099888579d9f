/**
 * A programme's worth of histories, and Assay's own way to its ratings. One history is stored over
 * and over, each time under an inspection's id of its own.
 */
import { mkdirSync } from "node:fs";

import { ratingsAsAt } from "@assay/domain/audit/as-at.ts";
import type { Recorded } from "@assay/domain/audit/recorded.ts";
import { replay } from "@assay/domain/audit/replay.ts";
import type { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { emptyFile, filedBy } from "@assay/domain/briefing/case-file.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { carry } from "@assay/embedded/carry.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { factIn } from "@assay/domain/facts.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { EventStore, NewEvent, StoredEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";

import { largerPlot } from "./larger.ts";

/** Of one inspection: its streams, each with its events. */
export type Histories = ReadonlyMap<InspectionId, ReadonlyMap<string, readonly NewEvent[]>>;

/** What can be asked of whoever stores them. Each throws where the answer is not right. */
export type Programme = {
  readonly inspections: readonly InspectionId[];
  readonly events: number;
  readonly streamsOf: (inspection: InspectionId) => readonly string[];
  /** Loads one case's stream and folds it. */
  readonly fold: (stream: string) => Promise<void>;
  /** Loads an inspection and replays its ratings. */
  readonly replay: (inspection: InspectionId) => Promise<void>;
  /** Its ratings when this share of its events had been recorded. */
  readonly asAt: (inspection: InspectionId, share: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

export const historiesOf = async (inspections: number): Promise<Histories> => {
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const log = createLog({ service: "bench", level: "silent" });
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const plot = largerPlot();
  await carry({ engine, clock, plots: [plot] });
  const from = plot.inspection;
  const history = await readInspection(engine.store, from);
  await engine.close();
  return new Map(
    Array.from({ length: inspections }, (_, number) => {
      const to = `service-${String(number).padStart(3, "0")}` as InspectionId;
      const streams = Map.groupBy(history, ({ stream }) => stream.replace(from, to));
      return [to, new Map([...streams].map(([name, some]) => [name, renamed(some, from, to)]))];
    }),
  );
};

const renamed = (events: readonly StoredEvent[], from: string, to: string): NewEvent[] =>
  events.map(({ type, data, metadata }) => ({
    id: crypto.randomUUID(),
    type,
    data: JSON.parse(JSON.stringify(data).replaceAll(from, to)) as NewEvent["data"],
    metadata,
  }));

export const fillAssay = async (
  folder: string,
  histories: Histories,
): Promise<Programme & { readonly path: string; readonly store: EventStore }> => {
  mkdirSync(folder, { recursive: true });
  const path = storePath(folder);
  const store = openSqliteStore({ path });
  let events = 0;
  for (const streams of histories.values())
    for (const [name, some] of streams) {
      await store.append(name, some, "none");
      events += some.length;
    }
  return {
    path,
    store,
    ...answersFrom(histories, events, {
      one: async (stream) => {
        const found: Recorded[] = [];
        for await (const page of store.read(stream)) found.push(...page.map(recorded));
        return found;
      },
      whole: async (inspection) => (await readInspection(store, inspection)).map(recorded),
    }),
    close: () => store.close(),
  };
};

/** The same questions, over whoever loads the events. */
export const answersFrom = (
  histories: Histories,
  events: number,
  load: {
    readonly one: (stream: string) => Promise<readonly Recorded[]>;
    readonly whole: (inspection: InspectionId) => Promise<readonly Recorded[]>;
  },
): Omit<Programme, "close"> => ({
  inspections: [...histories.keys()],
  events,
  streamsOf: (inspection) => [...histories.get(inspection)!.keys()],
  fold: async (stream) => {
    let file = emptyFile;
    for (const { event } of await load.one(stream)) file = filedBy(file, event as AssessmentEvent);
    if (file.status !== "confirmed") throw new Error(`${stream} folds to ${file.status}`);
  },
  replay: async (inspection) => {
    const found = replay(await load.whole(inspection));
    if (found?.equal !== true || found.concluded === null)
      throw new Error(`${inspection} does not replay to its ratings`);
  },
  asAt: async (inspection, share) => {
    const facts = await load.whole(inspection);
    const moment = Math.max(1, Math.floor(share * facts.length));
    const found = ratingsAsAt(facts, { events: moment });
    if (found.events !== moment) throw new Error(`${inspection} as at ${moment} is not right`);
  },
});

const recorded = (event: StoredEvent): Recorded => ({
  stream: event.stream,
  revision: event.revision,
  position: event.position,
  metadata: event.metadata,
  event: factIn(event),
});
