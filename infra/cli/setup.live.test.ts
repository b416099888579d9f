import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type RunningNode, startNode } from "@assay/eventstore-node/node.ts";
import { freePort } from "@assay/host/free-port.ts";
import { installationIn } from "@assay/host/membership.ts";
import { edgeFrom, trustedEdgesIn } from "@assay/host/seal.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { selfSigned } from "@assay/nats/self-signed.ts";
import { type Nats, startNats } from "@assay/nats/start.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";
import type { Finding } from "./examined.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-setup-"));
const at = (name: string): string => join(folder, name);
const root = join(import.meta.dirname, "../..");
const unitFile = join(root, "infra/systemd/assay.service");
const names = ["announcement", "fieldwork", "panel", "publication", "console"];
const secretIn = (name: string): string => readFileSync(at(`etc/${name}`), "utf8").trim();

let servers: readonly Nats[] = [];
let node: RunningNode;

/** Three servers whose users are those that the setup made. */
const startServers = async (ports: readonly number[]): Promise<readonly Nats[]> => {
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  const routes = await Promise.all([freePort(), freePort(), freePort()]);
  const all = routes.map((port) => `nats://127.0.0.1:${port}`).join(", ");
  return Promise.all(
    ports.map((port, n) =>
      startNats({
        ...{ server, port, jetstream: true, dataDir: at(`nats-${n}`) },
        config:
          `server_name: nats-${n}\n${secretIn("nats-users.conf")}\n` +
          `cluster { name: assay, listen: "127.0.0.1:${routes[n]}", routes: [${all}] }\n`,
      }),
    ),
  );
};

beforeAll(async () => {
  const tls = selfSigned();
  writeFileSync(at("ca.crt"), tls.cert);
  const [own, ...ports] = await Promise.all([1, 2, 3, 4].map(freePort));
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(",");
  const where = ["--nodes", `127.0.0.1:${own}`, "--nodes-ca", at("ca.crt"), "--nats", hosts];
  const made = await atTerminal(["setup", at("etc"), ...where]);
  expect(made.status).toBe(0);
  const before = secretIn("eventstore-url");
  const again = await atTerminal(["setup", at("etc"), ...where, "--json"]);
  const { files } = JSON.parse(again.out) as { files: { file: string; made: boolean }[] };
  expect(files.filter((file) => file.made)).toEqual([]);
  expect(secretIn("eventstore-url")).toBe(before);
  for (const { file } of files) expect(statSync(at(`etc/${file}`)).mode & 0o077).toBe(0);
  servers = await startServers(ports);
  const credentials = { username: "assay", password: secretIn("store-password") };
  const pem = { certificate: Buffer.from(tls.cert), key: Buffer.from(tls.key) };
  node = await startNode({ path: at("events.sqlite"), port: own!, tls: pem, credentials });
});
afterAll(async () => {
  await node?.stop();
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

const linesOf = (path: string): readonly string[] =>
  readFileSync(path, "utf8")
    .replaceAll("/etc/assay", at("etc"))
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

/** What systemd would give the service, on this machine. */
const environmentOf = (name: string): Record<string, string> => {
  const files = ["every-service", name].map((file) => join(root, `infra/systemd/${file}.env`));
  const pairs = files.flatMap(linesOf).map((line) => /^(\w+)=(.*)$/.exec(line)!.slice(1));
  const dataDir = at(`data/${name}`);
  mkdirSync(dataDir, { recursive: true });
  return { ...Object.fromEntries(pairs), DATA_DIR: dataDir };
};

/** Begun as the unit says. */
const launched = async (name: string, environment: Record<string, string>) => {
  const [, line = ""] = /^ExecStart=(.*)$/m.exec(readFileSync(unitFile, "utf8")) ?? [];
  const [program = "", ...given] = line.replaceAll("%i", name).split(" ");
  const port = await freePort();
  const operations = await freePort();
  const { PATH = "", HOME = "" } = process.env;
  let said = "";
  const child = spawn(program, given, {
    cwd: root,
    env: {
      ...{ PATH, HOME, ...environment },
      ...{ PORT: String(port), OPERATIONS_PORT: String(operations), DEMONSTRATION: "yes" },
    },
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  return { child, ended, operations, said: () => said };
};

/** The same, until it is ready. */
const started = async (name: string, environment: Record<string, string>) => {
  const { child, ended, operations, said } = await launched(name, environment);
  const ready = async (): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${operations}/health/ready`).catch(
      () => undefined,
    );
    if (child.exitCode !== null) throw new Error(said());
    return answer?.status ?? 0;
  };
  await expect.poll(ready, { timeout: 90_000, interval: 200 }).toBe(200);
  return {
    stop: async () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
};

it("starts every service as its unit says, on servers with the users that were made", async () => {
  for (const name of names) {
    const environment = environmentOf(name);
    const service = await started(name, environment);
    const told = await atTerminal(["doctor", "--json"], {
      environment,
      masterKey: secretIn("key-encryption-key"),
      get services() {
        return installationIn(environment);
      },
    });
    const findings = JSON.parse(told.out) as readonly Finding[];
    const wrong = findings.filter(
      // The server of the system that tests run on may be older than what services ask for.
      ({ state, found }) => state === "wrong" && !/knows no sync_interval/.test(found),
    );
    expect(wrong).toEqual([]);
    expect(findings.find(({ what }) => what === "ASSAY_KEYS")?.found).toMatch(/3 of 3 copies/);
    expect(await service.stop()).toBe(0);
  }
}, 240_000);

it("ends, in words, what has something else than the installation's others", async () => {
  const { SAMPLING_SECRET_FILE: _, ...environment } = environmentOf("announcement");
  const { SEALING_KEY_FILE: __, ...unsealed } = environmentOf("fieldwork");
  const wrong = [
    [
      "announcement",
      { ...environment, SAMPLING_SECRET: "ab".repeat(32) },
      /SAMPLING_SECRET is f.+ here, and f/,
    ],
    [
      "announcement",
      { ...environmentOf("announcement"), KEYS_IN: at("Nats") },
      /KEYS_IN is a folder here, and nats/,
    ],
    [
      "fieldwork",
      { ...unsealed, SEALING_KEY: secretIn("panel-key") },
      /SEALING_KEY does not stand in/,
    ],
  ] as const;
  for (const [name, differing, words] of wrong) {
    const { ended, said } = await launched(name, differing);
    expect(await ended).toBe(2);
    expect(said()).toMatch(words);
  }
  const told = await atTerminal(["doctor", "--json"], {
    environment: environmentOf("announcement"),
    services: { ...installationIn(environmentOf("announcement")), keys: "none" },
  });
  expect(JSON.parse(told.out)).toContainEqual(
    expect.objectContaining({ what: "installation", state: "wrong" }),
  );
}, 120_000);

it("exchanges a sealing key in three steps, at each of which what is in use is trusted", async () => {
  const lines = () => trustedEdgesIn(secretIn("trusted-edges")).filter((e) => e.name === "console");
  const trusted = (): boolean => {
    const message = Buffer.from("asked");
    const seal = edgeFrom("console", secretIn("console-key")).sign(message);
    return lines().some((edge) => edge.verify(message, seal));
  };
  const former = secretIn("console-key");
  const renew = () => atTerminal(["setup", at("etc"), "--renew", "console"]);
  expect((await renew()).out).toContain("Step 1 of 3");
  expect([lines().length, trusted(), secretIn("console-key") === former]).toEqual([2, true, true]);
  expect((await renew()).out).toContain("Step 2 of 3");
  expect([lines().length, trusted(), secretIn("console-key") === former]).toEqual([2, true, false]);
  expect((await renew()).out).toContain("Step 3 of 3");
  expect([lines().length, trusted()]).toEqual([1, true]);
  expect(await atTerminal(["setup", at("etc"), "--renew", "teller"])).toMatchObject({ status: 2 });
});

it("refuses hosts that are none", async () => {
  const wrong = await atTerminal(["setup", at("none"), "--nodes", "db-1"]);
  expect(wrong).toMatchObject({ status: 2, err: expect.stringContaining("--nodes") });
});

it("lets the store's user read $all, as its administrator", async () => {
  const url = secretIn("eventstore-url");
  const told = await atTerminal(["setup", at("etc"), "--rights", url]);
  expect(told).toMatchObject({ status: 0, out: "The user assay may read $all.\n" });
  const wrong = await atTerminal(["setup", at("etc"), "--rights", url.replace("assay:", "eve:")]);
  expect(wrong).toMatchObject({ status: 1, err: expect.stringMatching(/name or password/) });
});

/** What systemd has against a unit; undefined where there is no systemd to ask. */
const saidOf = (unit: string): string | undefined => {
  const copy = at("assay@announcement.service");
  // Who it runs as is made with the machine.
  writeFileSync(copy, unit.replace("User=assay", "User=root"));
  const asked = spawnSync("systemd-analyze", ["verify", copy], { encoding: "utf8" });
  return asked.error ? undefined : `${asked.stdout}${asked.stderr}`;
};

it.runIf(saidOf("") !== undefined)(
  "has a unit that systemd takes (where systemd-analyze is)",
  () => {
    const unit = readFileSync(unitFile, "utf8");
    expect(saidOf(unit)).toBe("");
    expect(saidOf(unit.replace("KillMode=mixed", "KillMode=some"))).toMatch(/kill mode/i);
  },
);
