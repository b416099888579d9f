/**
 * Bugs planted on purpose, to see that the checks would notice them: a harness that has never
 * caught anything proves nothing.
 */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import { storePath } from "@assay/embedded/data-folder.ts";
import type { Clock } from "@assay/host/clock.ts";
import { storeOver } from "@assay/store/over.ts";
import {
  type Delivery,
  type EventStore,
  type NewEvent,
  type Position,
  type SubscribeOptions,
} from "@assay/store/port.ts";

import { derivedIn } from "./damage.ts";

export const plantNames = [
  "lost-checkpoint",
  "doubled-reaction",
  "hidden-poison",
  "trusted-clock",
  "blind-append",
  "two-publishers",
  "unlocked-data",
  "forgotten-source",
  "swallowed-damage",
  "kept-checkpoint",
] as const;
export type PlantName = (typeof plantNames)[number];

/** Each stands where the bug would be. */
export type Plant = {
  /** Between the services and their store. */
  readonly store?: (store: EventStore) => EventStore;
  /** Below the seal. */
  readonly disk?: (store: EventStore) => EventStore;
  readonly clock?: (clock: Clock) => Clock;
  /** On the files, before a start. */
  readonly files?: (folder: string) => void;
};

export const plantOf = (name: PlantName | undefined): Plant =>
  name === undefined ? {} : plants[name]();

/** A checkpoint that was kept before its events were handled: what came with it is passed over. */
const lostCheckpoint = (store: EventStore): EventStore =>
  storeOver(store, {
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
const doubledReaction = () => {
  const seen = new Set<string>();
  return (store: EventStore): EventStore =>
    storeOver(store, {
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

const renamed = (event: NewEvent): NewEvent => ({ ...event, id: randomUUID() });

/** What cannot be folded is passed over, and nobody is told. */
const hiddenPoison = (store: EventStore): EventStore =>
  storeOver(store, {
    append: async (stream, events, expected) =>
      stream.startsWith("aside-")
        ? { appended: true, revision: 0, position: "0" as Position, fresh: true }
        : store.append(stream, events, expected),
  });

/** Somebody else wrote first, and what they wrote is not looked at. */
const blindAppend = (store: EventStore): EventStore =>
  storeOver(store, {
    append: async (stream, events, expected) => {
      const answer = await store.append(stream, events, expected);
      return answer.appended ? answer : store.append(stream, events.map(renamed), answer.actual);
    },
  });

/** Who the publisher is was not recorded. */
const twoPublishers = (store: EventStore): EventStore =>
  storeOver(store, {
    read: async function* (stream, options) {
      if (!stream.startsWith("office-")) yield* store.read(stream, options);
    },
    append: async (stream, events, expected) =>
      stream.startsWith("office-")
        ? { appended: true, revision: 0, position: "0" as Position, fresh: true }
        : store.append(stream, events, expected),
  });

/** A damaged store is begun again, as is right for files that are made from it. */
const swallowedDamage = (folder: string): void => {
  const database = new DatabaseSync(storePath(folder));
  let sound = false;
  try {
    sound = database.prepare("pragma quick_check(1)").get()?.["quick_check"] === "ok";
  } catch {
    // It cannot even be asked.
  }
  database.close();
  if (!sound) rmSync(storePath(folder));
};

/** Neither the store nor the services keep what they were made from. */
const forgottenSource = (folder: string): void => {
  rmSync(`${storePath(folder)}.open`, { force: true });
  for (const file of derivedIn(folder)) {
    const database = new DatabaseSync(file);
    database.exec("drop table if exists witnessed");
    database.close();
  }
};

/** A file that was damaged is made anew, with the checkpoints that it had. */
const keptCheckpoint = (folder: string): void => {
  for (const file of derivedIn(folder)) {
    if (!file.endsWith("publication.sqlite") && !file.endsWith("panel.sqlite")) continue;
    const former = new DatabaseSync(file);
    former.exec("delete from agenda");
    former.exec("update position set reached = '999999'");
    former.close();
  }
};

const plants: Readonly<Record<PlantName, () => Plant>> = {
  "lost-checkpoint": () => ({ store: lostCheckpoint }),
  "doubled-reaction": () => ({ store: doubledReaction() }),
  "hidden-poison": () => ({ store: hiddenPoison }),
  "trusted-clock": () => ({
    clock: (clock) => ({ now: () => clock.now(), at: (due, run) => clock.at(due, run) }),
  }),
  "blind-append": () => ({ disk: blindAppend }),
  "two-publishers": () => ({ disk: twoPublishers }),
  "unlocked-data": () => ({
    files: (folder) => rmSync(`${storePath(folder)}.lock`, { force: true }),
  }),
  "forgotten-source": () => ({ files: forgottenSource }),
  "swallowed-damage": () => ({ files: swallowedDamage }),
  "kept-checkpoint": () => ({ files: keptCheckpoint }),
};
