/**
 * The embedded event store behind the port: one file, one process, durable when acknowledged. The
 * engine does the work; this face speaks in streams of ours and JSON.
 */
import { append } from "./engine/commands.ts";
import { type Engine, openEngine } from "./engine/engine.ts";
import { guarded } from "./engine/faults.ts";
import { Pace } from "./engine/pace.ts";
import type { Filter, Row } from "./engine/reader.ts";
import { filtersOf, isAmong, positionOf, revive } from "./engine/stored.ts";
import { Tail } from "./engine/tail.ts";
import { visiblePart } from "./engine/visible.ts";
import { breathe, follow, type Glance } from "./follow.ts";
import type { Interruption } from "./interruption.ts";
import { revisionOf, write } from "./judgement.ts";
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

export type SqliteOptions = {
  /** The database's file; its folder is made when it is missing. */
  readonly path: string;
  /** The most that the file may grow to; beyond it, appends fail as on a full disk. */
  readonly maxBytes?: number;
  readonly interrupt?: Interruption;
};

const pageSize = 1000;

/** How many positions one page may look at, so that a rare category does not block the process. */
const window = 20_000;

export const openSqliteStore = (options: SqliteOptions): EventStore =>
  new SqliteStore(openEngine(options));

class SqliteStore implements EventStore {
  readonly #engine: Engine;
  readonly #tail: Tail;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#tail = new Tail(engine.reader);
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended | Conflict> {
    const written = write(stream, events);
    const entries = written.map((event) => ({ ...event, json: true }));
    const asked = { stream, entries, expected, now: this.#engine.now() };
    const outcome = await this.#engine.change((writer) => append(writer, asked));
    switch (outcome.kind) {
      case "done":
        return {
          appended: true,
          revision: outcome.revision,
          position: positionOf(outcome.position),
          fresh: outcome.fresh,
        };
      case "conflict":
        return { appended: false, actual: revisionOf(outcome.actual) };
      case "deleted":
        throw new StoreFault("deleted", `${stream} was deleted for good`, { retry: false });
    }
  }

  async *read(
    stream: string,
    options: ReadOptions = {},
  ): Pages & AsyncGenerator<readonly StoredEvent[]> {
    const forwards = options.direction !== "backwards";
    let left = options.limit ?? Infinity;
    let from = options.from;
    const pace = new Pace(pageSize);
    while (left > 0) {
      const limit = Math.min(left, pace.limit);
      const rows = this.#page(stream, from, forwards, limit);
      if (rows.length > 0) yield rows.map(revive);
      if (rows.length < limit) return;
      pace.observe(rows);
      left -= rows.length;
      from = rows.at(-1)![2] + (forwards ? 1 : -1);
      await breathe();
    }
  }

  async *readAll(options: ReadAllOptions = {}): Pages & AsyncGenerator<readonly StoredEvent[]> {
    const forwards = options.direction !== "backwards";
    const filters = filtersOf(options.prefixes);
    this.#engine.refuseClosed();
    const { end } = this.#engine;
    let left = options.limit ?? Infinity;
    let at = options.after === undefined ? (forwards ? 0 : end + 1) : Number(options.after);
    const pace = new Pace(pageSize);
    while (left > 0 && (forwards ? at < end : at > 1)) {
      const limit = Math.min(left, pace.limit);
      const { rows, through } = this.#scan({ at, forwards, limit, filters, end });
      pace.observe(rows);
      at = through;
      left -= rows.length;
      if (rows.length > 0) yield rows.map(revive);
      await breathe();
    }
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Delivery> {
    const filters = filtersOf(options.prefixes);
    const isOurs = isAmong(options.prefixes);
    const pace = new Pace(pageSize);
    const look = (after: Position | undefined): Glance => {
      this.#engine.refuseClosed();
      const at = Number(after ?? 0);
      const { end } = this.#engine;
      if (at >= end) return { events: [], through: after, end: true };
      const near = guarded(this.#engine.path, () => this.#tail.since(at, end));
      if (near) return { events: near.filter(isOurs), through: positionOf(end), end: true };
      const scan = { at, forwards: true, limit: pace.limit, filters, end };
      const { rows, through } = this.#scan(scan);
      pace.observe(rows);
      return { events: rows.map(revive), through: positionOf(through), end: through >= end };
    };
    return follow({ look, wake: (call) => this.#engine.wake(call) }, options);
  }

  async ping(): Promise<void> {
    this.#engine.ping();
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  #page(name: string, start: number | undefined, forwards: boolean, limit: number): Row[] {
    this.#engine.refuseClosed();
    return guarded(`${this.#engine.path}, stream ${name}`, () => {
      const stream = this.#engine.streams.find(name);
      if (!stream) return [];
      const { first, last, since } = visiblePart(name, stream, this.#engine.now());
      const from = forwards ? Math.max(first, start ?? first) : first;
      const to = forwards ? last : Math.min(last, start ?? last);
      if (from > to) return [];
      return this.#engine.reader.inStream({ name, stream, from, to, since, forwards, limit });
    });
  }

  /** One page and how far it looked: to its last event when full, else as far as it may. */
  #scan(asked: {
    readonly at: number;
    readonly forwards: boolean;
    readonly limit: number;
    readonly filters: readonly Filter[];
    readonly end: number;
  }): { rows: Row[]; through: number } {
    this.#engine.refuseClosed();
    const { at, forwards, limit, filters, end } = asked;
    const edge = forwards ? Math.min(at + window, end) : Math.max(at - window, 1);
    const bounds = forwards ? { above: at, below: edge + 1 } : { above: edge - 1, below: at };
    const rows = guarded(this.#engine.path, () =>
      this.#engine.reader.scan({ ...bounds, forwards, limit, filters }),
    );
    return { rows, through: rows.length < limit ? edge : rows.at(-1)![0] };
  }
}
