/**
 * Tells the fixtures' history anew and keeps it: one published inspection, made-up ones in every
 * stage and a programme, as they stand on the day of the fixtures. `npm run fixtures -- record`.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { Instant } from "@assay/domain/kernel/instants.ts";
import { carry } from "./carry.ts";
import { tellBegun } from "./carry-begun.ts";
import { startEngine } from "./engine.ts";
import { examplePlots } from "./examples.ts";
import { exportStore } from "./transfer.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";

import { historyFile, today } from "@assay/console/fixtures/open.ts";

export const record = async (): Promise<number> => {
  const log = createLog({ service: "fixtures", level: "silent" });
  const clock = createSteppedClock(Instant.parse("2018-01-01T09:00:00.000Z"));
  const engine = await startEngine({ dataDir: undefined, clock, log });
  const plain = `${historyFile}.plain`;
  try {
    const plots = examplePlots().filter(({ inspection }) => inspection === "peterborough-2020");
    await carry({ engine, clock, plots });
    await tellBegun({ engine, clock }, { examples: ["peterborough-2020"], now: today });
    const { events } = await exportStore(engine.store, plain);
    writeFileSync(historyFile, gzipSync(readFileSync(plain), { level: 9 }));
    return events;
  } finally {
    await engine.close();
    rmSync(plain, { force: true });
  }
};
