/**
 * An event store that keeps words under lock: closed when they are appended, opened when they are
 * read. Whoever reads that words were erased destroys their key first, so that nobody who knows of
 * an erasure can still read what was erased.
 */
import { erasureIn } from "@assay/domain/announcement/erasure/events.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { refuseTooLarge } from "@assay/store/judgement.ts";
import {
  type Appended,
  type Conflict,
  type Delivery,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Pages,
  type ReadAllOptions,
  type ReadOptions,
  type StoredEvent,
  StoreFault,
  type SubscribeOptions,
} from "@assay/store/port.ts";

import { isGivenUp, makeSuccessorsOf, successorOf, successorsOf } from "./given-up.ts";
import { caseOwner, everyCase, type Keys, type KeyStore } from "./key-store.ts";
import { keyLost, lostIn, opened, ownersIn, sealed, streamsWith, withoutWords } from "./seal.ts";

type Reading = Pick<EventStore, "read" | "readAll">;

/** A reader of sealed events for those who may read them. */
export const openedReader = (reader: Reading, keys: KeyStore): Reading => {
  const pages = async function* (closed: Pages): AsyncGenerator<readonly StoredEvent[]> {
    for await (const page of closed) yield await open(page, keys);
  };
  return {
    read: (stream: string, options?: ReadOptions) => pages(reader.read(stream, options)),
    readAll: (options?: ReadAllOptions) => pages(reader.readAll(options)),
  };
};

/** A reader of sealed events for those who have no keys: every word reads as erased. */
export const readerWithoutWords = (reader: Reading): Reading => {
  const pages = async function* (closed: Pages): AsyncGenerator<readonly StoredEvent[]> {
    for await (const page of closed) yield page.map(withoutWords);
  };
  return {
    read: (stream: string, options?: ReadOptions) => pages(reader.read(stream, options)),
    readAll: (options?: ReadAllOptions) => pages(reader.readAll(options)),
  };
};

/** The store and its keys as one; closing it closes both. */
export const sealedStore = (store: EventStore, keys: KeyStore): EventStore => {
  const underWay = new Set<Promise<unknown>>();
  const openOnce = opening(keys);

  const append = async (
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended | Conflict> => {
    const placed = events.map(({ type, data }) => ({ stream, type, data }));
    const owners = ownersIn(placed);
    const known = await keys.find(owners);
    const missing = [...owners].filter((owner) => !known.has(owner));
    const lost = missing.length > 0 ? await lostAmong({ store, keys }, stream, missing) : [];
    if (lost.length > 0 && !(await isGivenUp(store, stream))) throw keyLost(stream, lost[0]!);
    const made = missing.filter((owner) => !lost.includes(owner));
    const found = made.length > 0 ? await keys.findOrMake(made) : [];
    const instead = lost.length > 0 ? await makeSuccessorsOf(keys, lost) : [];
    const closing = new Map([...known, ...found, ...instead]);
    const closed = events.map((event) => sealed(stream, event, closing));
    refuseTooLarge(stream, events);
    const answer = await store.append(stream, closed, expected);
    if (answer.appended) await carryOut(placed, keys).catch(notYet(stream));
    return answer;
  };

  return {
    ...openedReader(store, keys),
    append: (stream, events, expected) => {
      const answer = append(stream, events, expected);
      const done = answer.then(forget, forget);
      underWay.add(done);
      function forget(): void {
        underWay.delete(done);
      }
      return answer;
    },
    subscribe: async function* (options: SubscribeOptions): AsyncGenerator<Delivery> {
      for await (const delivery of store.subscribe(options)) {
        yield delivery.kind === "events"
          ? { ...delivery, events: await openOnce(delivery.events) }
          : delivery;
      }
    },
    ping: () => store.ping(),
    pingKeys: async () => void (await keys.find([])),
    close: async () => {
      await Promise.all(underWay);
      await store.close();
      await keys.close();
    },
  };
};

/**
 * A new key in the place of a lost one would keep the lost one from ever being taken back, so a key
 * is missing only where its owner has no words yet in any stream. One that somebody else made
 * meanwhile is not lost.
 */
const lostAmong = async (
  { store, keys }: { readonly store: EventStore; readonly keys: KeyStore },
  stream: string,
  missing: readonly string[],
): Promise<readonly string[]> => {
  const closed = new Set<string>();
  for (const each of streamsWith(missing, stream))
    for await (const page of store.read(each)) {
      const before = ownersIn(page);
      for (const owner of missing) if (before.has(owner)) closed.add(owner);
    }
  const made = await keys.find(closed);
  return [...closed].filter((owner) => !made.has(owner));
};

/** It is on record by then, and whoever reads it carries it out; the same append does so too. */
const notYet =
  (stream: string) =>
  (cause: unknown): never => {
    const message = `${stream}: recorded, and its keys are destroyed once the disk takes it`;
    throw new StoreFault("unavailable", message, { retry: true, cause });
  };

const open = async (
  page: readonly StoredEvent[],
  keys: KeyStore,
): Promise<readonly StoredEvent[]> => {
  await carryOut(page, keys);
  return openAll(page, await keys.find(ownersIn(page)), keys);
};

/** Where words do not open, the keys in the places of lost ones are asked for. */
const openAll = async (
  page: readonly StoredEvent[],
  found: Keys,
  keys: KeyStore,
): Promise<readonly StoredEvent[]> => {
  const events = page.map((event) => opened(event, found));
  const lost = new Set(events.flatMap((event) => Object.values(lostIn(event))));
  if (lost.size === 0) return events;
  const successors = await successorsOf(keys, lost);
  return successors.size === 0 ? events : page.map((event) => opened(event, found, successors));
};

type Opened = { readonly event: StoredEvent; readonly owners: ReadonlySet<string> };

/**
 * For those who follow a store: an event that several of them are handed is opened once, for as
 * long as the store itself holds it, and until a key is destroyed.
 */
const opening = (keys: KeyStore) => {
  let known = new WeakMap<StoredEvent, Opened>();
  return async (page: readonly StoredEvent[]): Promise<readonly StoredEvent[]> => {
    if (await carryOut(page, keys)) known = new WeakMap();
    const owned = page.map((event) => known.get(event)?.owners ?? ownersIn([event]));
    const found = await keys.find(new Set(owned.flatMap((owners) => [...owners])));
    const isKnown = (closed: StoredEvent, index: number): boolean =>
      known.has(closed) && ![...owned[index]!].some((owner) => found.get(owner) === "destroyed");
    const fresh = page.filter((closed, index) => !isKnown(closed, index));
    const events = new Map(
      (await openAll(fresh, found, keys)).map((event, index) => [fresh[index]!, event]),
    );
    return page.map((closed, index) => {
      const event = events.get(closed);
      if (!event) return known.get(closed)!.event;
      // A key that turns up later is taken.
      const owners = owned[index]!;
      if (Object.keys(lostIn(event)).length === 0) known.set(closed, { event, owners });
      return event;
    });
  };
};

type Told = Pick<StoredEvent, "stream" | "type" | "data">;

/**
 * Destroys the keys of what these facts erase; the second time nothing happens. Resolves to whether
 * any of them erases.
 */
export const carryOut = async (events: readonly Told[], keys: KeyStore): Promise<boolean> => {
  let erases = false;
  for (const { stream, type, data } of events) {
    const erasing = stream.startsWith("erasure-") ? erasureIn({ type, ...data }) : undefined;
    const inspection = inspectionOf(stream);
    if (!erasing || !inspection) continue;
    const { of, what, at } = erasing;
    const owners = what.map((part) =>
      of === "every case"
        ? { all: everyCase(inspection, part) }
        : { one: caseOwner(inspection, part, of) },
    );
    const single = owners.flatMap((each) => ("one" in each ? [each.one] : []));
    const instead = await successorsOf(keys, single);
    const successors = [...instead.keys()].map((owner) => ({ one: successorOf(owner) }));
    await keys.destroy({ owners: [...owners, ...successors], at });
    erases = true;
  }
  return erases;
};
