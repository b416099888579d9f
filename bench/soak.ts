/**
 * A programme of inspections in an hour, some ten times the real load and more, on one data folder
 * with reports in all forms, while somebody reads the console: whether memory stays flat.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { PublishedPlot } from "@assay/domain/reconstruction/published-plot.ts";
import { carry } from "@assay/embedded/carry.ts";
import { exampleOutcomes } from "@assay/embedded/carry-examples.ts";
import { type Engine, startEngine } from "@assay/embedded/engine.ts";
import { serve } from "@assay/embedded/serve.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { pause } from "@assay/host/fault.ts";
import { watchIntegrity } from "@assay/publication/integrity-watch.ts";
import { openLedger, publishing, siteFolder } from "@assay/publication/publishing.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { longAgo, silent } from "./lifecycles/copies.ts";
import { quantile, round, row } from "./measure.ts";
import { heapInUse } from "./replay/heap.ts";
import { progress } from "./rounds.ts";
import { programmeOf, shareOf } from "./soak/programme.ts";
import { openReader } from "./soak/reader.ts";
import { type Sample, slopeOf, startSampling } from "./soak/samples.ts";

export type SoakOptions = {
  readonly minutes?: number | undefined;
  readonly inspections?: number | undefined;
};

/** How many times what is kept on purpose the heap may grow: slopes of few samples are rough. */
const tolerance = 1.25;

/** What resident memory may grow besides, in KiB: an allocator keeps some of what it was given. */
const slack = 2048;

/** When nothing is due any more. */
const longAfter = "2040-01-01T00:00:00.000Z" as Instant;

type Soaking = { readonly dataDir: string; readonly plots: readonly PublishedPlot[] };

export const run = async (options: SoakOptions): Promise<Readonly<Record<string, unknown>>> => {
  const { minutes = 60, inspections = 155 } = options;
  const dataDir = mkdtempSync(join(tmpdir(), "assay-soak-"));
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    const soaking = { dataDir, plots: programmeOf(inspections) };
    const before = heapInUse();
    const samples = await soaked(soaking, minutes);
    const closed = await heapAfterAll();
    const again = await startedAgain(soaking);
    const closedAgain = await heapAfterAll();
    return {
      minutes,
      inspections,
      ...printed(samples, inspections, { before, closed, again, closedAgain }),
    };
  } finally {
    process.off("exit", remove);
    remove();
  }
};

type Up = {
  readonly engine: Engine;
  readonly clock: SteppedClock;
  readonly origin: string;
  readonly close: () => Promise<void>;
};

const up = async ({ dataDir, plots }: Soaking, now = longAgo): Promise<Up> => {
  const clock = createSteppedClock(now);
  const reactions = publishing(dataDir, await openLedger(dataDir));
  const engine = await startEngine({ dataDir, clock, log: silent, reactions });
  const serving = await serve({ engine, log: silent, port: 0, plots, dataDir, clock });
  return {
    ...{ engine, clock, origin: `http://127.0.0.1:${serving.port}` },
    close: async () => {
      await serving.close();
      await engine.close();
    },
  };
};

/** The samples, if everything came out as it must. */
const soaked = async (soaking: Soaking, minutes: number): Promise<readonly Sample[]> => {
  const { plots } = soaking;
  const { engine, clock, origin, close } = await up(soaking);
  const reader = await openReader(origin);
  let commands = 0;
  const sampling = startSampling({
    every: Math.min(60_000, (minutes * 60_000) / 20),
    commands: () => commands,
    pages: () => reader.take(),
    onSample: (sample) => console.log(row(widths, cells(sample))),
  });
  try {
    console.log(row(widths, heads));
    const until = createPace(minutes);
    await carry({
      engine,
      plots,
      clock: {
        now: () => clock.now(),
        moveTo: async (instant, settle) => {
          const share = shareOf(instant, plots.length);
          progress(`${instant.slice(0, 10)}, ${commands} commands`);
          reader.assertWell();
          await until(share);
          await clock.moveTo(instant, settle);
        },
      },
      onCommand: ({ inspection }, { command }) => {
        commands += 1;
        if (command.type === "ScheduleInspection") reader.know(inspection);
      },
    });
    progress("");
    const samples = sampling.last();
    await assertWhole(engine, soaking);
    return samples;
  } finally {
    sampling.close();
    await reader.close();
    await close();
  }
};

/** Waits until so great a share of the time has passed; not at all when it is late. */
const createPace = (minutes: number): ((share: number) => Promise<void>) => {
  const begun = performance.now();
  return async (share) => {
    const wait = begun + share * minutes * 60_000 - performance.now();
    if (wait > 0) await pause(wait);
  };
};

/** As published, in all forms, and the store says what was signed. */
const assertWhole = async (engine: Engine, { dataDir, plots }: Soaking): Promise<void> => {
  const outcomes = await exampleOutcomes(engine.store, plots);
  if (outcomes.length !== plots.length || !outcomes.every(({ equal }) => equal))
    throw new Error("ratings are not as published");
  for (const { inspection } of plots)
    for (const name of ["index.html", "report.pdf", "report.md", "report.json"])
      if (!existsSync(join(siteFolder(dataDir), "reports", inspection, "1", name)))
        throw new Error(`${inspection} has no ${name}`);
  const watched = await watchIntegrity(engine.store, await openLedger(dataDir));
  const wrong = watched.filter(({ checkpoints, tampering }) => !checkpoints || tampering.length);
  if (watched.length !== plots.length || wrong.length > 0)
    throw new Error(`the integrity check found ${JSON.stringify(wrong.slice(0, 3))}`);
};

/** Once connections and timers that were closed are gone. */
const heapAfterAll = async (): Promise<number> => {
  await pause(1000);
  return heapInUse();
};

/** Enough to have looked at more inspections than the console keeps the events of. */
const pagesAgain = 80;

/** The heap that the same data takes once everything has been started anew and looked at. */
const startedAgain = async (soaking: Soaking): Promise<number> => {
  const { engine, origin, close } = await up(soaking, longAfter);
  const reader = await openReader(origin);
  try {
    await engine.idle();
    for (const { inspection } of soaking.plots) reader.know(inspection);
    for (let read = 0; read < pagesAgain; read += reader.take().length) {
      progress(`started again: ${read} of ${pagesAgain} pages`);
      reader.assertWell();
      await pause(200);
    }
    progress("started again: publishing");
    const published = await publishedAgain(engine, soaking);
    progress("");
    const heap = heapInUse();
    if (published.length === 0) throw new Error("nothing was published again");
    return heap;
  } finally {
    await reader.close();
    await close();
  }
};

/** The last report once more, for whose pages the publisher reads all others and keeps them. */
const publishedAgain = async (
  { store, bus }: Engine,
  { dataDir }: Soaking,
): Promise<readonly Reaction[]> => {
  const reactions = publishing(dataDir, await openLedger(dataDir))(store);
  let last: StoredEvent | undefined;
  for await (const page of store.readAll({ prefixes: ["publication-"] }))
    last = page.findLast(({ type }) => type === "ReportPublished") ?? last;
  if (!last) return [];
  for (const { name, react } of reactions)
    if (name === "publisher") await react(last, bus, last.position);
  return reactions;
};

const heads = ["minute", "commands", "heap MiB", "RSS MiB", "loop p99 ms", "page ms", "files"];
const widths = [10, 10, 10, 10, 12, 10, 8];

const cells = (sample: Sample): readonly number[] => [
  ...[round(sample.minutes, 1), sample.commands, round(sample.heapMebibytes, 1)],
  ...[round(sample.residentMebibytes), round(sample.loopDelay, 1), round(sample.page, 1)],
  sample.openFiles,
];

/** The medians of some samples, as one. */
const middleOf = (samples: readonly Sample[]): Sample => {
  const median = (of: (sample: Sample) => number): number => quantile(samples.map(of), 0.5);
  return {
    minutes: median(({ minutes }) => minutes),
    commands: median(({ commands }) => commands),
    heapMebibytes: median(({ heapMebibytes }) => heapMebibytes),
    residentMebibytes: median(({ residentMebibytes }) => residentMebibytes),
    loopDelay: median(({ loopDelay }) => loopDelay),
    page: median(({ page }) => page),
    openFiles: median(({ openFiles }) => openFiles),
  };
};

/** Mebibytes in use: before anything was started, after all was closed, and the same once more. */
type Heaps = {
  readonly before: number;
  readonly closed: number;
  readonly again: number;
  readonly closedAgain: number;
};

const printed = (samples: readonly Sample[], inspections: number, heaps: Heaps) => {
  const quarter = Math.ceil(samples.length / 4);
  const first = middleOf(samples.slice(0, quarter));
  const last = middleOf(samples.slice(-quarter));
  console.log(`\nmedians of the first quarter and of the last\n${row(widths, heads)}`);
  for (const each of [first, last]) console.log(row(widths, cells(each)));
  const perCommand = inspections / (samples.at(-1)?.commands ?? 1);
  const growthOf = (mebibytes: (sample: Sample) => number, from: number): number =>
    slopeOf(
      samples
        .map((sample) => [sample.commands * perCommand, mebibytes(sample) * 1024] as const)
        .filter(([carried]) => carried >= from * inspections),
    );
  const heap = ({ heapMebibytes }: Sample) => heapMebibytes;
  const resident = ({ residentMebibytes }: Sample) => residentMebibytes;
  const growth = {
    whole: growthOf(heap, 0),
    late: growthOf(heap, 0.75),
    residentLate: growthOf(resident, 0.75),
    kept: ((heaps.again - heaps.closedAgain) * 1024) / inspections,
  };
  const end = samples.at(-1)?.heapMebibytes ?? 0;
  const most = growth.kept * tolerance;
  const isFlat = growth.late <= most && growth.residentLate <= most + slack;
  console.log(
    `\nThe heap grows by ${round(growth.whole)} KiB for each inspection, for each of the ` +
      `last quarter by ${round(growth.late)} KiB, and resident memory by ` +
      `${round(growth.residentLate)} KiB.\nStarted again, the same data takes ` +
      `${round(growth.kept)} KiB for each: what is kept of it on purpose.\nIn MiB: ` +
      `${round(heaps.before, 1)} before, ${round(end, 1)} at the end, ` +
      `${round(heaps.closed, 1)} after closing, ${round(heaps.again, 1)} started again, ` +
      `${round(heaps.closedAgain, 1)} after closing again.\n` +
      (isFlat
        ? "Memory is flat but for what is kept on purpose."
        : "Memory is NOT flat: it grows by more than what is kept on purpose."),
  );
  return { samples, first, last, growth, heaps: { ...heaps, end }, isFlat };
};
