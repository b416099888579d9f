/**
 * How long the console's pages take for ten people at once, on the embedded default: one process,
 * its store on disk, the published examples and an inspection in every stage. The people are asked
 * for from a thread of their own.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

import { tellBegun } from "@assay/embedded/carry-begun.ts";
import { inStory, tellExamples } from "@assay/embedded/carry-examples.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { serve } from "@assay/embedded/serve.ts";
import { systemClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";

import { quantile, round, row } from "./measure.ts";
import { signedIn } from "./pages/signed-in.ts";

/** What the issue asks for, in milliseconds at the median. */
const target = 50;
const users = 10;
/** How often each user opens each page. */
const rounds = 20;

const pages = [
  ["auditor", "/"],
  ["scheduler", "/programme"],
  ["auditor", "/inspections/peterborough-2020"],
  ["auditor", "/inspections/peterborough-2020/why/3.1"],
  ["auditor", "/inspections/peterborough-2020/cases"],
  ["auditor", "/inspections/peterborough-2020/history"],
  ["auditor", "/inspections/peterborough-2020/sample"],
  ["inspector-1", "/inspections/made-up-eastvale/cases/c0004/assess"],
  ["panel-chair", "/inspections/made-up-fenwick/panel"],
  ["panel-chair", "/inspections/made-up-fenwick/panel/3.1"],
  ["lead-inspector/lead", "/inspections/made-up-garrowby/report"],
  ["public", "/public/peterborough-2020/why/overall"],
] as const;

type Timed = { readonly path: string; readonly times: readonly number[] };

const timed = async (origin: string): Promise<readonly Timed[]> => {
  const found: Timed[] = [];
  for (const [who, path] of pages) {
    const cookie = await signedIn(origin, who);
    const open = async (): Promise<number> => {
      const begun = performance.now();
      const answer = await fetch(origin + path, { headers: { cookie } });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      return performance.now() - begun;
    };
    await open();
    const times: number[] = [];
    const user = async (): Promise<void> => {
      for (let i = 0; i < rounds; i += 1) times.push(await open());
    };
    await Promise.all(Array.from({ length: users }, user));
    found.push({ path, times });
  }
  return found;
};

const fromThread = (origin: string): Promise<readonly Timed[]> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: origin });
    thread.once("message", resolve);
    thread.once("error", reject);
  });

if (!isMainThread && typeof workerData === "string" && workerData.startsWith("http:"))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(await timed(workerData));

export const run = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "assay-pages-"));
  const log = createLog({ service: "bench", level: "silent" });
  /** While a stepped clock tells stories, nothing else keeps this process from ending. */
  const awake = setInterval(() => {}, 1000);
  const plots = examplePlots();
  const examples = plots.map(({ inspection }) => inspection);
  await inStory({ dataDir, log }, async (story) => {
    await tellExamples(story, { plots });
    await tellBegun(story, { examples, now: systemClock.now() });
  });
  const engine = await startEngine({ dataDir, log, clock: systemClock });
  const serving = await serve({ engine, log, port: 0, plots, dataDir });
  try {
    const found = await fromThread(`http://127.0.0.1:${serving.port}`);
    return told(found);
  } finally {
    clearInterval(awake);
    await serving.close();
    await engine.close();
    await rm(dataDir, { recursive: true, force: true });
  }
};

const widths = [-56, 8, 8, 8] as const;

const told = (found: readonly Timed[]) => {
  console.log(`milliseconds for ${users} people at once; the target is ${target} at the median`);
  console.log(row(widths, ["page", "median", "95%", "most"]));
  const all = found.flatMap(({ times }) => times);
  const lines = [...found, { path: "all pages", times: all }].map(({ path, times }) => ({
    path,
    median: round(quantile(times, 0.5), 1),
    most: round(Math.max(...times), 1),
    "95%": round(quantile(times, 0.95), 1),
  }));
  for (const line of lines)
    console.log(row(widths, [line.path, line.median, line["95%"], line.most]));
  return { users, rounds, target, lines };
};
