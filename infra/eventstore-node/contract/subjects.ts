/**
 * What the store's contract is tried on, through either official client: our node, three of them,
 * or the server that `EVENTSTORE_URL` names, which cannot be killed, so the writer is. Of several
 * nodes calls go through a proxy to the one that leads.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { crashWriter } from "@assay/store/contract/crash.ts";
import { startProxy } from "@assay/store/contract/proxy.ts";
import type { Subject } from "@assay/store/contract/subject.ts";
import { type Acknowledged, writeOn } from "@assay/store/contract/writer.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";

import { startFakeCluster } from "./fake-cluster.ts";
import { hostOf, leaderOf, withHost } from "./named-server.ts";
import { spawnNode } from "./spawned.ts";

/** Which of the official clients the adapter goes through. */
type Scheme = "esdb" | "kurrentdb";
const through = (scheme: Scheme, url: string): string =>
  url.replace(/^(esdb|kurrentdb):/, `${scheme}:`);

export const ourNode = async (scheme: Scheme): Promise<Subject> => {
  const data = await mkdtemp(join(tmpdir(), "assay-node-"));
  const args = ["--data", data, "--port", "0"];
  let node = await spawnNode(args);
  const proxy = await startProxy(() => ({ host: "127.0.0.1", port: node.port }));
  const url = `${scheme}://127.0.0.1:${proxy.port}?tls=false`;
  return {
    open: async () => openEventStoreDb({ url }),
    failNext: proxy.failNext,
    loseConnections: proxy.loseConnections,
    crash: async (prefix) => {
      const acknowledged: Acknowledged[] = [];
      const store = openEventStoreDb({ url: through(scheme, node.url), deadline: 2000 });
      const writing = writeOn(store, prefix, (one) => {
        acknowledged.push(one);
        if (acknowledged.length === 40) void node.kill();
      });
      await writing.catch(() => undefined);
      await node.kill();
      await store.close();
      node = await spawnNode(args);
      return acknowledged;
    },
    remove: async () => {
      await proxy.close();
      await node.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
};

export const ourCluster = async (scheme: Scheme): Promise<Subject> => {
  const cluster = await startFakeCluster();
  const url = through(scheme, cluster.url);
  return {
    open: async () => openEventStoreDb({ url }),
    failNext: cluster.failNext,
    loseConnections: cluster.loseConnections,
    crash: (prefix) => crashWriter({ store: url, prefix, moment: "anytime" }),
    remove: () => cluster.stop(),
  };
};

export const another = async (scheme: Scheme, named: string): Promise<Subject> => {
  const url = through(scheme, named);
  const leader = await leaderOf(url);
  const proxy = await startProxy(() => hostOf(leader));
  // With TLS its certificate has to be for one of the two.
  const host = hostOf(leader).host === "localhost" ? "localhost" : "127.0.0.1";
  const throughProxy = withHost(leader, `${host}:${proxy.port}`);
  return {
    open: async () => openEventStoreDb({ url: throughProxy }),
    failNext: proxy.failNext,
    loseConnections: proxy.loseConnections,
    crash: (prefix) => crashWriter({ store: url, prefix, moment: "anytime" }),
    remove: () => proxy.close(),
  };
};
