/**
 * Whether the clock can be believed. What cannot be undone waits, and nothing is recorded, while
 * it contradicts the newest fact, the servers' clocks or a clock that nobody can set. Somebody who
 * looked at it confirms it, or mends it; until then it stands on the list of what is set aside.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

import type { Actor } from "@assay/domain/kernel/actor.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { categories } from "@assay/domain/kernel/stream.ts";
import type { CommandBus } from "@assay/bus/port.ts";
import type { EventStore } from "@assay/store/port.ts";

import { readAsidesOf, setAside, settle } from "./aside-book.ts";
import { type Aside, AsideFact, asideStream } from "./aside-facts.ts";
import type { Clock } from "./clock.ts";
import { HostFault } from "./fault.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

export type Timekeeper = {
  /** Why the clock is in doubt, if it is. Looks at clocks, at most once a second; asks nobody. */
  doubt(): string | undefined;
  /** Asks store and servers, too. */
  inspect(): Promise<void>;
  /** Throws while the clock is in doubt, so that the same is tried again later. */
  assure(): Promise<void>;
  readonly outstanding: readonly Aside[];
  stop(): void;
};

export type TimekeeperOptions = {
  /** The process. */
  readonly name: string;
  readonly store: EventStore;
  readonly bus: Pick<CommandBus, "time">;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
};

/** All in milliseconds. As far may clocks differ as the seals of commands allow. */
const tolerance = 300_000;
/** After so long without a fact a start asks whether the clock is right. */
const longestSilence = 31 * 86_400_000;
const rhythm = 30_000;
const rhythmInDoubt = 5_000;
const glance = 1_000;

/** The name under which doubts are set aside, whichever process has them. */
const clocks = "clock";
const stream = asideStream(clocks);
const what = "reading the clock";

/** None for a clock that somebody moves on purpose, such as a story's: it is believed. */
export const createTimekeeper = (options: TimekeeperOptions): Timekeeper | undefined =>
  options.clock.elapsed && new Keeper(options, options.clock.elapsed);

class Keeper implements Timekeeper {
  readonly #options: TimekeeperOptions;
  readonly #elapsed: () => number;
  readonly #place: string;
  /** What the clock showed when it was last believed, and what the unset clock showed then. */
  #believed: { readonly shown: number; readonly elapsed: number } | undefined;
  /** Facts up to here are no reason for doubt any more: somebody confirmed the clock after them. */
  #passed: Instant | undefined;
  #doubt: { readonly why: string; readonly item: string; recorded: boolean } | undefined;
  #outstanding: readonly Aside[] = [];
  #glanced = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #inspecting: Promise<void> | undefined;
  #stopped = false;

  constructor(options: TimekeeperOptions, elapsed: () => number) {
    this.#options = options;
    this.#elapsed = elapsed;
    this.#place = `${options.name} on ${hostname()}`;
    this.#later();
  }

  get outstanding(): readonly Aside[] {
    return this.#outstanding;
  }

  doubt(): string | undefined {
    const elapsed = this.#elapsed();
    if (elapsed - this.#glanced >= glance) {
      this.#glanced = elapsed;
      const why = this.#doubt === undefined ? this.#jumped() : undefined;
      if (why !== undefined) this.#begin(why);
      else if (this.#doubt !== undefined) void this.inspect().catch(() => undefined);
    }
    return this.#doubt?.why;
  }

  async assure(): Promise<void> {
    await this.inspect();
    if (this.#doubt) throw new HostFault("clock-in-doubt", this.#doubt.why);
  }

  inspect(): Promise<void> {
    this.#inspecting ??= this.#inspect().finally(() => (this.#inspecting = undefined));
    return this.#inspecting;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #later(): void {
    if (this.#stopped) return;
    const again = (): void => {
      const failed = (error: unknown): void =>
        this.#options.log.warn({ err: error }, "the clock could not be compared");
      void this.inspect()
        .catch(failed)
        .then(() => this.#later());
    };
    this.#timer = setTimeout(again, this.#doubt ? rhythmInDoubt : rhythm).unref();
  }

  async #inspect(): Promise<void> {
    const { store } = this.#options;
    const newest = await newestIn(store);
    const why = this.#jumped() ?? this.#beside(newest) ?? (await this.#besideServers());
    if (this.#doubt !== undefined && (await this.#isConfirmed())) return this.#believe(newest);
    if (why === undefined) return this.#believe();
    this.#begin(why);
    await this.#record();
  }

  #now(): number {
    return Date.parse(this.#options.clock.now());
  }

  #jumped(): string | undefined {
    if (this.#believed === undefined) return undefined;
    const { shown, elapsed } = this.#believed;
    const due = shown + this.#elapsed() - elapsed;
    const now = this.#now();
    if (Math.abs(now - due) <= tolerance) return undefined;
    return `the clock jumped: it shows ${told(now)} where ${told(due)} was to come`;
  }

  #beside(newest: Instant | undefined): string | undefined {
    if (newest === undefined || newest === this.#passed) return undefined;
    const now = this.#now();
    const latest = Date.parse(newest);
    if (now < latest - tolerance)
      return `the clock shows ${told(now)}, and the newest fact is of ${newest}, which is later`;
    if (this.#believed === undefined && now > latest + longestSilence)
      return `the clock shows ${told(now)}, and the newest fact is of ${newest}, more than a month before`;
    return undefined;
  }

  async #besideServers(): Promise<string | undefined> {
    const servers = await this.#options.bus.time?.();
    if (servers === undefined) return undefined;
    const now = this.#now();
    const ahead = now - Date.parse(servers);
    this.#options.metrics.clockSkew.set({ service: this.#options.name }, ahead / 1000);
    if (Math.abs(ahead) <= tolerance) return undefined;
    return `the clock shows ${told(now)}, and that of the NATS servers ${servers}`;
  }

  #begin(why: string): void {
    if (this.#doubt !== undefined) return;
    this.#doubt = { why, item: randomUUID(), recorded: false };
    this.#options.log.error({ why }, "the clock is in doubt: nothing is recorded, duties wait");
    void this.inspect().catch(() => undefined);
  }

  /** Takes over what the same process left standing before it was started again. */
  async #record(): Promise<void> {
    const { store, clock } = this.#options;
    const doubt = this.#doubt!;
    const reason = `${doubt.why}. Mend the clock, or say with "retry" that it is right`.slice(
      0,
      500,
    );
    const item = { item: doubt.item, what: `${what} of ${this.#place}`.slice(0, 100) };
    const failed = { ...item, code: "clock-in-doubt", reason, again: true };
    if (!doubt.recorded) await setAside(store, clocks, failed, clock.now());
    doubt.recorded = true;
    await this.#settleOthers(doubt.item);
  }

  /** Whether somebody who looked at the clock said that it is right. */
  async #isConfirmed(): Promise<boolean> {
    const asides = await readAsidesOf(this.#options.store, clocks);
    return asides.get(this.#doubt!.item)?.asked === true;
  }

  async #believe(passed: Instant | undefined = this.#passed): Promise<void> {
    const { log } = this.#options;
    this.#passed = passed;
    this.#believed = { shown: this.#now(), elapsed: this.#elapsed() };
    if (this.#doubt) log.info({ why: this.#doubt.why }, "the clock is believed again");
    this.#doubt = undefined;
    await this.#settleOthers(undefined);
  }

  async #settleOthers(but: string | undefined): Promise<void> {
    const { store, clock, metrics } = this.#options;
    const own = [...(await readAsidesOf(store, clocks)).values()].filter((each) =>
      each.what.endsWith(` of ${this.#place}`.slice(0, 100)),
    );
    for (const { item } of own) if (item !== but) await settle(store, clocks, item, clock.now());
    this.#outstanding = own.filter(({ item }) => item === but);
    metrics.aside.set({ service: clocks }, this.#outstanding.length);
  }
}

const told = (moment: number): string => new Date(moment).toISOString();

const prefixes = [...categories.map((category) => `${category}-`), stream];

/** So many of the newest events are looked at: some tell of what was done a while before. */
const sample = 50;

/** When the newest fact happened, by its own clock, or when somebody last confirmed the clock. */
export const newestIn = async (store: EventStore): Promise<Instant | undefined> => {
  let newest: Instant | undefined;
  const options = { direction: "backwards", limit: sample, prefixes } as const;
  for await (const page of store.readAll(options))
    for (const { stream: of, type, data } of page) {
      const at = Instant.safeParse(data["at"]);
      if (!at.success || (of === stream && type !== "AsideRetried")) continue;
      if (newest === undefined || at.data > newest) newest = at.data;
      if (of === stream) return newest;
    }
  return newest;
};

/** Says that the clock is right, where nobody is there to be asked: the end of a told story. */
export const confirmClock = async (
  store: Pick<EventStore, "read" | "append">,
  by: Actor,
  at: Instant,
): Promise<void> => {
  let last: number | "none" = "none";
  for await (const page of store.read(stream)) last = page.at(-1)!.revision;
  const { type, ...data } = AsideFact.parse({ type: "AsideRetried", at, by, item: randomUUID() });
  await store.append(stream, [{ id: randomUUID(), type, data, metadata: { version: 1 } }], last);
};
