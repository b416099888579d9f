import type { Instant } from "@assay/domain/kernel/instants.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createSteppedClock, systemClock } from "./clock.ts";

const monday = "2026-11-23T09:00:00.000Z" as Instant;
const tuesday = "2026-11-24T09:00:00.000Z" as Instant;
const friday = "2026-11-27T09:00:00.000Z" as Instant;

describe("a stepped clock", () => {
  it("stops at each deadline in order, those set on the way included", async () => {
    const clock = createSteppedClock(monday);
    const rung: string[] = [];
    clock.at(friday, () => rung.push(`friday at ${clock.now()}`));
    clock.at(tuesday, () => {
      rung.push(`tuesday at ${clock.now()}`);
      clock.at("2026-11-25T09:00:00.000Z" as Instant, () => rung.push(`between at ${clock.now()}`));
    });
    await clock.moveTo("2026-11-30T09:00:00.000Z" as Instant);
    expect(rung).toEqual([
      "tuesday at 2026-11-24T09:00:00.000Z",
      "between at 2026-11-25T09:00:00.000Z",
      "friday at 2026-11-27T09:00:00.000Z",
    ]);
  });

  it("rings no cancelled deadline, and none before its time", async () => {
    const clock = createSteppedClock(monday);
    const rung: string[] = [];
    const cancel = clock.at(tuesday, () => rung.push("tuesday"));
    clock.at(friday, () => rung.push("friday"));
    cancel();
    await clock.moveTo("2026-11-27T08:59:59.999Z" as Instant);
    expect(rung).toEqual([]);
  });

  it("refuses to go back", async () => {
    const clock = createSteppedClock(tuesday);
    await expect(clock.moveTo(monday)).rejects.toThrow("cannot go back");
  });
});

describe("the system clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: new Date(monday) }));
  afterEach(() => void vi.useRealTimers());

  it("keeps a deadline that is further away than any one timer reaches", () => {
    const rung: string[] = [];
    systemClock.at(friday, () => rung.push(systemClock.now()));
    vi.advanceTimersByTime(Date.parse(friday) - Date.parse(monday) - 1);
    expect(rung).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(rung).toEqual([friday]);
  });

  it("pays soon after the clock was put forward, and not before time when it was put back", () => {
    const rung: string[] = [];
    systemClock.at(tuesday, () => rung.push(systemClock.now()));
    vi.setSystemTime(Date.parse(monday) - 60_000);
    vi.advanceTimersByTime(60_000);
    expect(rung).toEqual([]);
    vi.setSystemTime(Date.parse(friday));
    vi.advanceTimersByTime(30_000);
    expect(rung).toHaveLength(1);
  });
});
