/**
 * An engine on a data folder, in a process of its own so that its memory is its own: how long until
 * it is ready, until nothing is left to do, and what it takes.
 */
import { createLibrary, type Library } from "@assay/console/reading/library.ts";
import { StillReading } from "@assay/console/reading/waiting.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { systemClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";

export type Started = {
  /** Milliseconds from the start of the process. */
  readonly ready: number;
  readonly idle: number;
  readonly residentMegabytes: number;
  /** Milliseconds until the console, which has no file yet, has made all lists. */
  readonly console: number;
  /** Inspections that something is still noted for, now or later. */
  readonly timers: number;
  /** Duties of Assay's own that were refused. */
  readonly refused: number;
};

/** However long it takes to make them for the first time. */
const listsOf = async (library: Library): Promise<void> => {
  for (;;) {
    try {
      await library.all();
      return;
    } catch (error) {
      if (!(error instanceof StillReading)) throw error;
    }
  }
};

const [dataDir] = process.argv.slice(2);
const log = createLog({ service: "bench", level: "silent" });
const engine = await startEngine({ dataDir, clock: systemClock, log });
process.send?.("ready");
const ready = performance.now();
await engine.idle();
const idle = performance.now();
const residentMegabytes = process.memoryUsage.rss() / 1e6;
await listsOf(createLibrary(engine.store));
const shown = performance.now() - idle;
const health = await Promise.all(engine.services.map((service) => service.health()));
const timers = health.reduce((sum, each) => sum + each.timers, 0);
const { values } = await engine.metrics.duties.get();
const refused = values
  .filter(({ labels }) => labels["outcome"] === "refused")
  .reduce((sum, { value }) => sum + value, 0);
await engine.close();
const started = { ready, idle, residentMegabytes, console: shown, timers, refused };
process.send?.(started satisfies Started);
process.disconnect?.();
