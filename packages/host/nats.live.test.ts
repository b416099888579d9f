import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openNatsBus } from "@assay/bus/nats.ts";
import type { CommandBus } from "@assay/bus/port.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { startNats } from "@assay/nats/start.ts";
import { expect, it } from "vitest";

import { serveOperations } from "./http.ts";
import { createMetrics } from "./metrics.ts";
import { friday, Stage, tuesday } from "./contract/vigil-stage.ts";
import { vigilService } from "./contract/vigil.ts";

it("shares the work of a step among replicas over NATS, and outlives NATS", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-replicas-"));
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  const nats = await startNats({ server, dataDir, port: 0 });
  const buses: CommandBus[] = [];
  const connect = async (): Promise<CommandBus> => {
    const bus = await openNatsBus({ url: nats.url });
    buses.push(bus);
    return bus;
  };
  const stage = new Stage(await connect());
  for (const replica of ["one", "two"])
    await stage.start(vigilService, { bus: await connect(), dataDir: join(dataDir, replica) });

  const inspections = Array.from({ length: 20 }, (_, index) => `p${index}`);
  await Promise.all(inspections.map((inspection) => stage.openVigil(tuesday, inspection)));
  await Promise.all(inspections.map((inspection) => stage.joinVigil("ada", inspection)));
  await stage.idle();

  await nats.kill();
  const moving = stage.clock.moveTo(friday, stage.idle);
  const back = await startNats({ server, dataDir, port: nats.port });
  await moving;
  const closed = inspections.map(() => `VigilClosed at ${tuesday}`);
  expect(await stage.closings()).toEqual(closed);
  expect(await stage.told()).toHaveLength(3 * inspections.length);

  await stage.close();
  for (const bus of buses) await bus.close();
  await back.stop();
  rmSync(dataDir, { recursive: true });
});

it("says that NATS hangs, lives on meanwhile, and is ready again when it goes on", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-hanging-"));
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  const nats = await startNats({ server, dataDir, port: 0 });
  const bus = await openNatsBus({ url: nats.url });
  const stage = new Stage(bus);
  const service = await stage.start(vigilService);
  await stage.idle();
  const metrics = createMetrics();
  const operations = await serveOperations({ services: [service], metrics, port: 0 });
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${operations.port}${path}`);
    return { status: answer.status, body: await answer.text() };
  };
  expect((await get("/health/ready")).status).toBe(200);
  process.kill(nats.pid, "SIGSTOP");
  const ready = get("/health/ready");
  expect((await get("/health/live")).status).toBe(200);
  expect((await get("/metrics")).status).toBe(200);
  const told = await ready;
  expect(told.status).toBe(503);
  expect(JSON.parse(told.body)).toMatchObject({ services: [{ bus: "timeout", store: "ok" }] });
  process.kill(nats.pid, "SIGCONT");
  await expect.poll(async () => (await get("/health/ready")).status).toBe(200);

  await operations.close();
  await stage.close();
  await bus.close();
  await nats.stop();
  rmSync(dataDir, { recursive: true });
});
