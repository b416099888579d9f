/**
 * The whole system as somebody outside sees it, one life after another: it ends without warning,
 * and goes on from its files as they were at that moment.
 */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { throwawaySecret } from "@assay/announcement/secret.ts";
import { BusFault, type CommandBus } from "@assay/bus/port.ts";
import { assay } from "@assay/domain/kernel/actor.ts";
import { type CommandEnvelope, type Reply, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { CommandId, InspectionId } from "@assay/domain/kernel/ids.ts";
import type { RandomStream } from "@assay/domain/sampling/stream.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { readAsides, readAsidesOf } from "@assay/host/aside-book.ts";
import type { Clock } from "@assay/host/clock.ts";
import { pause } from "@assay/host/fault.ts";
import { createLog } from "@assay/host/log.ts";
import { confirmClock } from "@assay/host/timekeeper.ts";
import { createLibrary, type Library } from "@assay/console/reading/library.ts";
import { openLedger } from "@assay/publication/publishing.ts";
import type { EventStore, NewEvent, Pages, StoredEvent } from "@assay/store/port.ts";

import { checkpointing } from "./checkpointing.ts";
import type { Found } from "./checks.ts";
import { filesAfter } from "./damage.ts";
import { faultyClock } from "./faulty-clock.ts";
import type { Plant } from "./plants.ts";
import {
  type Poison,
  poisonApart,
  poisonRunning,
  poisons,
  poisonsApart,
  type Victim,
} from "./poison.ts";
import { chanceOf, type Crash, type Scenario, type Trial } from "./scenario.ts";
import { secondProcess, secondPublisher } from "./second.ts";
import { shakenBus } from "./shaken-bus.ts";
import { shakenStore } from "./shaken-store.ts";
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
  readonly #poison: { readonly from: number; readonly kind: Poison }[];
  readonly #hangs: { readonly from: number; readonly for: number }[];
  readonly #second: { readonly from: number }[];
  readonly #twice: RandomStream;
  /** Inspections that have to be set aside in the end. */
  readonly #victims: InspectionId[] = [];
  readonly #wrong: string[] = [];
  #poisoned = 0;
  #allSteps = 0;
  #doubted = 0;
  /** Resolves once everything answers again. */
  #held: Promise<unknown> = Promise.resolve();
  /** The files as they were at the crash before. */
  #earlier: string | undefined;
  #life: Promise<Life>;

  constructor(scenario: Scenario, given: Surroundings) {
    this.#scenario = scenario;
    this.#given = given;
    this.#clock = faultyClock(given.clock);
    this.#crashes = [...scenario.crashes];
    this.#jumps = [...scenario.clock];
    this.#poison = [...scenario.poison];
    this.#hangs = [...scenario.hangs];
    this.#second = [...scenario.second];
    this.#twice = chanceOf(scenario.seed, "twice");
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
      if (!reply.accepted && reply.refusal.reason === "ClockInDoubt") await this.#mendClock(life);
      this.#note(envelope.id, reply);
      library.all().catch(() => undefined);
      if (reply.accepted)
        await Promise.race([
          this.#beside(life).then(() => this.#again(life, step, envelope)),
          ended,
        ]).catch(() => undefined);
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
    this.#clock.jump(0);
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
    const followed = await library.one(this.#scenario.plot.inspection);
    const wrong = [...this.#wrong, ...(await notAside(store, this.#victims))];
    await engine.close();
    await Promise.allSettled(this.#buried);
    return { folder, acknowledged: this.#acknowledged, followed, wrong };
  }

  /** Somebody notices after a while, and sets the clock right; or says that it is. */
  async #mendClock({ store }: Life): Promise<never> {
    this.#doubted += 1;
    if (this.#doubted % 4 === 0) this.#clock.jump(0);
    if (this.#doubted % 40 === 0) await confirmClock(store, assay, this.#given.clock.now());
    throw new BusFault("timeout", "the clock is in doubt: later", { retry: true });
  }

  #folder(): string {
    return join(this.#given.folder, `life-${this.#number}`);
  }

  async #begin(): Promise<Life> {
    const folder = this.#folder();
    const ended = this.#ending.promise;
    ended.catch(() => undefined);
    const held = () => this.#held;
    const shaking = (where: string) =>
      shakingIn(this.#scenario, { life: this.#number, where, held });
    const [ofStore, ofBus] = [shaking("store"), shaking("bus")];
    const { plant, clock } = this.#given;
    for (const poison of this.#poisonsDue(poisonsApart))
      this.#suffers(await poisonApart(storePath(folder), poison, this.#names()));
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
    return { folder, engine, store: raw, library: createLibrary(engine.store), ended };
  }

  /** Which of these are due by now; each comes once. */
  #poisonsDue<Kind extends Poison>(kinds: readonly Kind[]): readonly Kind[] {
    const due = this.#poison.filter(
      ({ from, kind }) => from <= this.#answered && (kinds as readonly Poison[]).includes(kind),
    );
    for (const each of due) this.#poison.splice(this.#poison.indexOf(each), 1);
    return due.map(({ kind }) => kind as Kind);
  }

  #names() {
    const { inspection } = this.#scenario.plot;
    this.#poisoned += 1;
    return { inspection, victim: `victim-${this.#poisoned}` as InspectionId };
  }

  #suffers(victim: Victim): void {
    if (victim !== undefined) this.#victims.push(victim);
  }

  /** What comes of it besides: others' facts, a second process, the same form from elsewhere. */
  async #beside({ store, folder }: Life): Promise<void> {
    for (const poison of this.#poisonsDue(poisons))
      this.#suffers(await poisonRunning(store, poison, this.#names()));
    while (this.#second[0] && this.#second[0].from <= this.#answered) {
      this.#second.shift();
      const { plant, clock } = this.#given;
      this.#wrong.push(...(await secondProcess({ folder, clock, plant })));
      this.#wrong.push(...(await secondPublisher({ store, folder, clock, plant })));
    }
  }

  /** The same form by somebody else, or from another window: nothing more may come of it. */
  async #again(
    { engine }: Life,
    step: Parameters<CommandBus["send"]>[0],
    envelope: CommandEnvelope,
  ): Promise<void> {
    if (this.#twice.below(1000) >= this.#scenario.rates.twice) return;
    const id = uuidFrom(`again/${envelope.id}`) as CommandId;
    const again = { ...envelope, id, correlationId: id, causationId: id };
    const reply = await engine.bus.send(step, again).catch(() => undefined);
    if (reply?.accepted && reply.events > 0)
      this.#wrong.push(`twice: ${envelope.command.type} was recorded for a second form`);
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
        this.#judge(events);
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

  /** What cannot be undone is held against the time that it really is. */
  #judge(events: readonly NewEvent[]): void {
    const now = this.#given.clock.now();
    for (const { type, data } of events)
      if (type === "ReportPublished" && String(data["publishAt"]) > now)
        this.#wrong.push(`early: published at ${now}, to be published at ${data["publishAt"]}`);
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
    this.#allSteps += 1;
    const hang = this.#hangs[0];
    if (hang && this.#allSteps >= hang.from) {
      this.#hangs.shift();
      this.#held = pause(hang.for);
    }
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
    const tried = this.#tried(trial, { from: to, chance });
    // The dead go on in a folder that nobody looks at any more, until they have noticed.
    this.#buried.push(former.then(({ engine }) => engine.close()));
    const waiting = Promise.withResolvers<void>();
    this.#life = waiting.promise.then(async () => {
      this.#wrong.push(...(await tried()));
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

/** So often somebody looks at the list until what was spoilt is on it. */
const looks = 30;

const notAside = async (
  store: EventStore,
  victims: readonly InspectionId[],
): Promise<readonly string[]> => {
  for (let look = 1; ; look += 1) {
    const aside = new Set((await readAsides(store)).map(({ inspection }) => inspection));
    const missing = victims.filter((each) => !aside.has(each));
    if (missing.length === 0) return [];
    if (look >= looks) return missing.map((each) => `not set aside: ${each}`);
    await pause(50);
  }
};
