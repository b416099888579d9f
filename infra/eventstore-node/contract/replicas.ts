/**
 * One log on three nodes, each with a database of its own. A change counts, and can be read, once
 * the leader and one other have it; the third follows later. What only a leader has that was cut
 * off is discarded when another one leads.
 */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { type Engine, openEngine } from "@assay/store/engine/engine.ts";

import { commitTimeout, notReady } from "../faults.ts";

type Work = Parameters<Engine["change"]>[0];

/** In milliseconds: how far the third node is behind, and how long a leader waits for another. */
const behind = 50;
const patience = 3000;

type Replica = {
  readonly engine: Engine;
  /** In this node's database alone. */
  readonly change: Engine["change"];
  /** How many of the log's changes it has. */
  has: number;
};

type Waiting = { readonly work: Work; readonly done: PromiseWithResolvers<unknown> };

export class Replicas {
  readonly #log: Work[] = [];
  readonly #replicas: readonly Replica[];
  /** What the leader alone has; undefined while another one takes part. */
  #alone: Waiting[] | undefined;
  #held = false;
  #silent = false;
  #leader = 0;

  constructor(folder: string, count: number) {
    this.#replicas = Array.from({ length: count }, (_, index) => {
      const engine = openEngine({ path: join(folder, `${index}.db`) });
      const change = engine.change.bind(engine);
      // Whoever is asked passes a change on.
      const wake = engine.wake.bind(engine);
      engine.wake = (call) => wake(() => void (this.#silent || call()));
      engine.change = ((work: Work) => this.#changed(work)) as Engine["change"];
      return { engine, change, has: 0 };
    });
  }

  engine(index: number): Engine {
    return this.#replicas[index]!.engine;
  }

  /** Of these the one that has most leads, and with it everything that was acknowledged. */
  async elect(among: readonly number[]): Promise<number> {
    const has = (index: number): number => this.#replicas[index]!.has;
    this.#leader = among.toSorted((a, b) => has(b) - has(a))[0]!;
    const left = this.#alone;
    this.#alone = undefined;
    for (const { done } of left ?? []) done.reject(notReady());
    await this.#follow(this.#replicas[this.#leader]!);
    return this.#leader;
  }

  /** No other takes part: nothing that the leader has counts, until `rejoin` or another leads. */
  leaveLeaderAlone(): void {
    this.#alone = [];
  }

  /** What the leader has counts now, also what it has given up to wait for. */
  async rejoin(): Promise<void> {
    const left = this.#alone ?? [];
    this.#alone = undefined;
    for (const { work, done } of left) done.resolve(await this.#agree(work));
  }

  /** The last node gets nothing new until what is returned is called. */
  hold(): () => void {
    this.#held = true;
    return () => {
      this.#held = false;
      this.#followAll();
    };
  }

  /** Subscriptions that are open hear of nothing until what is returned is called. */
  silence(): () => void {
    this.#silent = true;
    return () => (this.#silent = false);
  }

  async close(): Promise<void> {
    this.#held = true;
    await Promise.all(this.#replicas.map(({ engine }) => engine.close()));
  }

  #changed(work: Work): Promise<unknown> {
    if (!this.#alone) return this.#agree(work);
    const done = Promise.withResolvers<unknown>();
    this.#alone.push({ work, done });
    void wait(patience).then(() => done.reject(commitTimeout()));
    return done.promise;
  }

  async #agree(work: Work): Promise<unknown> {
    this.#log.push(work);
    const [leader, next] = this.#inOrder();
    const [answer] = await Promise.all([this.#follow(leader!), this.#follow(next!)]);
    void wait(behind).then(() => !this.#held && this.#followAll());
    return answer;
  }

  /** The leader first, then who has most. */
  #inOrder(): readonly Replica[] {
    const leader = this.#replicas[this.#leader]!;
    const others = this.#replicas.filter((one) => one !== leader);
    return [leader, ...others.toSorted((a, b) => b.has - a.has)];
  }

  #followAll(): void {
    for (const replica of this.#replicas) void this.#follow(replica);
  }

  /** Brings a node up to date; the answer is the last change's. */
  #follow(replica: Replica): Promise<unknown> {
    let answer: Promise<unknown> = Promise.resolve();
    while (replica.has < this.#log.length) answer = replica.change(this.#log[replica.has++]!);
    return answer;
  }
}
