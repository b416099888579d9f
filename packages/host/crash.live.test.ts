import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { openSqliteStore } from "@assay/store/sqlite.ts";
import { expect, it } from "vitest";

const rounds = 10;
const inRound = 4;
const script = fileURLToPath(new URL("./contract/vigil-process.ts", import.meta.url));

/** Runs the process, for so many milliseconds once it works; whether it came to its own end. */
const run = async (
  folder: string,
  { count, limit }: { readonly count: number; readonly limit: number },
): Promise<boolean> => {
  const stdio = ["ignore", "inherit", "inherit", "ipc"] as const;
  const child = spawn(process.execPath, [script, folder, String(count)], { stdio: [...stdio] });
  const ended = once(child, "exit") as Promise<[number | null]>;
  await Promise.race([once(child, "message"), ended]);
  const killing = setTimeout(() => child.kill("SIGKILL"), limit);
  const [status] = await ended;
  clearTimeout(killing);
  if (status !== null && status !== 0) throw new Error(`the process ended with ${status}`);
  return status === 0;
};

const factsIn = async (folder: string): Promise<Record<string, string[]>> => {
  const store = openSqliteStore({ path: join(folder, "store.sqlite") });
  const facts: Record<string, string[]> = {};
  for await (const page of store.readAll())
    for (const { stream, type } of page) (facts[stream] ??= []).push(type);
  await store.close();
  return facts;
};

it("comes to the same end however often it is killed, and loses and doubles nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-crash-"));
  let kills = 0;
  for (let round = 1; round <= rounds; round += 1) {
    // No vigil is over within 20 ms, so that every other round is certain to be cut short.
    const limit = Math.random() * (round % 2 === 0 ? 20 : 200);
    if (!(await run(folder, { count: round * inRound, limit }))) kills += 1;
  }
  expect(kills).toBeGreaterThanOrEqual(rounds / 2);
  expect(await run(folder, { count: rounds * inRound, limit: 60_000 })).toBe(true);
  const facts = await factsIn(folder);
  const each = ["VigilOpened", "WitnessJoined", "VigilClosed"];
  const names = Array.from({ length: rounds * inRound }, (_, index) => `panel-p${index}`);
  expect(facts).toEqual(Object.fromEntries(names.map((name) => [name, each])));
  rmSync(folder, { recursive: true });
});
