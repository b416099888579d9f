import { createMemoryStore } from "@assay/store/memory.ts";
import { expect, it } from "vitest";

import { claim } from "./claims.ts";

const hour = 3_600_000;

it("is had by one of those who ask at the same time", async () => {
  const store = createMemoryStore();
  const holders = Array.from({ length: 8 }, (_, each) => `replica-${each}`);
  const answers = await Promise.all(
    holders.map((holder) => claim(store, "letter-1", { holder, milliseconds: hour })),
  );
  expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
  const winner = holders[answers.indexOf(undefined)]!;
  expect(await claim(store, "letter-1", { holder: winner, milliseconds: hour })).toBeUndefined();
  expect(await claim(store, "letter-2", { holder: "other", milliseconds: hour })).toBeUndefined();
});

it("lapses with whoever had it", async () => {
  const store = createMemoryStore();
  expect(await claim(store, "letter-1", { holder: "dead", milliseconds: -1 })).toBeUndefined();
  expect(await claim(store, "letter-1", { holder: "alive", milliseconds: hour })).toBeUndefined();
  expect(await claim(store, "letter-1", { holder: "late", milliseconds: hour })).toBeGreaterThan(
    Date.now(),
  );
});
