/**
 * Whole lifecycles: how many inspections a minute go from their scheduling to their closing, and
 * what it costs to hold one, ten, a hundred and a thousand of them.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { carry } from "@assay/embedded/carry.ts";
import { exampleOutcomes } from "@assay/embedded/carry-examples.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { openLedger, publishing } from "@assay/publication/publishing.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";

import { historyOf, longAgo, silent, storeCopy } from "./lifecycles/copies.ts";
import { startOn } from "./lifecycles/start.ts";
import { round, row, spreadOf, told } from "./measure.ts";
import { inTurns, progress } from "./rounds.ts";

const sizes = [1, 10, 100, 1000];

const inFolder = async <Result>(work: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Both examples, told on one data folder; how many inspections a minute that makes. */
const carried = (reports: boolean): Promise<number> =>
  inFolder(async (dataDir) => {
    const clock = createSteppedClock(longAgo);
    const plots = examplePlots();
    const reactions = reports ? { reactions: publishing(dataDir, await openLedger(dataDir)) } : {};
    const engine = await startEngine({ dataDir, clock, log: silent, ...reactions });
    const begun = performance.now();
    await carry({ engine, clock, plots });
    const minutes = (performance.now() - begun) / 60_000;
    const outcomes = await exampleOutcomes(engine.store, plots);
    await engine.close();
    if (!outcomes.every(({ equal }) => equal)) throw new Error("not as published");
    return plots.length / minutes;
  });

const bytesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

/** A folder with so many closed inspections, begun from the store alone and then again. */
const held = (count: number, history: Awaited<ReturnType<typeof historyOf>>, plot: Plot) =>
  inFolder(async (dataDir) => {
    const store = openSqliteStore({ path: storePath(dataDir) });
    let events = 0;
    for (let number = 0; number < count; number += 1) {
      progress(`${count} inspections: storing ${number + 1}`);
      const to = InspectionId.parse(`service-${String(number).padStart(4, "0")}`);
      events += await storeCopy(store, history, { from: plot.inspection, to });
    }
    await store.close();
    progress(`${count} inspections: starting`);
    const cold = await startOn(dataDir);
    const warm = await startOn(dataDir);
    progress("");
    if (!cold || !warm) throw new Error("the engine did not start");
    return { inspections: count, events, megabytes: bytesIn(dataDir) / 1e6, cold, warm };
  });

export const run = async (): Promise<Readonly<Record<string, unknown>>> => {
  const turns = await inFolder((folder) =>
    inTurns({
      folder,
      contenders: [
        { name: "with signed checkpoints and reports in all forms", run: () => carried(true) },
        { name: "facts alone", run: () => carried(false) },
      ],
    }),
  );
  console.log(row([-52, 24], ["whole lifecycles, one process", "inspections a minute"]));
  const speeds = [...turns.figures].map(([name, each]) => {
    const perMinute = spreadOf(each);
    console.log(row([-52, 24], [name, told(perMinute, 1)]));
    return { name, perMinute };
  });
  const plot = examplePlots()[1]!;
  const history = await historyOf(plot);
  const widths = [12, 10, 10, 18, 18, 14, 14];
  const heads = ["inspections", "events", "MB on disk", "ms to all views", "ms to start again"];
  console.log(`\n${row(widths, [...heads, "MB of memory", "ms to console"])}`);
  const growth = [];
  for (const size of sizes) {
    const each = await held(size, history, plot);
    const { inspections, events, megabytes, cold, warm } = each;
    const cells = [round(megabytes, 1), round(cold.idle), round(warm.idle)];
    const again = [round(warm.residentMegabytes), round(warm.console)];
    console.log(row(widths, [inspections, events, ...cells, ...again]));
    growth.push(each);
  }
  return { fsync: turns.fsync, speeds, growth };
};
