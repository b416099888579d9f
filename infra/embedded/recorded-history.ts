/**
 * The history of which the console's fixtures are shown: one published inspection, made-up ones in
 * every stage and a programme, told once and kept as an export: to show it, no service is needed.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { createMemoryBus } from "@assay/bus/memory.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";

import { tellBegun } from "./carry-begun.ts";
import type { Story } from "./carry-examples.ts";
import { carry } from "./carry.ts";
import { type Engine, startEngine } from "./engine.ts";
import { examplePlots } from "./examples.ts";
import { exportStore, importStore } from "./transfer.ts";

const kept = join(import.meta.dirname, "../../services/console/fixtures/history.ndjson.gz");
const published = "peterborough-2020";

/** The moment at which the pages are looked at: a Wednesday. */
export const today = Instant.parse("2026-11-25T10:00:00.000Z");

/** The kept history in a store, and a bus on which nobody answers. */
export const openHistory = async (): Promise<Pick<Engine, "store" | "bus">> => {
  const store = createMemoryStore();
  await fillWithHistory(store);
  return { store, bus: createMemoryBus() };
};

/** Brings the kept history into an empty store. */
export const fillWithHistory = (store: EventStore): Promise<void> =>
  inFile(async (file) => {
    writeFileSync(file, gunzipSync(readFileSync(kept)));
    await importStore(store, file);
  });

/** An engine in which that history has been told, as it stands today. */
export const tellHistory = async (): Promise<Story> => {
  const log = createLog({ service: "fixtures", level: "silent" });
  const clock = createSteppedClock(Instant.parse("2018-01-01T09:00:00.000Z"));
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const plots = examplePlots().filter(({ inspection }) => inspection === published);
  await carry({ engine, clock, plots });
  await tellBegun({ engine, clock }, { examples: [published], now: today });
  return { engine, clock };
};

/** Tells it anew and keeps it; how many events it has. */
export const recordHistory = async (): Promise<number> => {
  const { engine } = await tellHistory();
  try {
    return await inFile(async (file) => {
      const { events } = await exportStore(engine.store, file);
      writeFileSync(kept, gzipSync(readFileSync(file), { level: 9 }));
      return events;
    });
  } finally {
    await engine.close();
  }
};

const inFile = async <Result>(use: (file: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), "assay-history-"));
  try {
    return await use(join(folder, "history.ndjson"));
  } finally {
    rmSync(folder, { recursive: true });
  }
};
