/**
 * One bad thing stops one thing: what fails for good on one event or inspection is set aside by
 * itself, recorded with the reason, and tried again when somebody asks for it, or by itself where
 * that may help. Everything else goes on.
 */
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { EventStore, Position, StoredEvent } from "@assay/store/port.ts";

import { setAside, settle } from "./aside-book.ts";
import { type Aside, type Asides, asidesAfter, asideStream, noAsides } from "./aside-facts.ts";
import type { Clock } from "./clock.ts";
import { codeOf, isAway, isLasting, reasonOf, waitAfter } from "./fault.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Follower } from "./subscription.ts";

export type AsideOptions = {
  readonly service: string;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly isOurs?:
    | ((store: Pick<EventStore, "read">, inspection: InspectionId) => Promise<boolean>)
    | undefined;
};

/** Does again what was set aside. Throws where it fails again. */
export type Redo = (item: Aside) => Promise<void>;

/** What failed: an event, or an inspection as a whole. */
export type Failing = StoredEvent | InspectionId;

export type AsideKeeper = {
  /** Hears what others record of this service's items. */
  readonly follower: Follower;
  /**
   * Resolves once it is on record that this was set aside. Throws the error itself while that may
   * be wrong: what everything needs is away, or it has not failed often enough.
   */
  fails(what: string, failing: Failing, error: unknown): Promise<void>;
  /** It was dealt with. */
  succeeded(what: string, failing: Failing): Promise<void>;
  onRetry(what: string, redo: Redo): void;
  readonly outstanding: readonly Aside[];
  stop(): Promise<void>;
};

/** So often something is tried before it is set aside, unless trying again cannot help. */
const mostFailures = 5;

/** The code of the fault that only other code mends: a fact of a newer version. */
const newer = "unsupported";

/** In milliseconds, between the times that something is tried again by itself. */
const again = { first: 60_000, most: 3_600_000 };

export const createAsideKeeper = (options: AsideOptions): AsideKeeper => new Keeper(options);

class Keeper implements AsideKeeper {
  readonly follower: Follower;
  readonly #options: AsideOptions;
  readonly #failures = new Map<string, number>();
  readonly #redo = new Map<string, Redo>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #underWay = new Map<string, Promise<void>>();
  /** Items that the code of this process cannot read. */
  readonly #beyond = new Set<string>();
  #asides: Asides = noAsides;
  #through: Position | undefined;
  #stopped = false;

  constructor(options: AsideOptions) {
    this.#options = options;
    const stream = asideStream(options.service);
    this.follower = {
      name: "aside",
      prefixes: [stream],
      checkpoint: () => this.#through,
      take: (events, through) => {
        this.#asides = asidesAfter(
          this.#asides,
          events.filter((event) => event.stream === stream),
        );
        this.#through = through;
        options.metrics.aside.set({ service: options.service }, this.#asides.outstanding.size);
        this.#attend();
      },
    };
  }

  get outstanding(): readonly Aside[] {
    return [...this.#asides.outstanding.values()];
  }

  onRetry(what: string, redo: Redo): void {
    this.#redo.set(what, redo);
  }

  async fails(what: string, failing: Failing, error: unknown): Promise<void> {
    const { service, store, clock, log } = this.#options;
    if (isAway(error)) throw error;
    if (!(await this.#isOurs(failing))) return;
    const key = keyOf(what, failing);
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    if (!isLasting(error) && failures < mostFailures) throw error;
    const [code, reason] = [codeOf(error).slice(0, 100), reasonOf(error).slice(0, 500)];
    const failed = {
      ...{ item: this.#itemOf(what, failing, reason), what, ...placeOf(failing) },
      ...{ code, reason, again: !isLasting(error) },
    };
    if (code === newer) this.#beyond.add(failed.item);
    if (await setAside(store, service, failed, clock.now()))
      log.error({ err: error, ...failed }, "set aside; everything else goes on");
    this.#failures.delete(key);
  }

  async succeeded(what: string, failing: Failing): Promise<void> {
    this.#failures.delete(keyOf(what, failing));
    for (const item of this.#asides.outstanding.values())
      if (item.what === what && keyOf(what, failing) === keyOf(what, failingIn(item)))
        await settle(this.#options.store, this.#options.service, item.item, this.#now());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#underWay.values());
  }

  #now() {
    return this.#options.clock.now();
  }

  async #isOurs(failing: Failing): Promise<boolean> {
    const { store, isOurs } = this.#options;
    const inspection = typeof failing === "string" ? failing : inspectionOf(failing.stream);
    return !isOurs || inspection === undefined || isOurs(store, inspection);
  }

  /** An inspection may fail for several reasons, one after another; an event is one thing. */
  #itemOf(what: string, failing: Failing, reason: string): string {
    const why = typeof failing === "string" ? ` ${reason}` : "";
    return uuidFrom(`aside/${this.#options.service}/${keyOf(what, failing)}${why}`);
  }

  /** Tries at once what somebody asked for or other code left, and later what may mend itself. */
  #attend(): void {
    const { outstanding } = this.#asides;
    for (const [item, timer] of this.#timers)
      if (!outstanding.has(item)) {
        clearTimeout(timer);
        this.#timers.delete(item);
      }
    for (const one of outstanding.values()) {
      if (one.asked) this.#do(one);
      // Set aside by former code: whoever runs newer code finds that it can be done.
      else if (one.code === newer && !this.#beyond.has(one.item)) this.#do(one);
      else if (one.again && !this.#timers.has(one.item)) this.#doLater(one, 1);
    }
  }

  #doLater(one: Aside, times: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(
      () => {
        const known = this.#asides.outstanding.get(one.item);
        if (known) this.#do(known, () => this.#doLater(known, times + 1));
      },
      waitAfter(times, again),
    );
    this.#timers.set(one.item, timer.unref());
  }

  #do(one: Aside, otherwise?: () => void): void {
    const redo = this.#redo.get(one.what);
    if (this.#stopped || redo === undefined || this.#underWay.has(one.item)) return;
    const work = this.#tried(one, redo, otherwise).finally(() => this.#underWay.delete(one.item));
    this.#underWay.set(one.item, work);
  }

  async #tried(one: Aside, redo: Redo, otherwise: (() => void) | undefined): Promise<void> {
    const { service, store, log } = this.#options;
    try {
      await redo(one);
      await settle(store, service, one.item, this.#now());
      log.info({ item: one.item, what: one.what }, "what was set aside is done");
    } catch (error) {
      if (codeOf(error) === newer) this.#beyond.add(one.item);
      if (!one.asked && !one.again) return;
      log.warn({ err: error, item: one.item, what: one.what }, "what was set aside fails again");
      const { service: _, since: __, times: ___, asked: ____, ...failed } = one;
      const now = { code: codeOf(error).slice(0, 100), reason: reasonOf(error).slice(0, 500) };
      await setAside(store, service, { ...failed, ...now }, this.#now()).catch(() => undefined);
      otherwise?.();
    }
  }
}

const keyOf = (what: string, failing: Failing | undefined): string =>
  `${what}/${typeof failing === "object" ? failing.id : failing}`;

const failingIn = ({ event, inspection }: Aside): Failing | undefined =>
  (event as StoredEvent | undefined) ?? (inspection as InspectionId | undefined);

const placeOf = (failing: Failing): Pick<Aside, "event" | "inspection"> => {
  if (typeof failing === "string") return { inspection: failing };
  const { stream, revision, id, type } = failing;
  const inspection = inspectionOf(stream);
  const event = {
    stream: stream.slice(0, 300),
    revision,
    id: id.slice(0, 100),
    type: type.slice(0, 200),
  };
  return { event, ...(inspection && { inspection }) };
};
