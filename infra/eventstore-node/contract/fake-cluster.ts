/**
 * A cluster for tests: three of the node's fronts over one log. One is the leader, the others pass
 * appends on and send away who requires the leader. Leaders resign, die, hang, lose a majority and
 * are replaced, after the waits that were measured on real servers.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { type Engine, openEngine } from "@assay/store/engine/engine.ts";
import { type Proxy, startProxy } from "@assay/store/contract/proxy.ts";
import { Server, ServerCredentials } from "@grpc/grpc-js";

import type { Access } from "../access.ts";
import { gossip, type Member } from "../cluster.ts";
import { type CallFault, commitTimeout, notLeader, notReady } from "../faults.ts";
import { serve } from "../services.ts";

/** Milliseconds: how long a new leader is not ready, and how long the others name a dead one. */
const electing = 800;
const unaware = 300;
/** Milliseconds until the others have another leader when theirs says nothing any more. */
const missed = 5000;

type Front = {
  readonly server: Server;
  /** Where clients reach it. */
  readonly proxy: Proxy;
  alive: boolean;
};

export type FakeCluster = Pick<Proxy, "failNext" | "loseConnections"> & {
  /** Names all three nodes, and prefers the leader. */
  readonly url: string;
  /** The leader answers that it is not ready, and another one leads. */
  resign(): Promise<void>;
  /** The leader's connections end, and nobody answers there any more. */
  killLeader(): Promise<void>;
  /** The leader says nothing until what is returned is called; by then another one leads. */
  hangLeader(): Promise<() => void>;
  /** Two of three are away, and nothing is appended, until what is returned is called. */
  loseMajority(): () => void;
  stop(): Promise<void>;
};

export const startFakeCluster = async (): Promise<FakeCluster> => {
  const folder = await mkdtemp(join(tmpdir(), "assay-cluster-"));
  const engine = openEngine({ path: join(folder, "events.db") });
  const cluster = new Cluster(engine);
  await cluster.start();
  return {
    url: cluster.url,
    failNext: (how) => cluster.leader.proxy.failNext(how),
    loseConnections: () => cluster.loseConnections(),
    resign: () => cluster.resign(),
    killLeader: () => cluster.killLeader(),
    hangLeader: () => cluster.hangLeader(),
    loseMajority: () => cluster.loseMajority(),
    stop: async () => {
      await cluster.stop();
      await engine.close();
      await rm(folder, { recursive: true });
    },
  };
};

class Cluster {
  readonly #engine: Engine;
  readonly #fronts: Front[] = [];
  #leader = 0;
  #ready = true;
  /** Undefined while there is a majority; then whether its first victim was told. */
  #alone: { told: boolean } | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get url(): string {
    const hosts = this.#fronts.map(({ proxy }) => `127.0.0.1:${proxy.port}`);
    return `esdb://${hosts.join(",")}?tls=false&nodePreference=leader`;
  }

  get leader(): Front {
    return this.#fronts[this.#leader]!;
  }

  async loseConnections(): Promise<void> {
    await Promise.all(this.#fronts.map(({ proxy }) => proxy.loseConnections()));
  }

  async start(): Promise<void> {
    for (let index = 0; index < 3; index += 1) this.#fronts.push(await this.#startFront(index));
  }

  async resign(): Promise<void> {
    this.#ready = false;
    await wait(electing);
    this.#elect();
    this.#ready = true;
  }

  async killLeader(): Promise<void> {
    const dead = this.leader;
    dead.alive = false;
    dead.server.forceShutdown();
    await dead.proxy.close();
    await wait(unaware);
    this.#ready = false;
    this.#elect();
    await wait(electing);
    this.#ready = true;
  }

  async hangLeader(): Promise<() => void> {
    const hung = this.leader;
    const goOn = hung.proxy.hold();
    await wait(missed);
    hung.alive = false;
    this.#elect();
    return () => {
      hung.alive = true;
      goOn();
    };
  }

  loseMajority(): () => void {
    const others = this.#fronts.filter((front) => front !== this.leader);
    const goOn = others.map((front) => {
      front.alive = false;
      return front.proxy.hold();
    });
    this.#alone = { told: false };
    return () => {
      this.#alone = undefined;
      for (const front of others) front.alive = true;
      for (const one of goOn) one();
    };
  }

  async stop(): Promise<void> {
    const alive = this.#fronts.filter(({ alive }) => alive);
    for (const { server } of alive) server.forceShutdown();
    await Promise.all(alive.map(({ proxy }) => proxy.close()));
  }

  /** The next one that lives; who was served by the former one is sent on at the next call. */
  #elect(): void {
    do this.#leader = (this.#leader + 1) % this.#fronts.length;
    while (!this.leader.alive);
  }

  async #startFront(index: number): Promise<Front> {
    const server = new Server();
    const open = new Set<(fault: CallFault) => void>();
    const describeCluster = gossip(() => this.#members());
    serve(server, this.#engine, { access: this.#accessAt(index), open, describeCluster });
    const port = await new Promise<number>((resolve, reject) => {
      const credentials = ServerCredentials.createInsecure();
      server.bindAsync("127.0.0.1:0", credentials, (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    const proxy = await startProxy(() => ({ host: "127.0.0.1", port }));
    return { server, proxy, alive: true };
  }

  #members(): readonly Member[] {
    return this.#fronts.map(({ proxy, alive }, index) => ({
      ...{ host: "127.0.0.1", port: proxy.port, alive },
      leads: index === this.#leader,
    }));
  }

  /** One append ends in the middle; what requires a leader finds none; other reads go on. */
  #withoutMajority(metadata: Parameters<Access>[0]): CallFault | undefined {
    if (metadata.get("requires-leader")[0] !== "true") return undefined;
    if (this.#alone?.told) return notReady();
    this.#alone = { told: true };
    return commitTimeout();
  }

  #accessAt =
    (index: number): Access =>
    (metadata) => {
      const { port } = this.leader.proxy;
      if (this.#alone && index === this.#leader) return this.#withoutMajority(metadata);
      const required = metadata.get("requires-leader")[0] === "true";
      if (required && index !== this.#leader) return notLeader({ host: "127.0.0.1", port });
      if (!this.#ready && (required || index === this.#leader)) return notReady();
      return undefined;
    };
}
