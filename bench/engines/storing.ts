/**
 * Appends and reads through the store's adapter, each checked against what the store then holds.
 */
import { randomUUID } from "node:crypto";

import type { EventStore, NewEvent, Pages, StoredEvent } from "@assay/store/port.ts";

import { quantile } from "../measure.ts";

/** How many a second, and how long one took, in milliseconds. */
export type Figures = { readonly perSecond: number; readonly p50: number; readonly p99: number };

/** Calls `work` so often, by so many callers at once, each waiting for its answer. */
export const timed = async (
  { callers, times }: { readonly callers: number; readonly times: number },
  work: (caller: number) => Promise<void>,
): Promise<Figures> => {
  const taken: number[] = [];
  let left = times;
  const begun = performance.now();
  const call = async (caller: number): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const sent = performance.now();
      await work(caller);
      taken.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: times / seconds, p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) };
};

/** An event as large as a judgement usually is. */
const someEvent = (number: number): NewEvent => ({
  id: randomUUID(),
  type: "Measured",
  data: { number, text: { rationale: "x".repeat(300) } },
  metadata: { commandId: randomUUID(), correlationId: randomUUID(), salt: randomUUID() },
});

/** One event at a time, each writer on a stream of its own. */
export const appending = async (
  store: EventStore,
  { writers, appends }: { readonly writers: number; readonly appends: number },
): Promise<Figures> => {
  const category = `measured${randomUUID().slice(0, 8)}`;
  const written = Array.from({ length: writers }, (): string[] => []);
  const figures = await timed({ callers: writers, times: appends }, async (writer) => {
    const ids = written[writer]!;
    const event = someEvent(ids.length);
    const expected = ids.length === 0 ? "none" : ids.length - 1;
    const answer = await store.append(`${category}-${writer}`, [event], expected);
    if (!answer.appended) throw new Error("a stream of one writer had another");
    ids.push(event.id);
  });
  for (const [writer, ids] of written.entries()) {
    const stored = (await all(store.read(`${category}-${writer}`))).map(({ id }) => id);
    if (stored.join() !== ids.join()) throw new Error(`${category}-${writer} is not as written`);
  }
  return figures;
};

/** Stores so many events of one category, to be read again and again. A page is one answer. */
export const reading = async (
  store: EventStore,
  count: number,
): Promise<(from: EventStore) => Promise<Figures>> => {
  const category = `read${randomUUID().slice(0, 8)}`;
  const together = 500;
  for (let next = 0; next < count; next += together) {
    const events = Array.from({ length: together }, (_, index) => someEvent(next + index));
    await store.append(`${category}-1`, events, next === 0 ? "none" : next - 1);
  }
  return async (from) => {
    const taken: number[] = [];
    const begun = performance.now();
    let since = begun;
    let next = 0;
    for await (const page of from.readAll({ prefixes: [`${category}-`] })) {
      for (const { data } of page)
        if (data["number"] !== next++) throw new Error(`${next - 1} did not come in its turn`);
      taken.push(performance.now() - since);
      since = performance.now();
    }
    if (next !== count) throw new Error(`${next} events came instead of ${count}`);
    const seconds = (performance.now() - begun) / 1000;
    return { perSecond: count / seconds, p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) };
  };
};

export const all = async (pages: Pages): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
};
