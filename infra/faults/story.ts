/** Tells a scenario's story to its end, whatever goes wrong, and checks what came of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Instant } from "@assay/domain/kernel/instants.ts";
import { carry, type Patience } from "@assay/embedded/carry.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";

import { type History, historyOf, violationsIn } from "./checks.ts";
import { Lives } from "./lives.ts";
import { plantOf, type PlantName } from "./plants.ts";
import type { Scenario } from "./scenario.ts";

const longAgo = "2018-01-01T00:00:00.000Z" as Instant;

/** In milliseconds, for a busy machine too. An answer that does not come is another violation. */
const patience: Patience = { answer: 60_000, command: 300_000, again: 5 };
const longest = 900_000;

export type Told = {
  readonly scenario: Scenario;
  /** Nothing, where everything held. */
  readonly violations: readonly string[];
};

export const tell = async (scenario: Scenario, plant?: PlantName): Promise<Told> => {
  const folder = mkdtempSync(join(tmpdir(), "assay-faults-"));
  try {
    const expected = await undisturbed(scenario);
    const clock = createSteppedClock(longAgo);
    const lives = new Lives(scenario, { folder, clock, plant: plantOf(plant) });
    const moveTo: typeof clock.moveTo = (instant, settle) =>
      lives.during((awake) => clock.moveTo(instant, awake ? settle : undefined));
    const telling = carry({
      engine: { bus: lives.bus, store: lives.store, idle: () => lives.idle() },
      clock: { now: () => clock.now(), moveTo },
      plots: [scenario.plot],
      patience,
    });
    const stopped = await within("the story", telling.then(nothing));
    const checked = lives.close().then((found) => violationsIn(found, { scenario, expected }));
    return { scenario, violations: [...stopped, ...(await within("checking it", checked))] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What one process makes of the story in memory when nothing goes wrong. */
export const undisturbed = async ({ plot }: Pick<Scenario, "plot">): Promise<History> => {
  const clock = createSteppedClock(longAgo);
  const log = createLog({ service: "faults", level: "silent" });
  const engine = await startEngine({ dataDir: undefined, clock, log });
  try {
    await carry({ engine, clock, plots: [plot] });
    return await historyOf(engine.store, plot);
  } finally {
    await engine.close();
  }
};

const nothing = (): readonly string[] => [];

/** What somebody found, or how it went wrong, or that it took too long. */
const within = async (
  what: string,
  finding: Promise<readonly string[]>,
): Promise<readonly string[]> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => resolve([`${what} did not come to its end`]), longest);
  });
  const found = finding.catch((error: unknown) => [`${what} broke off: ${(error as Error).stack}`]);
  try {
    return await Promise.race([found, late]);
  } finally {
    clearTimeout(timer);
  }
};
