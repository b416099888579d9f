/**
 * Brings the distributed engine up on one machine, the examples carried through, and says what came
 * of it. What it started is handed out as it starts, so that it can be stopped at any moment.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { assay } from "@assay/domain/kernel/actor.ts";
import { freeOf } from "@assay/host/free-port.ts";
import { exampleOutcomes, isWanted } from "@assay/embedded/carry-examples.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { commandsOf, withProgress } from "@assay/embedded/progress.ts";
import { outcomeTable } from "@assay/embedded/table.ts";
import { systemClock } from "@assay/host/clock.ts";
import { confirmClock } from "@assay/host/timekeeper.ts";
import { Misconfigured } from "@assay/host/environment.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { siteFolder } from "@assay/publication/publishing.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";

import { inherited } from "./config.ts";
import { type Edges, openEdges, steps } from "./edges.ts";
import type { Supervised } from "./supervise.ts";
import { openTelling } from "./telling.ts";
import {
  keepEventStore,
  keepNats,
  type KeptService,
  keepService,
  type Say,
  untilReady,
} from "./topology.ts";

export type Closing = { close(): Promise<void> };

export type DistributedOptions = {
  readonly dataDir: string;
  /** Given what the processes log. */
  readonly say: Say;
  /** Given what is for the person who started it. */
  readonly print: (text: string) => void;
  /** Where to look for nats-server, as PATH lists it. */
  readonly path: string;
  readonly empty: boolean;
  /** Where the console listens; 0 takes a free one. */
  readonly port: number;
  /** An event store to use; undefined starts one. */
  readonly eventStoreUrl: string | undefined;
  /** What wraps the keys of sealed words; undefined keeps one in the folder. */
  readonly masterKey: string | undefined;
};

/** `open` gets what has to be closed, in the order in which to do it. */
export const startDistributed = async (
  options: DistributedOptions,
  open: Closing[],
): Promise<void> => {
  const { dataDir, say, print } = options;
  assertSameStore(dataDir, options.eventStoreUrl);
  const port = await consolePort(options.port);
  const server = await findNatsServer({ path: options.path, say: print });
  const nats = await keepNats({ dataDir, say, server });
  open.unshift(closing([nats]));
  const eventStoreUrl = options.eventStoreUrl ?? (await ownEventStore(options, open));
  const edges = await openEdges(dataDir);
  const home = inherited()["CONSOLE_URL"]?.replace(/\/$/, "") ?? `http://127.0.0.1:${port}`;
  const surroundings = { dataDir, say, eventStoreUrl, natsUrl: nats.url, edges, home };
  const plain = openEventStoreDb({ url: eventStoreUrl, deadline: 30_000 });
  const store = sealedStore(plain, openKeys(dataDir, { secret: options.masterKey }));
  open.unshift(store);
  await store.ping();
  if (!options.empty) await bringExamples(surroundings, store, open);
  const services = await startServices(surroundings, { story: false });
  open.unshift(closing(services));
  const consoles = await startConsoles(surroundings, port);
  open.unshift(closing(consoles));
  await untilReady([...services, ...consoles]);
  const found = await exampleOutcomes(store, examplePlots());
  if (found.length > 0) print(`\n${outcomeTable(found)}\n`);
  for (const { name, operations } of [...services, ...consoles])
    print(`${name.padEnd(12)} ${operations}/health/ready`);
  print(`NATS is at ${nats.url}, the event store at ${withoutUser(eventStoreUrl)}`);
  print(`Everything is kept in ${dataDir}; published reports are in ${siteFolder(dataDir)}.`);
  const [first, second] = consoles.map(({ url }) => `${url}/`);
  print(`Every service is ready; the console is at ${first}, and its second replica at ${second}`);
  print("Stop with Ctrl+C.");
};

/** Of everything there are two, as on a cluster: either may be stopped. */
const replicas = [1, 2];

const startConsoles = (surroundings: Surroundings, port: number): Promise<readonly KeptService[]> =>
  Promise.all(
    replicas.map((replica) =>
      keepService({
        ...{ ...surroundings, service: "console", replica, story: false },
        ...(replica === 1 && { port }),
      }),
    ),
  );

const consolePort = async (wanted: number): Promise<number> => {
  try {
    return await freeOf(wanted);
  } catch (cause) {
    const advice = "choose another with --port, or let Assay choose: --port 0";
    throw new Error(`port ${wanted} cannot be had; ${advice}`, { cause });
  }
};

const closing = (kept: readonly Supervised[]): Closing => ({
  close: async () => void (await Promise.all(kept.map((one) => one.stop()))),
});

const ownEventStore = async (options: DistributedOptions, open: Closing[]): Promise<string> => {
  const eventStore = await keepEventStore(options);
  open.unshift(closing([eventStore]));
  return eventStore.url;
};

const withoutUser = (url: string): string => url.replace(/\/\/[^@/]*@/, "//");

/**
 * How far the services got is kept beside the data and means something in one event store only.
 * Throws when the folder was used with another one.
 */
const assertSameStore = (dataDir: string, url: string | undefined): void => {
  const file = join(dataDir, "event-store.txt");
  const name = url === undefined ? "its own" : withoutUser(url);
  if (!existsSync(file)) return writeFileSync(file, `${name}\n`);
  const former = readFileSync(file, "utf8").trim();
  if (former === name) return;
  throw new Misconfigured([
    `${dataDir} was used with another event store (${former}, and now ${name});`,
    "choose another folder with --data",
  ]);
};

type Surroundings = {
  readonly dataDir: string;
  readonly say: Say;
  readonly eventStoreUrl: string;
  readonly natsUrl: string;
  readonly edges: Edges;
  readonly home: string;
};

const startServices = (
  surroundings: Surroundings,
  { story }: { readonly story: boolean },
): Promise<readonly KeptService[]> =>
  Promise.all(
    steps.flatMap((service) =>
      replicas.map((replica) => keepService({ ...surroundings, service, replica, story })),
    ),
  );

/** The story's services follow its clock; those that stay are started after it. */
const bringExamples = async (
  surroundings: Surroundings,
  store: EventStore,
  open: Closing[],
): Promise<void> => {
  const plots = examplePlots();
  if (!(await isWanted(store, plots))) return;
  const { natsUrl, edges } = surroundings;
  const task = {
    what: "Carrying the published inspections through",
    commands: commandsOf(plots),
  };
  await withProgress(task, async (onCommand) => {
    const telling = await openTelling({ store, natsUrl, edge: edges.teller, plots, onCommand });
    open.unshift(telling);
    const services = await startServices(surroundings, { story: true });
    open.unshift(closing(services));
    await untilReady(services);
    await telling.tell();
    for (const one of open.splice(0, 2)) await one.close();
    // The newest fact is years old now, and today's clock is right all the same.
    await confirmClock(store, assay, systemClock.now());
  });
};
