import { randomUUID } from "node:crypto";

import {
  ANY,
  binaryEvent,
  DeadlineExceededError,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  WrongExpectedVersionError,
} from "@eventstore/db-client";
import { describe, expect, test } from "vitest";

import { collect, events, freshName, served } from "./served.ts";

const client = served();

/** With credentials in the call the client appends one by one, without them in batches. */
const ways = [
  ["in batches", {}],
  ["one by one", { credentials: { username: "admin", password: "changeit" } }],
] as const;

describe.each(ways)("appending %s", (_name, way) => {
  test("gives the next revision and the position of the last event", async () => {
    const stream = freshName();
    const result = await client().appendToStream(stream, events(3), { ...way });
    expect(result).toMatchObject({ success: true, nextExpectedRevision: 2n });
    const stored = await collect(client().readStream(stream));
    expect(stored.at(-1)?.event?.position).toEqual(result.position);
  });

  test("keeps JSON, text beyond ASCII, bytes and metadata as they were", async () => {
    const stream = freshName();
    const id = randomUUID();
    const bytes = Uint8Array.from([0, 255, 128, 10]);
    const given = [
      jsonEvent({ id, type: "Worded", data: { text: "Größe – 😾\u0000" }, metadata: { by: "ä" } }),
      binaryEvent({ type: "Measured", data: bytes, metadata: Uint8Array.from([1, 2, 254]) }),
      jsonEvent({ type: "Bare", data: "only text" }),
    ];
    await client().appendToStream(stream, given, { ...way });
    const [worded, measured, bare] = await collect(client().readStream(stream));
    expect(worded?.event).toMatchObject({
      id,
      type: "Worded",
      isJson: true,
      streamId: stream,
      revision: 0n,
      data: { text: "Größe – 😾\u0000" },
      metadata: { by: "ä" },
    });
    const age = Date.now() - worded!.event!.created.getTime();
    expect(Math.abs(age)).toBeLessThan(600_000);
    expect(measured?.event?.isJson).toBe(false);
    expect(Buffer.from(measured?.event?.data as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(Buffer.from(measured?.event?.metadata as Uint8Array)).toEqual(Buffer.from([1, 2, 254]));
    expect(bare?.event).toMatchObject({ data: "only text", metadata: undefined });
  });

  test("goes on from the revision that is expected", async () => {
    const stream = freshName();
    await client().appendToStream(stream, events(2), { ...way, expectedRevision: NO_STREAM });
    await client().appendToStream(stream, events(1), { ...way, expectedRevision: 1n });
    await client().appendToStream(stream, events(1), { ...way, expectedRevision: STREAM_EXISTS });
    const last = await client().appendToStream(stream, events(1), {
      ...way,
      expectedRevision: ANY,
    });
    expect(last.nextExpectedRevision).toBe(4n);
  });

  test("is refused with what was expected and what is there", async () => {
    const stream = freshName();
    await client().appendToStream(stream, events(3), { ...way });
    const missing = freshName();
    const cases = [
      [stream, NO_STREAM, 2n],
      [stream, 1n, 2n],
      [stream, 7n, 2n],
      [missing, 1n, "no_stream"],
      [missing, STREAM_EXISTS, "no_stream"],
    ] as const;
    for (const [name, expectedRevision, actual] of cases) {
      const refused = client().appendToStream(name, events(1), { ...way, expectedRevision });
      const error: unknown = await refused.catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      expect(error).toMatchObject({
        streamName: name,
        expectedVersion: expectedRevision,
        actualVersion: actual,
      });
    }
    expect(await collect(client().readStream(stream))).toHaveLength(3);
  });

  test("stores the same events once, whatever revision is expected", async () => {
    for (const expectedRevision of [NO_STREAM, ANY] as const) {
      const stream = freshName();
      const given = events(3);
      const options = { ...way, expectedRevision };
      const first = await client().appendToStream(stream, given, options);
      const again = await client().appendToStream(stream, given, options);
      expect(again.nextExpectedRevision).toBe(first.nextExpectedRevision);
      expect(await collect(client().readStream(stream))).toHaveLength(3);
    }
  });

  test("is refused whole when it is too large", async () => {
    const stream = freshName();
    const large = jsonEvent({ type: "Filled", data: { text: "x".repeat(1_100_000) } });
    const refused = client().appendToStream(stream, [...events(1), large], { ...way });
    const error: unknown = await refused.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect((error as MaxAppendSizeExceededError).maxAppendSize).toBe(1_048_576);
    await client().appendToStream(stream, events(1), { ...way, expectedRevision: NO_STREAM });
  });

  test("fails when its deadline passes first", async () => {
    const late = client().appendToStream(freshName(), events(15_000), { ...way, deadline: 1 });
    await expect(late).rejects.toBeInstanceOf(DeadlineExceededError);
  });

  test("many at once each land where they should", async () => {
    const streams = Array.from({ length: 200 }, () => freshName());
    const results = await Promise.all(
      streams.map((stream) => client().appendToStream(stream, events(5), { ...way })),
    );
    for (const result of results) expect(result.nextExpectedRevision).toBe(4n);
    expect(new Set(results.map(({ position }) => position?.commit)).size).toBe(200);
  });
});
