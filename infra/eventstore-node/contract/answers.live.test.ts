/**
 * How a server of version 25.0 answers, call by call, measured on one. Against a real server the
 * same calls can be made again: `EVENTSTORE_URL` names one, or all nodes of a cluster.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startNode } from "../node.ts";
import { type Event, filtered, knowing21, ofAll, ofStream, Raw, subscribing } from "./raw.ts";
import { leaderOf } from "./named-server.ts";
import { freshName } from "./served.ts";

let raw: Raw;
let stop: () => Promise<void>;
beforeAll(async () => {
  const named = process.env["EVENTSTORE_URL"];
  const folder = await mkdtemp(join(tmpdir(), "assay-answers-"));
  const node = named ? undefined : await startNode({ path: join(folder, "events.db"), port: 0 });
  raw = new Raw(await leaderOf(named ?? node!.connectionString));
  stop = async () => {
    raw.close();
    await node?.stop();
    await rm(folder, { recursive: true });
  };
});
afterAll(() => stop());

const some = (count: number, event: Event = {}): Event[] =>
  Array.from({ length: count }, () => ({ id: randomUUID(), type: "Tried", ...event }));

const filledStream = async (count: number): Promise<string> => {
  const stream = freshName();
  await raw.append(stream, some(count), "none");
  return stream;
};

const all =
  <Options>(...parts: readonly ((options: Options) => void)[]) =>
  (options: Options): void => {
    for (const part of parts) part(options);
  };

const newest = async (): Promise<bigint> => {
  const stream = freshName();
  const { messages } = await raw.append(stream, some(1), "none");
  return BigInt(messages[0]!.getSuccess()!.getPosition()!.getCommitPosition());
};

const handlerFailed = { code: 2, details: "Exception was thrown by handler." };
const outcome = async (appended: ReturnType<Raw["append"]>) => {
  const { messages, fault } = await appended;
  return fault ?? messages[0]!.toObject();
};

describe("an append", () => {
  test("that expects no stream is refused with the fields of all versions", async () => {
    const stream = await filledStream(3);
    const { messages } = await raw.append(stream, some(1), "none");
    const refused = messages[0]!.getWrongExpectedVersion()!;
    expect(refused.hasExpectedNoStream()).toBe(true);
    expect(refused.getCurrentRevision()).toBe("2");
    expect(refused.getCurrentRevision2060()).toBe(2);
    expect(refused.hasExpectedRevision2060()).toBe(true);
    expect(BigInt(refused.getExpectedRevision2060())).toBe(18446744073709551616n);
  });

  test("with the same id succeeds as at first, whatever it holds", async () => {
    for (const expected of ["none", "any"] as const) {
      const stream = freshName();
      const [event] = some(1);
      const first = await outcome(raw.append(stream, [event!], expected));
      const other = { ...event!, type: "Other", data: `{"other":1}` };
      expect(await outcome(raw.append(stream, [other], expected))).toEqual(first);
    }
  });

  test("of nothing succeeds without a revision, and is refused at a wrong one", async () => {
    const { messages } = await raw.append(freshName(), [], "any");
    const success = messages[0]!.getSuccess()!;
    expect([success.hasNoStream(), success.hasPosition()]).toEqual([true, true]);
    const stream = await filledStream(2);
    const refused = await raw.append(stream, [], 7);
    expect(refused.messages[0]!.hasWrongExpectedVersion()).toBe(true);
  });

  test("without a type, with an empty one, or without a stream's name is refused", async () => {
    expect(await outcome(raw.append(freshName(), [{}], "any"))).toMatchObject({
      code: 3,
      trailers: {
        exception: "missing-required-metadata-property",
        "required-metadata-properties": "type,content-type",
      },
    });
    const untyped = raw.append(freshName(), [{ type: "" }], "any");
    expect(await outcome(untyped)).toMatchObject(handlerFailed);
    expect(await outcome(raw.append("", some(1), "any"))).toMatchObject(handlerFailed);
    expect(await outcome(raw.append(freshName(), some(1), "nothing"))).toMatchObject({ code: 3 });
  });

  test("takes text, JSON that is none, and a stream called $all", async () => {
    const events = [{ type: "A", contentType: "text/plain" }, ...some(1, { data: "{ nonsense" })];
    for (const stream of [freshName(), "$all"]) {
      const { messages } = await raw.append(stream, events, "any");
      expect(messages[0]!.hasSuccess()).toBe(true);
    }
  });

  test("counts types as well as data, up to 1,048,576 bytes", async () => {
    const text = (length: number): string => JSON.stringify("x".repeat(length - 2));
    const tooLarge = {
      code: 3,
      details: "Maximum Append Size of 1048576 Exceeded.",
      trailers: {
        exception: "maximum-append-size-exceeded",
        "maximum-append-size": "1048576",
      },
    };
    for (const events of [
      some(1, { data: text(1_048_576) }),
      some(1, { data: text(1_048_500), type: "t".repeat(100) }),
      some(2, { data: text(600_000) }),
    ])
      expect(await outcome(raw.append(freshName(), events, "any"))).toMatchObject(tooLarge);
    const many = await raw.append(freshName(), some(30_000, { type: "t".repeat(16) }), "any");
    expect(many.messages[0]!.getSuccess()!.getCurrentRevision()).toBe("29999");
  });
});

describe("a batch append", () => {
  test("answers each append for itself, and goes on", async () => {
    const stream = await filledStream(1);
    const buried = await filledStream(1);
    await raw.remove("tombstone", buried);
    const large = some(1, { data: JSON.stringify("x".repeat(1_100_000)) });
    const answers = await raw.batch([
      { stream, events: some(1), expected: 7 },
      { stream, events: large, expected: "any" },
      { stream, events: some(1), expected: "any", deadline: -5000 },
      { stream, events: [{}], expected: "any" },
      { stream: buried, events: some(1), expected: "any" },
      { stream, events: some(1), expected: 0 },
    ]);
    const told = answers.map((answer) => {
      const error = answer.getError();
      const type = error?.getDetails()?.getTypeName();
      return error ? [error.getCode(), error.getMessage(), type] : "success";
    });
    expect(told).toEqual([
      [6, "WrongExpectedVersion", "event_store.client.WrongExpectedVersion"],
      [3, "MaximumAppendSizeExceeded", "event_store.client.MaximumAppendSizeExceeded"],
      [4, "Timeout", "event_store.client.Timeout"],
      [3, "BadRequest", "event_store.client.BadRequest"],
      [5, "StreamDeleted", "event_store.client.StreamDeleted"],
      "success",
    ]);
  });
});

describe("a read", () => {
  const backwards = (options: { setReadDirection(direction: 1): void }): void =>
    options.setReadDirection(1);

  test("forwards from the end, or of no events, is an error", async () => {
    const stream = await filledStream(2);
    const error = { code: 2, details: "Unexpected ReadStreamResult: Error" };
    const none = (options: { setCount(count: string): void }): void => options.setCount("0");
    expect((await raw.read(ofStream(stream, "end"))).fault).toMatchObject(error);
    expect((await raw.read(all(ofStream(stream), none))).fault).toMatchObject(error);
  });

  test("beyond the end gives nothing forwards, and the last event backwards", async () => {
    const stream = await filledStream(2);
    expect(await raw.read(ofStream(stream, 9))).toEqual({ messages: [], fault: undefined });
    const { messages } = await raw.read(all(ofStream(stream, 9), backwards));
    const revisions = messages.map((one) => one.getEvent()!.getEvent()!.getStreamRevision());
    expect(revisions).toEqual(["1", "0"]);
  });

  test("of a missing stream says so; one that asks hears where a stream ended", async () => {
    const missing = await raw.read(ofStream(freshName()));
    expect(missing.messages[0]!.hasStreamNotFound()).toBe(true);
    const stream = await filledStream(3);
    const { messages } = await raw.read(all(ofStream(stream), knowing21));
    expect(messages.map((one) => one.hasEvent())).toEqual([true, true, true, false]);
    expect(messages.at(-1)!.getLastStreamPosition()).toBe("2");
  });

  test("of $all takes the place of a record, and one beyond the end", async () => {
    const end = await newest();
    expect((await raw.read(ofAll([end, end - 1n]))).fault).toMatchObject({
      ...{ code: 2, details: "Unexpected ReadAllResult: InvalidPosition" },
    });
    expect((await raw.read(ofAll([end - 1n, end]))).fault).toMatchObject(handlerFailed);
    const beyond = end + 1_000_000n;
    expect(await raw.read(ofAll([beyond, beyond]))).toEqual({ messages: [], fault: undefined });
  });
});

describe("a subscription", () => {
  type Message = Awaited<ReturnType<Raw["read"]>>["messages"][number];
  const kind = (one: Message): string =>
    one.hasConfirmation()
      ? "confirmation"
      : one.hasCaughtUp()
        ? "caught up"
        : one.hasCheckpoint()
          ? "checkpoint"
          : "event";

  test("to a place that is no record's is confirmed and refused", async () => {
    const end = await newest();
    const { messages, fault } = await raw.read(all(ofAll([end, end - 1n]), subscribing));
    expect(messages.map(kind)).toEqual(["confirmation"]);
    const details = "Trying to read from an invalid position.";
    expect(fault).toMatchObject({ code: 3, details });
  });

  test("beyond the end is confirmed and caught up", async () => {
    const beyond = (await newest()) + 1_000_000n;
    const asked = all(ofAll([beyond, beyond]), subscribing);
    const { messages } = await raw.read(asked, (heard) => heard.length === 2);
    expect(messages.map(kind)).toEqual(["confirmation", "caught up"]);
  });

  test("to a stream that is not there yet has caught up, and gets what comes", async () => {
    const stream = freshName();
    let appended = false;
    const { messages } = await raw.read(all(ofStream(stream), subscribing), (heard) => {
      if (heard.length === 2 && !appended) {
        appended = true;
        void raw.append(stream, some(2), "none");
      }
      return heard.length === 4;
    });
    expect(messages.map(kind)).toEqual(["confirmation", "caught up", "event", "event"]);
  });

  test("to a tombstoned stream is refused before any confirmation", async () => {
    const stream = await filledStream(1);
    await raw.remove("tombstone", stream);
    const { messages, fault } = await raw.read(all(ofStream(stream), subscribing));
    expect(messages).toEqual([]);
    expect(fault).toMatchObject({ code: 9, trailers: { exception: "stream-deleted" } });
  });

  test("with a filter tells after each 32 events how far it has looked", async () => {
    const from = await newest();
    for (let turn = 0; turn < 10; turn += 1) await raw.append(freshName(), some(320), "any");
    const asked = all(ofAll([from, from]), subscribing, filtered(freshName("nobody")));
    const { messages } = await raw.read(asked, (heard) => heard.some((one) => one.hasCaughtUp()));
    const checkpoints = messages.filter((one) => one.hasCheckpoint()).length;
    expect(checkpoints).toBeGreaterThanOrEqual(100);
    expect(checkpoints).toBeLessThanOrEqual(102);
  });

  test("that does not take what comes while it is live is ended", async () => {
    const stream = freshName();
    const call = raw.slow(all(ofStream(stream), subscribing));
    await call.confirmed;
    const data = JSON.stringify("x".repeat(10_000));
    for (let turn = 0; turn < 25; turn += 1) await raw.append(stream, some(90, { data }), "any");
    expect(await call.fault()).toMatchObject({
      code: 10,
      details: "Consumer too slow to handle event while live. Client resubscription required.",
    });
  });
});

describe("deleting", () => {
  test("a stream lets it begin again where it ended", async () => {
    const stream = await filledStream(4);
    await raw.remove("delete", stream);
    const { messages } = await raw.append(stream, some(1), "none");
    expect(messages[0]!.getSuccess()!.getCurrentRevision()).toBe("4");
    const read = await raw.read(ofStream(stream));
    const revisions = read.messages.map((one) => one.getEvent()?.getEvent()?.getStreamRevision());
    expect(revisions).toEqual(["4"]);
  });

  test("a missing stream is refused, and what is tombstoned stays so", async () => {
    expect((await raw.remove("delete", freshName())).fault).toMatchObject({
      code: 9,
      trailers: {
        exception: "wrong-expected-version",
        "expected-version": "-2",
        "actual-version": "-1",
      },
    });
    const stream = await filledStream(1);
    await raw.remove("tombstone", stream);
    const gone = { code: 9, trailers: { exception: "stream-deleted", "stream-name": stream } };
    expect((await raw.read(ofStream(stream))).fault).toMatchObject(gone);
    expect(await outcome(raw.append(stream, some(1), "any"))).toMatchObject(gone);
  });
});
