/**
 * Everything that a deployment has, each as a process of its own on this machine: NATS, an event
 * store, Postfix, an identity provider, nginx with TLS in front, and two replicas of each of
 * Assay's services and of the console.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

import { secrets, startProvider } from "@assay/console/identity/provider-stage.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { keepSecret } from "@assay/services/contract/disturbed.ts";
import { openEdges, serviceNames } from "@assay/services/edges.ts";
import { openTelling } from "@assay/services/telling.ts";
import { freePort } from "@assay/host/free-port.ts";
import { keepEventStore, keepNats, keepService, untilReady } from "@assay/services/topology.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";

import { startCollector } from "./collector.ts";
import { startPostfix } from "./postfix.ts";
import { programNamed } from "./programs.ts";
import { startNginx } from "./proxies.ts";
import { nameOf, openPeople } from "./signed-in.ts";

export type Whole = Awaited<ReturnType<typeof openWhole>>;

type Line = Readonly<Record<string, unknown>>;

/** Close it whatever happened. */
export const openWhole = async (plots: readonly Plot[]) => {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-whole-"));
  const closing: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const one of closing) await one();
  };
  try {
    return { ...(await opened(plots, dataDir, closing)), dataDir, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const opened = async (plots: readonly Plot[], dataDir: string, closing: (() => unknown)[]) => {
  const said: string[] = [];
  const say = (name: string, line: string): void => void said.push(`${name} ${line}`);
  const opens = <One extends { stop?: () => unknown; close?: () => unknown }>(one: One): One => {
    closing.unshift(() => one.close?.() ?? one.stop?.());
    return one;
  };
  keepSecret(dataDir);
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  const nats = opens(await keepNats({ dataDir, say, server }));
  const eventStore = opens(await keepEventStore({ dataDir, say }));
  const postfix = opens(await startPostfix(await freePort()));
  const ports = [await freePort(), await freePort()] as const;
  const program = programNamed("nginx")!;
  const front = { program, port: await freePort(), to: ports[0], orTo: ports[1] };
  const nginx = opens(await startNginx(front));
  const usual = getCACertificates();
  setDefaultCACertificates([...usual, nginx.certificate]);
  closing.unshift(() => setDefaultCACertificates(usual));
  const { origin } = nginx;
  const provider = opens(await startProvider(origin));
  const store = opens(sealedStore(openEventStoreDb({ url: eventStore.url }), openKeys(dataDir)));
  const collector = opens(await startCollector());
  const edges = await openEdges(dataDir);
  const people = openPeople(provider, origin);
  const from = { store, natsUrl: nats.url, edge: edges.teller, plots, by: people.bus };
  const telling = opens(await openTelling(from));
  const settingsOf = {
    announcement: mailBy(postfix.url, origin, dataDir),
    console: signInBy(provider.issuer, origin),
  };
  /** Whoever is started from now on runs the code of this folder. */
  const upgrade: { code: string | undefined } = { code: undefined };
  const surroundings = { dataDir, say, eventStoreUrl: eventStore.url, natsUrl: nats.url, edges };
  const services = await Promise.all(
    serviceNames.flatMap((service) =>
      ports.map(async (port, index) =>
        opens(
          await keepService({
            ...{ ...surroundings, service, replica: index + 1, story: true },
            ...(service === "console" && { port }),
            code: () => upgrade.code,
            settings: {
              OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
              ...settingsOf[service as keyof typeof settingsOf],
            },
          }),
        ),
      ),
    ),
  );
  await untilReady(services);
  return {
    ...{ store, origin, provider, postfix, people, telling, collector, nats, eventStore, upgrade },
    services,
    /** What the replicas of that service logged, line by line. */
    logOf: (service: string): readonly Line[] =>
      said
        .map((line) => new RegExp(`^${service}(?:-2)? (\\{.*)`).exec(line)?.[1])
        .flatMap((line) => (line === undefined ? [] : [JSON.parse(line) as Line])),
    said: () => said.filter((line) => !line.startsWith("nats ")).slice(-40),
  };
};

/** Roles and the service have a mailbox; the chief inspector's is not there. */
const mailBy = (url: string, origin: string, dataDir: string) => {
  const book = join(dataDir, "addresses.json");
  const desk = (name: string) => ({ name: nameOf(name), address: "desk@x.example" });
  const roles = ["scheduler", "head-of-programme", "lead-inspector", "quality-lead"];
  const people = ["lead-inspector", "panel-chair", "publications-officer", "inspector-1"];
  const named = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, desk(id)]));
  writeFileSync(
    book,
    JSON.stringify({
      roles: { ...named(roles), "chief-inspector": "nobody@x.example" },
      people: named(people),
      services: { "peterborough-yos": desk("Peterborough") },
    }),
  );
  const from = "Inspections <inspections@inspectorate.example>";
  return { SMTP_URL: url, MAIL_FROM: from, ADDRESS_BOOK: book, CONSOLE_URL: origin };
};

/** Roles are asked for again each minute, in the background. */
const signInBy = (issuer: string, origin: string) => ({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: "assay-console",
  OIDC_CLIENT_SECRET: secrets["assay-console"],
  OIDC_SCOPES: "openid profile offline_access",
  OIDC_PROMPT: "consent",
  SESSION_ROLES_MINUTES: "1",
  CONSOLE_URL: origin,
  PROXIES: "1",
});
