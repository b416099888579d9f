import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cosign } from "./cosignature.ts";
import { inspection, storyCheckpoints, storyEvents, timestamp, witness } from "./golden/story.ts";
import { LedgerFault } from "./fault.ts";
import { logOf } from "./log.ts";
import { isTimestampOf, parseTimestamp, timestampRequest } from "./timestamp.ts";

const [first, , published] = storyCheckpoints(logOf(inspection, storyEvents()));
const token = timestamp();

describe("a reply of OpenSSL's time-stamping authority", () => {
  it("is read, and is for the checkpoint that was sent", () => {
    const read = parseTimestamp(token);
    expect(read.time).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(read.serial).toBe("02");
    expect(isTimestampOf(read, published!.note)).toBe(true);
  });

  it("is not for another checkpoint", () => {
    expect(isTimestampOf(parseTimestamp(token), first!.note)).toBe(false);
  });

  it("still holds when a witness adds a line later", () => {
    const later = cosign(published!.note, { ...witness, name: "other.example/w2" }, 1_700_000_000);
    expect(isTimestampOf(parseTimestamp(token), later)).toBe(true);
  });

  it("is read as a bare token too", () => {
    const start = token.findIndex((byte, i) => i > 4 && byte === 0x30 && token[i + 1] === 0x82);
    expect(parseTimestamp(token.slice(start))).toEqual(parseTimestamp(token));
  });
});

describe("what is no timestamp", () => {
  it("is refused when the authority refused", () => {
    expect(() => parseTimestamp(Uint8Array.of(0x30, 5, 0x30, 3, 2, 1, 2))).toThrow("refused");
  });

  it("is refused when cut short or lengthened anywhere", () => {
    for (let end = 0; end < token.length; end += 1) {
      expect(() => parseTimestamp(token.slice(0, end))).toThrow(LedgerFault);
    }
    expect(() => parseTimestamp(Uint8Array.from([...token, 0]))).toThrow(LedgerFault);
  });

  it("is refused when a length is spelt longer than it need be", () => {
    expect([...token.slice(0, 2)]).toEqual([0x30, 0x82]);
    const longer = Uint8Array.from([0x30, 0x83, 0, ...token.slice(2)]);
    expect(() => parseTimestamp(longer)).toThrow("not DER");
    expect(() => parseTimestamp(Uint8Array.of(0x30, 0x81, 2, 5, 0))).toThrow("not DER");
  });

  it("never leads to anything but a LedgerFault", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.tuple(fc.nat(token.length - 1), fc.nat(255)).map(([at, byte]) => token.with(at, byte)),
    );
    fc.assert(
      fc.property(bytes, (der) => {
        try {
          parseTimestamp(der);
        } catch (fault) {
          expect(fault).toBeInstanceOf(LedgerFault);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

it("asks for SHA-256 of the checkpoint as the log signed it, and for certificates", () => {
  const request = timestampRequest(published!.note);
  const imprint = Buffer.from(parseTimestamp(token).imprint).toString("hex");
  expect(Buffer.from(request).toString("hex")).toBe(
    `30390201013031300d060960864801650304020105000420${imprint}0101ff`,
  );
});
