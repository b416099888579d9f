import { describe, expect, it } from "vitest";

import { canTrace, readTrace, traceDurability } from "./durable.ts";
import type { PlantName } from "./plants.ts";
import { inWords, type Scenario, scenarioOf, type Trial } from "./scenario.ts";
import { tell } from "./story.ts";

const patience = 600_000;

const quiet = {
  ...{ crashes: [], clock: [], poison: [], hangs: [], second: [], replicas: 0 },
  rates: { lost: 0, landed: 0, late: 0, doubled: 0, full: 0, broken: 0, twice: 0 },
} satisfies Partial<Scenario>;

const crash = { after: 250, how: "kill", long: false, trial: undefined } as const;
const tried = (trial: Trial) => ({
  ...quiet,
  seed: 3,
  crashes: Array.from({ length: 4 }, () => ({ ...crash, trial })),
});

/** For each planted bug a scenario in which it does harm, but for which it comes to its end. */
const provoked: Readonly<Record<PlantName, Partial<Scenario> & { readonly seed: number }>> = {
  "lost-checkpoint": { ...quiet, seed: 3, rates: { ...quiet.rates, broken: 10 } },
  "doubled-reaction": { ...quiet, seed: 3, replicas: 1, rates: { ...quiet.rates, doubled: 400 } },
  "hidden-poison": { ...quiet, seed: 3, poison: [{ from: 30, kind: "hollow" }] },
  "trusted-clock": {
    ...{ ...quiet, seed: 3 },
    clock: Array.from({ length: 40 }, (_, index) => ({ from: index * 5, off: 900 * 86_400_000 })),
  },
  "blind-append": { ...quiet, seed: 3, replicas: 1, rates: { ...quiet.rates, doubled: 400 } },
  "two-publishers": { ...quiet, seed: 3, second: [{ from: 30 }] },
  "unlocked-data": { ...quiet, seed: 3, second: [{ from: 30 }] },
  "forgotten-source": tried("headless"),
  "swallowed-damage": tried("page"),
  "kept-checkpoint": { ...quiet, seed: 3, crashes: [crash] },
};
/** Six, and one in which a duty was lost when the clock was set back at that moment. */
const seeds = [110, 111, 112, 113, 114, 115, 30_233];

describe("whatever goes wrong", () => {
  it(
    `nothing is lost, doubled or rated otherwise in ${seeds.length} scenarios`,
    async () => {
      // Told at once, since each waits for most of its time.
      const told = await Promise.all(seeds.map((seed) => tell(scenarioOf(seed))));
      for (const { scenario, violations } of told)
        expect({ scenario: inWords(scenario), violations }).toMatchObject({ violations: [] });
    },
    patience,
  );

  it.each(Object.entries(provoked))(
    "a planted bug is noticed: %s",
    async (plant, { seed, ...fault }) => {
      const scenario = { ...scenarioOf(seed), ...fault };
      expect((await tell(scenario, plant as PlantName)).violations).not.toEqual([]);
    },
    patience,
  );

  it("comes from its seed alone", () => {
    expect(JSON.stringify(scenarioOf(77))).toBe(JSON.stringify(scenarioOf(77)));
    expect(inWords(scenarioOf(77))).not.toBe(inWords(scenarioOf(78)));
  });
});

describe("what is acknowledged", () => {
  it("is found early in a trace that shows it, in whole lines and in parts", () => {
    const wal = "18</data/events.sqlite-wal>";
    const ack = '7 write(1<pipe:[1]>, "ack\\n", 4) = 4';
    const write = `7 pwrite64(${wal}, "...", 4096, 0) = 4096`;
    const parts = [`7 fdatasync(${wal} <unfinished ...>`, ack, "7 <... fdatasync resumed>) = 0"];
    expect(readTrace([write, `7 fdatasync(${wal}) = 0`, ack].join("\n"))).toMatchObject({
      early: 0,
    });
    expect(readTrace([write, ack].join("\n"))).toMatchObject({ acknowledged: 1, early: 1 });
    expect(readTrace([write, ...parts, ack].join("\n"))).toMatchObject({ early: 1, syncs: 1 });
  });

  it.runIf(canTrace())(
    "was on the disk before, as the system saw it",
    () => {
      const { acknowledged, syncs, early } = traceDurability();
      expect(acknowledged).toBeGreaterThan(100);
      expect(syncs).toBeGreaterThan(50);
      expect(early).toBe(0);
    },
    patience,
  );

  it.runIf(canTrace())(
    "is noticed when it was not: a skipped fsync",
    () => {
      expect(traceDurability("skipped-fsync").early).toBeGreaterThan(100);
    },
    patience,
  );
});
