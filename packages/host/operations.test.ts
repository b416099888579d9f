import type { ServerResponse } from "node:http";
import { Writable } from "node:stream";

import { createMemoryBus } from "@assay/bus/memory.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { storeOver } from "@assay/store/over.ts";
import { StoreFault } from "@assay/store/port.ts";
import { describe, expect, it } from "vitest";

import { createSteppedClock } from "./clock.ts";
import { serveOperations } from "./http.ts";
import { whenIdle } from "./idle.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { runUntilStopped } from "./run.ts";
import { trustWithin } from "./seal.ts";
import { startService } from "./service.ts";
import { vigilService } from "./contract/vigil.ts";

const collected = () => {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, destination };
};

const silent = createLog({ service: "test", level: "silent" });

describe("the operations port", () => {
  it("tells live, ready and metrics apart, and turns unready when the store is lost", async () => {
    const store = createMemoryStore();
    const bus = createMemoryBus();
    const metrics = createMetrics();
    const clock = createSteppedClock("2026-11-23T09:00:00.000Z" as Instant);
    const trust = trustWithin("test");
    const surroundings = { store, bus, clock, metrics, trust, log: silent, dataDir: undefined };
    const closed: string[] = [];
    const close = async () => void closed.push("beside");
    const beside = { close, neighbours: () => ({ "mail server": "ok" }) };
    const reaction = { name: "beside", prefixes: [], facts: [], react: async () => {} };
    const reactions = [{ ...reaction, begin: () => beside }];
    const service = await startService({ ...vigilService, reactions }, surroundings);
    await whenIdle(store, [service]);
    const operations = await serveOperations({ services: [service], metrics, port: 0 });
    const get = (path: string) => fetch(`http://127.0.0.1:${operations.port}${path}`);

    expect((await get("/health/live")).status).toBe(200);
    const ready = await get("/health/ready");
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      ...{ status: "ok", services: [{ name: "vigil" }], neighbours: { "mail server": "ok" } },
    });
    expect(await (await get("/ping")).json()).toEqual({ status: "ok" });
    expect(await (await get("/info")).json()).toMatchObject({
      name: "assay",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      uptimeSeconds: expect.any(Number) as number,
    });
    const text = await (await get("/metrics")).text();
    expect(text).toContain(
      'assay_subscription_lag_seconds{service="vigil",subscription="reactor"}',
    );
    expect((await get("/elsewhere")).status).toBe(404);
    const front = { services: [service], metrics, port: 0, brief: true };
    const pages = await serveOperations(front);
    const ask = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${pages.port}${path}`);
      return { status: answer.status, text: await answer.text() };
    };
    for (const path of ["/ping", "/health/live", "/health/ready"])
      expect(await ask(path)).toEqual({ status: 200, text: '{"status":"ok"}' });
    for (const path of ["/metrics", "/info"]) expect((await ask(path)).status).toBe(404);
    await pages.close();

    await store.close();
    expect((await get("/health/ready")).status).toBe(503);
    expect((await get("/health/live")).status).toBe(200);
    await service.close();
    expect(closed).toEqual(["beside"]);
    expect((await get("/health/live")).status).toBe(503);
    await operations.close();
  });
});

describe("keys of words that do not answer", () => {
  it("are named by readiness and metrics apart from the store", async () => {
    const away = new StoreFault("unavailable", "the keys in NATS: no answer", { retry: true });
    const store = storeOver(createMemoryStore(), { pingKeys: () => Promise.reject(away) });
    const metrics = createMetrics();
    const clock = createSteppedClock("2026-11-23T09:00:00.000Z" as Instant);
    const trust = trustWithin("test");
    const surroundings = { store, bus: createMemoryBus(), clock, metrics, trust, log: silent };
    const service = await startService(vigilService, { ...surroundings, dataDir: undefined });
    await whenIdle(store, [service]);
    expect(await service.health()).toMatchObject({
      ...{ ready: false, store: "ok", bus: "ok", keys: "unavailable" },
    });
    const told = await metrics.registry.metrics();
    expect(told).toContain('assay_reachable{service="vigil",what="keys"} 0');
    expect(told).toContain('assay_reachable{service="vigil",what="store"} 1');
    await service.close();
  });
});

describe("pages at the operations port", () => {
  it("are to come, then served, and while they drain finished and given to nobody else", async () => {
    const store = createMemoryStore();
    const metrics = createMetrics();
    const clock = createSteppedClock("2026-11-23T09:00:00.000Z" as Instant);
    const trust = trustWithin("test");
    const surroundings = { store, bus: createMemoryBus(), clock, metrics, trust, log: silent };
    const service = await startService(vigilService, { ...surroundings, dataDir: undefined });
    await whenIdle(store, [service]);
    const options = { services: [service], metrics, port: 0, pages: true };
    const serving = await serveOperations(options);
    const get = (path: string) => fetch(`http://127.0.0.1:${serving.port}${path}`);
    const before = await get("/inspections");
    expect([before.status, before.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await before.text()).toContain("nothing was recorded");

    const asked = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    Object.assign(options, {
      others: async (_request: unknown, response: ServerResponse) => {
        asked.resolve();
        await held.promise;
        response.end("whole");
      },
    });
    const underWay = get("/inspections");
    await asked.promise;
    expect((await get("/health/ready")).status).toBe(200);
    let drained = false;
    const draining = serving.drain().then(() => (drained = true));
    expect((await get("/health/ready")).status).toBe(503);
    expect((await get("/health/live")).status).toBe(200);
    const meanwhile = await get("/api/v1/inspections");
    expect(meanwhile.status).toBe(503);
    expect(await meanwhile.json()).toMatchObject({ status: 503 });
    expect(drained).toBe(false);
    held.resolve();
    expect(await (await underWay).text()).toBe("whole");
    await draining;
    await service.close();
    await serving.close();
  });
});

describe("the log", () => {
  it("keeps out words about somebody, commands and secrets, wherever they are hung", () => {
    const { lines, destination } = collected();
    const log = createLog({ service: "fieldwork", destination });
    const command = { type: "RecordJudgement", text: { note: "Ada was seen" } };
    log.info({ command, text: "Ada was seen", event: { data: { text: "Ada" } } }, "done");
    log.error({ err: Object.assign(new Error("refused"), { command }) }, "failed");
    expect(lines).toHaveLength(2);
    expect(lines.join("")).not.toContain("Ada");
    expect(JSON.parse(lines[0]!)).toMatchObject({ service: "fieldwork", level: "info" });
    expect(JSON.parse(lines[1]!)).toMatchObject({ err: { name: "Error", message: "refused" } });
  });

  it("names the service once in each line, in a process of its own and among others", async () => {
    for (const base of ["vigil", "assay"]) {
      const { lines, destination } = collected();
      const log = createLog({ service: base, destination });
      const surroundings = { ...{ store: createMemoryStore(), bus: createMemoryBus() }, log };
      const clock = createSteppedClock("2026-11-23T09:00:00.000Z" as Instant);
      const rest = { clock, metrics: createMetrics(), trust: trustWithin("test") };
      const service = await startService(vigilService, {
        ...{ ...surroundings, ...rest, dataDir: undefined },
      });
      await service.close();
      const [first] = lines;
      const part = base === "vigil" ? {} : { part: "vigil" };
      expect(JSON.parse(first!)).toMatchObject({ service: base, ...part });
      expect(first!.match(/"(service|part)":/g)).toHaveLength(base === "vigil" ? 1 : 2);
    }
  });

  it("names each cause of an error down to the first", () => {
    const { lines, destination } = collected();
    const root = Object.assign(new Error("disk full"), { code: "ENOSPC" });
    createLog({ service: "x", destination }).error({ err: new Error("no", { cause: root }) }, "!");
    expect(JSON.parse(lines[0]!)).toMatchObject({ err: { cause: { code: "ENOSPC" } } });
  });
});

describe("running until stopped", () => {
  it("closes in order when asked to, and reports how that went", async () => {
    const closed: string[] = [];
    const closing = ["services", "bus", "store"].map((name) => ({
      close: async () => void closed.push(name),
    }));
    const ended = runUntilStopped(silent, closing);
    process.emit("SIGTERM");
    expect(await ended).toBe(0);
    expect(closed).toEqual(["services", "bus", "store"]);
  });

  it("ends with 1 when closing fails, and closes what comes after", async () => {
    const closed: string[] = [];
    const failing = { close: () => Promise.reject(new Error("stuck")) };
    const ended = runUntilStopped(silent, [
      failing,
      { close: async () => void closed.push("store") },
    ]);
    process.emit("SIGINT");
    expect(await ended).toBe(1);
    expect(closed).toEqual(["store"]);
  });

  it("does not wait after a second signal, and takes an echo for the same one", async () => {
    const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
    const ended = runUntilStopped(silent, [{ close: () => new Promise(() => {}) }]);
    process.emit("SIGTERM");
    await wait(10);
    process.emit("SIGTERM");
    expect(await Promise.race([ended, wait(900).then(() => "waiting")])).toBe("waiting");
    process.emit("SIGTERM");
    expect(await Promise.race([ended, wait(5_000).then(() => "waiting")])).toBe(1);
  });
});
