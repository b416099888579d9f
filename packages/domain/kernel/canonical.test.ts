import * as fc from "fast-check";
import { expect, it } from "vitest";

import { canonicalJson, digestOf } from "./canonical.ts";

it("writes the example of RFC 8785, section 3.2.2", () => {
  const example = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
    "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  );
  expect(canonicalJson(example)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
      String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

it("sorts members by UTF-16 code units, as section 3.2.3 asks", () => {
  const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
  const written = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
  expect(Object.keys(JSON.parse(written))).toEqual([
    "1",
    "\r",
    "\u0080",
    "\u00f6",
    "\u20ac",
    "\ud83d\ude00",
    "\ufb33",
  ]);
});

it("says the same whatever the order of members, and reads back as the same data", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), (data) => {
      const plain: unknown = JSON.parse(JSON.stringify(data));
      const turned = Object.fromEntries(Object.entries(plain as object).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(plain));
      expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      expect(digestOf(turned)).toBe(digestOf(plain));
    }),
  );
});

it.each([
  { value: { a: [Number.NaN] }, place: "$.a[0]" },
  { value: { a: "\ud800" }, place: "$.a" },
  { value: { a: new Map() }, place: "$.a" },
  { value: { a: [undefined] }, place: "$.a[0]" },
])("refuses what JSON cannot say and names $place", ({ value, place }) => {
  expect(() => canonicalJson(value)).toThrow(place);
});

it("has the digest that any SHA-256 gives for the canonical bytes", () => {
  expect(digestOf({})).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
});
