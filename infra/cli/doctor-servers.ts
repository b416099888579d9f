/** The event store and the NATS servers as `assay doctor` finds them. */
import { examineServer, examineStreams, serversOf } from "@assay/bus/nats-examination.ts";
import { openNatsBus } from "@assay/bus/nats.ts";
import type { NatsOptions } from "@assay/bus/nats-options.ts";
import { nodesOf, versionOf } from "@assay/store/eventstoredb/examination.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { type Finding, finding, note, ok, unset, wrong } from "./examined.ts";

const theStore = "mend EVENTSTORE_URL, or the server";
const theServer = "mend NATS_URL and its files, or the server";
/** In milliseconds: what a service lives with, and what the documents ask for. */
const [mostSkew, fineSkew] = [300_000, 1_000];

export const storeFindings = async (url: string | undefined): Promise<readonly Finding[]> => {
  if (url === undefined) return [unset("event store", "EVENTSTORE_URL is not set here")];
  const nodes = nodesOf(url);
  const each = nodes.length > 1 ? nodes : [];
  const answering = await Promise.all(
    each.map(({ host, url: own }) =>
      finding(`event store ${host}`, "start this node: of three nodes two carry on", async () => {
        await versionOf(own);
        return "answers";
      }),
    ),
  );
  const rest = await Promise.all([
    finding("store: version", theStore, async () => versioned(await versionOf(url))),
    finding("store: read $all", theStore, () =>
      withStore(url, async (store) => {
        await store.ping();
        return "the user may read it";
      }),
    ),
    finding("store: write", theStore, () => withStore(url, mayWrite)),
    finding("store: newest fact", theStore, () => withStore(url, newestFact)),
  ]);
  return [...answering, ...rest].flat();
};

type Store = ReturnType<typeof openEventStoreDb>;

const withStore = async <Result>(url: string, work: (store: Store) => Promise<Result>) => {
  const store = openEventStoreDb({ url, deadline: 4_000 });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

const versioned = (version: string): Finding => {
  const what = "store: version";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 10)) return ok(what, version);
  if (major === 23 && minor >= 10)
    return note(what, `${version} works, and its makers no longer support it`, "move to 24.10");
  return wrong(what, `${version} is too old`, "EventStoreDB 24.10 or KurrentDB 25 and later");
};

/** Asked with an expectation that nothing meets: the right is checked, and nothing is written. */
const mayWrite = async (store: Store): Promise<string> => {
  const event = { id: crypto.randomUUID(), type: "Asked", data: {}, metadata: {} };
  await store.append("claim-doctor", [event], 999_999_999);
  return "the user may write streams";
};

const newestFact = async (store: Store): Promise<Finding> => {
  const what = "store: newest fact";
  for await (const page of store.readAll({ direction: "backwards", limit: 1 }))
    for (const event of page) return sinceFact(what, event);
  return ok(what, "the store is empty");
};

const sinceFact = (what: string, { stream, data }: StoredEvent): Finding => {
  const at = Date.parse(String(data["at"]));
  if (Number.isNaN(at)) return ok(what, `in ${stream}`);
  const ahead = at - Date.now();
  const told = `${new Date(at).toISOString()} in ${stream}`;
  return ahead > mostSkew
    ? wrong(what, `${told} is in the future of this machine's clock`, "set the clock (NTP)")
    : ok(what, told);
};

export const natsFindings = async (
  nats: NatsOptions | undefined,
  replicas: number,
): Promise<readonly Finding[]> => {
  if (nats === undefined) return [unset("NATS", "NATS_URL is not set here")];
  const servers = serversOf(nats);
  const answering = await Promise.all(
    servers.map((one) => {
      const what = `NATS ${new URL(one.url).host}`;
      return finding(what, theServer, async () => recent(what, (await examineServer(one)).version));
    }),
  );
  const rest = await Promise.all([
    finding("JetStream", theServer, () => streamsOf(nats, { replicas, servers: servers.length })),
    finding("clock", theServer, () => clockBeside(nats)),
  ]);
  return [...answering, ...rest].flat();
};

const recent = (what: string, version: string): Finding => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 2 || (major === 2 && minor >= 10)
    ? ok(what, `answers, version ${version}`)
    : wrong(what, `version ${version} knows no sync_interval: always`, "NATS 2.10 or later");
};

const streamNames = ["ASSAY_KEYS", "ASSAY_FACTS", "ASSAY_FILES"];

type Wanted = { readonly replicas: number; readonly servers: number };

const streamsOf = async (
  nats: NatsOptions,
  { replicas, servers }: Wanted,
): Promise<readonly Finding[]> => {
  const streams = await examineStreams(nats, streamNames);
  const asked =
    replicas < servers && servers > 1
      ? [
          wrong(
            "NATS_REPLICAS",
            `${replicas}, and there are ${servers} servers: one lost server may hold the only copy`,
            `NATS_REPLICAS=${servers} for every service`,
          ),
        ]
      : [];
  const found = streams.map(({ name, replicas: kept, current, messages, leader }) => {
    const told = `${messages} messages, ${current} of ${kept} copies are up to date`;
    if (kept < replicas)
      return wrong(name, told, `nats stream edit ${name} --replicas ${replicas}`);
    if (kept > 1 && leader === undefined)
      return wrong(name, `${told}, and it has no leader`, "start the servers that are away");
    return current < kept
      ? note(name, told, "start the servers that are away, and wait until they caught up")
      : ok(name, told);
  });
  const told = streams.length === 0 ? "is there; streams are made at the first start" : "is there";
  return [ok("JetStream", told), ...asked, ...found];
};

const clockBeside = async (nats: NatsOptions): Promise<Finding> => {
  const bus = await openNatsBus({ ...nats, timeout: 3_000 });
  try {
    const shown = await bus.time?.();
    if (shown === undefined) return ok("clock", "NATS has no stream yet whose clock it could tell");
    const skew = Math.abs(Date.parse(shown) - Date.now());
    const told = `${(skew / 1000).toFixed(1)} s from that of the NATS servers`;
    if (skew > mostSkew) return wrong("clock", told, "set the clock: services would do nothing");
    return skew > fineSkew ? note("clock", told, "run NTP on every machine") : ok("clock", told);
  } finally {
    await bus.close();
  }
};
