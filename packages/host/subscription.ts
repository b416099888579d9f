/**
 * A named reader of the store. It goes on from its checkpoint, hands on everything at least once
 * and in order, never passes over what could not be handled, and says how far behind it is.
 */
import {
  comparePositions,
  type EventStore,
  type Position,
  type StoredEvent,
} from "@assay/store/port.ts";

import { codeOf, pause, waitAfter } from "./fault.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

export type Follower = {
  readonly name: string;
  /** Only streams whose names begin with one of these; all of them when left out. */
  readonly prefixes?: readonly string[];
  /** How far everything was handled, as it was kept. */
  readonly checkpoint: () => Position | undefined;
  /**
   * Handles these and keeps `through` as the new checkpoint, or throws and keeps nothing. What
   * takes long may stop early once the signal is given, at a checkpoint of its own.
   */
  readonly take: (
    events: readonly StoredEvent[],
    through: Position,
    signal: AbortSignal,
  ) => Promise<void> | void;
};

export type SubscriptionHealth = {
  readonly name: string;
  /** Whether the past has been handled, and what came since is not held up. */
  readonly caughtUp: boolean;
  readonly lagSeconds: number;
  /** The code of what interrupts it now. */
  readonly failing: string | undefined;
};

export type Subscription = {
  readonly name: string;
  health(): SubscriptionHealth;
  /** Resolves once everything that the store holds at this moment has been handled. */
  upToDate(): Promise<void>;
  /** Finishes what is being handled, then ends. */
  stop(): Promise<void>;
};

export type SubscriptionOptions = {
  readonly service: string;
  readonly store: EventStore;
  readonly log: Log;
  readonly metrics: Metrics;
};

export const startSubscription = (follower: Follower, options: SubscriptionOptions): Subscription =>
  new Running(follower, options);

/**
 * In milliseconds. Once it has caught up, what is recorded within so long is handled together: each
 * time costs a transaction and a look at what is owed, whether for one event or for a hundred.
 */
const rest = 10;

/** In seconds: what has not been handled by then hangs, or cannot keep up. */
const tooLong = 10;

class Running implements Subscription {
  readonly name: string;
  readonly #follower: Follower;
  readonly #options: SubscriptionOptions;
  readonly #ending = new AbortController();
  readonly #ended: Promise<void>;
  readonly #waiting = new Set<{ readonly end: Position; readonly reached: () => void }>();
  #through: Position | undefined;
  /** Ends the rest that it takes just now. */
  #hurry: (() => void) | undefined;
  #caughtUp = false;
  #behindSince: number | undefined = Date.now();
  #failures = 0;
  #failing: string | undefined;

  constructor(follower: Follower, options: SubscriptionOptions) {
    this.name = follower.name;
    this.#follower = follower;
    this.#options = options;
    this.#ended = this.#run();
  }

  health(): SubscriptionHealth {
    const since = this.#behindSince;
    const lagSeconds = since === undefined ? 0 : (Date.now() - since) / 1000;
    const caughtUp = this.#caughtUp && lagSeconds < tooLong;
    return { name: this.name, caughtUp, lagSeconds, failing: this.#failing };
  }

  async upToDate(): Promise<void> {
    const end = await lastPosition(this.#options.store, this.#follower.prefixes);
    if (end === undefined || this.#ending.signal.aborted || this.#isAt(end)) return;
    await new Promise<void>((reached) => {
      this.#waiting.add({ end, reached });
      this.#hurry?.();
    });
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    this.#hurry?.();
    await this.#ended;
    for (const { reached } of this.#waiting) reached();
    this.#waiting.clear();
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
      } catch (error) {
        this.#interrupted(error);
      }
      if (!signal.aborted)
        await pause(waitAfter(Math.max(1, this.#failures), { first: 20, most: 10_000 }), signal);
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { checkpoint, prefixes } = this.#follower;
    const after = checkpoint();
    this.#through = after;
    const deliveries = this.#options.store.subscribe({
      signal,
      ...(after === undefined ? {} : { after }),
      ...(prefixes === undefined ? {} : { prefixes }),
    });
    for await (const delivery of deliveries) {
      if (delivery.kind === "events") await this.#take(delivery.events, delivery.through);
      else await this.#reachedEnd(delivery.through);
      if (signal.aborted) return;
      if (this.#caughtUp && this.#waiting.size === 0) await this.#rest();
    }
  }

  /** Not while somebody waits for it. */
  async #rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, rest);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#hurry = undefined;
  }

  async #take(events: readonly StoredEvent[], through: Position): Promise<void> {
    this.#behindSince ??= Date.now();
    await this.#follower.take(events, through, this.#ending.signal);
    if (this.#ending.signal.aborted) return;
    this.#through = through;
    if (this.#caughtUp) this.#behindSince = undefined;
    this.#goOn();
  }

  async #reachedEnd(through: Position | undefined): Promise<void> {
    this.#caughtUp = true;
    if (through !== undefined && !this.#isAt(through)) await this.#take([], through);
    this.#behindSince = undefined;
    this.#goOn();
  }

  #interrupted(error: unknown): void {
    const { log, metrics, service } = this.#options;
    this.#failures += 1;
    this.#failing = codeOf(error);
    this.#caughtUp = false;
    this.#behindSince ??= Date.now();
    metrics.subscriptionFaults.inc({ service, subscription: this.name, code: this.#failing });
    const about = { err: error, subscription: this.name, failures: this.#failures };
    log.error(about, "subscription interrupted; it will go on");
  }

  #isAt(position: Position): boolean {
    return this.#through !== undefined && comparePositions(this.#through, position) >= 0;
  }

  /** It is well again, and whoever waits for a place that was reached is told. */
  #goOn(): void {
    this.#failures = 0;
    this.#failing = undefined;
    for (const waiter of this.#waiting) {
      if (!this.#isAt(waiter.end)) continue;
      this.#waiting.delete(waiter);
      waiter.reached();
    }
  }
}

/** The place of the last event in the streams with these prefixes. */
export const lastPosition = async (
  store: EventStore,
  prefixes: readonly string[] | undefined,
): Promise<Position | undefined> => {
  const pages = store.readAll({
    direction: "backwards",
    limit: 1,
    ...(prefixes === undefined ? {} : { prefixes }),
  });
  for await (const [last] of pages) return last?.position;
  return undefined;
};
