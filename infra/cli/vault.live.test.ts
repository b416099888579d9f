import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startNode } from "@assay/eventstore-node/node.ts";
import { connectNats } from "@assay/bus/nats-connection.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { type Nats, startNats } from "@assay/nats/start.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import { type MasterKey, masterKeyFrom, newMasterKey } from "@assay/vault/master-key.ts";
import { openNatsKeys } from "@assay/vault/nats-keys.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-vault-cli-"));
const at = (name: string): string => join(folder, name);
const owners = ["a-2020", "a-2020.words.c0001", "a-2020.words.c0002"];
const [former, next] = [newMasterKey(), newMasterKey()];
let nats: Nats | undefined;
let node: Awaited<ReturnType<typeof startNode>> | undefined;

beforeAll(async () => {
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  nats = await startNats({ server, dataDir: at("nats"), port: 0, jetstream: true });
  node = await startNode({ path: at("events.sqlite"), port: 0 });
});
afterAll(async () => {
  await node?.stop();
  await nats?.stop();
  rmSync(folder, { recursive: true });
});

/** With the services' own settings alone. */
const vault = (master: MasterKey | undefined, ...args: readonly string[]) =>
  assay(master, "vault", ...args);

const assay = (master: MasterKey | undefined, ...args: readonly string[]) =>
  atTerminal(args, {
    dataDir: at("none"),
    services: { store: node!.connectionString, keys: "nats", nats: { url: nats!.url } },
    ...(master ? { masterKey: master.secret } : {}),
  });

const keysUnder = async (master: MasterKey, name?: string) => {
  const connection = await connectNats({ url: nats!.url });
  return openNatsKeys({ connection, master, ...(name !== undefined && { name }) });
};

it("copies, renews and restores keys that are in NATS, and none that was erased since", async () => {
  const keys = await keysUnder(former);
  const made = await keys.findOrMake(owners);
  expect(await vault(former, "backup", at("old.keys"))).toMatchObject({
    status: 0,
    out: `Copied 3 keys to ${at("old.keys")}; 3 open.\n`,
  });
  expect(await vault(former, "backup", at("old.keys"))).toMatchObject({ status: 1 });
  await keys.close();

  writeFileSync(at("next"), next.secret);
  const running = await keysUnder(former, "assay-panel");
  const blind = await vault(former, "rotate", "--to", at("next"));
  expect(blind).toMatchObject({ status: 1, err: expect.stringMatching(/assay-panel on .*opens/) });
  expect(await running.find(owners)).toEqual(made);
  await running.close();
  const both = masterKeyFrom(`${former.secret}\n${next.secret}`);
  const knowing = await keysUnder(both, "assay-panel");
  expect(await vault(former, "rotate", "--to", at("next"))).toMatchObject({
    status: 0,
    out: `Wrapped 3 keys with ${next.id} instead of ${former.id}.\n`,
  });
  expect(await knowing.find(owners)).toEqual(made);
  await knowing.findOrMake(["b-2020"]);
  const rows = await knowing.rows();
  expect(new Set(rows.map((row) => row.master))).toEqual(new Set([next.id]));
  await knowing.close();
  expect(await vault(former, "backup", at("no.keys"))).toMatchObject({ status: 1 });
  expect(await vault(next, "backup", at("new.keys"))).toMatchObject({ status: 0 });

  const url = node!.connectionString;
  const erased = {
    type: "CaseErased",
    id: "0d0f9f1a-54d5-8a0e-8a73-3c5b2f6f4f01",
    data: {
      ...{ inspection: "a-2020", of: "c0001", ground: "objection-upheld" },
      ...{ at: "2026-01-02T03:04:05.678Z", by: { id: "hugo", role: "head-of-programme" } },
      text: { erased: true },
    },
    metadata: {},
  };
  const store = openEventStoreDb({ url });
  await store.append("erasure-a-2020", [erased], "none");
  await store.close();
  expect(await vault(next, "restore", at("old.keys"), "--store", url)).toMatchObject({
    status: 1,
    err: expect.stringContaining("wrapped by another key"),
  });
  expect(await vault(next, "restore", at("new.keys"), "--store", url)).toMatchObject({
    status: 0,
    out: "Restored 0 keys; 1 erasures on record were carried out again.\n",
  });
  const after = await keysUnder(next);
  const found = await after.find(owners);
  expect(found.get("a-2020.words.c0001")).toBe("destroyed");
  expect(found.get("a-2020.words.c0002")).toEqual(made.get("a-2020.words.c0002"));
  await after.close();
  const checked = await assay(next, "check-upgrade");
  expect(checked.out).toContain("Replayed 1 inspections and programmes, 1 events.");
  expect(await assay(former, "check-upgrade")).toMatchObject({
    status: 1,
    err: expect.stringContaining("keys are wrapped by"),
  });
}, 60_000);

it("says what is missing", async () => {
  expect(await vault(undefined, "backup", at("x"))).toMatchObject({
    status: 1,
    err: expect.stringContaining("ASSAY_KEY_ENCRYPTION_KEY"),
  });
  expect(await vault(next, "rotate")).toMatchObject({
    status: 2,
    err: expect.stringContaining("openssl rand -hex 32"),
  });
  const services = { store: undefined, keys: "nats", nats: { url: nats!.url } };
  const unnamed = { dataDir: at("none"), services, masterKey: next.secret };
  expect(await atTerminal(["vault", "restore", at("new.keys")], unnamed)).toMatchObject({
    status: 2,
    err: expect.stringContaining("--store"),
  });
});
