import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { EventStore } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { openKeys } from "@assay/vault/key-folder.ts";
import { sealedStore } from "@assay/vault/sealed-store.ts";
import { afterEach, expect, it } from "vitest";

import { exampleOutcomes } from "./carry-examples.ts";
import { storePath } from "./data-folder.ts";
import { examplePlots } from "./examples.ts";

const kills = 12;
const folders: string[] = [];
const children = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A small generator, so that every run kills at the same commands. */
const numbersFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** Carries the examples in a process of its own; resolves with whether it came to the end. */
const attempt = async (
  dataDir: string,
  acknowledged: Set<string>,
  killAfter: number | undefined,
  ...more: readonly string[]
): Promise<boolean> => {
  const program = join(import.meta.dirname, "killed-child.ts");
  const flags = ["--disable-warning=ExperimentalWarning", program, dataDir, ...more];
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
  children.add(child);
  const ended = once(child, "exit");
  let fresh = 0;
  for await (const id of createInterface({ input: child.stdout })) {
    if (acknowledged.has(id)) continue;
    acknowledged.add(id);
    fresh += 1;
    if (fresh === killAfter) child.kill("SIGKILL");
  }
  const [code] = (await ended) as [number | null];
  children.delete(child);
  if (code !== null && code !== 0) throw new Error(`the child failed with ${code}`);
  return code === 0;
};

type Line = { readonly id: string; readonly stream: string; readonly command: unknown };

const linesIn = async (store: EventStore): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  for await (const page of store.readAll())
    for (const { id, stream, revision, type, metadata } of page)
      lines.push({ id, stream: `${stream}@${revision} ${type}`, command: metadata["commandId"] });
  return lines;
};

const byStream = (lines: readonly Line[]): readonly string[] =>
  lines.map(({ id, stream }) => `${stream} ${id}`).toSorted();

it(`ends in the same result after ${kills} kills, with no event lost or doubled`, async () => {
  const below = numbersFrom(1);
  const [dataDir, undisturbed] = await Promise.all(
    ["assay-killed-", "assay-undisturbed-"].map((name) => mkdtemp(join(tmpdir(), name))),
  );
  folders.push(dataDir!, undisturbed!);
  const acknowledged = new Set<string>();
  expect(await attempt(undisturbed!, new Set(), undefined)).toBe(true);

  for (let kill = 0; kill < kills; kill += 1) await attempt(dataDir!, acknowledged, 1 + below(70));
  expect(await attempt(dataDir!, acknowledged, undefined)).toBe(true);

  const plots = examplePlots();
  const store = openSqliteStore({ path: storePath(dataDir!) });
  const found = await linesIn(store);
  const outcomes = await exampleOutcomes(sealedStore(store, openKeys(dataDir!)), plots);
  await store.close();

  const other = openSqliteStore({ path: storePath(undisturbed!) });
  const expected = await linesIn(other);
  await other.close();

  expect(byStream(found)).toEqual(byStream(expected));
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  const recorded = new Set(expected.map(({ command }) => command));
  const kept = new Set(found.map(({ command }) => command));
  const lost = [...acknowledged].filter((id) => recorded.has(id) && !kept.has(id));
  expect(lost).toEqual([]);
  expect(outcomes.map(({ score, overall, equal }) => ({ score, overall, equal }))).toEqual([
    { score: 29, overall: "Good", equal: true },
    { score: 23, overall: "Good", equal: true },
  ]);
}, 1_800_000);

it("begins the made-up inspections once, though killed on the way and started another day", async () => {
  const below = numbersFrom(2);
  const [monday, friday] = ["2026-03-09T07:30:00.000Z", "2026-03-13T18:00:00.000Z"] as const;
  const [dataDir, undisturbed] = await Promise.all(
    ["assay-begun-", "assay-begun-whole-"].map((name) => mkdtemp(join(tmpdir(), name))),
  );
  folders.push(dataDir!, undisturbed!);
  const acknowledged = new Set<string>();
  for (let kill = 0; kill < 5; kill += 1)
    await attempt(dataDir!, acknowledged, 1 + below(400), monday);
  expect(await attempt(dataDir!, acknowledged, undefined, friday)).toBe(true);
  expect(await attempt(undisturbed!, new Set(), undefined, monday)).toBe(true);

  const [found, expected] = await Promise.all(
    [dataDir!, undisturbed!].map(async (folder) => {
      const store = openSqliteStore({ path: storePath(folder) });
      const lines = await linesIn(store);
      await store.close();
      return lines;
    }),
  );
  // Which of its cases are drawn follows from each folder's own secret.
  const byChance = "assessment-made-up-lydgate.";
  const told = (lines: readonly Line[]): readonly string[] =>
    byStream(
      lines.filter(
        ({ command, stream }) => acknowledged.has(String(command)) && !stream.startsWith(byChance),
      ),
    );
  expect(told(found!)).toEqual(told(expected!));
  expect(told(found!).length).toBeGreaterThan(1500);
  expect(new Set(found!.map(({ id }) => id)).size).toBe(found!.length);
}, 1_800_000);
