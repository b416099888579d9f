import { expect, it } from "vitest";

import { askStrangely } from "./requests.ts";

it("every page, form and address answers clearly and quickly, whoever asks for what", async () => {
  const { wrong, visitors, statuses } = await askStrangely({ seed: 12, count: 200 });
  expect([...wrong]).toEqual([]);
  expect(visitors).toBeGreaterThan(12);
  // Forms and commands got as far as the rules: some were taken, some refused.
  for (const status of [200, 303, 404, 422]) expect(statuses.get(status)).toBeGreaterThan(0);
}, 600_000);
