import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { signerFrom } from "@assay/ledger/keys.ts";
import { verifierKeyOf, writeVerifierKey } from "@assay/ledger/note.ts";
import { expect, it } from "vitest";

import {
  type Environment,
  Misconfigured,
  readEnvironment,
  standaloneEnvironment,
} from "./environment.ts";

const key = Buffer.alloc(32, 7).toString("base64");

const complete = {
  EVENTSTORE_URL: "esdb://127.0.0.1:2113?tls=false",
  NATS_URL: "nats://one:4222,tls://two:4222",
  DATA_DIR: "/data",
  KEYS_IN: "/keys",
  PORT: "4603",
  SEALING_KEY: key,
  TRUSTED_EDGES: `duties ${writeVerifierKey(verifierKeyOf(signerFrom("panel", key)))}`,
};

const read = (environment: Environment) => readEnvironment(standaloneEnvironment, environment);

const problems = (environment: Environment): string => {
  try {
    read(environment);
    return "";
  } catch (error) {
    if (error instanceof Misconfigured) return error.message;
    throw error;
  }
};

it("takes what it needs and fills in the rest", () => {
  expect(read({ ...complete, SOMETHING: "else" })).toMatchObject({
    ...{ HOST: "127.0.0.1", PORT: 4603, LOG_LEVEL: "info", ASSAY_STORY_CLOCK: "0" },
  });
});

it("says everything that is missing at once, and what it is", () => {
  expect(problems({})).toMatchInlineSnapshot(`
    "This cannot start as it is set up:
      EVENTSTORE_URL is needed: esdb:// or kurrentdb:// and where the event store is
      NATS_URL is needed: nats:// (or tls://) and where NATS is
      SEALING_KEY is needed: an Ed25519 private key of this service's own
      TRUSTED_EDGES is needed: a line each: people or duties, and a verifier key
      DATA_DIR is needed: a folder of this replica's own, kept over restarts
      KEYS_IN is needed: a folder with the keys that seal words about children; nats or none
      PORT must be a number"
  `);
});

it("says of everything that is wrong what it has to be", () => {
  const names = Object.keys(standaloneEnvironment).filter((name) => !name.endsWith("_FILE"));
  expect(problems(Object.fromEntries(names.map((name) => [name, "?"])))).toMatchInlineSnapshot(`
    "This cannot start as it is set up:
      EVENTSTORE_URL must be esdb:// or kurrentdb:// and where the event store is
      NATS_URL must be nats:// (or tls://) and where NATS is, several with commas between
      SEALING_KEY is not understood: the signing key cannot be read
      TRUSTED_EDGES is not understood: each line says people or duties, and a verifier key
      NATS_REPLICAS must be a number from 1 to 5
      KEYS_BEGIN can only be yes
      INSTALLATION_CHANGES can only be yes
      ASSAY_KEY_ENCRYPTION_KEY must be 64 hexadecimal digits, a key a line
      PORT must be a number
      OPERATIONS_PORT must be a number
      OTEL_EXPORTER_OTLP_ENDPOINT must be an address such as http://127.0.0.1:4318
      LOG_LEVEL must be debug, info, warn, error or silent
      START_PATIENCE must be a number of seconds
      ASSAY_STORY_CLOCK must be 0 or 1"
  `);
});

it("says what is wrong with a key or an edge, without repeating a secret", () => {
  const said = problems({ ...complete, SEALING_KEY: "hunter2", TRUSTED_EDGES: "people x" });
  expect(said).toContain("SEALING_KEY is not understood");
  expect(said).toContain("TRUSTED_EDGES is not understood");
  expect(said).not.toContain("hunter2");
});

it("counts an empty variable as one that is not set", () => {
  expect(problems({ ...complete, DATA_DIR: "" })).toContain("DATA_DIR is needed");
  expect(read({ ...complete, LOG_LEVEL: "" }).LOG_LEVEL).toBe("info");
});

it("reads a value from the file that is named for it, and never from both", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-environment-"));
  const file = join(folder, "url");
  writeFileSync(file, `${complete.EVENTSTORE_URL}\n`);
  const { EVENTSTORE_URL, ...others } = complete;
  const fromFile = { ...others, EVENTSTORE_URL_FILE: file };
  expect(read(fromFile).EVENTSTORE_URL).toBe(EVENTSTORE_URL);
  expect(problems({ ...complete, EVENTSTORE_URL_FILE: file })).toContain("both set");
  expect(problems({ ...others, EVENTSTORE_URL_FILE: join(folder, "none") })).toContain("be read");
  rmSync(folder, { recursive: true });
});

it.each([
  ["NATS_REPLICA", "3", "NATS_REPLICAS"],
  ["KEYS_INN", "nats", "KEYS_IN"],
  ["DATA_DIRS", "/data", "DATA_DIR"],
  ["EVENTSTORE", "x", "EVENTSTORE_URL"],
  ["NATS_TLS_CAS", "x", "NATS_TLS_CA"],
])("names %s, which begins like a variable that is read and is none", (name, value, meant) => {
  const set = { ...complete, [name]: value };
  expect(problems(set)).toContain(`${name} is read by nobody: ${meant} is`);
});

it("leaves the variables of other programs alone", () => {
  const others = { PATH: "/bin", HOSTNAME: "a", NATS_PORT: "tcp://1", CONSOLE_PORT: "tcp://2" };
  expect(read({ ...complete, ...others, NATS_URL_FILE: "" })).toMatchObject({ PORT: 4603 });
});
