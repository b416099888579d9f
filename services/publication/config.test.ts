import { witnessKeyOf } from "@assay/ledger/cosignature.ts";
import { writeVerifierKey } from "@assay/ledger/note.ts";
import { expect, it } from "vitest";

import { readConfig, readPublishing } from "./config.ts";
import { attestersIn, signingIn } from "./publishing.ts";

const zeros = new Uint8Array(32);
const set = {
  EVENTSTORE_URL: "esdb://127.0.0.1:2113",
  NATS_URL: "nats://127.0.0.1:4222",
  DATA_DIR: "data",
  KEYS_IN: "none",
  SEALING_KEY: Buffer.alloc(32, 1).toString("base64"),
  TRUSTED_EDGES: `people ${writeVerifierKey({ name: "console", type: 1, publicKey: zeros })}`,
};

it("publishes where that is said alone, and then under names that are said too", () => {
  expect(readConfig(set)).toMatchObject({ PUBLISHES: "no" });
  expect(readConfig(set).WITNESSES).toBeUndefined();
  const publishes = { ...set, PUBLISHES: "yes" };
  expect(() => readConfig(publishes)).toThrow(
    /AUTHORITY is[^]*PUBLISHER_NAME is[^]*PUBLISHER_URL is/,
  );
  const names = {
    AUTHORITY: "inspectorate.example/assay",
    PUBLISHER_NAME: "The inspectorate",
    PUBLISHER_URL: "https://reports.inspectorate.example/",
  };
  expect(readConfig({ ...publishes, ...names })).toMatchObject(names);
});

it("takes a key of the deployment with the ones before it, and a timestamping authority", () => {
  const config = readConfig({
    ...set,
    AUTHORITY: "inspectorate.example/assay",
    SIGNING_KEY: "AAAA",
    FORMER_KEYS: '{"keys":["a+b+c"],"rotations":[]}',
    TIMESTAMP_URL: "https://time.example/tsr",
  });
  expect(config.FORMER_KEYS?.keys).toEqual(["a+b+c"]);
  expect(config.TIMESTAMP_URL).toBe("https://time.example/tsr");
});

it("names whoever attests checkpoints in one process too, and nobody unless it is said", () => {
  const key = witnessKeyOf({ name: "witness.example/w1", publicKey: zeros });
  const set = { WITNESSES: `http://127.0.0.1:4610/ ${writeVerifierKey(key)}` };
  expect(attestersIn(readPublishing(set))?.witnesses).toEqual([
    { url: "http://127.0.0.1:4610/", key },
  ]);
  expect(attestersIn(readPublishing({}))).toBeUndefined();
});

it("takes witnesses as addresses with their keys", () => {
  const key = witnessKeyOf({ name: "witness.example/w1", publicKey: zeros });
  const line = `https://w.example/assay ${writeVerifierKey(key)}`;
  expect(readConfig({ ...set, WITNESSES: `${line}\n${line}` }).WITNESSES).toEqual([
    { url: "https://w.example/assay", key },
    { url: "https://w.example/assay", key },
  ]);
  expect(() => readConfig({ ...set, WITNESSES: "https://w.example nonsense" })).toThrow(
    "must be an address, a space and a witness's verifier key",
  );
  const authority = writeVerifierKey({ ...key, type: 1 });
  const wrong = { ...set, WITNESSES: `https://w.example ${authority}` };
  expect(() => readConfig(wrong)).toThrow("WITNESSES");
});

it("takes a key from an agent, the agent and its key together", () => {
  const agent = { SIGNING_AGENT: "/run/agent.sock", SIGNING_PUBLIC_KEY: "ssh-ed25519 AAAA" };
  expect(signingIn(readPublishing(agent)).handed?.key).toEqual({
    socket: "/run/agent.sock",
    publicKey: "ssh-ed25519 AAAA",
  });
  expect(signingIn(readPublishing({ SIGNING_KEY: "AAAA" })).handed?.key).toBe("AAAA");
  expect(signingIn(readPublishing({})).handed).toBeUndefined();
  const { SIGNING_AGENT } = agent;
  expect(() => readPublishing({ SIGNING_AGENT })).toThrow("are set both, or neither");
  expect(() => readPublishing({ ...agent, SIGNING_KEY: "AAAA" })).toThrow("set one of them");
});

it.each([
  ["SIGNING_AGENT", "agent.sock"],
  ["SIGNING_PUBLIC_KEY", "ssh-rsa AAAA"],
  ["AUTHORITY", "two words"],
  ["FORMER_KEYS", "[]"],
  ["TIMESTAMP_URL", "ftp://time.example"],
  ["S3_ENDPOINT", "http://storage.example"],
  ["S3_ENDPOINT", "https://someone:secret@storage.example"],
])("says what is wrong with %s", (name, value) => {
  expect(() => readConfig({ ...set, [name]: value })).toThrow(name);
});
