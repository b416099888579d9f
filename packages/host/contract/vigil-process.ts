/**
 * A process for the host's crash test: a vigil service on a store in a folder, and somebody who
 * keeps asking for the same vigils until all are closed. It may be killed at any moment.
 */
import { join } from "node:path";

import { createMemoryBus } from "@assay/bus/memory.ts";
import { assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";

import { systemClock } from "../clock.ts";
import { whenIdle } from "../idle.ts";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { sealing, trustWithin } from "../seal.ts";
import { startService } from "../service.ts";
import { vigilService } from "./vigil.ts";

const [folder, count] = process.argv.slice(2) as [string, string];
const store = openSqliteStore({ path: join(folder, "store.sqlite") });
const trust = trustWithin("crash");
const hub = createMemoryBus();
const bus = sealing(hub, trust.own);
const log = createLog({ service: "crash", level: "silent" });
const metrics = createMetrics();
const clock = systemClock;
const surroundings = { store, bus: hub, clock, log, metrics, trust, dataDir: folder };
const service = await startService(vigilService, surroundings);
/** From here on it is worth being killed. */
process.send?.("started");

const send = async (type: string, inspection: string, rest: object): Promise<void> => {
  const id = uuidFrom(`${type}/${inspection}`);
  const command = { type, at: systemClock.now(), by: assay, inspection, ...rest };
  const envelope = { id, correlationId: id, causationId: id, command };
  await bus.send("panel", CommandEnvelope.parse(envelope));
};

for (let index = 0; index < Number(count); index += 1) {
  const until = new Date(Date.now() + 20 + (index % 7) * 5).toISOString();
  await send("OpenVigil", `p${index}`, { until });
  await send("JoinVigil", `p${index}`, { name: "ada" });
}
while ((await service.health()).timers > 0) await new Promise((resolve) => setTimeout(resolve, 5));
await whenIdle(store, [service]);
await service.close();
await store.close();
process.disconnect?.();
