/**
 * The console, the HTTP API and the health endpoints of this process, on the loopback interface.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { ConsoleSettings } from "@assay/console/config.ts";
import { createConsole } from "@assay/console/console.ts";
import { accessLogPath, closeKept, keptIn } from "@assay/console/kept.ts";
import type { DemonstrationClock } from "@assay/console/pages/demonstration.ts";
import { filesInMemory } from "@assay/host/files.ts";
import { proofsIn } from "@assay/console/reading/proofs-in.ts";
import { recordsFolder, siteFolder, type typesetterOf } from "@assay/publication/publishing.ts";
import { madeUpNames, people, type Plot, providerOf } from "@assay/domain/reconstruction/story.ts";
import { type Clock, systemClock } from "@assay/host/clock.ts";
import { answerOperations, serveOperations } from "@assay/host/http.ts";
import { watchAccessLog } from "@assay/host/access-heads.ts";
import { accessLogInMemory } from "@assay/host/access-log.ts";
import { openDatabase } from "@assay/host/database.ts";
import type { Log } from "@assay/host/log.ts";
import { openKeyring } from "@assay/ledger/keys.ts";

import { accessKeysFolder } from "./data-folder.ts";
import type { Engine } from "./engine.ts";

export type Serving = {
  readonly port: number;
  /** Where health in detail, metrics and versions are. */
  readonly operationsPort: number;
  /** What is wrong with the identity provider, in a sentence, or undefined. */
  trouble(): Promise<string | undefined>;
  close(): Promise<void>;
};

export type ServingOptions = {
  readonly engine: Engine;
  readonly log: Log;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where operators ask; a free one by default. */
  readonly operationsPort?: number;
  /** Whose services' managers the demonstration sign-in offers. */
  readonly plots: readonly Plot[];
  /** The machine's, unless a story is told. */
  readonly clock?: Clock;
  /** What moves it on, where it is a demonstration's. */
  readonly demonstrationClock?: DemonstrationClock;
  /** Makes calendar feeds' addresses: the same for as long as they are to hold. */
  readonly feedSecret?: Uint8Array;
  /** Where the ledger, the site, sessions and what services send are kept; by default in memory. */
  readonly dataDir?: string;
  /** Who can sign in; the demonstration where nothing is said. */
  readonly settings?: ConsoleSettings;
  /** What sets drafts and copies, as it sets what is published. */
  readonly typesetter?: ReturnType<typeof typesetterOf>;
};

/** Rejects when the port is taken. */
export const serve = async (options: ServingOptions): Promise<Serving> => {
  const { engine, log, port, plots, dataDir, settings } = options;
  const { clock = systemClock, feedSecret, operationsPort = 0, typesetter } = options;
  const { demonstrationClock } = options;
  const kept =
    dataDir === undefined
      ? {
          ...{ database: openDatabase(":memory:"), accounts: openDatabase(":memory:") },
          views: openDatabase(":memory:"),
          ...{ accessLog: accessLogInMemory(), files: filesInMemory() },
        }
      : keptIn({ dataDir, log, signer: await accessSigner(dataDir) });
  const { store } = engine;
  const watched =
    dataDir === undefined
      ? undefined
      : watchAccessLog({ ...kept, file: accessLogPath(dataDir), store, clock, log });
  const { handle, neighbours, trouble, close } = createConsole({
    ...kept,
    ...(settings && { settings }),
    ...(typesetter && { typesetter }),
    ...(demonstrationClock && { demonstrationClock }),
    store,
    bus: engine.bus,
    clock,
    ...(feedSecret && { feedSecret }),
    log,
    metrics: engine.metrics,
    operations: (request, response) =>
      answerOperations({ ...engine, brief: true }, request, response),
    ...(dataDir !== undefined && {
      siteFolder: siteFolder(dataDir),
      proofs: await proofsIn({ ledger: recordsFolder(dataDir), site: siteFolder(dataDir) }),
    }),
    people: [...Object.values(people).flat(), ...plots.map(providerOf)],
    names: madeUpNames,
  });
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      log.error({ err: error }, "a request failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const operations = await serveOperations({ ...engine, neighbours, port: operationsPort });
  return {
    port: (server.address() as AddressInfo).port,
    operationsPort: operations.port,
    trouble,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      await operations.close();
      close();
      await watched?.stop();
      closeKept(kept);
    },
  };
};

const accessSigner = async (dataDir: string) =>
  (await openKeyring(accessKeysFolder(dataDir), "access-log")).signer;
