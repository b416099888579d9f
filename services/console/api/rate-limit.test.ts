import { expect, test } from "vitest";

import { createRateLimit } from "./rate-limit.ts";

test("a burst is taken, then one request for each share of a second", () => {
  let now = 0;
  const limit = createRateLimit({ burst: 3, rate: 2, now: () => now });
  expect([1, 2, 3].map(() => limit.take("a"))).toEqual([0, 0, 0]);
  expect(limit.take("a")).toBe(0.5);
  now = 500;
  expect(limit.take("a")).toBe(0);
  expect(limit.take("a")).toBeGreaterThan(0);
});

test("one client's requests are not counted against another", () => {
  const limit = createRateLimit({ burst: 1, rate: 1, now: () => 0 });
  expect(limit.take("a")).toBe(0);
  expect(limit.take("b")).toBe(0);
  expect(limit.take("a")).toBe(1);
});
