/**
 * The distributed engine on one machine: NATS, an event store, and every service as a process of
 * its own, each kept running and all of them stopped in order.
 */
import { join } from "node:path";

import { nonceSecret } from "@assay/announcement/secret.ts";
import { submissionsFolder } from "@assay/console/kept.ts";
import { pause } from "@assay/host/fault.ts";
import { freePort } from "@assay/host/free-port.ts";
import { startNats } from "@assay/nats/start.ts";
import { recordsFolder, siteFolder } from "@assay/publication/publishing.ts";

import { inherited } from "./config.ts";
import { startProgram } from "./program.ts";
import { edgeKeyFile, type Edges, type ServiceName } from "./edges.ts";
import { type Running, supervise, type Supervised } from "./supervise.ts";

/** Given a line and the name of who said it. */
export type Say = (name: string, line: string) => void;

export type Server = Supervised & { readonly url: string };

type Kept = { readonly dataDir: string; readonly say: Say };

export const keepNats = async ({
  dataDir,
  say,
  server,
}: Kept & { readonly server: string }): Promise<Server> => {
  const port = await freePort();
  const kept = await supervise({
    name: "nats",
    say: (line) => say("nats", line),
    start: () =>
      startNats({
        ...{ server, port, jetstream: true, dataDir: join(dataDir, "nats") },
        log: (line) => say("nats", line),
      }),
  });
  return Object.assign(kept, { url: `nats://127.0.0.1:${port}` });
};

export const keepEventStore = async ({ dataDir, say }: Kept): Promise<Server> => {
  const port = await freePort();
  const args = ["--data", join(dataDir, "event-store"), "--port", String(port)];
  const url = `esdb://127.0.0.1:${port}?tls=false`;
  const line = (text: string): void => say("event-store", text);
  const start = async (): Promise<Running> => {
    let listening!: () => void;
    const heard = new Promise<void>((resolve) => (listening = resolve));
    const running = startProgram({
      path: "infra/eventstore-node/main.ts",
      args,
      line: (text) => {
        line(text);
        if (text.startsWith("esdb:")) listening();
      },
    });
    const failed = running.ended.then(() => {
      throw new Error("the event store ended before it listened");
    });
    await Promise.race([heard, failed]);
    failed.catch(() => undefined);
    return running;
  };
  return Object.assign(await supervise({ name: "event-store", say: line, start }), { url });
};

export type ServiceOptions = Kept & {
  readonly service: ServiceName;
  readonly eventStoreUrl: string;
  readonly natsUrl: string;
  /** Whose commands the service carries out. */
  readonly edges: Edges;
  /** Where the keys of sealed words are, and what wraps them; in the folder by default. */
  readonly keys?: Readonly<Record<"KEYS_IN" | "KEYS_BEGIN" | "ASSAY_KEY_ENCRYPTION_KEY", string>>;
  /** Which of several this is; the first writes the reports. Default 1. */
  readonly replica?: number;
  /** Time is what a story's teller says. */
  readonly story: boolean;
  /** Where the console is found, which shows the site, if anybody is to find it. */
  readonly home?: string;
  /** Where it listens; one that is free by default. */
  readonly port?: number;
  /** What it is told besides, or differently. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The folder of the code that it is started from the next time; this one by default. */
  readonly code?: () => string | undefined;
};

/** Whose reports they are while nobody has said; the environment says otherwise. */
const demonstration = (home = "https://assay.example") => ({
  AUTHORITY: inherited()["AUTHORITY"] ?? "assay.example",
  PUBLISHER_NAME: inherited()["PUBLISHER_NAME"] ?? "Assay demonstration",
  PUBLISHER_URL: inherited()["PUBLISHER_URL"] ?? `${home}/site/`,
  CONSOLE_URL: inherited()["CONSOLE_URL"] ?? home,
});

export type KeptService = Supervised & {
  readonly url: string;
  /** Where it answers `/health/ready`, `/health/live` and `/metrics`. */
  readonly operations: string;
  isReady(): Promise<boolean>;
};

export const keepService = async (options: ServiceOptions): Promise<KeptService> => {
  const { service, dataDir, replica = 1 } = options;
  const name = replica === 1 ? service : `${service}-${replica}`;
  const port = options.port ?? (await freePort());
  const operationsPort = service === "console" ? await freePort() : port;
  const secret = Buffer.from(nonceSecret(dataDir)).toString("hex");
  const environment = {
    EVENTSTORE_URL: options.eventStoreUrl,
    NATS_URL: options.natsUrl,
    SEALING_KEY_FILE: edgeKeyFile(dataDir, service),
    TRUSTED_EDGES: options.edges.trusted,
    DATA_DIR: join(dataDir, "services", name),
    KEYS_IN: dataDir,
    ...options.keys,
    HOST: "127.0.0.1",
    PORT: String(port),
    ...(operationsPort === port ? {} : { OPERATIONS_PORT: String(operationsPort) }),
    ASSAY_STORY_CLOCK: options.story ? "1" : "0",
    ...(service === "announcement" ? { SAMPLING_SECRET: secret } : {}),
    ...(service === "console"
      ? {
          ...{ FILES_IN: submissionsFolder(dataDir), SITE_DIR: siteFolder(dataDir) },
          LEDGER_DIR: recordsFolder(dataDir),
          SESSIONS_IN: "nats",
        }
      : {}),
    // On one machine it is the demonstration, unless a provider is named.
    ...(service === "console" && !(options.settings ?? inherited())["OIDC_ISSUER"]
      ? { DEMONSTRATION: "yes" }
      : {}),
    ...(service === "publication"
      ? {
          ...demonstration(options.home),
          PUBLISHES: replica === 1 ? "yes" : "no",
          PUBLISHING_DIR: dataDir,
        }
      : {}),
    ...options.settings,
  };
  const line = (text: string): void => options.say(name, text);
  const program = { path: `services/${service}/main.ts`, environment, line };
  const start = async () => startProgram({ ...program, code: options.code?.() });
  const kept = await supervise({ name, say: line, start });
  const url = `http://127.0.0.1:${port}`;
  const operations = `http://127.0.0.1:${operationsPort}`;
  const isReady = async (): Promise<boolean> => {
    const signal = AbortSignal.timeout(2_000);
    const answer = await fetch(`${operations}/health/ready`, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.ok === true;
  };
  return Object.assign(kept, { url, operations, isReady });
};

/** Throws, naming who is not ready, when that takes longer than so many milliseconds. */
export const untilReady = async (
  services: readonly KeptService[],
  patience = 180_000,
): Promise<void> => {
  const until = Date.now() + patience;
  let missing = services;
  for (;;) {
    const ready = await Promise.all(missing.map((service) => service.isReady()));
    missing = missing.filter((_, index) => !ready[index]);
    if (missing.length === 0) return;
    if (Date.now() > until)
      throw new Error(`not ready in time: ${missing.map(({ name }) => name).join(", ")}`);
    await pause(100);
  }
};
