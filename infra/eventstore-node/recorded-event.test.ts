import { endOfTime } from "@assay/store/engine/metadata.ts";
import type { Row } from "@assay/store/engine/reader.ts";
import { ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import fc from "fast-check";
import { expect, test } from "vitest";

import { encodeEvent, type Resolved, type UuidForm } from "./recorded-event.ts";

const content = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.uint8Array({ maxLength: 400 }),
  fc.string({ minLength: 100, maxLength: 300 }),
);

const row: fc.Arbitrary<Row> = fc.tuple(
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
  fc.oneof(fc.integer({ min: 0, max: 2 ** 40 }), fc.constant(0), fc.constant(endOfTime)),
  fc.uuid(),
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.integer({ min: 0, max: 4_000_000_000_000 }),
  fc.constantFrom(0, 1),
  content,
  content,
);

/** As the client's own code reads it. */
const decode = (resolved: Resolved, form: UuidForm): object =>
  ReadResp.deserializeBinary(encodeEvent(resolved, form)).getEvent()!.toObject();

const bytesOf = (held: string | Uint8Array): string =>
  Buffer.from(held as string).toString("base64");

const expected = (event: Row) => ({
  id: { structured: undefined, string: event[3] },
  streamIdentifier: { streamName: bytesOf(event[1]) },
  streamRevision: event[2] === endOfTime ? "9223372036854775807" : String(event[2]),
  preparePosition: String(event[0]),
  commitPosition: String(event[0]),
  // The client's code sorts them.
  metadataMap: [
    ["content-type", event[6] === 1 ? "application/json" : "application/octet-stream"],
    ["created", String(event[5] * 10_000)],
    ["type", event[4]],
  ],
  customMetadata: bytesOf(event[8]),
  data: bytesOf(event[7]),
});

test("any event reads back through the client's code as it was", () => {
  fc.assert(
    fc.property(row, (event) => {
      const read = decode({ event }, "text");
      expect(read).toMatchObject({ commitPosition: String(event[0]), link: undefined });
      expect((read as { event: object }).event).toMatchObject(expected(event));
    }),
  );
});

test("an event that was linked to comes with its link, and a lost one without", () => {
  fc.assert(
    fc.property(row, row, fc.boolean(), (event, link, lost) => {
      const read = decode({ event: lost ? undefined : event, link }, "text") as {
        event: object | undefined;
        link: object;
      };
      expect(read).toMatchObject({ commitPosition: String(link[0]) });
      expect(read.link).toMatchObject(expected(link));
      if (lost) expect(read.event).toBeUndefined();
      else expect(read.event).toMatchObject(expected(event));
    }),
  );
});

test("ids are written as two numbers for clients that want them so", () => {
  const id = "ffffffff-0000-8000-8000-000000000001";
  const event: Row = [1, "a-1", 0, id, "Tried", 0, 1, "{}", ""];
  const read = decode({ event }, "structured");
  expect(read).toMatchObject({
    event: {
      id: {
        structured: {
          mostSignificantBits: "-4294934528",
          leastSignificantBits: "-9223372036854775807",
        },
      },
    },
  });
});
