import { expect, test } from "vitest";

import { Pace } from "./pace.ts";
import type { Row } from "./reader.ts";

const page = (count: number, size: number): Row[] =>
  Array.from({ length: count }, () => [1, "a-1", 0, "", "", 0, 1, "x".repeat(size), ""] as const);

test("pages of small events grow to the most, and stay there", () => {
  const pace = new Pace(1000);
  const limits: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    limits.push(pace.limit);
    pace.observe(page(pace.limit, 100));
  }
  expect(limits).toEqual([64, 128, 256, 512, 1000, 1000, 1000]);
});

test("pages of large events shrink, but never to nothing", () => {
  const pace = new Pace(1000);
  for (let turn = 0; turn < 10; turn += 1) pace.observe(page(5, 1_000_000));
  expect(pace.limit).toBe(4);
});

test("a page that was not full says nothing about the next", () => {
  const pace = new Pace(1000);
  pace.observe(page(3, 100));
  expect(pace.limit).toBe(64);
});
