/**
 * A service as a process of its own: connected to the event store and NATS, watched over HTTP,
 * drained when it is asked to stop. What every `services/<step>/main.ts` hands its service to.
 */
import { type FactPublisher, openFactPublisher } from "@assay/bus/facts.ts";
import { openNatsBus } from "@assay/bus/nats.ts";
import { closeNats, connectNats } from "@assay/bus/nats-connection.ts";
import type { NatsOptions } from "@assay/bus/nats-options.ts";
import { type CommandBus, mayRetry } from "@assay/bus/port.ts";
import { categories } from "@assay/domain/kernel/stream.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import { masterKeyFrom } from "@assay/vault/master-key.ts";
import { openNatsKeys } from "@assay/vault/nats-keys.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";
import type { z } from "zod";

import { systemClock } from "./clock.ts";
import type { ServiceDefinition } from "./definition.ts";
import { type Environment, Misconfigured, type standaloneEnvironment } from "./environment.ts";
import { codeOf, pause, waitAfter } from "./fault.ts";
import { type OperationsOptions, serveOperations } from "./http.ts";
import { createLog, type Log } from "./log.ts";
import { createMetrics, measureProcess } from "./metrics.ts";
import { natsOf } from "./membership.ts";
import { type Closing, runUntilStopped } from "./run.ts";
import { agree, keysToAgree, type ToAgree } from "./installation.ts";
import { edgeFrom, sealing, standingIn, type Trust } from "./seal.ts";
import { type Service, startService, type Surroundings } from "./service.ts";
import { followStoryClock } from "./story-clock.ts";
import { lastPosition } from "./subscription.ts";
import { startTracing } from "./tracing-export.ts";
import { tellFacts, type Telling } from "./tell.ts";
import { createTimekeeper } from "./timekeeper.ts";

type Settings = z.output<z.ZodObject<typeof standaloneEnvironment>>;

export type Standalone<Config extends Settings> = {
  readonly name: string;
  readonly environment: Environment;
  readonly configure: (environment: Environment) => Config;
  readonly define: (
    config: Config,
    store: EventStore,
  ) => ServiceDefinition | Promise<ServiceDefinition>;
  /** What every replica of it must have the same, beside the place of the keys. */
  readonly agrees?: (config: Config) => ToAgree;
  /** Its facts of public interest, told to other systems over JetStream. */
  readonly tells?: Omit<Telling, "publisher">;
  /** What it answers over HTTP beside health and metrics, once it is up. */
  readonly serves?: (means: Serving<Config>) => Promise<Served>;
};

/** `close` is called once whoever asked is answered. */
type Served = Pick<OperationsOptions, "others" | "neighbours"> & Closing;

/** The bus seals what is sent, in the name of the service's own edge. */
export type Serving<Config> = Pick<Surroundings, "store" | "bus" | "clock" | "log" | "metrics"> & {
  readonly config: Config;
};

/**
 * Resolves with the exit status: 0 when it drained, 1 when something failed, 2 when misconfigured.
 */
export const runStandalone = async <Config extends Settings>(
  standalone: Standalone<Config>,
): Promise<0 | 1 | 2> => {
  const { name, environment } = standalone;
  const open: Closing[] = [];
  try {
    const config = standalone.configure(environment);
    const log = createLog({ service: name, level: config.LOG_LEVEL });
    stopWithParent();
    const first = await start(standalone, config, { log, open });
    return await runUntilStopped(log, [...first, ...open]);
  } catch (error) {
    for (const one of open) await one.close().catch(() => undefined);
    if (!(error instanceof Misconfigured) && !mayRetry(error) && !hasCode(error)) throw error;
    process.stderr.write(`${name}: ${(error as Error).message}\n`);
    return error instanceof Misconfigured ? 2 : 1;
  }
};

const hasCode = (error: unknown): boolean => error instanceof Error && "code" in error;

/** A supervisor that was killed takes its services along, drained. */
const stopWithParent = (): void => {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
};

type Means = {
  readonly log: Log;
  /** What has been opened, in the order in which it is to be closed. */
  readonly open: Closing[];
};

const start = async <Config extends Settings>(
  standalone: Standalone<Config>,
  config: Config,
  { log, open }: Means,
): Promise<readonly Closing[]> => {
  const { name, define, tells, serves } = standalone;
  const trust = trustFor(name, config);
  const metrics = createMetrics();
  measureProcess(metrics);
  open.unshift(await startTracing(name, config.OTEL_EXPORTER_OTLP_ENDPOINT));
  const services: Service[] = [];
  const pages = serves !== undefined;
  const { front, details } = fronts(config, { services, metrics, pages });
  const serving = await serveOperations(front);
  open.unshift(serving);
  if (details !== front) open.unshift(await serveOperations(details));
  const until = Date.now() + config.START_PATIENCE * 1000;
  const insist = <Got>(what: string, work: () => Promise<Got>): Promise<Got> =>
    persist(work, { what, until, log });

  const plain = openEventStoreDb({ url: config.EVENTSTORE_URL });
  open.unshift(plain);
  await insist("the event store", () =>
    agree(plain, {
      own: { ...keysToAgree(config.KEYS_IN), ...standalone.agrees?.(config) },
      changes: config.INSTALLATION_CHANGES === "yes",
      now: () => systemClock.now(),
    }),
  );
  const nats = natsOf(name, config);
  const store = await insist("the keys", () => underLock(plain, config, { nats, log }));
  open[0] = store;
  await insist("the event store", () => store.ping());
  const bus: CommandBus = await insist("NATS", () => openNatsBus(nats));
  open.unshift(bus);
  let definition = await define(config, store);
  if (tells) {
    const publisher = await insist("JetStream", () =>
      openFactPublisher({ ...nats, replicas: config.NATS_REPLICAS }),
    );
    open.unshift(publisher);
    definition = telling(definition, publisher, tells);
  }
  let clock = systemClock;
  if (config.ASSAY_STORY_CLOCK === "1") {
    const story = await insist("NATS", () => followStoryClock(nats, log));
    open.unshift(story);
    ({ clock } = story);
  }
  const dataDir = config.DATA_DIR;
  const time = createTimekeeper({ name, store, bus, clock, log, metrics });
  open.unshift({ close: async () => time?.stop() });
  const surroundings = { store, bus, clock, log, metrics, trust, dataDir, ...(time && { time }) };
  const service = await startService(definition, surroundings);
  const means = { store, bus: sealing(bus, trust.own), clock, log, metrics, config };
  const served = await serves?.(means);
  Object.assign(front, { others: served?.others });
  Object.assign(details, { neighbours: served?.neighbours });
  // From here on it is ready, and a signal drains it.
  services.push(service);
  log.info({ port: serving.port }, "service is up");
  const leaving = async (): Promise<void> => {
    details.draining = true;
    await serving.drain();
  };
  return [{ close: leaving }, ...(served ? [served] : []), service];
};

/** Nobody would carry out what an unknown edge sends. */
const trustFor = (name: string, { SEALING_KEY: key, TRUSTED_EDGES: edges }: Settings): Trust => {
  const own = edgeFrom(name, key);
  if (standingIn(edges, own)?.name === name) return { own, edges };
  throw new Misconfigured([`SEALING_KEY does not stand in TRUSTED_EDGES under the name ${name}`]);
};

/** Where strangers ask, and where operators do: the same, unless there is a port for these. */
const fronts = (
  { PORT: port, OPERATIONS_PORT: operationsPort, HOST: host }: Settings,
  told: Pick<OperationsOptions, "services" | "metrics" | "pages">,
): Readonly<Record<"front" | "details", OperationsOptions>> => {
  if (operationsPort === undefined) {
    const both: OperationsOptions = { ...told, port, host };
    return { front: both, details: both };
  }
  return {
    front: { ...told, port, host, brief: true },
    details: { ...told, port: operationsPort, host },
  };
};

/** The store with its words sealed, unless whoever runs it said that there are no keys. */
const underLock = async (
  store: EventStore,
  config: Settings,
  { nats, log }: { readonly nats: NatsOptions; readonly log: Log },
): Promise<EventStore> => {
  const { KEYS_IN: place, ASSAY_KEY_ENCRYPTION_KEY: secret, NATS_REPLICAS: replicas } = config;
  if (place === "none") {
    log.warn("words are not sealed, and erasing destroys nothing: KEYS_IN is none");
    return store;
  }
  if (place !== "nats") return sealedStore(store, openKeys(place, { secret }));
  if (secret === undefined) {
    const needed = "is needed where KEYS_IN is nats: what wraps the keys never lies beside them";
    throw new Misconfigured([`ASSAY_KEY_ENCRYPTION_KEY ${needed}`]);
  }
  const connection = await connectNats({ ...nats, name: `${nats.name}-keys` });
  try {
    const master = masterKeyFrom(secret);
    // Keys that were lost are not made anew without a word: what they sealed would be lost with it.
    const begin = async () =>
      config.KEYS_BEGIN === "yes" || (await lastPosition(store, ofFacts)) === undefined;
    const { name = "" } = nats;
    const keys = await openNatsKeys({ connection, master, replicas, begin, name });
    return sealedStore(store, keys);
  } catch (error) {
    await closeNats(connection);
    throw error;
  }
};

/** Of every stream that can hold words. */
const ofFacts = categories.map((category) => `${category}-`);

const telling = (
  definition: ServiceDefinition,
  publisher: FactPublisher,
  tells: Omit<Telling, "publisher">,
): ServiceDefinition => ({
  ...definition,
  reactions: [...(definition.reactions ?? []), tellFacts({ ...tells, publisher })],
});

/** Again and again while a repetition may help; services and servers often start together. */
const persist = async <Got>(
  work: () => Promise<Got>,
  { what, until, log }: { readonly what: string; readonly until: number; readonly log: Log },
): Promise<Got> => {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!mayRetry(error) || Date.now() >= until) throw error;
      if (failures % 5 === 1) log.warn({ code: codeOf(error) }, `waiting for ${what}`);
      await pause(waitAfter(failures, { first: 100, most: 2_000 }));
    }
  }
};
