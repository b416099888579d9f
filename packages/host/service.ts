/**
 * One service's life: starting, ready, draining (no new commands, those under way finished) and
 * closed. It runs what its definition says and owns nothing but its SQLite file.
 */
import { setTimeout as delay } from "node:timers/promises";
import { isAway, isLasting } from "./fault.ts";
import { join } from "node:path";

import type { CommandBus, Handler, Offered } from "@assay/bus/port.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { EventStore } from "@assay/store/port.ts";

import { type AsideKeeper, createAsideKeeper } from "./aside.ts";
import type { Clock } from "./clock.ts";
import { type Database, openDerived } from "./database.ts";
import type { Beside, ServiceDefinition } from "./definition.ts";
import { createHandling, type Handling } from "./handle.ts";
import { gauge, healthOf, type Health, type Phase } from "./health.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { prepareReaction } from "./reaction.ts";
import { createReactor, type Reactor } from "./reactor.ts";
import { sealing, type Trust, unauthenticated } from "./seal.ts";
import { type Follower, startSubscription, type Subscription } from "./subscription.ts";
import type { Timekeeper } from "./timekeeper.ts";
import { assertSameStore } from "./witness.ts";

export type Surroundings = {
  readonly store: EventStore;
  readonly bus: CommandBus;
  readonly clock: Clock;
  /** Who says whether the clock can be believed; it is where there is nobody. */
  readonly time?: Timekeeper;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Whose commands are carried out, and in whose name its own duties are sent. */
  readonly trust: Trust;
  /** The folder for the service's file; undefined keeps it in memory, to be built at each start. */
  readonly dataDir: string | undefined;
};

export type Service = {
  readonly name: string;
  readonly phase: Phase;
  /** The service's own file. */
  readonly database: Database;
  health(): Promise<Health>;
  /** Brings the gauges up to date, without asking anybody. */
  measure(): void;
  /** Whom it uses besides store and bus, by name, and how they are. */
  neighbours(): Readonly<Record<string, string>>;
  /**
   * Resolves once everything in the store now has been handled here and nothing is under way. For
   * several services that answer each other's facts use `whenIdle`.
   */
  settled(): Promise<void>;
  /** Drains, then closes. Calling it again waits for the same end. */
  close(): Promise<void>;
};

export const startService = async (
  definition: ServiceDefinition,
  surroundings: Surroundings,
): Promise<Service> => {
  const service = new RunningService(definition, surroundings);
  try {
    await service.offer();
  } catch (error) {
    await service.close();
    throw error;
  }
  return service;
};

class RunningService implements Service {
  readonly name: string;
  readonly database: Database;
  phase: Phase = "starting";
  readonly #definition: ServiceDefinition;
  readonly #surroundings: Surroundings;
  readonly #handling: Handling;
  readonly #aside: AsideKeeper;
  readonly #reactor: Reactor | undefined;
  readonly #file: string | undefined;
  #subscriptions: readonly Subscription[] = [];
  readonly #beside: readonly Beside[];
  #offered: Offered | undefined;
  #closing: Promise<void> | undefined;

  constructor(definition: ServiceDefinition, surroundings: Surroundings) {
    const { name, rules = [] } = definition;
    const { dataDir, store, metrics, time } = surroundings;
    // A process of its own logs under its service's name already.
    const same = surroundings.log.bindings()["service"] === name;
    const log = same ? surroundings.log : surroundings.log.child({ part: name });
    this.name = name;
    this.#definition = definition;
    this.#surroundings = { ...surroundings, log };
    this.#file = dataDir === undefined ? undefined : join(dataDir, `${name}.sqlite`);
    this.database = openDerived(this.#file ?? ":memory:", (why) => log.error(why));
    this.#handling = createHandling({ service: name, store, rules, time, log, metrics });
    this.#aside = createAsideKeeper({
      ...{ ...this.#surroundings, service: name },
      isOurs: definition.isOurs,
    });
    this.#reactor = this.#createReactor();
    const { own } = surroundings.trust;
    this.#beside = (definition.reactions ?? []).flatMap(
      ({ begin }) => begin?.(sealing(surroundings.bus, own)) ?? [],
    );
  }

  async offer(): Promise<void> {
    const { step } = this.#definition;
    const { store, log, metrics } = this.#surroundings;
    const file = this.#file;
    if (file !== undefined) await patiently(() => assertSameStore(store, this.database, file));
    await patiently(async () => this.#surroundings.time?.inspect());
    this.#subscriptions = this.#followers().map((follower) =>
      startSubscription(follower, { service: this.name, store, log, metrics }),
    );
    const { commandTypes } = this.#handling;
    if (step !== undefined && commandTypes.length > 0) {
      const offer = { step, commands: commandTypes, handle: this.#admit };
      this.#offered = await this.#surroundings.bus.offer(offer);
    }
    this.#reactor?.start();
    if (this.phase === "starting") this.phase = "ready";
    this.#surroundings.log.info({ commands: commandTypes.length }, "service started");
  }

  /** Carries out what an authenticated edge sent, and refuses everything else unread. */
  readonly #admit: Handler = async (envelope) => {
    const { trust, metrics, log } = this.#surroundings;
    const refusal = unauthenticated(envelope, trust.edges, Date.now());
    if (refusal === undefined) return this.#handling.handle(envelope);
    const { id, seal } = envelope;
    log.warn({ commandId: id, edge: seal?.edge, why: refusal.why }, "unauthenticated command");
    metrics.commands.inc({ service: this.name, type: "unknown", outcome: "unauthenticated" });
    return { accepted: false, refusal };
  };

  health(): Promise<Health> {
    const { store, bus, dataDir } = this.#surroundings;
    return healthOf({ ...this.#measured(), phase: this.phase, store, bus, dataDir });
  }

  measure(): void {
    gauge(this.#measured());
    for (const one of this.#beside) one.measure?.(this.#surroundings.metrics);
  }

  neighbours(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.#beside.map((one) => one.neighbours?.()));
  }

  #measured() {
    return {
      name: this.name,
      metrics: this.#surroundings.metrics,
      subscriptions: this.#subscriptions,
      timers: this.phase === "closed" ? 0 : (this.#reactor?.timers ?? 0),
      late: this.phase === "closed" ? 0 : (this.#reactor?.late ?? 0),
      aside: [...this.#aside.outstanding, ...(this.#surroundings.time?.outstanding ?? [])],
    };
  }

  async settled(): Promise<void> {
    await Promise.all(this.#subscriptions.map((subscription) => subscription.upToDate()));
    await this.#reactor?.settled();
    await this.#handling.settled();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { log } = this.#surroundings;
    this.phase = "draining";
    log.info("service draining");
    await Promise.all(this.#subscriptions.map((subscription) => subscription.stop()));
    await Promise.all(this.#beside.map((one) => one.close()));
    await this.#reactor?.stop();
    await this.#aside.stop();
    await this.#offered?.drain();
    await this.#handling.settled();
    this.database.close();
    this.phase = "closed";
    log.info("service closed");
  }

  #createReactor(): Reactor | undefined {
    const { name, step, flow } = this.#definition;
    if (flow === undefined || step === undefined) return undefined;
    const { database } = this;
    const bus = sealing(this.#surroundings.bus, this.#surroundings.trust.own);
    const forget = (inspection: InspectionId): void => this.#handling.forget(inspection);
    const aside = this.#aside;
    const surroundings = { ...this.#surroundings, bus, database, forget, aside };
    return createReactor({ ...surroundings, service: name, step, flowing: flow });
  }

  #followers(): readonly Follower[] {
    const { reactions = [] } = this.#definition;
    const bus = sealing(this.#surroundings.bus, this.#surroundings.trust.own);
    const { store } = this.#surroundings;
    const means = { database: this.database, store, aside: this.#aside, bus };
    return [
      ...reactions.map((reaction) => prepareReaction(reaction, means)),
      ...(this.#reactor === undefined ? [] : [this.#reactor.follower]),
      this.#aside.follower,
    ];
  }
}

/** Does it again while nobody answers, for half a minute. */
const patiently = async (work: () => Promise<void>): Promise<void> => {
  for (let pause = 20; ; pause *= 2) {
    try {
      return await work();
    } catch (error) {
      if (isLasting(error) || !isAway(error) || pause > 16_000) throw error;
    }
    await delay(pause);
  }
};
