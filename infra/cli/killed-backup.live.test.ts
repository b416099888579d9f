import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

import { carryExamples } from "@assay/embedded/carry-examples.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { createLog } from "@assay/host/log.ts";
import { openLedger, publishing } from "@assay/publication/publishing.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import { keysFolder } from "@assay/vault/key-folder.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "assay-killed-backup-"));
const at = (name: string): string => join(folder, name);
const live = at("live");
const children = new Set<ChildProcess>();
const seed = Number(process.hrtime.bigint() % 1_000_000n);

let state = seed;
const chance = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

/** What the last of them said of how it failed. */
let said = "";

/** The command in a process of its own. The answer is null where it was killed. */
const assay = async (args: readonly string[], killAfter?: number): Promise<number | null> => {
  const program = join(import.meta.dirname, "main.ts");
  const flags = ["--disable-warning=ExperimentalWarning", program, ...args];
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "ignore", "pipe"] });
  children.add(child);
  const ended = once(child, "exit") as Promise<[number | null]>;
  if (killAfter !== undefined) void sleep(killAfter).then(() => child.kill("SIGKILL"));
  const [status] = await ended;
  said = await text(child.stderr);
  children.delete(child);
  return status;
};

const succeeds = async (...args: readonly string[]): Promise<void> => {
  const status = await assay(args);
  expect({ seed, args, said, status }).toMatchObject({ status: 0 });
};

/** Keys are in no backup: they have copies of their own. */
const bringKeysHome = (restored: string): void =>
  cpSync(keysFolder(live), keysFolder(restored), { recursive: true });

/** How long the last whole backup took, in milliseconds. */
let took = 0;

const atRandom = (): number => chance() * took;

const acknowledged: string[] = [];
const complete: { readonly target: string; readonly before: number }[] = [];
let killed = 0;

/** Until there is no more to back up: every third is let go on, the others die at some moment. */
const backUpUntil = async (over: () => boolean): Promise<void> => {
  for (let attempt = 0; attempt % 3 !== 1 || killed < 3 || !over(); attempt += 1) {
    const target = at(`copy-${complete.length}`);
    const before = acknowledged.length;
    const spared = attempt % 3 === 0;
    const begun = performance.now();
    const status = await assay(["backup", target, "--data", live], spared ? undefined : atRandom());
    if (spared) expect({ seed, attempt, said, status }).toMatchObject({ status: 0 });
    if (spared) took = performance.now() - begun;
    if (status === null) killed += 1;
    if (existsSync(target)) complete.push({ target, before });
  }
};

beforeAll(async () => {
  const log = createLog({ service: "test", level: "silent" });
  const reactions = publishing(live, await openLedger(live));
  let told = false;
  const plots = examplePlots();
  const onCommand = (_: unknown, { id }: { readonly id: string }) => void acknowledged.push(id);
  const telling = carryExamples({ dataDir: live, log, plots, reactions, onCommand });
  const over = telling.finally(() => (told = true));
  while (acknowledged.length === 0) await Promise.race([telling, sleep(20)]);
  await backUpUntil(() => told);
  await over;
  await backUpUntil(() => true);
  const last = complete.length;
  for (let attempt = 0; attempt < 2; attempt += 1)
    await assay(["backup", at(`copy-${last}`), "--data", live], atRandom());
});

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const commandsIn = async (dataDir: string): Promise<ReadonlySet<unknown>> => {
  const reader = openSqliteReader(storePath(dataDir));
  const found = new Set<unknown>();
  for await (const page of reader.readAll())
    for (const { metadata } of page) found.add(metadata["commandId"]);
  reader.close();
  return found;
};

it("kills backups, and lets some come to their end while there is more to come", () => {
  expect(killed).toBeGreaterThan(2);
  expect(complete.length).toBeGreaterThan(1);
  expect(complete[0]!.before).toBeGreaterThan(0);
  expect(complete[0]!.before).toBeLessThan(acknowledged.length);
});

it("leaves the data folder as it was, with everything acknowledged and signed", async () => {
  await succeeds("integrity", "--data", live);
  await succeeds("check-upgrade", "--data", live);
  expect(readdirSync(live).filter((name) => name.includes("partial"))).toEqual([]);
});

it("restores the first and the last that came to its end, with all acknowledged before it", async () => {
  const recorded = await commandsIn(live);
  for (const { target, before } of [complete[0]!, complete.at(-1)!]) {
    const restored = `${target}-restored`;
    const restore = ["restore", target, "--data", restored];
    await assay(restore, atRandom());
    if (!existsSync(restored)) await succeeds(...restore);
    const kept = await commandsIn(restored);
    const lost = acknowledged.slice(0, before).filter((id) => recorded.has(id) && !kept.has(id));
    expect({ seed, target, lost }).toMatchObject({ lost: [] });
    bringKeysHome(restored);
    await succeeds("check-upgrade", "--data", restored);
  }
});

it("proves the last of them against every signed checkpoint", async () => {
  await succeeds("integrity", "--data", `${complete.at(-1)!.target}-restored`);
});
