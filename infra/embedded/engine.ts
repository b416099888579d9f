/** All services in one process on one data folder: the embedded store and the in-process bus. */
import { type Delivery, loggedDelivery } from "@assay/announcement/reminding.ts";
import { nonceSecret, throwawaySecret } from "@assay/announcement/secret.ts";
import { announcementService } from "@assay/announcement/service.ts";
import { createMemoryBus } from "@assay/bus/memory.ts";
import type { CommandBus } from "@assay/bus/port.ts";
import type { Rhythm } from "@assay/domain/reminders/state.ts";
import { fieldworkService } from "@assay/fieldwork/service.ts";
import type { Clock } from "@assay/host/clock.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { whenIdle } from "@assay/host/idle.ts";
import type { Log } from "@assay/host/log.ts";
import { createMetrics, type Metrics } from "@assay/host/metrics.ts";
import { sealing, trustWithin } from "@assay/host/seal.ts";
import { type Service, startService } from "@assay/host/service.ts";
import { createTimekeeper } from "@assay/host/timekeeper.ts";
import { panelService } from "@assay/panel/service.ts";
import { type PublicationOptions, publicationService } from "@assay/publication/service.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { openKeys, openThrowawayKeys } from "@assay/vault/key-folder.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";

import { assertProven } from "./check-upgrade.ts";
import { storePath } from "./data-folder.ts";

export type EngineOptions = {
  /** Undefined keeps everything in memory, for as long as the engine runs. */
  readonly dataDir: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Metrics;
  /** The key-encryption key, where it is not kept in the data folder. */
  readonly masterKey?: string | undefined;
  /** When people are reminded: working days from what is due. */
  readonly rhythm?: Rhythm;
  /** How reminders reach people; by default they are said in the log. */
  readonly delivery?: Delivery | undefined;
  /** What is done about published reports. */
  readonly reactions?: (store: EventStore) => readonly Reaction[];
  /** Whether letters lead to their copies by links; by default they do. */
  readonly links?: boolean;
  /** What checks and sets reports; by default they are checked and not set. */
  readonly examine?: NonNullable<PublicationOptions["examine"]>;
  /** What stands in between, where somebody tests what fails. */
  readonly between?: {
    /** Below the seal: as the disk behaves. */
    readonly disk: (store: EventStore) => EventStore;
    /** Above the seal: as the services see their store. */
    readonly store: (store: EventStore) => EventStore;
    readonly bus: (bus: CommandBus) => CommandBus;
    /** How many replicas of each service run besides, on files of their own in memory. */
    readonly replicas?: number;
  };
};

export type Engine = {
  readonly store: EventStore;
  /** Seals what is sent: whoever is handed it is trusted to know who they send for. */
  readonly bus: CommandBus;
  readonly services: readonly Service[];
  readonly metrics: Metrics;
  /** Resolves once nothing more happens until somebody acts or time passes. */
  idle(): Promise<void>;
  /** Drains the services, then closes bus and store. */
  close(): Promise<void>;
};

export const startEngine = async (options: EngineOptions): Promise<Engine> => {
  const { dataDir, clock, log, metrics = createMetrics(), between } = options;
  const store = await openStore(options);
  await proven(options, store);
  const within = between?.bus(createMemoryBus()) ?? createMemoryBus();
  const trust = trustWithin("embedded");
  const bus = sealing(within, trust.own);
  const time = createTimekeeper({ name: "assay", store, bus: within, clock, log, metrics });
  const surroundings = {
    store,
    bus: within,
    clock,
    log,
    metrics,
    trust,
    dataDir,
    ...(time && { time }),
  };
  const secret = dataDir === undefined ? throwawaySecret() : nonceSecret(dataDir);
  const definitions = (own: string | undefined) => [
    announcementService({
      secret,
      ...(options.rhythm && { rhythm: options.rhythm }),
      ...(options.links !== undefined && { links: options.links }),
      reminding: {
        ...{ store, log, dataDir: own, delivery: options.delivery ?? loggedDelivery },
        now: () => clock.now(),
      },
    }),
    fieldworkService(),
    panelService(),
    publicationService({
      reactions: options.reactions?.(store) ?? [],
      ...(options.examine && { examine: options.examine }),
    }),
  ];
  const services: Service[] = [];
  const start = async (own: string | undefined): Promise<void> => {
    for (const definition of definitions(own))
      services.push(await startService(definition, { ...surroundings, dataDir: own }));
  };
  const close = async (): Promise<void> => {
    time?.stop();
    for (const service of services) await service.close();
    await bus.close();
    await store.close();
  };
  try {
    await start(dataDir);
    for (let replica = 0; replica < (between?.replicas ?? 0); replica += 1) await start(undefined);
  } catch (error) {
    await close();
    throw error;
  }
  return { store, bus, services, metrics, idle: () => whenIdle(store, services), close };
};

/** The events with their words under lock; nothing stays open when something cannot be opened. */
const openStore = async (options: EngineOptions): Promise<EventStore> => {
  const { dataDir, masterKey, between } = options;
  const store =
    dataDir === undefined ? createMemoryStore() : openSqliteStore({ path: storePath(dataDir) });
  try {
    const keys =
      dataDir === undefined ? openThrowawayKeys() : openKeys(dataDir, { secret: masterKey });
    const sealed = sealedStore(between?.disk(store) ?? store, keys);
    return between?.store(sealed) ?? sealed;
  } catch (error) {
    await store.close();
    throw error;
  }
};

/** Before any service looks at it: other code may have used this data last. */
const proven = async ({ dataDir }: EngineOptions, store: EventStore): Promise<void> => {
  if (dataDir === undefined) return;
  try {
    await assertProven(dataDir, store);
  } catch (error) {
    await store.close();
    throw error;
  }
};
