/** `npm run services` as a person starts it: two of everything, and nothing left behind. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, it } from "vitest";

it("starts two replicas of each service and of the console, and stops these first", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-started-"));
  const program = join(import.meta.dirname, "main.ts");
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", program, "--empty", "--data", folder, "--port", "0"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "exit");
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  try {
    await expect.poll(() => said, { timeout: 120_000 }).toContain("Every service is ready");
    const ready = said.slice(said.indexOf("Every service is ready"));
    const consoles = [...ready.matchAll(/http:\/\/127\.0\.0\.1:\d+/g)].map(([url]) => url);
    expect(consoles.length).toBe(2);
    for (const url of consoles) expect((await fetch(url)).status).toBe(200);
    const services = ["announcement", "fieldwork", "panel", "publication"];
    const replicas = (each: string) => [each, `${each}-2`];
    const log = () => readFileSync(join(folder, "assay.log"), "utf8");
    for (const name of [...services, "console"].flatMap(replicas))
      expect(log()).toMatch(new RegExp(`^${name} +\\{`, "m"));
    child.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
    for (const url of consoles) await expect(fetch(url)).rejects.toThrow("fetch failed");
    const asked = [...log().matchAll(/^(\S+) +\{.*"asked to stop"/gm)].map(([, name]) => name!);
    expect(asked.slice(0, 2).toSorted()).toEqual(replicas("console"));
    expect(asked.slice(2).toSorted()).toEqual(services.flatMap(replicas).toSorted());
  } finally {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true });
  }
});
