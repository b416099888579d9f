/**
 * The whole system as somebody outside sees it, one life after another: it ends without warning,
 * and goes on from its files as they were at that moment.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { throwawaySecret } from "@assay/announcement/secret.ts";
import { BusFault, type CommandBus } from "@assay/bus/port.ts";
import type { Reply } from "@assay/domain/kernel/envelope.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import type { Clock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { createLibrary, type Library } from "@assay/console/reading/library.ts";
import { openLedger } from "@assay/publication/publishing.ts";
import type { EventStore, Pages, StoredEvent } from "@assay/store/port.ts";

import { checkpointing } from "./checkpointing.ts";
import type { Found } from "./checks.ts";
import { filesAfter } from "./damage.ts";
import { faultyClock } from "./faulty-clock.ts";
import type { Plant } from "./plants.ts";
import { chanceOf, type Crash, type Scenario } from "./scenario.ts";
import { shakenBus } from "./shaken-bus.ts";
import { shakenStore } from "./shaken-store.ts";
import { shakingIn } from "./shaking.ts";

export type Surroundings = {
  /** Each life has a folder of its own in it. */
  readonly folder: string;
  /** The story's, which no fault touches. */
  readonly clock: Clock;
  readonly plant: Plant;
};

type Life = {
  readonly folder: string;
  readonly engine: Engine;
  /** The store as it is, with nothing in between. */
  readonly store: EventStore;
  /** Follows along, as whoever looks at the console does. */
  readonly library: Library;
  /** Rejects when this life ends. */
  readonly ended: Promise<never>;
};

export class Lives {
  /** Ids of the commands of which somebody was told that they had been recorded. */
  readonly #acknowledged = new Set<string>();
  readonly #scenario: Scenario;
  readonly #given: Surroundings;
  readonly #clock: ReturnType<typeof faultyClock>;
  readonly #crashes: Crash[];
  readonly #jumps: { readonly from: number; readonly off: number }[];
  readonly #buried: Promise<unknown>[] = [];
  #number = 0;
  /** What happened in this life: appends, deliveries and answers, each twice. */
  #steps = 0;
  #answered = 0;
  #ending = Promise.withResolvers<never>();
  #longDue = false;
  #life: Promise<Life>;

  constructor(scenario: Scenario, given: Surroundings) {
    this.#scenario = scenario;
    this.#given = given;
    this.#clock = faultyClock(given.clock);
    this.#crashes = [...scenario.crashes];
    this.#jumps = [...scenario.clock];
    keepSecret(this.#folder());
    this.#life = this.#begin();
  }

  /** Waits for whoever lives; what was under way when a life ends is not answered. */
  readonly bus: Pick<CommandBus, "send"> = {
    send: async (step, envelope, options) => {
      const { engine, library, ended } = await this.#life;
      const sent = engine.bus.send(step, envelope, options).catch(mendable);
      const reply = await Promise.race([sent, ended]);
      this.#note(envelope.id, reply);
      library.all().catch(() => undefined);
      return reply;
    },
  };

  /** Reads are asked again of the next life. */
  readonly store: Pick<EventStore, "read"> = {
    read: (stream, options) => this.#pages((store) => store.read(stream, options)),
  };

  idle(): Promise<void> {
    return this.#outliving(({ engine }) => engine.idle());
  }

  /** Hours or days are about to pass, awake or, when a long pause is due, with nobody there. */
  async during(pass: (awake: boolean) => Promise<void>): Promise<void> {
    if (!this.#longDue) return pass(true);
    this.#longDue = false;
    const begin = this.#crash();
    await pass(false);
    begin();
    await this.idle();
  }

  /** Ends the last life in good order and leaves what it found. */
  async close(): Promise<Found> {
    const { engine, folder, library } = await this.#life;
    const followed = await library.one(this.#scenario.plot.inspection);
    await engine.close();
    await Promise.allSettled(this.#buried);
    return { folder, acknowledged: this.#acknowledged, followed };
  }

  #folder(): string {
    return join(this.#given.folder, `life-${this.#number}`);
  }

  async #begin(): Promise<Life> {
    const folder = this.#folder();
    const ended = this.#ending.promise;
    ended.catch(() => undefined);
    const shaking = (where: string) => shakingIn(this.#scenario, this.#number, where);
    const [ofStore, ofBus] = [shaking("store"), shaking("bus")];
    let raw!: EventStore;
    const engine = await startEngine({
      dataDir: folder,
      clock: this.#clock,
      log: createLog({ service: "faults", level: "silent" }),
      reactions: checkpointing(await openLedger(folder)),
      between: {
        disk: (store) => {
          raw = store;
          return shakenStore(this.#watched(store), ofStore);
        },
        store: this.#given.plant,
        bus: (bus) => shakenBus(bus, ofBus),
      },
    });
    return { folder, engine, store: raw, library: createLibrary(engine.store), ended };
  }

  /** A life may end just before an append reaches the disk, and just after. */
  #watched(store: EventStore): EventStore {
    const number = this.#number;
    const step = (): void => {
      if (number === this.#number) this.#step();
    };
    return {
      append: async (stream, events, expected) => {
        step();
        const answer = await store.append(stream, events, expected);
        step();
        return answer;
      },
      read: (stream, options) => store.read(stream, options),
      readAll: (options) => store.readAll(options),
      subscribe: async function* (options) {
        for await (const delivery of store.subscribe(options)) {
          step();
          yield delivery;
          step();
        }
      },
      ping: () => store.ping(),
      close: () => store.close(),
    };
  }

  #note(id: string, reply: Reply): void {
    this.#answered += 1;
    if (reply.accepted && reply.events > 0) this.#acknowledged.add(id);
    while (this.#jumps[0] && this.#jumps[0].from <= this.#answered)
      this.#clock.jump(this.#jumps.shift()!.off);
    this.#step();
  }

  #step(): void {
    this.#steps += 1;
    const next = this.#crashes[0];
    if (!next || this.#longDue || this.#steps < next.after) return;
    if (next.long) this.#longDue = true;
    else this.#crash()();
  }

  /** Ends this life now; the next one begins when the answer is called. */
  #crash(): () => void {
    const { how } = this.#crashes.shift()!;
    const former = this.#life;
    const from = this.#folder();
    this.#number += 1;
    this.#steps = 0;
    const chance = chanceOf(this.#scenario.seed, `damage ${this.#number}`);
    filesAfter(how, { from, to: this.#folder(), chance });
    // The dead go on in a folder that nobody looks at any more, until they have noticed.
    this.#buried.push(former.then(({ engine }) => engine.close()));
    const waiting = Promise.withResolvers<void>();
    this.#life = waiting.promise.then(() => this.#begin());
    const ended = this.#ending;
    this.#ending = Promise.withResolvers();
    ended.reject(new BusFault("no-responders", "it was killed (made up)", { retry: true }));
    return waiting.resolve;
  }

  async #outliving<Result>(work: (life: Life) => Promise<Result>): Promise<Result> {
    for (;;) {
      const begun = this.#life;
      const life = await begun;
      try {
        const result = await Promise.race([work(life), life.ended]);
        if (begun === this.#life) return result;
      } catch (error) {
        if (begun === this.#life) throw error;
      }
    }
  }

  async *#pages(
    read: (store: EventStore) => Pages,
  ): Pages & AsyncGenerator<readonly StoredEvent[]> {
    yield* await this.#outliving(async ({ store }) => {
      const pages: (readonly StoredEvent[])[] = [];
      for await (const page of read(store)) pages.push(page);
      return pages;
    });
  }
}

/** The one that the undisturbed telling has, so that the same cases are drawn. */
export const keepSecret = (folder: string): void => {
  mkdirSync(join(folder, "secrets"), { recursive: true });
  const secret = Buffer.from(throwawaySecret()).toString("hex");
  writeFileSync(join(folder, "secrets", "sampling-nonce"), secret, { mode: 0o600 });
};

/** A disk that was full a moment ago may have room again: somebody tries later. */
const mendable = (error: unknown): never => {
  if (error instanceof BusFault && !error.retry)
    throw new BusFault(error.code, error.message, { retry: true, cause: error });
  throw error;
};
