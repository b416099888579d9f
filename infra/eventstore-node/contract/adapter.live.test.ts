import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startProxy } from "@assay/store/contract/proxy.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import type { EventStore } from "@assay/store/port.ts";
import { EventStoreDBClient } from "@eventstore/db-client";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { startNode, type RunningNode } from "../node.ts";
import { leavesNoneOpen, someEvents } from "./given-up.ts";
import { freshName } from "./served.ts";

let folder: string;
let node: RunningNode;
let store: EventStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-adapter-"));
  node = await startNode({ path: join(folder, "events.db"), port: 0 });
  store = openEventStoreDb({ url: node.connectionString });
});

afterAll(async () => {
  await store.close();
  await node.stop();
  await rm(folder, { recursive: true, force: true });
});

test("5,000 pings and reads that are given up early leave no call open", () =>
  leavesNoneOpen(EventStoreDBClient, node.connectionString, 5000));

test("an append lands however far the server's clock is ahead", async () => {
  const real = Date.now;
  const behind = vi.spyOn(Date, "now").mockImplementation(() => real() - 60_000);
  const answer = await store.append(freshName(), someEvents(2), "none");
  behind.mockRestore();
  expect(answer).toMatchObject({ appended: true, revision: 1 });
});

test("what one server answers late, after another was lost, ends nothing", async () => {
  const target = () => ({ host: "127.0.0.1", port: node.port });
  const proxies = [await startProxy(target), await startProxy(target)] as const;
  const [lost, slow] = proxies.map(({ port }) =>
    openEventStoreDb({ url: `esdb://127.0.0.1:${port}?tls=false` }),
  ) as [EventStore, EventStore];
  for (const one of [lost, slow]) await one.append(freshName(), someEvents(1), "none");
  const goOn = proxies[1].hold();
  const waiting = slow.append(freshName(), someEvents(1), "none");
  await proxies[0].loseConnections();
  await lost.append(freshName(), someEvents(1), "none");
  goOn();
  expect(await waiting).toMatchObject({ appended: true, revision: 0 });
  await Promise.all([lost, slow].map((one) => one.close()));
  await Promise.all(proxies.map((proxy) => proxy.close()));
});

test("a filter names how much is looked at: who follows little still hears how far it came", async () => {
  const all = Array.from({ length: 5 }, () => store.append(freshName(), someEvents(1000), "none"));
  await Promise.all(all);
  const { signal } = new AbortController();
  let marks = 0;
  for await (const delivery of store.subscribe({ signal, prefixes: [freshName("nobody")] })) {
    if (delivery.kind === "caughtUp") break;
    expect(delivery.events).toEqual([]);
    marks += 1;
  }
  expect(marks).toBeGreaterThanOrEqual(4);
});

test("several hosts to discover from are refused with what to write", () => {
  const url = "esdb+discover://admin:secret@a:2113,b:2113,c:2113?tls=true";
  const opening = (): unknown => openEventStoreDb({ url });
  expect(opening).toThrow("write esdb://a:2113,b:2113,c:2113");
  expect(opening).not.toThrow("secret");
  const maintained = (): unknown => openEventStoreDb({ url: url.replace("esdb", "kurrentdb") });
  expect(maintained).toThrow("write kurrentdb://a:2113,b:2113,c:2113");
});
