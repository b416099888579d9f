import { assay } from "@assay/domain/kernel/actor.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { askOfAside, readAsides } from "./aside-book.ts";
import type { Clock } from "./clock.ts";
import { friday, Stage, tuesday } from "./contract/vigil-stage.ts";
import { vigilService } from "./contract/vigil.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { createTimekeeper } from "./timekeeper.ts";

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});
afterEach(() => stage.close());

const hours = 3_600_000;
const years = 365 * 24 * hours;

/** A machine's clock: what it shows is set by hand, and what passed is not. */
const machine = () => {
  let [off, passed] = [0, 0];
  const clock: Clock = {
    now: () => new Date(Date.parse(stage.clock.now()) + off).toISOString() as Instant,
    at: (due, run) => stage.clock.at(due, run),
    elapsed: () => passed,
  };
  return {
    clock,
    set: (by: number) => (off = by),
    pass: (by: number) => (passed += by),
  };
};

const doubts = async () =>
  (await readAsides(stage.store)).filter(({ code }) => code === "clock-in-doubt");

const confirm = async (): Promise<void> => {
  const { item } = (await doubts())[0]!;
  await askOfAside(stage.store, { service: "clock", item, at: friday, by: assay, act: "retry" });
};

const refusedForIt = { accepted: false, refusal: { reason: "ClockInDoubt" } };

describe("a clock that is years ahead at a start", () => {
  const started = async () => {
    const before = await stage.start();
    await stage.openVigil(friday);
    await stage.joinVigil("ada");
    await stage.idle();
    await stage.stop(before);
    const ahead = machine();
    ahead.set(3 * years);
    const service = await stage.start(vigilService, { clock: ahead.clock });
    return { service, ahead };
  };

  it("does nothing that has a date and records nothing, and says so by name", async () => {
    const { service } = await started();
    expect(await stage.joinVigil("ben")).toMatchObject(refusedForIt);
    expect(await stage.closings()).toEqual([]);
    const [doubt, ...more] = await doubts();
    expect(more).toEqual([]);
    expect(doubt).toMatchObject({ service: "clock", again: true });
    expect(doubt?.reason).toContain("more than a month before");
    const { ready, aside } = await service.health();
    expect({ ready, aside: aside.map(({ code }) => code) }).toEqual({
      ...{ ready: true, aside: ["clock-in-doubt"] },
    });
  });

  it("goes on once somebody says that it is right", async () => {
    const { service } = await started();
    await confirm();
    await stage.times[0]!.inspect();
    expect(await doubts()).toEqual([]);
    await service.settled();
    expect(await stage.closings()).toHaveLength(1);
    expect(await stage.joinVigil("ben")).not.toMatchObject(refusedForIt);
  });

  it("goes on once it is mended, and nothing was done before its time", async () => {
    const { service, ahead } = await started();
    ahead.set(0);
    await stage.times[0]!.inspect();
    expect(await stage.joinVigil("ben")).toMatchObject({ accepted: true });
    await service.settled();
    expect(await stage.closings()).toEqual([]);
    expect(await doubts()).toEqual([]);
  });
});

describe("a clock that jumps while the service runs", () => {
  it("is compared with one that nobody can set", async () => {
    const { clock, set, pass } = machine();
    await stage.start(vigilService, { clock });
    await stage.openVigil(friday);
    await stage.joinVigil("ada");
    set(5 * 24 * hours);
    pass(2_000);
    expect(await stage.joinVigil("ben")).toMatchObject(refusedForIt);
    await expect(stage.times[0]!.assure()).rejects.toThrow("the clock jumped");
    set(0);
    await stage.times[0]!.inspect();
    expect(await stage.joinVigil("ben")).toMatchObject({ accepted: true });
    pass(24 * hours);
    await stage.clock.moveTo(tuesday);
    expect(await stage.joinVigil("cem")).toMatchObject({ accepted: true });
  });
});

describe("a clock behind the newest fact", () => {
  it("records nothing in the past", async () => {
    const { clock, set } = machine();
    await stage.start(vigilService, { clock });
    await stage.openVigil(friday);
    set(-24 * hours);
    await stage.times[0]!.inspect();
    expect(await stage.joinVigil("ada")).toMatchObject(refusedForIt);
    expect((await doubts())[0]?.reason).toContain("jumped");
    await stage.start(vigilService, { clock });
    expect((await doubts())[0]?.reason).toContain("which is later");
  });
});

describe("the clock of the servers", () => {
  it("is compared with the machine's own", async () => {
    const { clock } = machine();
    const bus = Object.assign(stage.bus, { time: async () => friday });
    const metrics = createMetrics();
    await stage.start(vigilService, { clock, bus, metrics });
    expect(await stage.openVigil(friday)).toMatchObject(refusedForIt);
    expect((await doubts())[0]?.reason).toContain(`NATS servers ${friday}`);
    const { values } = await metrics.clockSkew.get();
    const ahead = (Date.parse(clock.now()) - Date.parse(friday)) / 1000;
    expect(values).toMatchObject([{ labels: { service: "test" }, value: ahead }]);
  });
});

it("asks no more once it is stopped, also where it was just asking", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let asked = 0;
  const time = async () => (asked++, stage.clock.now());
  const { store, bus } = stage;
  const keeper = createTimekeeper({
    ...{ name: "test", store, bus: Object.assign(bus, { time }), clock: machine().clock },
    ...{ metrics: createMetrics(), log: createLog({ service: "test", level: "silent" }) },
  })!;
  await vi.advanceTimersByTimeAsync(30_000);
  expect([asked, vi.getTimerCount()]).toEqual([1, 1]);
  vi.advanceTimersByTime(30_000);
  keeper.stop();
  await keeper.inspect();
  await vi.advanceTimersByTimeAsync(300_000);
  expect([asked, vi.getTimerCount()]).toEqual([2, 0]);
  vi.useRealTimers();
});
