/**
 * The distributed engine for the live tests, with everything in reach that may go wrong, and the
 * same story told to one undisturbed process for comparison.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { throwawaySecret } from "@assay/announcement/secret.ts";
import {
  type FakeCluster,
  startFakeCluster,
} from "@assay/eventstore-node/contract/fake-cluster.ts";
import { InspectionId } from "@assay/domain/kernel/ids.ts";
import { connectNats } from "@assay/bus/nats-connection.ts";
import type { CommandBus } from "@assay/bus/port.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { PublishedPlot } from "@assay/domain/reconstruction/published-plot.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { carry } from "@assay/embedded/carry.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { pause } from "@assay/host/fault.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { siteFolder } from "@assay/publication/publishing.ts";
import { type Proxy, startProxy } from "@assay/store/contract/proxy.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import type { KeyStore } from "@assay/vault/key-store.ts";
import { newMasterKey } from "@assay/vault/master-key.ts";
import { openNatsKeys } from "@assay/vault/nats-keys.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";

import { inherited, readConfig } from "../config.ts";
import type { Supervised } from "../supervise.ts";
import { openEdges, type ServiceName, serviceNames } from "../edges.ts";
import { openTelling } from "../telling.ts";
import {
  keepEventStore,
  keepNats,
  type KeptService,
  keepService,
  type Server,
  untilReady,
} from "../topology.ts";
import { keepNatsCluster } from "./nats-cluster.ts";

/** What happens after so many commands were answered. */
export type Disturbance = readonly [after: number, what: (stage: Stage) => Promise<void> | void];

export type Stage = {
  /** One server, or three that are one cluster. */
  readonly nats: readonly [Server, ...Server[]];
  /** Three nodes of the event store, where several were asked for and none is named. */
  readonly cluster: FakeCluster | undefined;
  /** Undefined where `EVENTSTORE_URL` names one that is not ours to kill, and for three nodes. */
  readonly eventStore: Server | undefined;
  /** Between services and event store, where the wire can be cut. */
  readonly storeProxy: Proxy | undefined;
  /** Between the story's teller and NATS. */
  readonly natsProxy: Proxy;
  /** Throws before the services have been started. */
  service: (service: ServiceName, replica?: number) => KeptService;
  consoles: () => readonly KeptService[];
};

/** As a power cut does; whoever supervises it starts it again. */
export const kill = ({ pid }: Supervised): void => {
  if (pid !== undefined) process.kill(pid, "SIGKILL");
};

/** Neither answers nor hears for so many milliseconds, and then goes on as if nothing had been. */
export const cutOff = async ({ pid }: Supervised, milliseconds: number): Promise<void> => {
  if (pid === undefined) return;
  process.kill(pid, "SIGSTOP");
  await pause(milliseconds);
  process.kill(pid, "SIGCONT");
};

/** The event store goes away as hard as it can be made to. */
export const loseEventStore = async ({ eventStore, storeProxy }: Stage): Promise<void> => {
  if (eventStore) kill(eventStore);
  else await storeProxy?.loseConnections();
};

/** The example inspections under ids of this run's own, so that it can share a server. */
export const freshPlots = (): readonly PublishedPlot[] => {
  const run = randomUUID().slice(0, 8);
  return examplePlots().map((plot) => ({
    ...plot,
    inspection: InspectionId.parse(`${plot.inspection}-${run}`),
  }));
};

/**
 * Every event as it must be: in which stream, which, and what it says. What several people do at
 * one moment may come in any order, so places are checked for gaps and repeats only.
 */
export const historyIn = async (
  store: EventStore,
  plots: readonly Plot[],
): Promise<readonly string[]> => {
  const read = await Promise.all(plots.map(({ inspection }) => readInspection(store, inspection)));
  const events = read.flat();
  const next = new Map<string, number>();
  for (const { stream, revision } of events) {
    const expected = next.get(stream) ?? 0;
    if (revision !== expected) throw new Error(`${stream} has ${revision} instead of ${expected}`);
    next.set(stream, expected + 1);
  }
  return events
    .map(({ stream, type, id, data }) =>
      [stream, String(data["at"]), type, id, JSON.stringify(withoutForms(data))].join(" "),
    )
    .toSorted();
};

/** What was rendered names the publisher and its address, which differ from place to place. */
const withoutForms = (data: Readonly<Record<string, unknown>>): object => {
  const { forms, ...rest } = data;
  return forms === undefined ? data : rest;
};

/** The history that one process makes of the story when nothing goes wrong. */
export const undisturbed = async (plots: readonly Plot[]): Promise<readonly string[]> => {
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const log = createLog({ service: "test", level: "silent" });
  const engine = await startEngine({ dataDir: undefined, clock, log });
  await carry({ engine, clock, plots });
  const history = await historyIn(engine.store, plots);
  await engine.close();
  return history;
};

export type Told = {
  readonly plots: readonly Plot[];
  readonly replicas: number;
  readonly disturbances: readonly Disturbance[];
  /** Default: a folder, as on one machine. */
  readonly keysIn?: "folder" | "nats";
  /** Three nodes of the event store and three NATS servers in place of one of each. */
  readonly several?: boolean;
  /** Looks at what came of it while everything still runs. */
  readonly check: (found: Found) => Promise<void>;
};

export type Found = {
  readonly store: EventStore;
  readonly stage: Stage;
  /** Where all of them keep what they keep. */
  readonly dataDir: string;
  /** Sends commands in the name of the story's people. */
  readonly bus: CommandBus;
  /** The keys of the words, as another process opens them. */
  readonly openKeysAgain: () => Promise<KeyStore>;
  /** Whether the public finds the report. */
  readonly published: (plot: Plot) => Promise<boolean>;
};

export const tellDisturbed = async (told: Told) => {
  const { plots, replicas, disturbances, keysIn = "folder", several = false, check } = told;
  const dataDir = mkdtempSync(join(tmpdir(), "assay-services-"));
  keepSecret(dataDir);
  const log: string[] = [];
  const say = (name: string, line: string): void => void log.push(`${name} ${line}`);
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const { stage, eventStoreUrl } = await startServers({ dataDir, say, closing, several });
    const own = stage.cluster?.url ?? stage.eventStore?.url;
    const given = readConfig(inherited()).EVENTSTORE_URL ?? own!;
    const natsServers = stage.nats.map(({ url }) => url).join();
    const copies = several ? 3 : 1;
    const master = newMasterKey();
    const openKeysAgain = async (): Promise<KeyStore> =>
      keysIn === "nats"
        ? openNatsKeys({
            ...{ connection: await connectNats({ url: natsServers }), master, replicas: copies },
          })
        : openKeys(dataDir);
    const store = sealedStore(openEventStoreDb({ url: given }), await openKeysAgain());
    closing.unshift(() => store.close());
    const pending: Promise<unknown>[] = [];
    const left = [...disturbances];
    let answered = 0;
    const onCommand = (): void => {
      answered += 1;
      if (left[0] && answered >= left[0][0]) pending.push(Promise.resolve(left.shift()![1](stage)));
    };
    const natsUrl = `nats://127.0.0.1:${stage.natsProxy.port}`;
    const edges = await openEdges(dataDir);
    const telling = await openTelling({ store, natsUrl, edge: edges.teller, plots, onCommand });
    closing.unshift(() => telling.close());
    const services = await Promise.all(
      serviceNames.flatMap((service) =>
        Array.from({ length: replicas }, (_, index) =>
          keepService({
            ...{ service, dataDir, say, eventStoreUrl, replica: index + 1, story: true },
            ...{ natsUrl: natsServers, edges, settings: { NATS_REPLICAS: String(copies) } },
            ...(keysIn === "nats"
              ? {
                  keys: {
                    ...{ KEYS_IN: keysIn, KEYS_BEGIN: "yes" },
                    ASSAY_KEY_ENCRYPTION_KEY: master.secret,
                  },
                }
              : {}),
          }),
        ),
      ),
    );
    closing.unshift(() => Promise.all(services.map((service) => service.stop())));
    stage.service = (service, replica = 1) =>
      services[serviceNames.indexOf(service) * replicas + replica - 1]!;
    stage.consoles = () => services.slice(-replicas);
    await untilReady(services);
    await telling.tell();
    await Promise.all(pending);
    if (left.length > 0) throw new Error(`the story ended before ${left.length} disturbances`);
    await untilReady(services);
    const published = ({ inspection }: Plot): Promise<boolean> =>
      appears(join(siteFolder(dataDir), "reports", inspection, "1", "report.json"));
    await check({ store, stage, dataDir, bus: telling.bus, openKeysAgain, published });
  } catch (error) {
    const last = log.filter((line) => !line.startsWith("nats ")).slice(-40);
    throw new Error(`the services said last:\n${last.join("\n")}`, { cause: error });
  } finally {
    for (const close of closing) await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/** The same one as the undisturbed process has, so that the same cases are drawn. */
export const keepSecret = (dataDir: string): void => {
  mkdirSync(join(dataDir, "secrets"), { recursive: true });
  const secret = Buffer.from(throwawaySecret()).toString("hex");
  writeFileSync(join(dataDir, "secrets", "sampling-nonce"), secret, { mode: 0o600 });
};

const startServers = async ({
  dataDir,
  say,
  closing,
  several,
}: {
  readonly dataDir: string;
  readonly say: (name: string, line: string) => void;
  readonly closing: (() => Promise<unknown>)[];
  readonly several: boolean;
}): Promise<{ readonly stage: Stage; readonly eventStoreUrl: string }> => {
  const { EVENTSTORE_URL: external, PATH: path } = readConfig(inherited());
  const kept = { dataDir, say, server: await findNatsServer({ path }) };
  const nats = several ? await keepNatsCluster(kept) : ([await keepNats(kept)] as const);
  closing.unshift(() => Promise.all(nats.map((one) => one.stop())));
  const natsProxy = await startProxy(() => placeOf(nats[0].url));
  closing.unshift(() => natsProxy.close());
  const cluster = several && !external ? await startFakeCluster() : undefined;
  if (cluster) closing.unshift(() => cluster.stop());
  const eventStore = external || cluster ? undefined : await keepEventStore({ dataDir, say });
  if (eventStore) closing.unshift(() => eventStore.stop());
  const url = external ?? cluster?.url ?? eventStore!.url;
  // An encrypted wire, or a cluster that names its own members, does not pass through a proxy.
  const storeProxy =
    !cluster && /^\w+:[^,]*tls=false/.test(url) ? await startProxy(() => placeOf(url)) : undefined;
  if (storeProxy) closing.unshift(() => storeProxy.close());
  const eventStoreUrl = storeProxy
    ? url.replace(/(\/\/(?:[^@/]*@)?)[^/?]+/, `$1127.0.0.1:${storeProxy.port}`)
    : url;
  const service = (): never => {
    throw new Error("the services have not been started");
  };
  const servers = { nats, cluster, eventStore, storeProxy, natsProxy };
  const stage = { ...servers, service, consoles: service };
  return { stage, eventStoreUrl };
};

const placeOf = (url: string): { readonly host: string; readonly port: number } => {
  const { hostname, port } = new URL(url.replace(/^\w+:/, "http:"));
  return { host: hostname, port: Number(port || 2113) };
};

const appears = async (path: string): Promise<boolean> => {
  for (const until = Date.now() + 180_000; Date.now() < until; await pause(100))
    if (existsSync(path)) return true;
  return false;
};
