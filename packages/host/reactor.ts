/**
 * The process manager: whenever something happened to an inspection, or fell due, it computes what
 * Assay itself owes there and sends it as commands. What is left for later goes into the agenda.
 * A crash repeats at most a command whose id is the same again, so nothing is done twice.
 */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { Position, StoredEvent } from "@assay/store/port.ts";

import { type Agenda, openAgenda } from "./agenda.ts";
import type { AsideKeeper } from "./aside.ts";
import { type Cache, createCache, usualCapacity } from "./cache.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./database.ts";
import type { Flowing } from "./definition.ts";
import { createErrands, type ErrandOptions, type Errands } from "./errands.ts";
import { codeOf, waitAfter } from "./fault.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Follower } from "./subscription.ts";

export type ReactorOptions = ErrandOptions & {
  readonly database: Database;
  readonly flowing: Flowing;
  readonly clock: Clock;
  /** How many inspections are worked on at the same time; default 16. */
  readonly atOnce?: number;
  /** How many folded events may be kept in memory; default 100,000. */
  readonly capacity?: number;
  /** Told of an inspection of which something was erased: what was read of it has to go. */
  readonly forget: (inspection: InspectionId) => void;
  readonly aside: AsideKeeper;
};

export type Reactor = {
  readonly follower: Follower;
  /** Pays what fell due while nothing ran, and keeps time from now on. */
  start(): void;
  /** Resolves once nothing is under way or waits to be tried again. */
  settled(): Promise<void>;
  /** Finishes the commands under way; what is left stays in the agenda. */
  stop(): Promise<void>;
  readonly timers: number;
  /** Of how many inspections something is owed for more than a minute, or is tried again. */
  readonly late: number;
};

/** What is set aside here is an inspection, until something new happens to it. */
const what = "reactor";

/** Every service follows these streams, whatever its flow does with them. */
const erasures = "erasure-";

export const createReactor = (options: ReactorOptions): Reactor => new AgendaReactor(options);

class AgendaReactor implements Reactor {
  readonly follower: Follower;
  readonly #options: ReactorOptions;
  readonly #agenda: Agenda;
  readonly #cache: Cache<Knowledge>;
  readonly #errands: Errands;
  readonly #ready = new Set<InspectionId>();
  readonly #underWay = new Map<InspectionId, Promise<void>>();
  readonly #retrying = new Map<InspectionId, NodeJS.Timeout>();
  readonly #failures = new Map<InspectionId, number>();
  readonly #idle = new Set<() => void>();
  #alarm: { readonly at: Instant; readonly cancel: () => void } | undefined;
  #running = false;

  constructor(options: ReactorOptions) {
    const { database, flowing, capacity = usualCapacity, aside } = options;
    this.#options = options;
    aside.onRetry(what, async ({ inspection }) => this.#redo(inspection as InspectionId));
    this.#agenda = openAgenda(database);
    this.#cache = createCache(capacity);
    this.#errands = createErrands(options, this.#cache);
    this.follower = {
      name: "reactor",
      prefixes: [...new Set([...flowing.prefixes, erasures])],
      checkpoint: () => database.position("reactor"),
      take: (events, through) => this.#take(events, through),
    };
  }

  get timers(): number {
    return this.#agenda.size;
  }

  get late(): number {
    const minuteAgo = new Date(Date.parse(this.#options.clock.now()) - 60_000).toISOString();
    const late = this.#agenda.late(minuteAgo as Instant);
    return new Set([...late, ...this.#retrying.keys()]).size;
  }

  start(): void {
    this.#running = true;
    this.#wake();
  }

  async settled(): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => this.#idle.add(resolve));
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#silence();
    for (const timer of this.#retrying.values()) clearTimeout(timer);
    this.#retrying.clear();
    this.#ready.clear();
    await Promise.all(this.#underWay.values());
    this.#settle();
    this.#tellIdle();
  }

  /** Where the disk takes nothing more, all that is lost is that some are looked at once more. */
  #settle(): void {
    try {
      this.#agenda.settle();
    } catch (error) {
      this.#options.log.warn({ err: error, code: codeOf(error) }, "the agenda was not settled");
    }
  }

  /** One transaction keeps both what has to be looked at and how far we are. */
  #take(events: readonly StoredEvent[], through: Position): void {
    const { database, flowing } = this.#options;
    for (const { stream } of events) if (stream.startsWith(erasures)) this.#forget(stream);
    const own = events.filter(({ stream }) =>
      flowing.prefixes.some((each) => stream.startsWith(each)),
    );
    const concerned = new Set(own.flatMap((event) => this.#hear(event, flowing)));
    this.#agenda.noteAtOnce(concerned, () =>
      database.keepPosition("reactor", through, events.at(-1)),
    );
    for (const inspection of concerned) {
      this.#errands.somethingNew(inspection);
      this.#ready.add(inspection);
    }
    this.#pump();
  }

  #forget(erasure: string): void {
    const inspection = inspectionOf(erasure);
    if (inspection === undefined) return;
    this.#cache.drop(inspection);
    this.#options.forget(inspection);
  }

  /** Folds the event where the inspection is in memory, so that nothing is read again for it. */
  #hear(event: StoredEvent, { concerns, knows }: Flowing): readonly InspectionId[] {
    if (!knows(event)) return [];
    const concerned = concerns(event);
    for (const inspection of concerned) {
      try {
        this.#cache.get(inspection)?.hear(event);
      } catch {
        // It is read again, and fails there by itself.
        this.#cache.drop(inspection);
      }
    }
    return concerned;
  }

  #wake(): void {
    this.#silence();
    if (!this.#running) return;
    const now = this.#options.clock.now();
    for (const inspection of this.#agenda.due(now))
      if (!this.#underWay.has(inspection) && !this.#retrying.has(inspection))
        this.#ready.add(inspection);
    this.#pump();
    const next = this.#agenda.next(now);
    if (next !== undefined) this.#wakeBy(next);
  }

  /** An alarm is only ever brought forward: what it is set for may be due before it has rung. */
  #wakeBy(at: Instant): void {
    if (this.#alarm !== undefined && this.#alarm.at <= at) return;
    this.#silence();
    this.#alarm = { at, cancel: this.#options.clock.at(at, () => this.#wake()) };
  }

  #silence(): void {
    this.#alarm?.cancel();
    this.#alarm = undefined;
  }

  #pump(): void {
    const { atOnce = 16 } = this.#options;
    if (!this.#running) return;
    for (const inspection of this.#ready) {
      if (this.#underWay.size >= atOnce) break;
      if (this.#underWay.has(inspection)) continue;
      this.#ready.delete(inspection);
      this.#underWay.set(inspection, this.#attend(inspection));
    }
    this.#tellIdle();
  }

  async #attend(inspection: InspectionId): Promise<void> {
    clearTimeout(this.#retrying.get(inspection));
    this.#retrying.delete(inspection);
    try {
      const wake = await this.#errands.run(inspection, () => this.#running);
      await this.#options.aside.succeeded(what, inspection);
      this.#failures.delete(inspection);
      // Nothing is waited for from here on: an alarm passes over whoever is under way.
      this.#noteNext(inspection, wake);
    } catch (error) {
      // A read that failed may have missed what was heard meanwhile.
      this.#cache.drop(inspection);
      await this.#failed(inspection, error);
    } finally {
      this.#underWay.delete(inspection);
      this.#pump();
    }
  }

  #noteNext(inspection: InspectionId, wake: Instant | undefined): void {
    // Something happened meanwhile, or we were stopped: the agenda says already to look again.
    if (this.#ready.has(inspection) || !this.#running) return;
    if (wake === undefined) return this.#agenda.strike(inspection);
    this.#agenda.note(inspection, wake);
    if (wake <= this.#options.clock.now()) this.#ready.add(inspection);
    else this.#wakeBy(wake);
  }

  /** Set aside, nothing more is done here until something new happens or somebody asks for it. */
  async #failed(inspection: InspectionId, error: unknown): Promise<void> {
    if (!this.#running) return;
    try {
      await this.#options.aside.fails(what, inspection, error);
      this.#failures.delete(inspection);
      if (!this.#ready.has(inspection)) this.#agenda.strike(inspection);
    } catch (failed) {
      this.#retryLater(inspection, failed);
    }
  }

  /** Looks at once at what was set aside; throws where it fails again. */
  async #redo(inspection: InspectionId): Promise<void> {
    await this.#underWay.get(inspection);
    this.#cache.drop(inspection);
    this.#errands.somethingNew(inspection);
    const wake = await this.#errands.run(inspection, () => this.#running);
    this.#noteNext(inspection, wake);
  }

  #retryLater(inspection: InspectionId, error: unknown): void {
    if (!this.#running) return;
    const failures = (this.#failures.get(inspection) ?? 0) + 1;
    this.#failures.set(inspection, failures);
    const wait = waitAfter(failures, { first: 50, most: 30_000 });
    const { log } = this.#options;
    log.error({ err: error, code: codeOf(error), inspection, failures }, "duties failed, again");
    const again = setTimeout(() => {
      this.#retrying.delete(inspection);
      this.#ready.add(inspection);
      this.#pump();
    }, wait);
    this.#retrying.set(inspection, again);
  }

  #isIdle(): boolean {
    return this.#ready.size + this.#underWay.size + this.#retrying.size === 0;
  }

  #tellIdle(): void {
    if (!this.#isIdle()) return;
    for (const resolve of this.#idle) resolve();
    this.#idle.clear();
  }
}
