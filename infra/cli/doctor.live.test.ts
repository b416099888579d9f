import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type RunningNode, startNode } from "@assay/eventstore-node/node.ts";
import { installationIn } from "@assay/host/membership.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { selfSigned } from "@assay/nats/self-signed.ts";
import { type Nats, startNats } from "@assay/nats/start.ts";
import { connectNats } from "@assay/bus/nats-connection.ts";
import { newMasterKey } from "@assay/vault/master-key.ts";
import { openNatsKeys } from "@assay/vault/nats-keys.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";
import type { Finding } from "./examined.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-doctor-"));
const at = (name: string): string => join(folder, name);
const master = newMasterKey();
let nats: Nats;
let node: RunningNode;
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  const tls = selfSigned();
  writeFileSync(at("ca.pem"), tls.cert);
  nats = await startNats({ server, dataDir: at("nats"), port: 0, jetstream: true });
  const credentials = { username: "assay", password: "right" };
  const pem = { certificate: Buffer.from(tls.cert), key: Buffer.from(tls.key) };
  node = await startNode({ path: at("events.sqlite"), port: 0, tls: pem, credentials });
  mkdirSync(at("data"));
  const made = await atTerminal(["setup", at("secrets")]);
  expect(made.status).toBe(0);
  const secret = (name: string, value: string): string => {
    writeFileSync(at(`secrets/${name}`), `${value}\n`);
    return at(`secrets/${name}`);
  };
  const url = `esdb://assay:right@127.0.0.1:${node.port}?tlsCaFile=${at("ca.pem")}`;
  settings = {
    EVENTSTORE_URL_FILE: secret("eventstore-url", url),
    NATS_URL_FILE: secret("nats-url", nats.url),
    ASSAY_KEY_ENCRYPTION_KEY_FILE: secret("key-encryption-key", master.secret),
    SAMPLING_SECRET_FILE: secret("sampling-secret", "ab".repeat(32)),
    SEALING_KEY_FILE: at("secrets/announcement-key"),
    TRUSTED_EDGES_FILE: at("secrets/trusted-edges"),
    ...{ KEYS_IN: "nats", DATA_DIR: at("data") },
    // Another program's, which is none of ours to read.
    OTHER_CONFIG_FILE: at("nowhere"),
  };
  const keys = await openNatsKeys({ connection: await connectNats({ url: nats.url }), master });
  await keys.findOrMake(["a-2020", "b-2020"]);
  await keys.close();
});
afterAll(async () => {
  await node.stop();
  await nats.stop();
  rmSync(folder, { recursive: true });
});

const doctor = async (changed: Readonly<Record<string, string | undefined>> = {}) => {
  const environment = { ...settings, ...changed };
  const masterKey = changed["ASSAY_KEY_ENCRYPTION_KEY"] ?? master.secret;
  const told = await atTerminal(["doctor", "--json"], {
    environment,
    masterKey,
    get services() {
      return installationIn(environment);
    },
  });
  const findings = JSON.parse(told.out) as readonly Finding[];
  const wrong = findings.filter(({ state }) => state === "wrong");
  return { status: told.status, wrong, findings };
};

it("finds nothing wrong where everything is right, and says what it looked at", async () => {
  const { status, wrong, findings } = await doctor();
  // The server of the system that tests run on may be older than what services ask for.
  const old = findings.filter(({ found: said }) => /knows no sync_interval/.test(said));
  expect(wrong).toEqual(old);
  expect(status).toBe(old.length);
  const found = Object.fromEntries(findings.map(({ what, found: said }) => [what, said]));
  expect(found).toMatchObject({
    "store: read $all": "the user may read it",
    "store: write": "the user may write streams",
    keys: `2 keys, 2 open with ${master.id}`,
    "sealing key": "trusted for duties as announcement",
    JetStream: "is there",
    "data folder": at("data"),
  });
});

it.each<[string, () => Readonly<Record<string, string | undefined>>, string, RegExp]>([
  [
    "a password that is wrong",
    () => ({
      EVENTSTORE_URL: `esdb://assay:wrong@127.0.0.1:${node.port}?tlsCaFile=${at("ca.pem")}`,
      EVENTSTORE_URL_FILE: undefined,
    }),
    "store: read $all",
    /password is wrong/,
  ],
  [
    "nobody at NATS",
    () => ({ NATS_URL: "nats://127.0.0.1:1", NATS_URL_FILE: undefined }),
    "NATS 127.0.0.1:1",
    /nobody answers there/,
  ],
  [
    "another key-encryption key",
    () => ({
      ASSAY_KEY_ENCRYPTION_KEY: newMasterKey().secret,
      ASSAY_KEY_ENCRYPTION_KEY_FILE: undefined,
    }),
    "keys",
    /wrapped by the key-encryption key/,
  ],
  [
    "an edge that nobody trusts",
    () => ({
      SEALING_KEY: Buffer.alloc(32, 1).toString("base64"),
      SEALING_KEY_FILE: undefined,
    }),
    "sealing key",
    /does not stand in TRUSTED_EDGES/,
  ],
  ["fewer copies than asked for", () => ({ NATS_REPLICAS: "3" }), "ASSAY_KEYS", /1 of 1 copies/],
  ["no folder", () => ({ DATA_DIR: at("none") }), "data folder", /there is no/],
  ["a misspelt name", () => ({ NATS_REPLICA: "3" }), "settings", /NATS_REPLICAS is/],
  [
    "a file that is missing",
    () => ({ NATS_URL_FILE: at("secrets/none") }),
    "settings",
    /cannot be read/,
  ],
  [
    "a list that is none",
    () => ({ TRUSTED_EDGES: "x", TRUSTED_EDGES_FILE: undefined }),
    "settings",
    /each line/,
  ],
  [
    "a mail server that is away",
    () => {
      writeFileSync(at("book.json"), "{}");
      return {
        SMTP_URL: "smtp://127.0.0.1:1",
        MAIL_FROM: "assay@assay.example",
        ADDRESS_BOOK: at("book.json"),
      };
    },
    "mail",
    /cannot be reached/,
  ],
])("names %s, says what to do, and ends with 1", async (_, changed, what, said) => {
  const { status, wrong } = await doctor(changed());
  expect(status).toBe(1);
  const found = wrong.find((each) => each.what === what);
  expect(found?.found).toMatch(said);
  expect(found?.todo).toMatch(/\w/);
});
