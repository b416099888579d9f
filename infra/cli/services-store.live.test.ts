import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { carryExamples } from "@assay/embedded/carry-examples.ts";
import { publishedBundles } from "@assay/console/reading/proofs-in.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { type SpawnedNode, spawnNode } from "@assay/eventstore-node/contract/spawned.ts";
import { createLog } from "@assay/host/log.ts";
import { openLedger, publishing, siteFolder } from "@assay/publication/publishing.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal, type Standing } from "./contract/at-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-services-store-"));
const at = (name: string): string => join(folder, name);
const dataDir = at("data");
const plots = examplePlots().slice(0, 1);
const { inspection } = plots[0]!;
let node: SpawnedNode;

/** With the environment of services of their own, or of a data folder. */
const assay = (services: Standing["services"], ...args: readonly string[]) =>
  atTerminal(args, { dataDir, ...(services && { services }) });

const services = (keys?: string) => ({ store: node.url, keys, nats: undefined });
const inFolder = (...args: readonly string[]) => assay(undefined, ...args);
const ofServices = (...args: readonly string[]) => assay(services(dataDir), ...args);

beforeAll(async () => {
  const log = createLog({ service: "test", level: "silent" });
  const reactions = publishing(dataDir, await openLedger(dataDir));
  await carryExamples({ dataDir, log, plots, reactions });
  // Nothing of this code leads on from it: the check has something to tell.
  const store = openSqliteStore({ path: storePath(dataDir) });
  const strange = { id: crypto.randomUUID(), type: "PanelAdjourned", data: {}, metadata: {} };
  await store.append("panel-somewhere-2020", [strange], "none");
  await store.close();
  node = await spawnNode(["--data", at("node"), "--port", "0"]);
});

afterAll(async () => {
  await node?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("takes over an embedded store's export and gives the same one back", async () => {
  expect(await inFolder("export", at("out"))).toMatchObject({ status: 0 });
  expect(await ofServices("import", at("out"))).toMatchObject({ status: 0 });
  expect(await ofServices("export", at("back"))).toMatchObject({ status: 0 });
  expect(readFileSync(at("back"), "utf8")).toBe(readFileSync(at("out"), "utf8"));
});

/** But for the positions, which every store counts for itself. */
const apart = (out: string): string => out.replaceAll(/"position": ?"\d+"/g, "");

it.each([
  { args: ["check-upgrade", "--json"], status: 1 },
  { args: ["integrity", "--json"], status: 0 },
  { args: ["rating", inspection, "--json"], status: 0 },
  { args: ["events", inspection, "--words", "--json"], status: 0 },
])("answers $args as from the folder", async ({ args, status }) => {
  const expected = await inFolder(...args);
  const found = await ofServices(...args);
  expect(found.status).toBe(status);
  expect(apart(found.out)).toBe(apart(expected.out));
});

it("names what this code would strand, to whoever has no keys too, and as a process", async () => {
  const stranded = [{ name: "somewhere-2020", breaks: [{ kind: "unreadable" }] }];
  const withoutKeys = await assay(services("none"), "check-upgrade", "--json");
  expect(JSON.parse(withoutKeys.out)).toMatchObject({ replayed: 2, stranded });
  const program = join(import.meta.dirname, "main.ts");
  const flags = ["--disable-warning=ExperimentalWarning", program, "check-upgrade"];
  const env = { ...process.env, EVENTSTORE_URL: node.url, KEYS_IN: dataDir };
  const ended = () => execFileSync(process.execPath, flags, { env, stdio: "pipe" });
  expect(ended).toThrow(expect.objectContaining({ status: 1 }));
});

it("proves the published report from the services' store as from the folder", async () => {
  const [bundle] = await publishedBundles(siteFolder(dataDir), inspection);
  expect(await ofServices("verify", bundle!.path)).toMatchObject({ status: 0 });
  const event = `panel-${inspection}@0`;
  const proof = at("proof.json");
  expect(await ofServices("prove", inspection, event, "--out", proof)).toMatchObject({ status: 0 });
  const { keys } = JSON.parse((await inFolder("keys", "list", "--json")).out) as {
    keys: readonly string[];
  };
  const judged = await inFolder("verify-proof", proof, "--key", keys.at(-1)!);
  expect(judged).toMatchObject({ status: 0 });
});

it("prefers a folder that is named, and refuses what is no address", async () => {
  const found = await ofServices("inspections", "--data", at("nowhere"));
  expect(found).toMatchObject({ status: 1, err: expect.stringMatching(/There is nothing at/) });
  const wrong = await inFolder("inspections", "--store", "http://127.0.0.1:2113");
  expect(wrong).toMatchObject({ status: 2, err: expect.stringMatching(/takes esdb:/) });
});
