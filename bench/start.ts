/**
 * `npm start` as shipped on stores of several sizes, each in a process of its own: what it costs
 * until it answers, its first page, and memory. The first start finds no file of what was checked
 * or listed; the second is like every later one. Processor's time, because machines are busy.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { carry } from "@assay/embedded/carry.ts";
import { startEngine } from "@assay/embedded/engine.ts";
import { examplePlots } from "@assay/embedded/examples.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { openLedger, publishing } from "@assay/publication/publishing.ts";

import { historyOf, longAgo, silent } from "./lifecycles/copies.ts";
import { grow } from "./lifecycles/grow.ts";
import { round, row } from "./measure.ts";
import { progress } from "./rounds.ts";

const plot = examplePlots()[1]!;
const program = join(import.meta.dirname, "../infra/embedded/main.ts");

/** One inspection carried and published, so that every service has its files. */
const begin = async (dataDir: string): Promise<void> => {
  const clock = createSteppedClock(longAgo);
  const reactions = publishing(dataDir, await openLedger(dataDir));
  const engine = await startEngine({ dataDir, clock, log: silent, reactions });
  await carry({ engine, clock, plots: [plot] });
  await engine.close();
};

type Figures = {
  readonly answers: number;
  readonly page: number;
  readonly megabytes: number;
};

/** Seconds of the processor since its start, and its memory: as Linux tells them. */
const usedBy = (pid: number): { readonly seconds: number; readonly megabytes: number } => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))!;
  return {
    seconds: (Number(stat[11]) + Number(stat[12])) / 100,
    megabytes: (Number(kibibytes) * 1024) / 1e6,
  };
};

const started = async (dataDir: string): Promise<Figures> => {
  const flags = ["--disable-warning=ExperimentalWarning", program];
  const given = ["--empty", "--data", dataDir, "--port", "0"];
  const stdio = ["ignore", "pipe", "inherit"] as const;
  const child = spawn(process.execPath, [...flags, ...given], { stdio: [...stdio] });
  try {
    let said = "";
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (text) => {
        said += String(text);
        if (/Stop with/.test(said)) resolve();
      });
      child.once("exit", () => reject(new Error(`it did not start: ${said}`)));
    });
    const at = (what: RegExp): string => what.exec(said)![1]!;
    const address = at(/Assay is at (\S+)/);
    const before = usedBy(child.pid!);
    const page = await fetch(`${address}public`);
    await page.text();
    if (page.status >= 500 && page.status !== 503) throw new Error("the page failed");
    const after = usedBy(child.pid!);
    return { ...after, answers: before.seconds, page: after.seconds - before.seconds };
  } finally {
    child.kill("SIGINT");
    if (child.exitCode === null) await once(child, "exit");
  }
};

export const run = async ({ inspections = 1000 }: { readonly inspections?: number } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-start-"));
  const widths = [12, 10, 16, 16, 12];
  console.log(row(widths, ["inspections", "start", "s to answer", "s for a page", "MB"]));
  const found = [];
  try {
    await begin(folder);
    const history = await historyOf(plot);
    for (const size of [1, 10, 100, 1000, 10_000].filter((each) => each <= inspections)) {
      await grow(folder, history, size);
      for (const which of ["first", "second"]) {
        progress(`${size} inspections: ${which} start`);
        const figures = await started(folder);
        progress("");
        const { answers, page, megabytes } = figures;
        console.log(
          row(widths, [size, which, round(answers, 2), round(page, 2), round(megabytes)]),
        );
        found.push({ inspections: size, which, ...figures });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
};
