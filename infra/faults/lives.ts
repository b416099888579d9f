/**
 * The whole system as somebody outside sees it, one life after another: it ends without warning,
 * and goes on from its files as they were at that moment.
 */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { throwawaySecret } from "@assay/announcement/secret.ts";
import { BusFault, type CommandBus } from "@assay/bus/port.ts";
import { assay } from "@assay/domain/kernel/actor.ts";
import type { Reply } from "@assay/domain/kernel/envelope.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { readAsidesOf } from "@assay/host/aside-book.ts";
import type { Clock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { confirmClock } from "@assay/host/timekeeper.ts";
import { createLibrary, type Library } from "@assay/console/reading/library.ts";
import { openLedger } from "@assay/publication/publishing.ts";
import { storeOver } from "@assay/store/over.ts";
import type { EventStore, Pages, StoredEvent } from "@assay/store/port.ts";

import { Adversity } from "./adversity.ts";
import { checkpointing } from "./checkpointing.ts";
import type { Found } from "./checks.ts";
import { filesAfter } from "./damage.ts";
import { faultyClock } from "./faulty-clock.ts";
import type { Plant } from "./plants.ts";
import { chanceOf, type Crash, type Scenario, type Trial } from "./scenario.ts";
import { shakenBus } from "./shaken-bus.ts";
import { answered, shakenStore } from "./shaken-store.ts";
import { shakingIn } from "./shaking.ts";
import { tryOut, type Tried } from "./trial.ts";

export type Surroundings = {
  /** Each life has a folder of its own in it. */
  readonly folder: string;
  /** The story's, which no fault touches. */
  readonly clock: Clock;
  readonly plant: Plant;
};

type Life = {
  readonly number: number;
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
  readonly #adversity: Adversity;
  /** The files as they were at the crash before. */
  #earlier: string | undefined;
  #life: Promise<Life>;

  constructor(scenario: Scenario, given: Surroundings) {
    this.#scenario = scenario;
    this.#given = given;
    this.#clock = faultyClock(given.clock);
    this.#crashes = [...scenario.crashes];
    this.#jumps = [...scenario.clock];
    this.#adversity = new Adversity(scenario, given, this.#clock);
    keepSecret(this.#folder());
    this.#life = this.#begin();
  }

  /** Waits for whoever lives; what was under way when a life ends is not answered. */
  readonly bus: Pick<CommandBus, "send"> = {
    send: async (step, envelope, options) => {
      const life = await this.#life;
      const { engine, library, ended } = life;
      const sent = engine.bus.send(step, envelope, options).catch(mendable);
      const reply = await Promise.race([sent, ended]);
      if (!reply.accepted && reply.refusal.reason === "ClockInDoubt")
        await this.#adversity.mendClock(life.store);
      this.#note(envelope.id, reply);
      library.all().catch(() => undefined);
      if (reply.accepted) {
        const isOver = (): boolean => life.number !== this.#number;
        const told = { ...life, step, envelope, answered: this.#answered, isOver };
        const beside = this.#adversity.after(told);
        await Promise.race([beside, ended]).catch(() => undefined);
      }
      return reply;
    },
  };

  /** Reads are asked again of the next life. */
  readonly store: Pick<EventStore, "read"> = {
    read: (stream, options) => this.#pages((store) => store.read(stream, options)),
  };

  /** By the end of a scene somebody has mended the clock: nothing comes to rest before. */
  idle(): Promise<void> {
    this.#clock.jump(0);
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
    const { engine, folder, library, store } = await this.#life;
    const followed = await answered(() => library.one(this.#scenario.plot.inspection));
    const wrong = await this.#adversity.wrong(store);
    await engine.close();
    await Promise.allSettled(this.#buried);
    return { folder, acknowledged: this.#acknowledged, followed, wrong };
  }

  #folder(): string {
    return join(this.#given.folder, `life-${this.#number}`);
  }

  async #begin(): Promise<Life> {
    const number = this.#number;
    const folder = this.#folder();
    const ended = this.#ending.promise;
    ended.catch(() => undefined);
    const held = () => this.#adversity.held;
    const shaking = (where: string) => shakingIn(this.#scenario, { life: number, where, held });
    const [ofStore, ofBus] = [shaking("store"), shaking("bus")];
    const { plant, clock } = this.#given;
    await this.#adversity.before(folder, this.#answered);
    if (this.#number > 0) plant.files?.(folder);
    let raw!: EventStore;
    const ledger = await openLedger(folder);
    const engine = await startEngine({
      dataDir: folder,
      clock: plant.clock?.(this.#clock) ?? this.#clock,
      log: createLog({ service: "faults", level: "silent" }),
      reactions: checkpointing(ledger),
      between: {
        disk: (store) => {
          raw = store;
          const watched = this.#watched(store);
          return shakenStore(plant.disk?.(watched) ?? watched, ofStore);
        },
        store: (store) => plant.store?.(store) ?? store,
        bus: (bus) => shakenBus(bus, ofBus),
        replicas: this.#scenario.replicas,
      },
    });
    if ((await readAsidesOf(raw, "clock")).size > 0) await confirmClock(raw, assay, clock.now());
    const library = createLibrary(engine.store);
    return { number, folder, engine, store: raw, library, ended };
  }

  /** A life may end just before an append reaches the disk, and just after. */
  #watched(store: EventStore): EventStore {
    const number = this.#number;
    const step = (): void => {
      if (number === this.#number) this.#step();
    };
    return storeOver(store, {
      append: async (stream, events, expected) => {
        step();
        this.#adversity.judge(events);
        const answer = await store.append(stream, events, expected);
        step();
        return answer;
      },
      subscribe: async function* (options) {
        for await (const delivery of store.subscribe(options)) {
          step();
          yield delivery;
          step();
        }
      },
    });
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
    this.#adversity.step();
    const next = this.#crashes[0];
    if (!next || this.#longDue || this.#steps < next.after) return;
    if (next.long) this.#longDue = true;
    else this.#crash()();
  }

  /** Ends this life now; the next one begins when the answer is called. */
  #crash(): () => void {
    const { how, trial } = this.#crashes.shift()!;
    const former = this.#life;
    const from = this.#folder();
    this.#number += 1;
    this.#steps = 0;
    const chance = chanceOf(this.#scenario.seed, `damage ${this.#number}`);
    const to = this.#folder();
    filesAfter(how, { from, to, chance });
    // Where the services' files were wiped, none is left that knows of a later moment.
    const knowing = how === "wipe" && trial === "earlier" ? undefined : trial;
    const tried = this.#tried(knowing, { from: to, chance });
    // The dead go on in a folder that nobody looks at any more, until they have noticed.
    this.#buried.push(former.then(({ engine }) => engine.close()));
    const waiting = Promise.withResolvers<void>();
    this.#life = waiting.promise.then(async () => {
      this.#adversity.found(await tried());
      return this.#begin();
    });
    const ended = this.#ending;
    this.#ending = Promise.withResolvers();
    ended.reject(new BusFault("no-responders", "it was killed (made up)", { retry: true }));
    return waiting.resolve;
  }

  /** On the files as they are now; nothing where nobody tries anything. */
  #tried(
    trial: Trial | undefined,
    { from, chance }: Pick<Tried, "from" | "chance">,
  ): () => Promise<readonly string[]> {
    const earlier = this.#earlier;
    this.#earlier = `${from}-then`;
    cpSync(from, this.#earlier, { recursive: true });
    if (trial === undefined) return async () => [];
    const { plot } = this.#scenario;
    const { clock, plant } = this.#given;
    const acknowledged = new Set(this.#acknowledged);
    return () => tryOut({ trial, from, earlier, plot, acknowledged, clock, chance, plant });
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
