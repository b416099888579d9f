/** A console behind a real identity provider, an inspection in it, and browsers that sign in. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { carry } from "@assay/embedded/carry.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { openAccessLog } from "@assay/host/access-log.ts";
import { readAccessLog } from "@assay/host/read-access-log.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { answerOperations } from "@assay/host/http.ts";
import { openDatabase } from "@assay/host/database.ts";
import { createLog } from "@assay/host/log.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { signerFrom } from "@assay/ledger/keys.ts";

import { type ConsoleSettings, readSettings } from "../config.ts";
import { createConsole } from "../console.ts";
import { Browser } from "../identity/browser-stage.ts";
import { type ProviderStage, secrets, startProvider } from "../identity/provider-stage.ts";

export const accessSigner = signerFrom("access-log", Buffer.alloc(32, 5).toString("base64"));

export type BehindProvider = Awaited<ReturnType<typeof openBehindProvider>>;

const settingsFor = (issuer: string, origin: string, more: Readonly<Record<string, string>>) =>
  readSettings({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: "assay-console",
    OIDC_CLIENT_SECRET: secrets["assay-console"],
    CONSOLE_URL: origin,
    OIDC_ROLES: JSON.stringify({
      "hmip-head": "head-of-programme",
      auditor: "auditor",
      "yos-manager": "provider-user",
    }),
    API_CLIENTS: JSON.stringify({ "case-system": { person: "case-system", role: "scheduler" } }),
    ...more,
  });

const accounts = {
  1: { preferred_username: "hanna", name: "Hanna Head", roles: ["hmip-head"] },
  2: { preferred_username: "bo", name: "Bo", roles: ["auditor", "hmip-head", "x"] },
  3: { preferred_username: "carl", roles: ["king"] },
  4: { preferred_username: "dina", roles: ["yos-manager"] },
  5: { preferred_username: "Eve.Müller@example.org", name: "Eve Müller", roles: ["auditor"] },
  6: {
    ...{ preferred_username: "fred", name: "Fred", roles: ["yos-manager"] },
    service: examplePlots()[0]!.service.id,
  },
} as const;

type Front = (port: number) => Promise<string>;
const inFront: Front = async (port) => `http://127.0.0.1:${port}`;

/** `front` puts a proxy before that port, and says where people then find the console. */
export const openBehindProvider = async (
  more: Readonly<Record<string, string>> = {},
  front = inFront,
  plots: readonly Plot[] = [],
) => {
  let provider!: ProviderStage;
  const opened = await openConsole(
    async (origin) => {
      provider = await startProvider(origin);
      return settingsFor(provider.issuer, origin, more);
    },
    front,
    plots,
  );
  for (const [id, account] of Object.entries(accounts)) provider.accounts.set(id, account);
  return {
    ...{ ...opened, provider },
    signIn: async (account: string, next = "/") => {
      const browser = new Browser();
      provider.setPerson(account);
      const { origin } = opened;
      const page = await browser.open(`${origin}/sign-in?next=${encodeURIComponent(next)}`);
      return { browser, page, text: await page.text() };
    },
    close: async () => {
      await opened.close();
      await provider.close();
    },
  };
};

/** `configure` starts the provider, told where the console is. */
export const openConsole = async (
  configure: (origin: string) => Promise<ConsoleSettings>,
  front = inFront,
  plots: readonly Plot[] = [],
) => {
  const folder = mkdtempSync(join(tmpdir(), "assay-identity-"));
  const file = join(folder, "access-log.sqlite");
  const logged: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>),
  };
  const log = createLog({ service: "console", level: "warn", destination });
  const clock = createSteppedClock(Instant.parse("2020-01-01T09:00:00.000Z"));
  const engine = await startEngine({ dataDir: undefined, clock, log });
  if (plots.length > 0) await carry({ engine, clock, plots });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = await front((server.address() as AddressInfo).port);
  const settings = await configure(origin);
  const accessLog = openAccessLog({ file, signer: accessSigner });
  const database = openDatabase(":memory:");
  const metrics = createMetrics();
  const { handle, neighbours, trouble } = createConsole({
    metrics,
    operations: (request, response) =>
      answerOperations({ ...engine, brief: true }, request, response),
    ...{ store: engine.store, bus: engine.bus, clock, log, accessLog, database, people: [] },
    settings,
  });
  server.on("request", (request, response) => void handle(request, response));
  return {
    ...{ origin, file, logged, database, metrics, neighbours, trouble },
    /** Something that pages which are open are told. */
    record: async (): Promise<void> => {
      const id = randomUUID();
      const { service, inspection } = examplePlots()[0]!;
      const command = {
        ...{ type: "ScheduleInspection", inspection: `${inspection}-again`, at: clock.now() },
        ...{ by: { id: "sami", role: "scheduler" }, service, framework: "yos-2018" },
        fieldwork: { start: "2027-05-10", end: "2027-05-14" },
        team: [{ person: "lena", role: "lead-inspector" }],
      };
      const envelope = { id, correlationId: id, causationId: id, command };
      const reply = await engine.bus.send("announcement", CommandEnvelope.parse(envelope));
      if (!reply.accepted) throw new Error(JSON.stringify(reply));
    },
    post: (browser: Browser, path: string, form: Record<string, string>): Promise<Response> =>
      browser.open(origin + path, { method: "POST", body: new URLSearchParams(form) }),
    api: (path: string, token: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${origin}/api/v1${path}`, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${token}` },
      }),
    noted: (act: string): readonly string[] =>
      readAccessLog(file, { act }, 100).map(({ person = "nobody", what }) => `${person} ${what}`),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await engine.close();
      accessLog.close();
      rmSync(folder, { recursive: true });
    },
  };
};

export const formToken = (page: string): string =>
  /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
