/**
 * The same adapter through the client's maintained name, in a process of its own: both clients give
 * their messages the same global names.
 */
import { storeContract } from "@assay/store/contract.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import { KurrentDBClient } from "@kurrent/kurrentdb-client";
import { expect, test } from "vitest";

import { startFakeCluster } from "./fake-cluster.ts";
import { leavesNoneOpen } from "./given-up.ts";
import { goesOn } from "./going-on.ts";
import { another, ourCluster } from "./subjects.ts";

const named = process.env["EVENTSTORE_URL"];
storeContract(`the eventstoredb adapter through kurrentdb://`, () =>
  named ? another("kurrentdb", named) : ourCluster("kurrentdb"),
);

test("appends, reads and a subscription go on while the leader is killed and cut off", async () => {
  const cluster = await startFakeCluster();
  const url = cluster.url.replace("esdb", "kurrentdb");
  await goesOn(url, async () => (await cluster.killLeader())());
  await goesOn(url, async () => (await cluster.cutLeaderOff())());
  await leavesNoneOpen(KurrentDBClient, url, 500);
  await cluster.stop();
});

test("one process uses one of the two clients", () => {
  const opening = (): unknown => openEventStoreDb({ url: "esdb://a:2113" });
  expect(opening).toThrow("has connected by kurrentdb://, which rules esdb:// out");
});
