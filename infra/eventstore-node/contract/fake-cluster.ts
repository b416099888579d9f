/**
 * A cluster for tests: three of the node's fronts, each over its own copy of the log. One is the
 * leader, the others pass appends on, lag, and send away who requires the leader. Leaders resign,
 * die, hang, lose a majority, are cut off and replaced, after the waits that were measured on real
 * servers.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { type Proxy, startProxy } from "@assay/store/contract/proxy.ts";
import { Server, ServerCredentials } from "@grpc/grpc-js";

import type { Access } from "../access.ts";
import { gossip, type Member } from "../cluster.ts";
import { type CallFault, notLeader, notReady } from "../faults.ts";
import { serve } from "../services.ts";
import { Replicas } from "./replicas.ts";

/** Milliseconds: how long a new leader is not ready, and how long the others name a dead one. */
const electing = 800;
const unaware = 300;
/** Milliseconds until the others have another leader when theirs says nothing any more. */
const missed = 5000;
/** Milliseconds until a leader that reaches nobody says so. */
const giveUp = 3000;

type Front = {
  server: Server | undefined;
  /** Where the server listens, which is another place after each start. */
  port: number;
  /** Where clients reach it. */
  readonly proxy: Proxy;
  alive: boolean;
};

export type FakeCluster = Pick<Proxy, "failNext" | "loseConnections"> & {
  /** Names all three nodes, and prefers the leader. */
  readonly url: string;
  /** The leader answers that it is not ready, and another one leads. */
  resign(): Promise<void>;
  /** The leader's connections end, and nobody answers there until what is returned is called. */
  killLeader(): Promise<() => Promise<void>>;
  /** The leader says nothing until what is returned is called; by then another one leads. */
  hangLeader(): Promise<() => void>;
  /** Two of three are away, and nothing is appended, until what is returned is called. */
  loseMajority(): () => Promise<void>;
  /**
   * Clients reach the leader, and the other nodes do not. Once the first promise is kept, another
   * one leads; what is returned discards what the former one has alone, and starts it again.
   */
  cutLeaderOff(): Promise<() => Promise<void>>;
  /** One follower gets nothing new until what is returned is called. */
  holdFollower(): () => void;
  /** Subscriptions stay open and bring nothing new, until what is returned is called. */
  silence(): () => void;
  stop(): Promise<void>;
};

export const startFakeCluster = async (): Promise<FakeCluster> => {
  const folder = await mkdtemp(join(tmpdir(), "assay-cluster-"));
  const replicas = new Replicas(folder, 3);
  const cluster = new Cluster(replicas);
  await cluster.start();
  return {
    url: cluster.url,
    failNext: (how) => cluster.leader.proxy.failNext(how),
    loseConnections: () => cluster.loseConnections(),
    resign: () => cluster.resign(),
    killLeader: () => cluster.killLeader(),
    hangLeader: () => cluster.hangLeader(),
    loseMajority: () => cluster.loseMajority(),
    cutLeaderOff: () => cluster.cutLeaderOff(),
    holdFollower: () => replicas.hold(),
    silence: () => replicas.silence(),
    stop: async () => {
      await cluster.stop();
      await replicas.close();
      await rm(folder, { recursive: true });
    },
  };
};

class Cluster {
  readonly #replicas: Replicas;
  readonly #fronts: Front[] = [];
  #leader = 0;
  #ready = true;
  /** The leader that reaches no other node; once it gave an append up, it knows that. */
  #alone: { readonly front: Front; knows: boolean } | undefined;

  constructor(replicas: Replicas) {
    this.#replicas = replicas;
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
    for (let index = 0; index < 3; index += 1) {
      const front: Front = {
        ...{ server: undefined, port: 0, alive: false },
        proxy: await startProxy(() => ({ host: "127.0.0.1", port: front.port })),
      };
      this.#fronts.push(front);
      await this.#listen(front);
    }
  }

  async resign(): Promise<void> {
    this.#ready = false;
    await wait(electing);
    await this.#elect();
    this.#ready = true;
  }

  async killLeader(): Promise<() => Promise<void>> {
    const dead = this.leader;
    this.#end(dead);
    await wait(unaware);
    this.#ready = false;
    await this.#elect();
    await wait(electing);
    this.#ready = true;
    return () => this.#listen(dead);
  }

  async hangLeader(): Promise<() => void> {
    const hung = this.leader;
    const goOn = hung.proxy.hold();
    await wait(missed);
    hung.alive = false;
    await this.#elect();
    return () => {
      hung.alive = true;
      goOn();
    };
  }

  loseMajority(): () => Promise<void> {
    const others = this.#fronts.filter((front) => front !== this.leader);
    const goOn = others.map((front) => {
      front.alive = false;
      return front.proxy.hold();
    });
    this.#leaveAlone();
    return async () => {
      this.#alone = undefined;
      await this.#replicas.rejoin();
      for (const front of others) front.alive = true;
      for (const one of goOn) one();
    };
  }

  async cutLeaderOff(): Promise<() => Promise<void>> {
    const former = this.leader;
    this.#leaveAlone();
    await wait(missed);
    former.alive = false;
    await this.#elect();
    return async () => {
      this.#end(former);
      this.#alone = undefined;
      await this.#listen(former);
    };
  }

  async stop(): Promise<void> {
    for (const front of this.#fronts) this.#end(front);
    await Promise.all(this.#fronts.map(({ proxy }) => proxy.close()));
  }

  #leaveAlone(): void {
    this.#alone = { front: this.leader, knows: false };
    this.#replicas.leaveLeaderAlone();
  }

  /** Another one that lives; who was served by the former one is sent on at the next call. */
  async #elect(): Promise<void> {
    const candidates = [...this.#fronts.keys()].filter(
      (index) => index !== this.#leader && this.#fronts[index]!.alive,
    );
    this.#leader = await this.#replicas.elect(candidates);
  }

  #end(front: Front): void {
    front.alive = false;
    front.server?.forceShutdown();
  }

  async #listen(front: Front): Promise<void> {
    const server = new Server();
    const index = this.#fronts.indexOf(front);
    const open = new Set<(fault: CallFault) => void>();
    const describeCluster = gossip(() => this.#members());
    const access = this.#accessAt(front, index);
    serve(server, this.#replicas.engine(index), { access, open, describeCluster });
    front.port = await new Promise<number>((resolve, reject) => {
      const credentials = ServerCredentials.createInsecure();
      server.bindAsync("127.0.0.1:0", credentials, (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    Object.assign(front, { server, alive: true });
  }

  #members(): readonly Member[] {
    return this.#fronts.map(({ proxy, alive }, index) => ({
      ...{ host: "127.0.0.1", port: proxy.port, alive },
      leads: index === this.#leader,
    }));
  }

  #accessAt =
    (front: Front, index: number): Access =>
    (metadata) => {
      const required = metadata.get("requires-leader")[0] === "true";
      if (this.#alone?.front === front) {
        if (!required) return undefined;
        if (this.#alone.knows) return notReady();
        void wait(giveUp).then(() => this.#alone && (this.#alone.knows = true));
        return undefined;
      }
      const { port } = this.leader.proxy;
      if (required && index !== this.#leader) return notLeader({ host: "127.0.0.1", port });
      if (!this.#ready && (required || index === this.#leader)) return notReady();
      return undefined;
    };
}
