import { randomUUID } from "node:crypto";

import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";

import { type FakeCluster, startFakeCluster } from "./fake-cluster.ts";
import { freshName } from "./served.ts";

let cluster: FakeCluster;
beforeEach(async () => {
  cluster = await startFakeCluster();
});
afterEach(() => cluster.stop());

const event = () => ({ id: randomUUID(), type: "Tried", data: {}, metadata: {} });

const changes = [
  ["resigns", () => cluster.resign()],
  ["is killed", () => cluster.killLeader()],
  ["hangs and goes on", async () => (await cluster.hangLeader())()],
  [
    "is left without a majority for two seconds",
    async () => {
      const restore = cluster.loseMajority();
      await wait(2000);
      restore();
    },
  ],
] as const;

test.each(changes)(
  "appends, reads and a subscription go on while the leader %s",
  async (_, act) => {
    const store = openEventStoreDb({ url: cluster.url });
    const [stream, ending] = [freshName(), new AbortController()];
    const seen: number[] = [];
    const following = (async () => {
      for await (const delivery of store.subscribe({ signal: ending.signal }))
        if (delivery.kind === "events") seen.push(...delivery.events.map((one) => one.revision));
    })();
    let changing: Promise<void> | undefined;
    for (let revision = 0; revision < 60; revision += 1) {
      if (revision === 20) changing = act();
      const expected = revision === 0 ? "none" : revision - 1;
      expect(await store.append(stream, [event()], expected)).toMatchObject({ revision });
      const read: number[] = [];
      for await (const page of store.read(stream)) read.push(...page.map((one) => one.revision));
      expect(read).toEqual([...Array(revision + 1).keys()]);
    }
    await changing;
    await expect.poll(() => seen, { timeout: 20_000 }).toEqual([...Array(60).keys()]);
    ending.abort();
    await following;
    await store.close();
  },
);

test("what requires the leader is sent on from wherever it was asked", async () => {
  for (let turn = 0; turn < 6; turn += 1) {
    const url = cluster.url.replace("nodePreference=leader", "nodePreference=follower");
    const store = openEventStoreDb({ url });
    await store.ping();
    expect(await store.append(freshName(), [event()], "none")).toMatchObject({ revision: 0 });
    await store.close();
  }
});
