import { createLog } from "@assay/host/log.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { startSubscription } from "@assay/host/subscription.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import type { Position } from "@assay/store/port.ts";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";

import { type FakeCluster, startFakeCluster } from "./fake-cluster.ts";
import { event, goesOn } from "./going-on.ts";
import { leaderOf, withHost } from "./named-server.ts";
import { ofStream, Raw } from "./raw.ts";
import { collect, freshName } from "./served.ts";

let cluster: FakeCluster;
beforeEach(async () => {
  cluster = await startFakeCluster();
});
afterEach(() => cluster.stop());

const changes = [
  ["resigns", () => cluster.resign()],
  ["is killed and started again", async () => (await cluster.killLeader())()],
  ["is cut off and comes back", async () => (await cluster.cutLeaderOff())()],
  ["hangs and goes on", async () => (await cluster.hangLeader())()],
  [
    "is left without a majority for two seconds",

    async () => {
      const restore = cluster.loseMajority();
      await wait(2000);
      await restore();
    },
  ],
] as const;

test.each(changes)("appends, reads and a subscription go on while the leader %s", (_, act) =>
  goesOn(cluster.url, act),
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

test("what is read is the leader's, however far a follower is behind", async () => {
  const goOn = cluster.holdFollower();
  const behind = cluster.url.replace("nodePreference=leader", "nodePreference=follower");
  const stream = freshName();
  const writing = openEventStoreDb({ url: cluster.url });
  for (let revision = 0; revision < 5; revision += 1)
    await writing.append(stream, [event()], revision === 0 ? "none" : revision - 1);
  // Each store begins at some node; a third of them at the one that has nothing yet.
  for (let turn = 0; turn < 6; turn += 1) {
    const store = openEventStoreDb({ url: behind });
    const [page] = await collect(store.read(stream));
    expect(page).toHaveLength(5);
    const ending = new AbortController();
    for await (const delivery of store.subscribe({ signal: ending.signal })) {
      if (delivery.kind !== "caughtUp") continue;
      expect(Number(delivery.through)).toBeGreaterThanOrEqual(5);
      break;
    }
    await store.close();
  }
  goOn();
  await writing.close();
});

const hosts = (): readonly string[] =>
  cluster.url.slice("esdb://".length).split("?")[0]!.split(",");

const rawAt = (place: number): Raw => new Raw(withHost(cluster.url, hosts()[place]!));

test("who leads is asked of whichever node answers", async () => {
  expect(await leaderOf(cluster.url)).toBe(withHost(cluster.url, hosts()[0]!));
  const again = await cluster.killLeader();
  expect(
    hosts()
      .slice(1)
      .map((host) => withHost(cluster.url, host)),
  ).toContain(await leaderOf(cluster.url));
  await again();
});

const tried = (stream: string) =>
  ({ stream, events: [{ id: randomUUID(), type: "Tried" }], expected: "any" }) as const;

test("a batch at a follower is passed on, and ended as a whole where it requires the leader", async () => {
  const raw = rawAt(1);
  const stream = freshName();
  const [passedOn] = await raw.batch([tried(stream)]);
  expect(passedOn!.hasSuccess()).toBe(true);
  await expect(raw.batch([tried(stream)], { requiresLeader: true })).rejects.toMatchObject({
    ...{ code: 5, details: "Leader info available" },
    trailers: { exception: "not-leader", "leader-endpoint-port": hosts()[0]!.split(":")[1] },
  });
  raw.close();
});

test("a leader that resigns answers an append under the code that means well, and it is sent again", async () => {
  const raw = rawAt(0);
  const stream = freshName();
  const store = openEventStoreDb({ url: cluster.url });
  await store.append(stream, [event()], "none");
  const told: unknown[] = [];
  const call = raw.batch([tried(freshName()), tried(freshName())], {
    between: async () => {
      const resigning = cluster.resign();
      const appending = store.append(stream, [event()], 0);
      told.push(resigning, appending);
    },
  });
  const answers = await call;
  const error = answers[1]!.getError()!;
  expect([error.getCode(), error.getMessage(), error.getDetails()?.getTypeName()]).toEqual([
    ...[0, "Server Is Not Ready", "google.protobuf.Empty"],
  ]);
  expect(await Promise.all(told)).toEqual([
    undefined,
    expect.objectContaining({ appended: true, revision: 1 }),
  ]);
  raw.close();
  await store.close();
});

test("a subscription that dies alone is told in health, counted, and opened again", async () => {
  const store = openEventStoreDb({ url: cluster.url, deadline: 500 });
  const metrics = createMetrics();
  const [stream, taken] = [freshName(), [] as string[]];
  let reached: Position | undefined;
  const failing = new Set<string | undefined>();
  const follower = {
    ...{ name: "tried", prefixes: [stream], checkpoint: () => reached },
    take: (events: readonly { readonly id: string }[], through: Position): void => {
      failing.add(subscription.health().failing);
      taken.push(...events.map(({ id }) => id));
      reached = through;
    },
  };
  const log = createLog({ service: "test", level: "silent" });
  const subscription = startSubscription(follower, { service: "test", store, log, metrics });
  await expect.poll(() => subscription.health().caughtUp).toBe(true);
  const speak = cluster.silence();
  const unheard = event();
  await store.append(stream, [unheard], "none");
  await expect.poll(() => taken, { timeout: 20_000 }).toEqual([unheard.id]);
  expect(failing).toContain("timeout");
  const counted = /assay_subscription_faults_total\{.*code="timeout".*\} 1/;
  expect(await metrics.registry.metrics()).toMatch(counted);
  speak();
  await expect
    .poll(() => subscription.health())
    .toMatchObject({ caughtUp: true, failing: undefined });
  await subscription.stop();
  await store.close();
});

/** What a node has, whichever it is, asked without requiring the leader. */
const heldBy = async (place: number, stream: string): Promise<number> => {
  const raw = rawAt(place);
  const { messages } = await raw.read(ofStream(stream));
  raw.close();
  return messages.filter((one) => one.hasEvent()).length;
};

test("a follower that is behind answers from what it has", async () => {
  const goOn = cluster.holdFollower();
  const stream = freshName();
  const store = openEventStoreDb({ url: cluster.url });
  await store.append(stream, [event(), event()], "none");
  expect(await Promise.all([0, 1, 2].map((place) => heldBy(place, stream)))).toEqual([2, 2, 0]);
  goOn();
  await expect.poll(() => heldBy(2, stream)).toBe(2);
  await store.close();
});

test("what a deposed leader had alone is discarded, and appended again where it still fits", async () => {
  const [mine, contended] = [freshName(), freshName()];
  const [store, hasty] = [
    openEventStoreDb({ url: cluster.url, deadline: 20_000 }),
    openEventStoreDb({ url: cluster.url, deadline: 2_000 }),
  ];
  for (const stream of [mine, contended]) await store.append(stream, [event()], "none");
  await hasty.ping();
  const cutting = cluster.cutLeaderOff();
  // Both reach the leader that has been cut off, and neither is acknowledged there.
  const [again, late, first] = [event(), event(), event()];
  const appending = store.append(mine, [again], 0);
  await expect(hasty.append(contended, [late], 0)).rejects.toMatchObject({ retry: true });
  await (
    await cutting
  )();
  expect(await store.append(contended, [first], 0)).toMatchObject({ appended: true, revision: 1 });
  expect(await hasty.append(contended, [late], 0)).toEqual({ appended: false, actual: 1 });
  expect(await appending).toMatchObject({ appended: true, revision: 1 });
  for (const [stream, id] of [
    [mine, again.id],
    [contended, first.id],
  ] as const) {
    const [page] = await collect(store.read(stream));
    expect(page!.slice(1).map((one) => one.id)).toEqual([id]);
    for (const place of [0, 1, 2]) await expect.poll(() => heldBy(place, stream)).toBe(2);
  }
  await Promise.all([store, hasty].map((one) => one.close()));
});
