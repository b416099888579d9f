import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { expect, it } from "vitest";

import { openKeys } from "./key-folder.ts";

const program = join(import.meta.dirname, "contract", "racer.ts");
const owners = Array.from({ length: 40 }, (_, index) => `a-2020.words.c${1000 + index}`);

const race = (folder: string) => {
  const flags = ["--disable-warning=ExperimentalWarning", program, folder, ...owners];
  const child = spawn(process.execPath, flags, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    next: async () => JSON.parse(String((await lines.next()).value)) as readonly string[],
    again: () => child.stdin.write("\n"),
    end: () => (child.stdin.end(), ended),
  };
};

it("gives processes that start at once the same keys, and shows each what another destroyed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-racing-"));
  const racers = [1, 2, 3, 4].map(() => race(folder));
  try {
    const [first, ...others] = await Promise.all(racers.map(({ next }) => next()));
    expect(new Set(first).size).toBe(owners.length);
    for (const other of others) expect(other).toEqual(first);

    const keys = openKeys(folder);
    await keys.destroy({ owners: [{ one: owners[7]! }], at: "2026-01-02T03:04:05.678Z" });
    keys.close();
    for (const { again } of racers) again();
    const expected = first!.with(7, "destroyed");
    for (const { next } of racers) expect(await next()).toEqual(expected);
  } finally {
    expect(await Promise.all(racers.map(({ end }) => end()))).toEqual([0, 0, 0, 0]);
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
