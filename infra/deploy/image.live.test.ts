import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { freePort } from "@assay/host/free-port.ts";
import { keyringOf, signerFrom } from "@assay/ledger/keys.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { serviceNames } from "@assay/services/edges.ts";
import { keepEventStore, keepNats } from "@assay/services/topology.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { buildImage, contextIn, type Image } from "./contract/image.ts";

/** Where whoever sets an installation up, or tries one, leaves what nobody else may have. */
const places = [
  ...[
    "infra/secrets/sampling-secret",
    "secrets/key-encryption-key",
    "services/console/secrets/key",
  ],
  ...[".env", "infra/.env", "services/console/.env", "infra/nats.creds", "packages/bus/nats.creds"],
  ...["data/secrets/sampling-nonce", "data/keys.db", "infra/store-ca.key", "packages/signing.pem"],
];
const planted = "never to be seen outside: 7f1c";

let folder: string;
let image: Image;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-image-"));
  execFileSync("chmod", ["a+rx", folder]);
  for (const name of ["context", "image"]) mkdirSync(join(folder, name));
  contextIn(join(folder, "context"), Object.fromEntries(places.map((place) => [place, planted])));
  image = buildImage(join(folder, "context"), join(folder, "image"));
});
afterAll(() => {
  execFileSync("chmod", ["-R", "u+w", folder]);
  rmSync(folder, { recursive: true });
});

const run = async (...args: readonly string[]) => {
  const child = image.start(args);
  const ended = once(child, "exit") as Promise<[number]>;
  const [out, err] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  return { out, err, status: (await ended)[0] };
};

it("has what runs, and neither tests nor the tools of development", () => {
  const files = image.files();
  for (const name of [...serviceNames.map((each) => `services/${each}/main.ts`), "LICENSE"])
    expect(files).toContain(name);
  expect(
    files.filter((file) => /\.test\.ts$|(^|\/)(contract|golden|bench|docs)\//.test(file)),
  ).toEqual([]);
  const tools = /^(vitest|typescript|oxlint|oxfmt|knip|playwright|fast-check|node-linux)/;
  expect(image.packages().filter((name) => tools.test(name))).toEqual([]);
  expect(image.packages().length).toBeGreaterThan(50);
});

it("gets nothing secret, wherever it was left, and neither does a commit", () => {
  expect(image.files().filter((file) => image.read(file).includes(planted))).toEqual([]);
  const context = join(folder, "context");
  execFileSync("git", ["init", "--quiet"], { cwd: context });
  const added = execFileSync("git", ["add", "--all", "--dry-run", "."], {
    ...{ cwd: context, encoding: "utf8", maxBuffer: 1e8 },
  });
  const files = [...added.matchAll(/^add '(.*)'$/gm)].map(([, file]) => file!);
  expect(files.length).toBeGreaterThan(1000);
  const seen = files.filter((file) => readFileSync(join(context, file), "utf8").includes(planted));
  // The test itself names it.
  expect(seen).toEqual(["infra/deploy/image.live.test.ts"]);
});

it("says for each service what it has to be told, and ends", async () => {
  for (const service of serviceNames) {
    const { err, status } = await run(`services/${service}/main.ts`);
    expect([service, status]).toEqual([service, 2]);
    expect(err).toContain("EVENTSTORE_URL");
  }
});

it("has the command assay", async () => {
  const { out, status } = await run(
    ...["infra/cli/main.ts", "replay-published", "examples/milton-keynes-2021.json"],
  );
  expect(out).toContain("23 of 36, Good");
  expect(status).toBe(0);
});

it("runs a service that writes to its own folder alone, until it is told to stop", async () => {
  const before = image.files();
  const [dataDir, say] = [join(folder, "servers"), () => undefined];
  const nats = await keepNats({
    dataDir,
    say,
    server: await findNatsServer({ path: process.env["PATH"]! }),
  });
  const store = await keepEventStore({ dataDir, say });
  const port = await freePort();
  const seal = Buffer.alloc(32, 3).toString("base64");
  const child = image.start(["services/announcement/main.ts"], {
    ...{ EVENTSTORE_URL: store.url, NATS_URL: nats.url, PORT: String(port), HOST: "127.0.0.1" },
    ...{ KEYS_IN: "nats", KEYS_BEGIN: "yes", ASSAY_KEY_ENCRYPTION_KEY: "1".repeat(64) },
    ...{ SAMPLING_SECRET: "2".repeat(64), SEALING_KEY: seal },
    TRUSTED_EDGES: keyringOf(signerFrom("announcement", seal))
      .keys.map((key) => `duties ${key}`)
      .join("\n"),
  });
  const said = Promise.all([text(child.stdout!), text(child.stderr!)]);
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(isReady, { timeout: 60_000 }).toBe(200);
  child.kill("SIGTERM");
  const [status] = (await once(child, "exit")) as [number];
  expect([status, await said]).toEqual([0, expect.anything()]);
  await Promise.all([store.stop(), nats.stop()]);
  expect(image.files()).toEqual(before);
});

it("comes with a configuration that a NATS server takes", async () => {
  const server = await findNatsServer({ path: process.env["PATH"]! });
  const env = { ...process.env, NATS_PASSWORD: "secret" };
  const check = (text: string) => {
    const file = join(folder, "nats.conf");
    writeFileSync(file, text);
    return spawnSync(server, ["-t", "-c", file], { env, encoding: "utf8" });
  };
  const config = readFileSync(join(import.meta.dirname, "../container/nats.conf"), "utf8");
  // Servers before 2.10 do not know how often to sync; the one that compose runs is newer.
  const compose = readFileSync(join(import.meta.dirname, "../compose.yaml"), "utf8");
  expect(Number(/image: nats:2\.(\d+)/.exec(compose)?.[1])).toBeGreaterThanOrEqual(10);
  expect(config).toMatch(/^jetstream \{ store_dir: \/data, sync_interval: always \}$/m);
  const old = /v2\.[0-9]\.\d/.test(execFileSync(server, ["-v"], { encoding: "utf8" }));
  expect(check(old ? config.replace(", sync_interval: always", "") : config)).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("is valid"),
  });
  expect(check("jetstream { stored: /data }").status).toBe(1);
});
