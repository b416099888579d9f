import { setTimeout as wait } from "node:timers/promises";

import {
  BACKWARDS,
  END,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from "@eventstore/db-client";
import { expect, test } from "vitest";

import { userIn } from "./named-server.ts";
import { collect, events, freshName, indexes, served } from "./served.ts";

const client = served();

const revisions = async (stream: string): Promise<number[]> =>
  (await collect(client().readStream(stream))).map(({ event }) => Number(event?.revision));

test("a deleted stream is not found, and begins again where it ended", async () => {
  const stream = freshName();
  await client().appendToStream(stream, events(4));
  expect((await client().deleteStream(stream, { expectedRevision: 3n })).position).toBeDefined();
  await expect(revisions(stream)).rejects.toBeInstanceOf(StreamNotFoundError);
  await client().appendToStream(stream, events(2), { expectedRevision: NO_STREAM });
  expect(await revisions(stream)).toEqual([4, 5]);
  await client().appendToStream(stream, events(1), { expectedRevision: 5n });
  expect(await revisions(stream)).toEqual([4, 5, 6]);
});

test("deleting is refused when the stream is not as expected", async () => {
  const stream = freshName();
  await client().appendToStream(stream, events(3));
  for (const expectedRevision of [0n, NO_STREAM] as const) {
    const refused = client().deleteStream(stream, { expectedRevision });
    const error: unknown = await refused.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ streamName: stream, actualVersion: 2n });
  }
  expect(await revisions(stream)).toEqual([0, 1, 2]);
});

test("a stream of which only metadata exists can be deleted", async () => {
  const stream = freshName();
  await client().setStreamMetadata(stream, { cacheControl: 10 });
  await client().deleteStream(stream, { expectedRevision: NO_STREAM });
  await expect(revisions(stream)).rejects.toBeInstanceOf(StreamNotFoundError);
});

test("a deleted stream does not count as existing", async () => {
  const stream = freshName();
  await client().appendToStream(stream, events(1));
  await client().deleteStream(stream);
  const options = { expectedRevision: STREAM_EXISTS } as const;
  await expect(client().appendToStream(stream, events(1), options)).rejects.toBeInstanceOf(
    StreamDeletedError,
  );
});

test("a tombstoned stream is gone for reading, appending, deleting and subscribing", async () => {
  const stream = freshName();
  await client().appendToStream(stream, events(2));
  await client().tombstoneStream(stream, { expectedRevision: 1n });
  const attempts = [
    () => revisions(stream),
    () => collect(client().readStream(stream, { direction: BACKWARDS, fromRevision: END })),
    () => client().appendToStream(stream, events(1)),
    // With credentials of its own it is no part of a batch.
    () =>
      client().appendToStream(stream, events(1), {
        credentials: userIn(process.env["EVENTSTORE_URL"] ?? ""),
      }),
    () => client().deleteStream(stream),
    () => client().tombstoneStream(stream),
    () => collect(client().subscribeToStream(stream)),
  ];
  for (const attempt of attempts) {
    const error: unknown = await attempt().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(StreamDeletedError);
    expect((error as StreamDeletedError).streamName).toBe(stream);
  }
});

test("a stream that never was can be tombstoned, one that is not as expected cannot", async () => {
  const [missing, stream] = [freshName(), freshName()];
  await client().tombstoneStream(missing, { expectedRevision: NO_STREAM });
  await expect(revisions(missing)).rejects.toBeInstanceOf(StreamDeletedError);
  await client().appendToStream(stream, events(2));
  const refused = client().tombstoneStream(stream, { expectedRevision: 0n });
  await expect(refused).rejects.toBeInstanceOf(WrongExpectedVersionError);
});

test("what a deleted stream held stays in $all until it is scavenged", async () => {
  const stream = freshName();
  const { position } = await client().appendToStream(stream, events(2));
  await client().tombstoneStream(stream);
  const all = await collect(client().readAll({ fromPosition: position! }));
  const types = all
    .filter(({ event }) => event?.streamId === stream)
    .map(({ event }) => event?.type);
  expect(types).toEqual(["Tried", "$streamDeleted"]);
});

test("metadata comes back as it was set, each setting replacing the last", async () => {
  const stream = freshName();
  expect((await client().getStreamMetadata(stream)).metadata).toBeUndefined();
  const metadata = {
    maxAge: 2,
    maxCount: 12,
    truncateBefore: 1,
    cacheControl: 15,
    acl: { readRoles: ["admin"], writeRoles: ["admin"] },
    colour: "Grün",
  };
  await client().setStreamMetadata(stream, metadata);
  expect((await client().getStreamMetadata(stream)).metadata).toEqual(metadata);
  const expectedRevision = 0n;
  await client().setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision });
  expect((await client().getStreamMetadata(stream)).metadata).toEqual({ maxCount: 3 });
  const refused = client().setStreamMetadata(stream, {}, { expectedRevision });
  await expect(refused).rejects.toBeInstanceOf(WrongExpectedVersionError);
});

test("only the last events are read when a count is set, before or after them", async () => {
  const stream = freshName();
  await client().setStreamMetadata(stream, { maxCount: 2 });
  await client().appendToStream(stream, events(20));
  expect(indexes(await collect(client().readStream(stream)))).toEqual([18, 19]);
  await client().setStreamMetadata(stream, { maxCount: 5 });
  const from = client().readStream(stream, { fromRevision: 17n, maxCount: 2 });
  expect(indexes(await collect(from))).toEqual([17, 18]);
  const backwards = { direction: BACKWARDS, fromRevision: END } as const;
  const read = await collect(client().readStream(stream, backwards));
  expect(indexes(read)).toEqual([19, 18, 17, 16, 15]);
});

test("events before the truncation and beyond the age are not read", async () => {
  const stream = freshName();
  await client().appendToStream(stream, events(5));
  await client().setStreamMetadata(stream, { truncateBefore: 3 });
  expect(await revisions(stream)).toEqual([3, 4]);
  await client().setStreamMetadata(stream, { maxAge: 1 });
  await wait(1500);
  expect(await revisions(stream)).toEqual([]);
  await client().appendToStream(stream, events(1));
  expect(await revisions(stream)).toEqual([5]);
});
