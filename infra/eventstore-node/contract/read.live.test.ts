import {
  BACKWARDS,
  binaryEvent,
  END,
  FORWARDS,
  START,
  StreamNotFoundError,
  UnknownError,
} from "@eventstore/db-client";
import { expect, test } from "vitest";

import { collect, events, freshName, indexes, served } from "./served.ts";

const client = served();

test("a stream reads either way, from anywhere, up to a count", async () => {
  const stream = freshName();
  await client().appendToStream(stream, events(8));
  const read = async (options: Parameters<ReturnType<typeof client>["readStream"]>[1]) =>
    indexes(await collect(client().readStream(stream, options)));
  expect(await read({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await read({ fromRevision: 5n })).toEqual([5, 6, 7]);
  expect(await read({ fromRevision: 1n, maxCount: 2 })).toEqual([1, 2]);
  expect(await read({ fromRevision: 8n })).toEqual([]);
  await expect(read({ fromRevision: END, direction: FORWARDS })).rejects.toBeInstanceOf(
    UnknownError,
  );
  expect(await read({ direction: BACKWARDS, fromRevision: END, maxCount: 3 })).toEqual([7, 6, 5]);
  expect(await read({ direction: BACKWARDS, fromRevision: 2n })).toEqual([2, 1, 0]);
  expect(await read({ direction: BACKWARDS, fromRevision: START })).toEqual([0]);
});

test("a stream that does not exist is not found", async () => {
  const stream = freshName();
  for (const direction of [FORWARDS, BACKWARDS] as const) {
    const fromRevision = direction === FORWARDS ? START : END;
    const missing = collect(client().readStream(stream, { direction, fromRevision }));
    const error: unknown = await missing.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(StreamNotFoundError);
  }
});

test("a long stream comes whole and in order", async () => {
  const stream = freshName();
  for (let from = 0; from < 6000; from += 1000) await client().appendToStream(stream, events(1000));
  const all = await collect(client().readStream(stream));
  expect(all.map(({ event }) => Number(event?.revision))).toEqual([...Array(6000).keys()]);
});

test("a reader that stops early leaves the server free", async () => {
  const stream = freshName();
  await client().appendToStream(stream, events(1000));
  for (let turn = 0; turn < 20; turn += 1) {
    for await (const { event } of client().readStream(stream)) {
      expect(event?.revision).toBe(0n);
      break;
    }
  }
  expect(await collect(client().readStream(stream, { maxCount: 3 }))).toHaveLength(3);
});

test("$all reads from a position: forwards with it, backwards before it", async () => {
  const stream = freshName();
  const { position } = await client().appendToStream(stream, events(1, "Marked"));
  await client().appendToStream(stream, events(3));
  const from = { fromPosition: position! };
  const mine = async (options: Parameters<ReturnType<typeof client>["readAll"]>[0]) =>
    (await collect(client().readAll({ ...from, ...options })))
      .filter(({ event }) => event?.streamId === stream)
      .map(({ event }) => Number(event?.revision));
  expect(await mine({})).toEqual([0, 1, 2, 3]);
  expect(await mine({ maxCount: 1 })).toEqual([0]);
  expect(await mine({ direction: BACKWARDS })).toEqual([]);
  const newest: unknown[] = [];
  // Others write, too.
  for await (const { event } of client().readAll({ direction: BACKWARDS, fromPosition: END })) {
    if (event?.streamId === stream) newest.push(Number(event.revision));
    if (newest.length === 2) break;
  }
  expect(newest).toEqual([3, 2]);
});

test("$all holds what the server keeps about streams and every event once", async () => {
  const stream = freshName();
  await client().appendToStream(stream, events(4));
  await client().setStreamMetadata(stream, { maxCount: 100 });
  const all = await collect(client().readAll());
  expect(all.some(({ event }) => event?.streamId.startsWith("$"))).toBe(true);
  const positions = all.map(({ event }) => event!.position.commit);
  expect(new Set(positions).size).toBe(positions.length);
  const backwards = await collect(client().readAll({ direction: BACKWARDS, fromPosition: END }));
  const end = positions.at(-1)!;
  const known = backwards.filter(({ event }) => event!.position.commit <= end);
  expect(known.map(({ event }) => event!.id)).toEqual(all.map(({ event }) => event!.id).reverse());
});

test("a link is followed when that is asked for, and shown as a link when it is not", async () => {
  const [target, links] = [freshName(), freshName("links")];
  await client().appendToStream(target, events(4));
  const link = (to: string) => binaryEvent({ type: "$>", data: Buffer.from(to) });
  await client().appendToStream(links, [link(`2@${target}`), link(`9@${target}`)]);
  const plain = await collect(client().readStream(links));
  expect(plain.map(({ event }) => event?.type)).toEqual(["$>", "$>"]);
  const [followed, dangling] = await collect(client().readStream(links, { resolveLinkTos: true }));
  const [original] = await collect(client().readStream(target, { fromRevision: 2n, maxCount: 1 }));
  expect(followed?.event).toEqual(original?.event);
  expect(followed?.link).toMatchObject({ type: "$>", streamId: links, revision: 0n });
  expect(dangling?.event).toBeUndefined();
  expect(dangling?.link).toMatchObject({ streamId: links, revision: 1n });
});
