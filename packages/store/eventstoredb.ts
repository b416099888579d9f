/**
 * EventStoreDB or KurrentDB behind the port, through an official client. Appends without an answer
 * are sent again, which the events' ids make harmless; reads go on where they were cut off.
 */
import type { Readable } from "node:stream";

import {
  type AppendToStreamOptions,
  BACKWARDS,
  END,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  START,
} from "@eventstore/db-client";

import { connectTo } from "./eventstoredb/client.ts";
import type { Client } from "./eventstoredb/either-client.ts";
import { eventOf, placeOf, positionOf } from "./eventstoredb/events.ts";
import { faultOf, refusedAt, typeOf } from "./eventstoredb/faults.ts";
import { incoming } from "./eventstoredb/incoming.ts";
import { Gate, pause, persist, Trial, within } from "./eventstoredb/patience.ts";
import { lastPosition, subscribeOnce, subscription } from "./eventstoredb/subscription.ts";
import { write } from "./judgement.ts";
import {
  type Appended,
  type Conflict,
  type Delivery,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Pages,
  type ReadAllOptions,
  type ReadOptions,
  type StoredEvent,
  StoreFault,
  type SubscribeOptions,
} from "./port.ts";

export type EventStoreDbOptions = {
  /**
   * `esdb://…` or `kurrentdb://…`, which choose the client, with one host or all of a cluster's;
   * TLS and users as the client has them.
   */
  readonly url: string;
  /** How long one call may take, its repetitions included, in milliseconds; default 10,000. */
  readonly deadline?: number;
};

const pageSize = 1000;

/**
 * Appends on their way at once. The client's batch append hands a failed connection's error to
 * nobody once more than sixteen are queued, which ends the process; fewer never queue.
 */
const width = 15;

/**
 * Appends give the server none that could pass: it would be sent as a moment, and a server whose
 * clock is ahead would take it for past. We wait no longer than our own deadline all the same.
 */
const noDeadline = Infinity;

/** How long the client may take to turn to another node, in milliseconds. */
const sentOn = 50;

/** How long the client may take to end its calls, in milliseconds; then they end by themselves. */
const letGo = 1000;

export const openEventStoreDb = (options: EventStoreDbOptions): EventStore =>
  new EventStoreDb(options);

class EventStoreDb implements EventStore {
  readonly #client: Client;
  readonly #deadline: number;
  readonly #gate = new Gate(width);
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();

  constructor({ url, deadline = 10_000 }: EventStoreDbOptions) {
    this.#client = connectTo(url);
    this.#deadline = deadline;
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended | Conflict> {
    this.#refuseClosed();
    write(stream, events);
    const proposed = events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } }),
    );
    const answer = this.#gate.pass(() =>
      persist(this.#deadline, () => this.#appendOnce(stream, proposed, expected)),
    );
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(answer);
    }
  }

  read(stream: string, options: ReadOptions = {}): Pages {
    const forwards = options.direction !== "backwards";
    const open = (last: StoredEvent | undefined, left: number): Readable => {
      const next = last ? last.revision + (forwards ? 1 : -1) : options.from;
      return this.#client.readStream(stream, {
        direction: forwards ? FORWARDS : BACKWARDS,
        fromRevision: next === undefined ? (forwards ? START : END) : BigInt(next),
        maxCount: Math.min(left, Number.MAX_SAFE_INTEGER),
        // Decisions rest on what is read: a follower, or a leader that lost its office, may lag.
        requiresLeader: true,
      }) as unknown as Readable;
    };
    const past = (last: StoredEvent): boolean => !forwards && last.revision === 0;
    return this.#pages({
      ...{ open, past, limit: options.limit, ends: true, wanted: () => true },
      fault: (error) => faultOf(error, "read streams"),
    });
  }

  readAll(options: ReadAllOptions = {}): Pages {
    if (options.prefixes?.length === 0) return this.read("", { limit: 0 });
    return options.direction === "backwards" ? this.#backwards(options) : this.#forwards(options);
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<Delivery> {
    this.#refuseClosed();
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    const source = { client: this.#client, deadline: this.#deadline };
    if (options.prefixes?.length === 0) {
      const through = await persist(this.#deadline, () => lastPosition(this.#client));
      yield { kind: "caughtUp", through: through ?? options.after };
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    } else {
      yield* subscription(source, { ...options, signal });
    }
    if (!options.signal.aborted) this.#refuseClosed();
  }

  async ping(): Promise<void> {
    this.#refuseClosed();
    try {
      await this.#look();
    } catch (error) {
      if (!(error instanceof StoreFault) || error.code !== "unavailable" || !error.retry)
        throw error;
      // From a follower the client is sent on to the leader, and asks there the next time.
      await pause(sentOn);
      await this.#look();
    }
  }

  async #look(): Promise<void> {
    await within(this.#deadline, lastPosition(this.#client));
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await Promise.allSettled(this.#underWay);
    await within(letGo, this.#client.dispose()).catch(() => undefined);
  }

  async #appendOnce(
    stream: string,
    events: ReturnType<typeof jsonEvent>[],
    expected: ExpectedRevision,
  ): Promise<Appended | Conflict> {
    const options: AppendToStreamOptions = {
      expectedRevision: expected === "none" ? NO_STREAM : BigInt(expected),
      deadline: noDeadline,
    };
    try {
      const result = await this.#client.appendToStream(stream, events, options);
      if (!result.success) return { appended: false, actual: await this.#lastRevision(stream) };
      const revision = (expected === "none" ? -1 : expected) + events.length;
      const position = result.position ?? (await this.#placeAt(stream, revision));
      return { appended: true, revision, position: positionOf(position), fresh: false };
    } catch (error) {
      const actual = refusedAt(error);
      if (actual === undefined) throw faultOf(error, "write to streams");
      return { appended: false, actual };
    }
  }

  async #lastRevision(stream: string): Promise<ExpectedRevision> {
    const pages = this.read(stream, { direction: "backwards", limit: 1 });
    for await (const [event] of pages) return event!.revision;
    return "none";
  }

  /** For servers that give no position when an append turns out to be a repeat. */
  async #placeAt(stream: string, revision: number): Promise<ReturnType<typeof placeOf>> {
    for await (const [event] of this.read(stream, { from: revision, limit: 1 })) {
      return placeOf(event!.position);
    }
    throw new StoreFault("corrupt", `event store: ${stream} lost ${revision}`, { retry: false });
  }

  /** The server filters subscriptions but not, through this client, reads. */
  async *#forwards(options: ReadAllOptions): AsyncGenerator<readonly StoredEvent[]> {
    let at = options.after;
    let left = options.limit ?? Infinity;
    const source = { client: this.#client, deadline: this.#deadline };
    const { signal } = this.#closing;
    const trial = this.#trial();
    while (left > 0) {
      this.#refuseClosed();
      const asked = { after: at, prefixes: options.prefixes, signal, hurried: true };
      try {
        for await (const delivery of subscribeOnce(source, asked)) {
          if (delivery.kind === "caughtUp") return;
          const events = delivery.events.slice(0, left);
          left -= events.length;
          at = delivery.through;
          trial.progressed();
          if (events.length > 0) yield events;
          if (left <= 0) return;
        }
      } catch (error) {
        await trial.failed(faultOf(error));
      }
    }
  }

  #backwards({ after, limit, prefixes }: ReadAllOptions): Pages {
    const open = (last: StoredEvent | undefined): Readable => {
      const from = last?.position ?? after;
      return this.#client.readAll({
        direction: BACKWARDS,
        fromPosition: from === undefined ? END : placeOf(from),
        requiresLeader: true,
      }) as unknown as Readable;
    };
    const wanted = ({ stream }: StoredEvent): boolean =>
      prefixes ? prefixes.some((prefix) => stream.startsWith(prefix)) : !stream.startsWith("$");
    const fault = (error: unknown): StoreFault => faultOf(error, "read $all");
    return this.#pages({ open, past: () => false, limit, ends: false, wanted, fault });
  }

  /** Reads to the end or the limit, opening again after the last event when it is cut off. */
  async *#pages(asked: {
    readonly open: (last: StoredEvent | undefined, left: number) => Readable;
    /** Whether nothing can come after this event. */
    readonly past: (last: StoredEvent) => boolean;
    readonly limit: number | undefined;
    /** Whether the server ends the call at the limit, which then need not be given up. */
    readonly ends: boolean;
    readonly wanted: (event: StoredEvent) => boolean;
    readonly fault: (error: unknown) => StoreFault;
  }): AsyncGenerator<readonly StoredEvent[]> {
    let last: StoredEvent | undefined;
    let left = asked.limit ?? Infinity;
    const trial = this.#trial();
    while (left > 0) {
      this.#refuseClosed();
      if (last && asked.past(last)) return;
      const items = incoming<{ event?: Parameters<typeof eventOf>[0] }>(asked.open(last, left));
      try {
        for (;;) {
          const taken = await within(this.#deadline, items.next(pageSize));
          if (taken.length === 0) return;
          const events = taken.flatMap(({ event }) => (event ? [eventOf(event)] : []));
          last = events.at(-1) ?? last;
          trial.progressed();
          const page = events.filter(asked.wanted).slice(0, left);
          left -= page.length;
          if (page.length > 0) yield page;
          if (left <= 0 && !asked.ends) return;
        }
      } catch (error) {
        if (typeOf(error) === "stream-not-found") return;
        await trial.failed(asked.fault(error));
      } finally {
        items.close();
      }
    }
  }

  #trial(): Trial {
    return new Trial(this.#deadline, this.#closing.signal);
  }

  #refuseClosed(): void {
    if (!this.#closing.signal.aborted) return;
    throw new StoreFault("closed", "event store: the connection is closed", { retry: false });
  }
}
