/** All services in one process on one data folder: the embedded store and the in-process bus. */
import { nonceSecret, throwawaySecret } from "@assay/announcement/secret.ts";
import { announcementService } from "@assay/announcement/service.ts";
import { createMemoryBus } from "@assay/bus/memory.ts";
import type { CommandBus } from "@assay/bus/port.ts";
import { fieldworkService } from "@assay/fieldwork/service.ts";
import type { Clock } from "@assay/host/clock.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { whenIdle } from "@assay/host/idle.ts";
import type { Log } from "@assay/host/log.ts";
import { createMetrics, type Metrics } from "@assay/host/metrics.ts";
import { type Service, startService } from "@assay/host/service.ts";
import { panelService } from "@assay/panel/service.ts";
import { publicationService } from "@assay/publication/service.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";

import { storePath } from "./data-folder.ts";

export type EngineOptions = {
  /** Undefined keeps everything in memory, for as long as the engine runs. */
  readonly dataDir: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Metrics;
  /** What is done about published reports. */
  readonly reactions?: (store: EventStore) => readonly Reaction[];
};

export type Engine = {
  readonly store: EventStore;
  readonly bus: CommandBus;
  readonly services: readonly Service[];
  readonly metrics: Metrics;
  /** Resolves once nothing more happens until somebody acts or time passes. */
  idle(): Promise<void>;
  /** Drains the services, then closes bus and store. */
  close(): Promise<void>;
};

export const startEngine = async (options: EngineOptions): Promise<Engine> => {
  const { dataDir, clock, log, metrics = createMetrics() } = options;
  const store =
    dataDir === undefined ? createMemoryStore() : openSqliteStore({ path: storePath(dataDir) });
  const bus = createMemoryBus();
  const surroundings = { store, bus, clock, log, metrics, dataDir };
  const definitions = [
    announcementService({
      secret: dataDir === undefined ? throwawaySecret() : nonceSecret(dataDir),
    }),
    fieldworkService(),
    panelService(),
    publicationService({ reactions: options.reactions?.(store) ?? [] }),
  ];
  const services: Service[] = [];
  for (const definition of definitions) services.push(await startService(definition, surroundings));
  return {
    store,
    bus,
    services,
    metrics,
    idle: () => whenIdle(store, services),
    close: async () => {
      for (const service of services) await service.close();
      await bus.close();
      await store.close();
    },
  };
};
