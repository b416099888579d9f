/** Subscribing: the past, then what comes, with no gap and no repeat. */
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";

import type { Delivery, EventStore, Position, StoredEvent } from "../port.ts";
import { all, freshCategory, type Held, idsOf, someEvents } from "./subject.ts";

export const subscribeContract = (held: Held): void => {
  order(held);
  ending(held);
  checkpoints(held);
  concurrency(held);
};

type Seen = {
  readonly events: StoredEvent[];
  readonly deliveries: Delivery[];
  readonly stop: () => Promise<void>;
  readonly until: (enough: () => boolean) => Promise<void>;
};

const listen = (
  store: EventStore,
  options: { readonly prefixes?: readonly string[]; readonly after?: Position },
): Seen => {
  const events: StoredEvent[] = [];
  const deliveries: Delivery[] = [];
  const abort = new AbortController();
  const run = async (): Promise<void> => {
    for await (const delivery of store.subscribe({ ...options, signal: abort.signal })) {
      deliveries.push(delivery);
      if (delivery.kind === "events") events.push(...delivery.events);
    }
  };
  const running = run();
  const until = async (enough: () => boolean): Promise<void> => {
    const ended = running.then(() => Promise.reject(new Error("the subscription ended")));
    ended.catch(() => undefined);
    while (!enough()) await Promise.race([wait(5), ended]);
  };
  const stop = async (): Promise<void> => {
    abort.abort();
    await running;
  };
  return { events, deliveries, stop, until };
};

const caughtUp = ({ deliveries }: Seen): boolean =>
  deliveries.some(({ kind }) => kind === "caughtUp");

const append = async (store: EventStore, stream: string, count: number): Promise<string[]> => {
  const events = someEvents(count);
  const [last] = await all(store.read(stream, { direction: "backwards", limit: 1 }));
  await store.append(stream, events, last?.revision ?? "none");
  return idsOf(events);
};

const order = ({ store }: Held): void => {
  test("the past comes first, then word that it is over, then what happens", async () => {
    const category = freshCategory();
    const past = await append(store(), `${category}-1`, 5);
    const seen = listen(store(), { prefixes: [`${category}-`] });
    await seen.until(() => caughtUp(seen));
    expect(idsOf(seen.events)).toEqual(past);
    const live = await append(store(), `${category}-2`, 3);
    await seen.until(() => seen.events.length >= 8);
    expect(idsOf(seen.events)).toEqual([...past, ...live]);
    const kinds = seen.deliveries.map(({ kind }) => kind);
    expect(kinds.indexOf("caughtUp")).toBeGreaterThan(kinds.indexOf("events"));
    await seen.stop();
  });

  test("a subscription to nothing yet catches up and waits", async () => {
    const category = freshCategory();
    const seen = listen(store(), { prefixes: [`${category}-`] });
    await seen.until(() => caughtUp(seen));
    expect(seen.events).toEqual([]);
    await append(store(), `${category}-1`, 1);
    await seen.until(() => seen.events.length === 1);
    await seen.stop();
  });

  test("only what begins with a prefix is delivered", async () => {
    const [mine, other] = [freshCategory(), freshCategory()];
    const seen = listen(store(), { prefixes: [`${mine}-a`, `${mine}-b`] });
    await seen.until(() => caughtUp(seen));
    await append(store(), `${other}-a`, 2);
    await append(store(), `${mine}-c`, 2);
    const a = await append(store(), `${mine}-a1`, 2);
    const b = await append(store(), `${mine}-b`, 1);
    await seen.until(() => seen.events.length >= 3);
    expect(idsOf(seen.events)).toEqual([...a, ...b]);
    await seen.stop();
  });
};

const ending = ({ store }: Held): void => {
  test("an aborted subscription ends without an error, also before it began", async () => {
    const category = freshCategory();
    const seen = listen(store(), { prefixes: [`${category}-`] });
    await seen.until(() => caughtUp(seen));
    await seen.stop();
    await append(store(), `${category}-1`, 1);
    expect(seen.events).toEqual([]);
    const deliveries: Delivery[] = [];
    const signal = AbortSignal.abort();
    for await (const delivery of store().subscribe({ signal })) deliveries.push(delivery);
    expect(deliveries).toEqual([]);
  });

  test("a reader may leave a subscription by itself", async () => {
    const category = freshCategory();
    const ids = await append(store(), `${category}-1`, 2);
    const { signal } = new AbortController();
    for await (const delivery of store().subscribe({ prefixes: [`${category}-`], signal })) {
      if (delivery.kind !== "events" || delivery.events.length === 0) continue;
      expect(delivery.events[0]!.id).toBe(ids[0]);
      break;
    }
    await store().ping();
  });
};

const checkpoints = ({ store }: Held): void => {
  test("a subscription goes on after any checkpoint that it gave", async () => {
    const category = freshCategory();
    const prefixes = [`${category}-`];
    const ids = [
      ...(await append(store(), `${category}-1`, 3)),
      ...(await append(store(), `${category}-2`, 2)),
    ];
    const first = listen(store(), { prefixes });
    await first.until(() => caughtUp(first) && first.events.length === 5);
    ids.push(...(await append(store(), `${category}-3`, 4)));
    await first.until(() => first.events.length === 9);
    await first.stop();

    let delivered = 0;
    for (const delivery of first.deliveries) {
      if (delivery.kind === "events") delivered += delivery.events.length;
      if (delivery.through === undefined) continue;
      const again = listen(store(), { prefixes, after: delivery.through });
      await again.until(() => caughtUp(again) && again.events.length >= ids.length - delivered);
      expect(idsOf(again.events)).toEqual(ids.slice(delivered));
      await again.stop();
    }
  });

  test("a subscription goes on after the position of any event", async () => {
    const category = freshCategory();
    const prefixes = [`${category}-`];
    const ids = await append(store(), `${category}-1`, 4);
    const events = await all(store().readAll({ prefixes }));
    for (const [index, { position }] of events.entries()) {
      const seen = listen(store(), { prefixes, after: position });
      await seen.until(() => caughtUp(seen));
      expect(idsOf(seen.events)).toEqual(ids.slice(index + 1));
      await seen.stop();
    }
  });
};

const concurrency = ({ store, subject }: Held): void => {
  const write = async (stream: string, appends: number): Promise<void> => {
    for (let turn = 0; turn < appends; turn += 1) {
      await store().append(stream, someEvents(2), turn === 0 ? "none" : turn * 2 - 1);
    }
  };

  test("going live while many write loses nothing and repeats nothing", async () => {
    const category = freshCategory();
    const prefixes = [`${category}-`];
    const writers = Array.from({ length: 8 }, (_, index) => write(`${category}-${index}`, 40));
    const seen: Seen[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      seen.push(listen(store(), { prefixes }));
      await wait(10);
    }
    await Promise.all(writers);
    const ids = idsOf(await all(store().readAll({ prefixes })));
    expect(ids).toHaveLength(640);
    for (const one of seen) {
      await one.until(() => one.events.length >= ids.length);
      expect(idsOf(one.events)).toEqual(ids);
      await one.stop();
    }
  });

  test("a slow reader gets everything, in order, at its own pace", async () => {
    const category = freshCategory();
    const prefixes = [`${category}-`];
    const writing = write(`${category}-1`, 60);
    const abort = new AbortController();
    const events: StoredEvent[] = [];
    for await (const delivery of store().subscribe({ prefixes, signal: abort.signal })) {
      await wait(10);
      if (delivery.kind === "events") events.push(...delivery.events);
      if (events.length >= 120) abort.abort();
    }
    await writing;
    expect(events.map(({ revision }) => revision)).toEqual([...Array(120).keys()]);
  });

  test("lost connections lose nothing and repeat nothing", async () => {
    const category = freshCategory();
    const prefixes = [`${category}-`];
    const seen = listen(store(), { prefixes });
    await seen.until(() => caughtUp(seen));
    const ids: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      ids.push(...(await append(store(), `${category}-${turn}`, 3)));
      if (turn % 2 === 0) await seen.until(() => seen.events.length >= ids.length);
      await subject().loseConnections();
    }
    await seen.until(() => seen.events.length >= ids.length);
    ids.push(...(await append(store(), `${category}-9`, 1)));
    await seen.until(() => seen.events.length >= ids.length);
    expect(idsOf(seen.events)).toEqual(ids);
    await seen.stop();
  });
};
