import { createHash, createHmac } from "node:crypto";

import { canonicalJson } from "@assay/domain/kernel/canonical.ts";
import type { JsonObject, Position, StoredEvent } from "@assay/store/port.ts";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  asErased,
  canonical,
  disclose,
  isDisclosedBy,
  leafBytes,
  leafOf,
  openTexts,
  redact,
  textHashesOf,
} from "./leaf.ts";

const salt = "000102030405060708090a0b0c0d0e0f";
const eventWith = (data: JsonObject): StoredEvent => ({
  stream: "panel-x",
  revision: 3,
  position: "17" as Position,
  id: "7f1d3a52-0000-8000-8000-000000000001",
  type: "DiscretionDeclined",
  data,
  metadata: { version: 1, salt },
});
const event = eventWith({
  standard: "2.1",
  text: { reason: "Small sample" },
  rows: [
    { case: "c0001", text: { note: "a" } },
    { case: "c0002", text: { note: "a" } },
  ],
});

describe("redacting", () => {
  const redacted = redact(event);

  it("replaces each text by an HMAC under a key for its place, as anyone can compute", () => {
    const hash = (pointer: string, text: string): string => {
      const key = createHmac("sha256", Buffer.from(salt, "hex"))
        .update(`assay-text/1\n${pointer}`)
        .digest();
      return createHmac("sha256", key).update(text).digest("hex");
    };
    expect(textHashesOf(redacted)).toEqual({
      "/text": hash("/text", '{"reason":"Small sample"}'),
      "/rows/0/text": hash("/rows/0/text", '{"note":"a"}'),
      "/rows/1/text": hash("/rows/1/text", '{"note":"a"}'),
    });
  });

  it("keeps everything else, but for the salt and the place in the store", () => {
    expect(asErased(redacted)).toEqual({
      stream: "panel-x",
      revision: 3,
      id: event.id,
      type: "DiscretionDeclined",
      data: {
        standard: "2.1",
        text: { erased: true },
        rows: [
          { case: "c0001", text: { erased: true } },
          { case: "c0002", text: { erased: true } },
        ],
      },
      metadata: { version: 1 },
    });
  });

  it("hides that the same words were written twice", () => {
    const { "/rows/0/text": first, "/rows/1/text": second } = textHashesOf(redacted);
    expect(first).not.toBe(second);
  });

  it("takes a text that looks like a hash for the text that it is", () => {
    const sly = redact(eventWith({ text: { hash: "0".repeat(64) } }));
    expect(textHashesOf(sly)["/text"]).not.toBe("0".repeat(64));
  });

  it("is refused without a salt, but only where there is text", () => {
    const unsalted = { ...event, metadata: {} };
    expect(() => redact(unsalted)).toThrow("salt");
    expect(redact({ ...unsalted, data: { a: 1 } }).data).toEqual({ a: 1 });
  });
});

describe("erasing", () => {
  const anyText = fc.record({ words: fc.string({ unit: "grapheme" }) });
  const anyData = fc.record({
    a: fc.jsonValue(),
    text: anyText,
    rows: fc.array(fc.record({ n: fc.nat(), text: anyText, "a/b~": fc.record({ text: anyText }) })),
  });

  it("leaves the leaf as it was, given the hashes that were kept", () => {
    fc.assert(
      fc.property(anyData, (data) => {
        const stored = eventWith(JSON.parse(JSON.stringify(data)) as JsonObject);
        const before = redact(stored);
        const erased = { ...stored, data: asErased(before).data };
        const after = redact(erased, textHashesOf(before));
        expect(after).toEqual(before);
        expect(leafOf(after)).toEqual(leafOf(before));
      }),
    );
  });

  it("without the hashes, or with a wrong one, gives another leaf", () => {
    const before = redact(event);
    const erased = { ...event, data: asErased(before).data };
    const wrong = { ...textHashesOf(before), "/text": "0".repeat(64) };
    expect(leafOf(redact(erased))).not.toEqual(leafOf(before));
    expect(leafOf(redact(erased, wrong))).not.toEqual(leafOf(before));
  });
});

describe("a leaf", () => {
  it("is RFC 6962's hash of the canonical JSON", () => {
    const small = redact({ ...event, data: { b: 1, a: [2] } });
    const bytes =
      '{"data":{"a":[2],"b":1},"format":"assay-leaf/1",' +
      '"id":"7f1d3a52-0000-8000-8000-000000000001",' +
      '"metadata":{"version":1},"revision":3,"stream":"panel-x","type":"DiscretionDeclined"}';
    expect(new TextDecoder().decode(leafBytes(small))).toBe(bytes);
    const hash = createHash("sha256").update(Buffer.of(0)).update(bytes).digest("hex");
    expect(bytesToHex(leafOf(small))).toBe(hash);
  });

  it("is the same wherever the event is stored and however its members are ordered", () => {
    const turned = Object.fromEntries(Object.entries(event.data).toReversed());
    const elsewhere = { ...event, data: turned, position: "99" as Position };
    expect(leafOf(redact(elsewhere))).toEqual(leafOf(redact(event)));
  });

  it.each([
    { stream: "panel-y" },
    { revision: 4 },
    { id: "7f1d3a52-0000-8000-8000-000000000002" },
    { type: "DiscretionExercised" },
    { metadata: { version: 2, salt } },
    { data: { ...event.data, standard: "2.2" } },
    { data: { ...event.data, text: { reason: "small sample" } } },
  ])("is another for %j", (change) => {
    expect(leafOf(redact({ ...event, ...change }))).not.toEqual(leafOf(redact(event)));
  });
});

describe("laying words open", () => {
  const disclosure = disclose(event, "/text");

  it("shows that these are the words", () => {
    expect(isDisclosedBy(redact(event), disclosure)).toBe(true);
  });

  it("shows nothing of other words, in another place or under another key", () => {
    const redacted = redact(event);
    const lie = { ...disclosure, text: { reason: "Large sample" } };
    expect(isDisclosedBy(redacted, lie)).toBe(false);
    expect(isDisclosedBy(redacted, { ...disclosure, pointer: "/rows/0/text" })).toBe(false);
    expect(isDisclosedBy(redacted, { ...disclosure, key: "" })).toBe(false);
    expect(disclose(event, "/rows/0/text").key).not.toBe(disclose(event, "/rows/1/text").key);
  });

  it("is not possible once they are erased, or where there are none", () => {
    expect(() => disclose(eventWith({ text: { erased: true } }), "/text")).toThrow("no text at");
    expect(() => disclose(event, "/standard")).toThrow("no text at");
  });
});

it("tells which places still hold words", () => {
  expect(openTexts(redact(event))).toEqual([]);
  expect(openTexts({ ...redact(event), data: event.data })).toEqual([
    "/text",
    "/rows/0/text",
    "/rows/1/text",
  ]);
});

it("writes the same canonical JSON as the kernel's own implementation", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonical(value)).toBe(canonicalJson(value));
    }),
  );
});

it.each([undefined, Number.NaN, "\ud800", { a: Number.POSITIVE_INFINITY }])(
  "has no canonical JSON for %j",
  (value) => {
    expect(() => canonical(value)).toThrow(expect.objectContaining({ code: "malformed" }));
  },
);
