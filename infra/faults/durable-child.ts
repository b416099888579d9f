/**
 * What `durable.ts` watches: an engine on a folder that tells a small story and says `ack` for each
 * command that was answered as recorded. With `skipped-fsync` it no longer waits for the disk.
 */
import { writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import type { Instant } from "@assay/domain/kernel/instants.ts";
import { carry } from "@assay/embedded/carry.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";

import { chanceOf } from "./scenario.ts";
import { smallPlot } from "./small-plot.ts";

const [folder, plant] = process.argv.slice(2);
if (plant === "skipped-fsync") {
  const plain: DatabaseSync["exec"] = Reflect.get(DatabaseSync.prototype, "exec");
  DatabaseSync.prototype.exec = function (sql: string) {
    return plain.call(this, sql.replace("synchronous = FULL", "synchronous = OFF"));
  };
}
const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
const log = createLog({ service: "durable", level: "silent" });
const engine = await startEngine({ dataDir: folder, clock, log });
await carry({
  engine,
  clock,
  plots: [smallPlot(chanceOf(1, "plot"))],
  onCommand: () => void writeSync(1, "ack\n"),
});
await engine.close();
