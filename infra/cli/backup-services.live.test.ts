import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { accessLogPath, submissionsFolder } from "@assay/console/kept.ts";
import { carryExamples } from "@assay/embedded/carry-examples.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { type RunningNode, startNode } from "@assay/eventstore-node/node.ts";
import { AccessEntry, openAccessLog } from "@assay/host/access-log.ts";
import { filesIn } from "@assay/host/files.ts";
import { createLog } from "@assay/host/log.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import { verifierKeyOf, writeVerifierKey } from "@assay/ledger/note.ts";
import { findNatsServer } from "@assay/nats/find.ts";
import { type Nats, startNats } from "@assay/nats/start.ts";
import { openLedger, publishing } from "@assay/publication/publishing.ts";
import { masterKeyPath } from "@assay/vault/key-folder.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-backup-services-"));
const at = (name: string): string => join(folder, name);
const told = at("told");
const plots = examplePlots().slice(0, 1);
const { inspection } = plots[0]!;
const signer = signerFrom("console", Buffer.alloc(32, 7).toString("base64"));
const consoles = [writeVerifierKey(verifierKeyOf(signer))];
const nodes: RunningNode[] = [];
const buses: Nats[] = [];
let masterKey: string;

/** Empty servers, and the settings of the services on them. */
const servers = async (name: string) => {
  const server = await findNatsServer({ path: process.env["PATH"] ?? "" });
  const nats = await startNats({ server, dataDir: at(`${name}-nats`), port: 0, jetstream: true });
  const node = await startNode({ path: at(`${name}.sqlite`), port: 0 });
  buses.push(nats);
  nodes.push(node);
  const services = {
    ...{ store: node.connectionString, keys: "nats", files: "nats", nats: { url: nats.url } },
    ...{ publishing: at(`${name}-publishing`), data: at(`${name}-console`), consoles },
  };
  return (...args: readonly string[]) =>
    atTerminal(args, { dataDir: services.data, services, masterKey });
};

beforeAll(async () => {
  const log = createLog({ service: "test", level: "silent" });
  await carryExamples({
    ...{ dataDir: told, log, plots },
    reactions: publishing(told, await openLedger(told)),
  });
  masterKey = readFileSync(masterKeyPath(told), "utf8").trim();
});
afterAll(async () => {
  await Promise.all([...nodes, ...buses].map((one) => one.stop()));
  rmSync(folder, { recursive: true, force: true });
});

it("brings an installation back into empty servers, where everything reads as before", async () => {
  const first = await servers("first");
  const own = (...args: readonly string[]) => atTerminal([...args, "--data", told]);
  const sent = await filesIn(submissionsFolder(told)).keep(Buffer.from("a list"));
  expect(sent).toHaveLength(64);
  expect((await own("export", at("told.jsonl"))).status).toBe(0);
  expect((await own("vault", "backup", at("told.keys"))).status).toBe(0);
  expect((await first("import", at("told.jsonl"))).status).toBe(0);
  expect((await first("vault", "restore", at("told.keys"))).status).toBe(0);
  for (const part of ["ledger", "secrets", "site"])
    cpSync(join(told, part), at(`first-publishing/${part}`), { recursive: true });
  mkdirSync(at("first-console"));
  const log = openAccessLog({ file: accessLogPath(at("first-console")), signer });
  await log.note(
    AccessEntry.parse({
      ...{ at: "2026-01-01T00:00:00.000Z", act: "looked", what: "GET /x", from: "::1" },
      correlationId: "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11",
    }),
  );
  log.close();

  const copied = await first("backup", at("copy"));
  expect(copied).toMatchObject({
    status: 0,
    out: expect.stringMatching(/publishing, data; [1-9]/),
  });
  expect((await first("vault", "backup", at("copy.keys"))).status).toBe(0);
  expect(existsSync(at("copy/publishing/keys"))).toBe(false);
  expect((await first("backup", at("copy"))).err).toMatch(/is there already/);

  const second = await servers("second");
  const restored = await second("restore", at("copy"));
  expect(restored).toMatchObject({ status: 0, out: expect.stringMatching(/byte for byte/) });
  expect((await second("vault", "restore", at("copy.keys"))).status).toBe(0);
  for (const args of [
    ["rating", inspection, "--json"],
    ["integrity", "--json"],
    ["vault", "lost"],
    ["access", "verify"],
    ["inspections", "--json"],
  ])
    expect(await second(...args)).toEqual(await first(...args));
  expect((await second("vault", "lost")).out).toBe("Every word opens.\n");
  const words = async (assay: typeof first) =>
    (await assay("events", inspection, "--words")).out.replaceAll(/\d+/g, "");
  expect(await words(second)).toBe(await words(first));
  expect((await second("doctor", "--json")).out).not.toMatch(/do not open/);
}, 120_000);

it("refuses a copy that was changed, and servers that are not empty", async () => {
  const third = await servers("third");
  cpSync(at("copy"), at("changed"), { recursive: true });
  const events = readFileSync(at("copy/events.jsonl"), "utf8");
  writeFileSync(at("changed/events.jsonl"), events.replace('"revision":0', '"revision": 0'));
  const changed = await third("restore", at("changed"));
  expect(changed).toMatchObject({
    ...{ status: 1, err: expect.stringMatching(/cut off or was changed/) },
  });
  expect((await third("export", at("nothing"))).out).toMatch(/^Wrote 0 events and 0 files/);
  expect(existsSync(at("third-publishing"))).toBe(false);
  mkdirSync(at("third-publishing/ledger"), { recursive: true });
  const taken = await third("restore", at("copy"));
  expect(taken).toMatchObject({ status: 1, err: expect.stringMatching(/is there already/) });
}, 60_000);
