import { describe, expect, it } from "vitest";

import { canTrace, readTrace, traceDurability } from "./durable.ts";
import { plantNames } from "./plants.ts";
import { inWords, scenarioOf } from "./scenario.ts";
import { tell } from "./story.ts";

const patience = 600_000;
const scenarios = 12;

describe("whatever goes wrong", () => {
  it(
    `nothing is lost, doubled or rated otherwise in ${scenarios} scenarios`,
    async () => {
      for (let seed = 110; seed < 110 + scenarios; seed += 1) {
        const { scenario, violations } = await tell(scenarioOf(seed));
        expect({ scenario: inWords(scenario), violations }).toMatchObject({ violations: [] });
      }
    },
    patience,
  );

  it.each(plantNames)(
    "a planted bug is noticed: %s",
    async (plant) => {
      const noticed = [];
      for (let seed = 1; seed <= 16 && noticed.length === 0; seed += 1)
        noticed.push(...(await tell(scenarioOf(seed), plant)).violations);
      expect(noticed).not.toEqual([]);
    },
    patience,
  );

  it("comes from its seed alone", () => {
    expect(scenarioOf(77)).toEqual(scenarioOf(77));
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
