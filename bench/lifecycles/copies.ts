/** Histories told once and stored many times, each copy under an inspection's id of its own. */
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { carry } from "@assay/embedded/carry.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import type { EventStore, NewEvent, StoredEvent } from "@assay/store/port.ts";

export const longAgo = "2018-01-01T00:00:00.000Z" as Instant;
export const silent = createLog({ service: "bench", level: "silent" });

/** Everything that is recorded of it, in order, from its scheduling to its closing. */
export const historyOf = async (plot: Plot): Promise<readonly StoredEvent[]> => {
  const clock = createSteppedClock(longAgo);
  const engine = await startEngine({ dataDir: undefined, clock, log: silent });
  const events: StoredEvent[] = [];
  await carry({ engine, clock, plots: [plot] });
  for await (const page of engine.store.readAll()) events.push(...page);
  await engine.close();
  return events;
};

/** How many events were stored. */
export const storeCopy = async (
  store: EventStore,
  history: readonly StoredEvent[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<number> => {
  const renamed = ({ type, data, metadata }: StoredEvent): NewEvent => ({
    id: crypto.randomUUID(),
    type,
    data: JSON.parse(JSON.stringify(data).replaceAll(from, to)),
    metadata,
  });
  const streams = Map.groupBy(history, ({ stream }) => stream);
  await Promise.all(
    [...streams].map(([stream, events]) =>
      store.append(stream.replace(from, to), events.map(renamed), "none"),
    ),
  );
  return history.length;
};
