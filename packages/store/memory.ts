/**
 * The event store in memory, for tests and examples. It keeps what an adapter must keep, except
 * that nothing outlives the `MemoryDisk` it was given.
 */
import { breathe, follow, type Glance } from "./follow.ts";
import { interrupted, type Interruption } from "./interruption.ts";
import { judge, revisionOf, write, type WrittenEvent } from "./judgement.ts";
import {
  type Appended,
  type Conflict,
  type Delivery,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Pages,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type StoredEvent,
  StoreFault,
  type SubscribeOptions,
} from "./port.ts";

type Kept = WrittenEvent & {
  readonly stream: string;
  readonly revision: number;
  /** 1 is the first. */
  readonly place: number;
  /** As those who follow the store are handed it: all of them the same object. */
  followed?: StoredEvent;
};

/** What a store leaves behind when it is closed or dies, to be opened again. */
export type MemoryDisk = { readonly log: Kept[]; readonly streams: Map<string, Kept[]> };

export const createMemoryDisk = (): MemoryDisk => ({ log: [], streams: new Map() });

export type MemoryOptions = { readonly disk?: MemoryDisk; readonly interrupt?: Interruption };

const pageSize = 1000;

export const createMemoryStore = (options: MemoryOptions = {}): EventStore =>
  new MemoryStore(options.disk ?? createMemoryDisk(), options.interrupt);

class MemoryStore implements EventStore {
  readonly #disk: MemoryDisk;
  readonly #interrupt: Interruption | undefined;
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(disk: MemoryDisk, interrupt: Interruption | undefined) {
    this.#disk = disk;
    this.#interrupt = interrupt;
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended | Conflict> {
    this.#refuseClosed();
    const written = write(stream, events);
    await breathe();
    this.#refuseClosed();
    const kept = this.#disk.streams.get(stream) ?? [];
    const judgement = judge({
      expected,
      last: kept.length - 1,
      ids: written.map(({ id }) => id),
      idAt: (revision) => kept[revision]?.id,
    });
    if (judgement === "conflict") return { appended: false, actual: revisionOf(kept.length - 1) };
    if (judgement === "append") this.#keep(stream, kept, written);
    const base = expected === "none" ? -1 : expected;
    const last = kept[base + written.length]!;
    return {
      appended: true,
      revision: last.revision,
      position: positionOf(last.place),
      fresh: judgement === "append",
    };
  }

  read(stream: string, options: ReadOptions = {}): Pages {
    const kept = this.#disk.streams.get(stream) ?? [];
    const forwards = options.direction !== "backwards";
    const start = options.from ?? (forwards ? 0 : kept.length - 1);
    return this.#pages(kept, { start, forwards, limit: options.limit, prefixes: undefined });
  }

  readAll(options: ReadAllOptions = {}): Pages {
    const forwards = options.direction !== "backwards";
    const after = options.after === undefined ? undefined : Number(options.after);
    const start = forwards ? (after ?? 0) : (after ?? this.#disk.log.length + 1) - 2;
    const { limit, prefixes } = options;
    return this.#pages(this.#disk.log, { start, forwards, limit, prefixes });
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Delivery> {
    const look = (after: Position | undefined): Glance => {
      this.#refuseClosed();
      return glance(this.#disk.log, after, options.prefixes);
    };
    const wake = (call: () => void): (() => void) => {
      this.#waiting.add(call);
      return () => this.#waiting.delete(call);
    };
    return follow({ look, wake }, options);
  }

  async ping(): Promise<void> {
    this.#refuseClosed();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wakeAll();
  }

  #keep(stream: string, kept: Kept[], written: readonly WrittenEvent[]): void {
    try {
      this.#interrupt?.("before");
      for (const event of written) {
        const revision = kept.length;
        const next = { ...event, stream, revision, place: this.#disk.log.length + 1 };
        kept.push(next);
        this.#disk.log.push(next);
      }
      this.#disk.streams.set(stream, kept);
      this.#wakeAll();
      this.#interrupt?.("after");
    } catch (cause) {
      throw interrupted(cause);
    }
  }

  async *#pages(
    kept: readonly Kept[],
    asked: {
      readonly start: number;
      readonly forwards: boolean;
      readonly limit: number | undefined;
      readonly prefixes: readonly string[] | undefined;
    },
  ): AsyncGenerator<readonly StoredEvent[]> {
    this.#refuseClosed();
    const end = kept.length;
    const step = asked.forwards ? 1 : -1;
    let left = asked.limit ?? Infinity;
    let page: StoredEvent[] = [];
    let index = asked.forwards ? Math.max(0, asked.start) : Math.min(end - 1, asked.start);
    for (; index >= 0 && index < end && left > 0; index += step) {
      const event = kept[index]!;
      if (!matches(event.stream, asked.prefixes)) continue;
      left -= 1;
      if (page.push(revive(event)) < pageSize) continue;
      yield page;
      await breathe();
      this.#refuseClosed();
      page = [];
    }
    if (page.length > 0) yield page;
  }

  #wakeAll(): void {
    for (const call of this.#waiting) call();
  }

  #refuseClosed(): void {
    if (this.#closed) throw new StoreFault("closed", "the store is closed", { retry: false });
  }
}

const glance = (
  log: readonly Kept[],
  after: Position | undefined,
  prefixes: readonly string[] | undefined,
): Glance => {
  const from = Number(after ?? 0);
  const seen = log.slice(from, from + pageSize);
  return {
    events: seen
      .filter(({ stream }) => matches(stream, prefixes))
      .map((kept) => (kept.followed ??= revive(kept))),
    through: seen.length > 0 ? positionOf(from + seen.length) : after,
    end: from + seen.length >= log.length,
  };
};

const matches = (stream: string, prefixes: readonly string[] | undefined): boolean =>
  prefixes === undefined || prefixes.some((prefix) => stream.startsWith(prefix));

const positionOf = (place: number): Position => String(place) as Position;

const revive = (kept: Kept): StoredEvent => {
  const { place, data, metadata, followed: _, ...event } = kept;
  return {
    ...event,
    data: JSON.parse(data),
    metadata: JSON.parse(metadata),
    position: positionOf(place),
  };
};
