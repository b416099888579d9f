import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { carryExamples, exampleOutcomes } from "@assay/embedded/carry-examples.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { startNode } from "@assay/eventstore-node/node.ts";
import { createLog } from "@assay/host/log.ts";
import { integrityInWords, watchIntegrity } from "@assay/publication/integrity-watch.ts";
import { openLedger, publishing } from "@assay/publication/publishing.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import { masterKeyPath, openKeysToRead } from "@assay/vault/key-folder.ts";
import { openedReader } from "@assay/vault/sealed-store.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

const root = join(import.meta.dirname, "../..");
const plots = examplePlots().slice(0, 1);
const folder = mkdtempSync(join(tmpdir(), "assay-moves-"));
const at = (name: string): string => join(folder, name);
const live = at("live");
const log = createLog({ service: "test", level: "silent" });
const children = new Set<ChildProcess>();
const acknowledged: string[] = [];
/** How many commands had been answered when the backup that counts began. */
let before = 0;

const assay = (...args: readonly string[]) => atTerminal(args, { dataDir: live });

const spawned = (program: string, ...args: readonly string[]): ChildProcess => {
  const flags = ["--disable-warning=ExperimentalWarning", join(root, program), ...args];
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "ignore"] });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
};

const eventsIn = async (dataDir: string): Promise<readonly StoredEvent[]> => {
  const reader = openSqliteReader(storePath(dataDir));
  const found: StoredEvent[] = [];
  for await (const page of reader.readAll()) found.push(...page);
  reader.close();
  return found;
};

/** Without their positions, which differ between stores. */
const bare = (events: readonly StoredEvent[]) =>
  events.map((event) => ({ ...event, position: undefined }));

/** The engine records in a process of its own, a backup dies midway, another one ends, all die. */
beforeAll(async () => {
  const recording = spawned("infra/embedded/killed-child.ts", live);
  const lines = createInterface({ input: recording.stdout! });
  let backedUp: Promise<{ status: number }> | undefined;
  let dying: ChildProcess | undefined;
  for await (const id of lines) {
    acknowledged.push(id);
    if (acknowledged.length === 150)
      dying = spawned("infra/cli/main.ts", "backup", at("died"), "--data", live);
    if (dying && !existsSync(at("died")) && existsSync(at("died.partial"))) dying.kill("SIGKILL");
    if (acknowledged.length === 400) {
      before = acknowledged.length;
      backedUp = assay("backup", at("copy"));
    }
    if (backedUp && existsSync(at("copy"))) recording.kill("SIGKILL");
  }
  expect(await backedUp).toMatchObject({ status: 0 });
  dying?.kill("SIGKILL");
  if (dying && dying.exitCode === null && dying.signalCode === null) await once(dying, "exit");
});

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

it("leaves a backup that died unfinished, and the data as it was", async () => {
  const partial = { status: 1, err: expect.stringMatching(/is no complete backup/) };
  if (!existsSync(at("died"))) {
    mkdirSync(at("died.partial"), { recursive: true });
    expect(await assay("restore", at("died.partial"), "--data", at("none"))).toMatchObject(partial);
  }
  const kept = new Set((await eventsIn(live)).map(({ metadata }) => metadata["commandId"]));
  expect(acknowledged.filter((id) => !kept.has(id)).length).toBeLessThan(acknowledged.length / 2);
});

it("restores all that was acknowledged before the backup, and goes on from there", async () => {
  const restored = at("restored");
  expect(await assay("restore", at("copy"), "--data", restored)).toMatchObject({ status: 0 });
  const all = await eventsIn(live);
  const events = await eventsIn(restored);
  expect(bare(events)).toEqual(bare(all.slice(0, events.length)));
  const recorded = new Set(all.map(({ metadata }) => metadata["commandId"]));
  const kept = new Set(events.map(({ metadata }) => metadata["commandId"]));
  const lost = acknowledged.slice(0, before).filter((id) => recorded.has(id) && !kept.has(id));
  expect(lost).toEqual([]);

  const keys = at("keys.copy");
  expect(await assay("vault", "backup", keys)).toMatchObject({ status: 0 });
  expect(await assay("vault", "restore", keys, "--data", restored)).toMatchObject({ status: 1 });
  mkdirSync(dirname(masterKeyPath(restored)), { recursive: true });
  copyFileSync(masterKeyPath(live), masterKeyPath(restored));
  expect(await assay("vault", "restore", keys, "--data", restored)).toMatchObject({ status: 0 });
  const reactions = publishing(restored, await openLedger(restored));
  await carryExamples({ dataDir: restored, log, plots, reactions });
  const sealed = openSqliteReader(storePath(restored));
  const own = openKeysToRead(restored);
  const [outcome] = await exampleOutcomes({ ...openedReader(sealed, own) } as never, plots);
  sealed.close();
  own.close();
  expect(outcome).toMatchObject({ score: 29, overall: "Good", equal: true });
});

it("refuses a copy that somebody touched, and a folder that holds data", async () => {
  expect(await assay("restore", at("copy"), "--data", live)).toMatchObject({
    status: 1,
    err: expect.stringMatching(/is there already/),
  });
  appendFileSync(join(at("copy"), "events.sqlite"), "x");
  expect(await assay("restore", at("copy"), "--data", at("other"))).toMatchObject({
    status: 1,
    err: expect.stringMatching(/is not as it was copied/),
  });
  expect(existsSync(at("other"))).toBe(false);
  expect(readdirSync(at("copy"))).not.toContain("keys");
});

it("moves the store to EventStoreDB's protocol and back, every proof intact", async () => {
  const restored = at("restored");
  const node = await startNode({ path: at("node.sqlite"), port: 0 });
  try {
    const url = node.connectionString;
    expect(await assay("export", at("out"), "--data", restored)).toMatchObject({ status: 0 });
    expect(await assay("import", at("out"), "--store", url)).toMatchObject({ status: 0 });
    expect(await assay("import", at("out"), "--store", url)).toMatchObject({ status: 0 });
    expect(await assay("export", at("back"), "--store", url)).toMatchObject({ status: 0 });
  } finally {
    await node.stop();
  }
  expect(readFileSync(at("back"), "utf8")).toBe(readFileSync(at("out"), "utf8"));
  const moved = at("moved");
  expect(await assay("import", at("back"), "--data", moved)).toMatchObject({ status: 0 });
  expect(bare(await eventsIn(moved))).toEqual(bare(await eventsIn(restored)));

  const reader = openSqliteReader(storePath(moved));
  const keys = openKeysToRead(restored);
  const watched = await watchIntegrity(openedReader(reader, keys), await openLedger(restored));
  reader.close();
  keys.close();
  expect(watched.map(({ inspection }) => inspection)).toEqual([
    plots[0]!.inspection satisfies InspectionId,
  ]);
  expect(integrityInWords(watched)).toMatch(/^The store holds what \d+ signed checkpoints/);
});

it("refuses an export that was cut off or changed, and a store that holds other events", async () => {
  const lines = readFileSync(at("out"), "utf8").split("\n");
  appendFileSync(at("short"), lines.slice(0, 50).join("\n"));
  appendFileSync(at("other-format"), `{"format":"else"}\n{}\n`);
  for (const name of ["short", "other-format", "missing"]) {
    const answer = await assay("import", at(name), "--data", at("empty"));
    expect({ name, status: answer.status }).toEqual({ name, status: 1 });
  }
  const [first] = lines.slice(1);
  const other = { ...(JSON.parse(first!) as object), id: crypto.randomUUID() };
  const store = openSqliteStore({ path: storePath(at("strange")) });
  await store.append((other as unknown as StoredEvent).stream, [other as StoredEvent], "none");
  await store.close();
  expect(await assay("import", at("out"), "--data", at("strange"))).toMatchObject({
    status: 1,
    err: expect.stringMatching(/holds other events than the export/),
  });
});
