/**
 * Where the host's tests play: a store, a bus and a clock in memory, vigil services on them, and
 * what is needed to tell a story and read what came of it. Everything is closed at the end.
 */
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createMemoryBus } from "@assay/bus/memory.ts";
import type { CommandBus } from "@assay/bus/port.ts";
import { assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope, type Reply } from "@assay/domain/kernel/envelope.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { storeOver } from "@assay/store/over.ts";
import type { EventStore, NewEvent, Position } from "@assay/store/port.ts";

import { createSteppedClock, type SteppedClock } from "../clock.ts";
import type { ServiceDefinition } from "../definition.ts";
import { whenIdle } from "../idle.ts";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { sealing, type Trust, trustWithin } from "../seal.ts";
import { type Service, startService, type Surroundings } from "../service.ts";
import { lastPosition } from "../subscription.ts";
import { createTimekeeper, type Timekeeper } from "../timekeeper.ts";
import { vigilService } from "./vigil.ts";

export const monday = "2026-11-23T09:00:00.000Z" as Instant;
export const tuesday = "2026-11-24T09:00:00.000Z" as Instant;
export const friday = "2026-11-27T09:00:00.000Z" as Instant;

export class Stage {
  readonly dataDir = mkdtempSync(join(tmpdir(), "assay-stage-"));
  readonly store: EventStore = createMemoryStore();
  readonly bus: CommandBus;
  readonly clock: SteppedClock = createSteppedClock(monday);
  readonly trust: Trust = trustWithin("stage");
  readonly #running = new Set<Service>();
  readonly times: Timekeeper[] = [];

  constructor(bus: CommandBus = createMemoryBus()) {
    this.bus = bus;
  }

  async start(
    definition: ServiceDefinition = vigilService,
    differently: Partial<
      Pick<Surroundings, "store" | "bus" | "clock" | "dataDir" | "metrics">
    > = {},
  ): Promise<Service> {
    const { store, bus, clock, dataDir, trust } = this;
    const log = createLog({ service: "test", level: "silent" });
    const metrics = createMetrics();
    const differing = { store, bus, clock, log, metrics, dataDir, trust, ...differently };
    const time = createTimekeeper({ ...differing, name: "test" });
    if (time) this.times.push(time);
    const surroundings = { ...differing, ...(time && { time }) };
    const service = await startService(definition, surroundings);
    this.#running.add(service);
    return service;
  }

  /** The stage's store, some of it behaving differently. */
  storeWith(differently: Partial<EventStore>): EventStore {
    return storeOver(this.store, differently);
  }

  async stop(service: Service): Promise<void> {
    this.#running.delete(service);
    await service.close();
  }

  async close(): Promise<void> {
    for (const time of this.times) time.stop();
    for (const service of this.#running) await service.close();
    await this.bus.close();
    await this.store.close();
    rmSync(this.dataDir, { recursive: true });
  }

  readonly idle = (): Promise<void> => whenIdle(this.store, [...this.#running]);

  openVigil(until: Instant = tuesday, inspection = "p1"): Promise<Reply> {
    return this.#send("OpenVigil", inspection, { until });
  }

  joinVigil(name: string, inspection = "p1"): Promise<Reply> {
    return this.#send("JoinVigil", inspection, { name });
  }

  stopFieldwork(inspection = "p1"): Promise<void> {
    return this.tell(`fieldwork-${inspection}`, { type: "FieldworkStopped" });
  }

  /** Appends a fact that no service decided. */
  async tell(stream: string, { type, ...rest }: { readonly type: string }): Promise<void> {
    let last = -1;
    for await (const page of this.store.read(stream)) last += page.length;
    const data = { at: this.clock.now(), by: assay, ...rest };
    const event: NewEvent = { id: randomUUID(), type, data, metadata: {} };
    await this.store.append(stream, [event], last < 0 ? "none" : last);
  }

  async until(reached: () => Promise<boolean>): Promise<void> {
    while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  end(): Promise<Position | undefined> {
    return lastPosition(this.store, undefined);
  }

  /** Every fact of the step, in order, as `<type> at <when>`. */
  async told(): Promise<readonly string[]> {
    const facts: string[] = [];
    for await (const page of this.store.readAll({ prefixes: ["panel-"] }))
      facts.push(...page.map(({ type, data }) => `${type} at ${String(data["at"])}`));
    return facts;
  }

  async closings(): Promise<readonly string[]> {
    return (await this.told()).filter((fact) => fact.startsWith("VigilClosed"));
  }

  /** A copy of the service's file as it is now: what a crash may leave behind. */
  snapshot(name: string): string {
    const folder = join(this.dataDir, name);
    for (const file of ["vigil.sqlite", "vigil.sqlite-wal"])
      cpSync(join(this.dataDir, file), join(folder, file));
    return folder;
  }

  #send(type: string, inspection: string, rest: object): Promise<Reply> {
    const id = randomUUID();
    const command = { type, at: this.clock.now(), by: assay, inspection, ...rest };
    const envelope = { id, correlationId: id, causationId: id, command };
    const bus = sealing(this.bus, this.trust.own);
    return bus.send("panel", CommandEnvelope.parse(envelope));
  }
}
