/**
 * The store's contract on the eventstoredb adapter: against our node, or against the server that
 * `EVENTSTORE_URL` names (one host; another cannot be killed, so the writer is).
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { storeContract } from "@assay/store/contract.ts";
import { crashWriter } from "@assay/store/contract/crash.ts";
import { startProxy } from "@assay/store/contract/proxy.ts";
import type { Subject } from "@assay/store/contract/subject.ts";
import { type Acknowledged, writeOn } from "@assay/store/contract/writer.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";

import { startFakeCluster } from "./fake-cluster.ts";
import { spawnNode } from "./spawned.ts";

const ourNode = async (): Promise<Subject> => {
  const data = await mkdtemp(join(tmpdir(), "assay-node-"));
  const args = ["--data", data, "--port", "0"];
  let node = await spawnNode(args);
  const proxy = await startProxy(() => ({ host: "127.0.0.1", port: node.port }));
  const url = `esdb://127.0.0.1:${proxy.port}?tls=false`;
  return {
    open: async () => openEventStoreDb({ url }),
    failNext: proxy.failNext,
    loseConnections: proxy.loseConnections,
    crash: async (prefix) => {
      const acknowledged: Acknowledged[] = [];
      const store = openEventStoreDb({ url: node.url, deadline: 2000 });
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

const ourCluster = async (): Promise<Subject> => {
  const cluster = await startFakeCluster();
  return {
    open: async () => openEventStoreDb({ url: cluster.url }),
    failNext: cluster.failNext,
    loseConnections: cluster.loseConnections,
    crash: (prefix) => crashWriter({ store: cluster.url, prefix, moment: "anytime" }),
    remove: () => cluster.stop(),
  };
};

const another = async (url: string): Promise<Subject> => {
  const { hostname, port } = new URL(url.replace(/^esdb/, "http"));
  const proxy = await startProxy(() => ({ host: hostname, port: Number(port || 2113) }));
  const throughProxy = url.replace(`${hostname}:${port}`, `127.0.0.1:${proxy.port}`);
  return {
    open: async () => openEventStoreDb({ url: throughProxy }),
    failNext: proxy.failNext,
    loseConnections: proxy.loseConnections,
    crash: (prefix) => crashWriter({ store: url, prefix, moment: "anytime" }),
    remove: () => proxy.close(),
  };
};

const named = process.env["EVENTSTORE_URL"];
if (named) {
  storeContract("the eventstoredb adapter", () => another(named));
} else {
  storeContract("the eventstoredb adapter and our node", ourNode);
  storeContract("the eventstoredb adapter and three nodes", ourCluster);
}
