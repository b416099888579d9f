import { expect, it } from "vitest";

import { mapTexts } from "./text-places.ts";

it("replaces words alone, and knows the case that is named nearest to them", () => {
  const data = { case: "c0001", text: "one", marks: [{ text: "two" }, { case: "c0002", text: 3 }] };
  const found: unknown[] = [];
  const mapped = mapTexts(data, (text, place) => (found.push([text, place]), "gone"));
  expect(mapped).toEqual({
    case: "c0001",
    text: "gone",
    marks: [{ text: "gone" }, { case: "c0002", text: "gone" }],
  });
  expect(found).toEqual([
    ["one", { pointer: "/text", case: "c0001" }],
    ["two", { pointer: "/marks/0/text", case: "c0001" }],
    [3, { pointer: "/marks/1/text", case: "c0002" }],
  ]);
});

it("keeps a key that is called __proto__", () => {
  const data = JSON.parse('{"__proto__":[],"a":{"__proto__":{"text":"words"}}}') as object;
  const mapped = mapTexts({ ...data }, () => "gone");
  expect(JSON.stringify(mapped)).toBe('{"__proto__":[],"a":{"__proto__":{"text":"gone"}}}');
});
