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

it("copies only what holds words that were replaced", () => {
  const data = { rows: [{ count: 1 }], marks: [{ text: "kept" }, { text: "two" }] };
  const mapped = mapTexts(data, (text) => (text === "two" ? "gone" : text)) as typeof data;
  expect(mapped.rows).toBe(data.rows);
  expect(mapped.marks[0]).toBe(data.marks[0]);
  expect(mapped.marks[1]).toEqual({ text: "gone" });
  expect(data.marks[1]).toEqual({ text: "two" });
});
