/**
 * What else happens while a story is told: others' facts, a second process, the same form twice, a
 * clock that somebody has to mend, everything hanging for a while. It keeps what went wrong.
 */
import { BusFault, type Step } from "@assay/bus/port.ts";
import { assay } from "@assay/domain/kernel/actor.ts";
import { type CommandEnvelope, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { CommandId, InspectionId } from "@assay/domain/kernel/ids.ts";
import type { RandomStream } from "@assay/domain/sampling/stream.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import type { Engine } from "@assay/embedded/engine.ts";
import { askOfAside, readAsides, readAsidesOf } from "@assay/host/aside-book.ts";
import type { Clock } from "@assay/host/clock.ts";
import { pause } from "@assay/host/fault.ts";
import { confirmClock } from "@assay/host/timekeeper.ts";
import type { EventStore, NewEvent } from "@assay/store/port.ts";

import type { FaultyClock } from "./faulty-clock.ts";
import type { Plant } from "./plants.ts";
import { type Poison, poisonApart, poisonRunning, poisons, poisonsApart } from "./poison.ts";
import { chanceOf, type Scenario } from "./scenario.ts";
import { secondProcess, secondPublisher } from "./second.ts";

type Around = { readonly clock: Clock; readonly plant: Plant };

export type Answered = {
  readonly engine: Pick<Engine, "bus">;
  /** As it is, with nothing in between. */
  readonly store: EventStore;
  readonly folder: string;
  readonly step: Step;
  readonly envelope: CommandEnvelope;
  /** How many commands were answered by now. */
  readonly answered: number;
  /** Whether this life has ended: what was written since is in no file that anybody opens. */
  readonly isOver: () => boolean;
};

export class Adversity {
  readonly #scenario: Scenario;
  readonly #around: Around;
  readonly #clock: FaultyClock;
  readonly #poison: { readonly from: number; readonly kind: Poison }[];
  readonly #hangs: { readonly from: number; readonly for: number }[];
  readonly #second: { readonly from: number }[];
  readonly #twice: RandomStream;
  /** Inspections that have to be set aside in the end. */
  readonly #spoilt: InspectionId[] = [];
  readonly #wrong: string[] = [];
  #poisoned = 0;
  #steps = 0;
  #doubted = 0;
  #held: Promise<unknown> = Promise.resolve();

  constructor(scenario: Scenario, around: Around, clock: FaultyClock) {
    this.#scenario = scenario;
    this.#around = around;
    this.#clock = clock;
    this.#poison = [...scenario.poison];
    this.#hangs = [...scenario.hangs];
    this.#second = [...scenario.second];
    this.#twice = chanceOf(scenario.seed, "twice");
  }

  /** Resolves once everything answers again. */
  get held(): Promise<unknown> {
    return this.#held;
  }

  found(wrong: readonly string[]): void {
    this.#wrong.push(...wrong);
  }

  step(): void {
    this.#steps += 1;
    const hang = this.#hangs[0];
    if (!hang || this.#steps < hang.from) return;
    this.#hangs.shift();
    this.#held = pause(hang.for);
  }

  /** With nobody there, before a life begins. */
  async before(folder: string, answered: number): Promise<void> {
    for (const poison of this.#due(poisonsApart, answered))
      this.#spoils(await poisonApart(storePath(folder), poison, this.#names()));
  }

  /** Once a command was accepted. */
  async after(told: Answered): Promise<void> {
    const { store, folder, answered, isOver } = told;
    for (const poison of this.#due(poisons, answered)) {
      const spoilt = await poisonRunning(store, poison, this.#names());
      if (!isOver()) this.#spoils(spoilt);
    }
    while (this.#second[0] && this.#second[0].from <= answered) {
      this.#second.shift();
      this.found(await secondProcess({ ...this.#around, folder }));
      const publishers = await secondPublisher({ ...this.#around, folder, store });
      // Where the first process ended meanwhile, the second found its store closed.
      if (!isOver()) this.found(publishers);
    }
    await this.#again(told);
  }

  /** Somebody notices after a while, and sets the clock right; or says that it is. */
  async mendClock(store: EventStore): Promise<never> {
    this.#doubted += 1;
    if (this.#doubted % 4 === 0) this.#clock.jump(0);
    if (this.#doubted % 40 === 0) await this.#confirm(store);
    throw new BusFault("timeout", "the clock is in doubt: later", { retry: true });
  }

  /** It is right by then: a process that was held up for a minute doubts it, too. */
  async #confirm(store: EventStore): Promise<void> {
    const at = this.#around.clock.now();
    const doubts = await readAsidesOf(store, "clock");
    const about = { service: "clock", at, by: assay, act: "retry" } as const;
    for (const item of doubts.keys()) await askOfAside(store, { ...about, item });
    await confirmClock(store, assay, at);
  }

  /** What cannot be undone is held against the time that it really is. */
  judge(events: readonly NewEvent[]): void {
    const now = this.#around.clock.now();
    for (const { type, data } of events)
      if (type === "ReportPublished" && String(data["publishAt"]) > now)
        this.#wrong.push(
          `early: published at ${now}, to be published at ${String(data["publishAt"])}`,
        );
  }

  /** Everything that went wrong, and who should be on the list of what was set aside and is not. */
  async wrong(store: EventStore): Promise<readonly string[]> {
    return [...this.#wrong, ...(await notAside(store, this.#spoilt))];
  }

  /** Each comes once. */
  #due<Kind extends Poison>(kinds: readonly Kind[], answered: number): readonly Kind[] {
    const due = this.#poison.filter(
      ({ from, kind }) => from <= answered && (kinds as readonly Poison[]).includes(kind),
    );
    for (const each of due) this.#poison.splice(this.#poison.indexOf(each), 1);
    return due.map(({ kind }) => kind as Kind);
  }

  #names() {
    const { inspection } = this.#scenario.plot;
    this.#poisoned += 1;
    return { inspection, other: `spoilt-${this.#poisoned}` as InspectionId };
  }

  #spoils(inspection: InspectionId | undefined): void {
    if (inspection !== undefined) this.#spoilt.push(inspection);
  }

  /** The same form by somebody else, or from another window: nothing more may come of it. */
  async #again({ engine, step, envelope }: Answered): Promise<void> {
    if (this.#twice.below(1000) >= this.#scenario.rates.twice) return;
    const id = uuidFrom(`again/${envelope.id}`) as CommandId;
    const again = { ...envelope, id, correlationId: id, causationId: id };
    const reply = await engine.bus.send(step, again).catch(() => undefined);
    if (reply?.accepted && reply.events > 0)
      this.#wrong.push(`twice: ${envelope.command.type} was recorded for a second form`);
  }
}

/** So often somebody looks at the list until what was spoilt is on it. */
const looks = 30;

const notAside = async (
  store: EventStore,
  spoilt: readonly InspectionId[],
): Promise<readonly string[]> => {
  for (let look = 1; ; look += 1) {
    const aside = new Set((await readAsides(store)).map(({ inspection }) => inspection));
    const missing = spoilt.filter((each) => !aside.has(each));
    if (missing.length === 0) return [];
    if (look >= looks) return missing.map((each) => `not set aside: ${each}`);
    await pause(50);
  }
};
