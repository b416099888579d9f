/**
 * Bugs planted on purpose, to see that the checks would notice them: a harness that has never
 * caught anything proves nothing.
 */
import { randomUUID } from "node:crypto";

import type { Delivery, EventStore, NewEvent, SubscribeOptions } from "@assay/store/port.ts";

export const plantNames = ["lost-checkpoint", "doubled-reaction"] as const;
export type PlantName = (typeof plantNames)[number];

/** Stands between the services and their store. */
export type Plant = (store: EventStore) => EventStore;

const nothing: Plant = (store) => store;

export const plantOf = (name: PlantName | undefined): Plant =>
  name === undefined ? nothing : plants[name]();

const over = (store: EventStore, changed: Partial<EventStore>): EventStore => ({
  append: (stream, events, expected) => store.append(stream, events, expected),
  read: (stream, options) => store.read(stream, options),
  readAll: (options) => store.readAll(options),
  subscribe: (options) => store.subscribe(options),
  ping: () => store.ping(),
  close: () => store.close(),
  ...changed,
});

/** A checkpoint that was kept before its events were handled: what came with it is passed over. */
const lostCheckpoint = (): Plant => (store) =>
  over(store, {
    subscribe: (options) =>
      options.after === undefined ? store.subscribe(options) : hasty(store, options),
  });

async function* hasty(store: EventStore, options: SubscribeOptions): AsyncGenerator<Delivery> {
  let first = true;
  for await (const delivery of store.subscribe(options)) {
    const skipped = first && delivery.kind === "events";
    first = false;
    yield skipped ? { ...delivery, events: [] } : delivery;
  }
}

/** A reaction that does not know its own work again: what is sent twice is recorded twice. */
const doubledReaction = (): Plant => {
  const seen = new Set<string>();
  const renamed = (event: NewEvent): NewEvent => ({ ...event, id: randomUUID() });
  return (store) =>
    over(store, {
      append: async (stream, events, expected) => {
        const id = events[0]!.id;
        if (!seen.has(id)) {
          seen.add(id);
          return store.append(stream, events, expected);
        }
        const answer = await store.append(stream, events.map(renamed), expected);
        if (answer.appended) return answer;
        return store.append(stream, events.map(renamed), answer.actual);
      },
    });
};

const plants: Readonly<Record<PlantName, () => Plant>> = {
  "lost-checkpoint": lostCheckpoint,
  "doubled-reaction": doubledReaction,
};
