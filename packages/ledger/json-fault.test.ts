import { describe, expect, it } from "vitest";

import { formFault, inWords, syntaxFault } from "./json-fault.ts";
import { canonical } from "./leaf.ts";

const text = canonical({ a: [1, { "b/c": "é", d: true }], e: null });

describe("where a text is no JSON", () => {
  it.each([
    ["nothing", text, undefined],
    ["an end too early", text.slice(0, -1), { byte: text.length, pointer: "/e" }],
    ["more after the end", `${text}x`, { byte: text.length + 1, pointer: "/e" }],
    ["a broken literal", text.replace("true", "trux"), { byte: 24, pointer: "/a/1/d" }],
    ["a broken key", text.replace('"d"', "'d'"), { byte: 20, pointer: "/a/1" }],
    ["a control character", text.replace("é", "\u0001"), { byte: 15, pointer: "/a/1/b~1c" }],
  ])("is found: %s", (_, changed, fault) => {
    expect(syntaxFault(changed)).toEqual(fault);
  });
});

it("finds where JSON is not in its canonical form", () => {
  const other = text.replace("1,", "1.0,");
  expect(formFault(text, JSON.parse(text))).toBeUndefined();
  expect(formFault(other, JSON.parse(other))).toEqual({ byte: 7, pointer: "/a/0" });
});

it("says where in words", () => {
  expect(inWords({ byte: 7, pointer: "/a/0" })).toBe("at byte 7, in /a/0");
  expect(inWords({ byte: 0, pointer: "" })).toBe("at byte 0, in the file as a whole");
});
