import { setTimeout as wait } from "node:timers/promises";

import {
  END,
  type EventStoreDBClient,
  eventTypeFilter,
  excludeSystemEvents,
  type Position,
  type ResolvedEvent,
  START,
  streamNameFilter,
} from "@eventstore/db-client";
import { expect, test } from "vitest";

import { collect, events, freshName, indexes, served } from "./served.ts";

const client = served();

type Subscription = ReturnType<EventStoreDBClient["subscribeToAll" | "subscribeToStream"]>;

/** Listens until an event of type `Finished` has come. */
const listen = (subscription: Subscription) => {
  const seen: ResolvedEvent[] = [];
  const marks: string[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    subscription.on("data", (resolved: ResolvedEvent) => {
      seen.push(resolved);
      if (resolved.event?.type === "Finished") resolve();
    });
    subscription.on("confirmation", () => marks.push("confirmation"));
    subscription.on("caughtUp", () => marks.push(`caughtUp after ${seen.length}`));
    subscription.on("error", reject);
  });
  return { seen, marks, finished, stop: () => subscription.unsubscribe() };
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await wait(5);
};

test("a stream's past comes first, then word of it, then what happens", async () => {
  const stream = freshName();
  await client().appendToStream(stream, events(4));
  const heard = listen(client().subscribeToStream(stream));
  await until(() => heard.marks.length === 2);
  expect(heard.marks).toEqual(["confirmation", "caughtUp after 4"]);
  await client().appendToStream(stream, [...events(3), ...events(1, "Finished")]);
  await heard.finished;
  expect(indexes(heard.seen)).toEqual([0, 1, 2, 3, 0, 1, 2, 0]);
  expect(heard.marks).toHaveLength(2);
  await heard.stop();
});

test("a stream is followed after a revision, from its end, or before it exists", async () => {
  const stream = freshName();
  const early = listen(client().subscribeToStream(stream));
  await until(() => early.marks.length === 2);
  await client().appendToStream(stream, events(4));
  const after = listen(client().subscribeToStream(stream, { fromRevision: 1n }));
  const live = listen(client().subscribeToStream(stream, { fromRevision: END }));
  await until(() => after.marks.length === 2 && live.marks.length === 2);
  await client().appendToStream(stream, events(1, "Finished"));
  for (const [heard, count] of [
    [early, 5],
    [after, 3],
    [live, 1],
  ] as const) {
    await heard.finished;
    expect(heard.seen).toHaveLength(count);
    await heard.stop();
  }
});

test("$all is followed from its start, after a position and from its end", async () => {
  const stream = freshName();
  const { position } = await client().appendToStream(stream, events(3));
  const places = [START, position!, END] as const;
  const heard = places.map((fromPosition) => listen(client().subscribeToAll({ fromPosition })));
  await until(() => heard.every(({ marks }) => marks.length === 2));
  await client().appendToStream(stream, [...events(2), ...events(1, "Finished")]);
  await Promise.all(heard.map(({ finished }) => finished));
  const counts = heard.map(
    ({ seen }) => seen.filter(({ event }) => event?.streamId === stream).length,
  );
  expect(counts).toEqual([6, 3, 3]);
  for (const { seen } of heard) {
    const commits = seen.map(({ event }) => event!.position!.commit);
    expect(commits).toEqual([...commits].sort((a, b) => (a < b ? -1 : 1)));
  }
  await Promise.all(heard.map(({ stop }) => stop()));
});

test("filters pick by prefix and by pattern, of stream and of type", async () => {
  const tag = freshName("f").slice(0, 9);
  const { position } = await client().appendToStream(freshName(), events(1));
  await client().appendToStream(`${tag}a-1`, events(2, `${tag}One`));
  await client().appendToStream(`${tag}b-1`, events(3, `${tag}Two`));
  await client().appendToStream(`${tag}c-1`, events(4, `${tag}Three`));
  const filters = [
    [streamNameFilter({ prefixes: [`${tag}a-`, `${tag}b-`] }), 5],
    [streamNameFilter({ regex: `^${tag}[bc]-\\d$` }), 7],
    [eventTypeFilter({ prefixes: [`${tag}T`] }), 7],
    [eventTypeFilter({ regex: `^${tag}(One|Three)$` }), 6],
  ] as const;
  for (const [filter, count] of filters) {
    const heard = listen(client().subscribeToAll({ fromPosition: position!, filter }));
    await until(() => heard.marks.length === 2);
    expect(heard.seen).toHaveLength(count);
    await heard.stop();
  }
});

test("a filter without system events and its checkpoints lead on without a gap", async () => {
  const stream = freshName();
  const { position } = await client().appendToStream(stream, events(1));
  const checkpoints: Position[] = [];
  const filter = excludeSystemEvents({
    checkpointInterval: 2,
    checkpointReached: async (_subscription, reached) => {
      checkpoints.push(reached);
    },
  });
  const heard = listen(client().subscribeToAll({ fromPosition: position!, filter }));
  for (let turn = 0; turn < 18; turn += 1) await client().appendToStream(stream, events(20));
  await client().appendToStream(stream, [...events(23), ...events(1, "Finished")]);
  await heard.finished;
  await heard.stop();
  expect(heard.seen).toHaveLength(384);
  expect(checkpoints.length).toBeGreaterThanOrEqual(5);
  expect(checkpoints.length).toBeLessThanOrEqual(8);

  const fromPosition = checkpoints.at(2)!;
  const rest = listen(client().subscribeToAll({ fromPosition, filter: excludeSystemEvents() }));
  await rest.finished;
  await rest.stop();
  const before = heard.seen.filter(({ event }) => event!.position!.commit <= fromPosition.commit);
  expect(before.length + rest.seen.length).toBe(384);
});

test("many writers and late subscribers: everything once, in order", async () => {
  const tag = freshName("many").slice(0, 12);
  const filter = streamNameFilter({ prefixes: [tag] });
  const write = async (writer: number): Promise<void> => {
    for (let turn = 0; turn < 30; turn += 1) {
      await client().appendToStream(`${tag}-${writer}`, events(3));
    }
  };
  const writing = Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
  const heard = [];
  for (let turn = 0; turn < 5; turn += 1) {
    heard.push(listen(client().subscribeToAll({ filter })));
    await wait(20);
  }
  await writing;
  await client().appendToStream(`${tag}-end`, events(1, "Finished"));
  const all = (await collect(client().readAll())).filter(({ event }) =>
    event?.streamId.startsWith(tag),
  );
  expect(all).toHaveLength(901);
  for (const { seen, finished, stop } of heard) {
    await finished;
    expect(seen.map(({ event }) => event?.id)).toEqual(all.map(({ event }) => event?.id));
    await stop();
  }
});

test("a slow subscriber gets everything", async () => {
  const stream = freshName();
  for (let turn = 0; turn < 5; turn += 1) await client().appendToStream(stream, events(400));
  await client().appendToStream(stream, events(1, "Finished"));
  let count = 0;
  for await (const { event } of client().subscribeToStream(stream)) {
    expect(Number(event?.revision)).toBe(count);
    count += 1;
    if (count % 200 === 0) await wait(20);
    if (event?.type === "Finished") break;
  }
  expect(count).toBe(2001);
});
