import type { Instant } from "@assay/domain/kernel/instants.ts";
import { expect, it } from "vitest";

import { createSteppedClock } from "./clock.ts";
import { createMovedClock } from "./moved-clock.ts";

const monday = "2026-11-23T09:00:00.000Z" as Instant;
const tuesday = "2026-11-24T09:00:00.000Z" as Instant;
const wednesday = "2026-11-25T09:00:00.000Z" as Instant;
const friday = "2026-11-27T09:00:00.000Z" as Instant;
const day = 86_400_000;
const settled = async (): Promise<void> => {};

it("stops at each deadline in order, those set on the way included, and settles at each", async () => {
  const clock = createMovedClock(createSteppedClock(monday));
  const rung: string[] = [];
  clock.at(friday, () => rung.push(`friday at ${clock.now()}`));
  clock.at(tuesday, () => {
    rung.push(`tuesday at ${clock.now()}`);
    clock.at(wednesday, () => rung.push(`between at ${clock.now()}`));
  });
  clock.at(wednesday, () => rung.push("cancelled"))();
  await clock.moveBy(7 * day, async () => void rung.push("settled"));
  expect(rung).toEqual([
    "settled",
    `tuesday at ${tuesday}`,
    "settled",
    `between at ${wednesday}`,
    "settled",
    `friday at ${friday}`,
    "settled",
  ]);
  expect([clock.now(), clock.ahead()]).toEqual(["2026-11-30T09:00:00.000Z", 7 * day]);
});

it("goes on with the machine's time from where it was moved to", async () => {
  const machine = createSteppedClock(monday);
  const clock = createMovedClock(machine, day);
  const rung: string[] = [];
  clock.at(friday, () => rung.push(clock.now()));
  await clock.moveBy(2 * day, settled);
  expect([clock.now(), rung]).toEqual(["2026-11-26T09:00:00.000Z", []]);
  await machine.moveTo("2026-11-24T08:59:59.999Z" as Instant);
  expect(rung).toEqual([]);
  await machine.moveTo(tuesday);
  expect(rung).toEqual([friday]);
});
