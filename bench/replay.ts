/**
 * From stored events to ratings: one stream, one inspection, a moment in its past, and a programme,
 * beside Emmett on the same events and beside merely reading and parsing the same rows.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { round, row, spreadOf, told } from "./measure.ts";
import { loadPeers } from "./peers.ts";
import { heapInUse } from "./replay/heap.ts";
import { fillAssay, historiesOf, type Programme } from "./replay/programme.ts";
import { rawReader } from "./replay/raw-rows.ts";
import { type Contender, inTurns, progress } from "./rounds.ts";

export type ReplayOptions = {
  readonly rounds?: number;
  readonly inspections?: number;
};

type Part = {
  readonly what: string;
  /** In milliseconds, of one of what is named. */
  readonly contenders: readonly (Contender<void> & { readonly of: number })[];
};

export const run = async ({ rounds = 5, inspections = 155 }: ReplayOptions = {}) => {
  const { fillEmmett } = await loadPeers();
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  progress("an inspection is carried through its whole lifecycle");
  const histories = await historiesOf(inspections);
  progress("their events are stored for every inspection, here and in Emmett");
  const assay = await fillAssay(folder, histories);
  const emmett = await fillEmmett(folder, histories);
  try {
    const tables = [];
    for (const part of partsOf(assay, emmett, rawReader(assay.path))) {
      const { contenders, what } = part;
      const { figures } = await inTurns({ contenders: contenders.map(timed), folder, rounds });
      tables.push({ what, rows: printed(part, figures) });
    }
    const heap = await heapWhile(assay);
    return { rounds, inspections, events: assay.events, tables, heap };
  } finally {
    await emmett.close();
    await assay.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const partsOf = (
  assay: Programme,
  emmett: Programme,
  raw: ReturnType<typeof rawReader>,
): readonly Part[] => {
  const [inspection] = assay.inspections;
  const stream = assay.streamsOf(inspection!).find((name) => name.startsWith("assessment-"))!;
  const many = 50;
  const times = async (work: () => unknown): Promise<void> => {
    for (let i = 0; i < many; i += 1) await work();
  };
  const one = (name: string, work: () => unknown) => ({ name, of: many, run: () => times(work) });
  const whole = (name: string, work: () => unknown) => ({
    name,
    of: 1,
    run: async () => void (await work()),
  });
  return [
    {
      what: "one case's stream loaded and folded",
      contenders: [
        one("rows read and parsed, no more", () => raw.stream(stream)),
        one("Assay", () => assay.fold(stream)),
        one("Emmett on SQLite", () => emmett.fold(stream)),
      ],
    },
    {
      what: "one inspection loaded, its ratings replayed",
      contenders: [
        one("rows read and parsed, no more", () => raw.streams(assay.streamsOf(inspection!))),
        one("Assay", () => assay.replay(inspection!)),
        one("Emmett on SQLite", () => emmett.replay(inspection!)),
      ],
    },
    {
      what: "its ratings as at a random moment",
      contenders: [
        one("Assay", () => assay.asAt(inspection!, Math.random())),
        one("Emmett on SQLite", () => emmett.asAt(inspection!, Math.random())),
      ],
    },
    {
      what: `${assay.inspections.length} inspections of ${assay.events} events, all replayed`,
      contenders: [
        whole("rows read and parsed, no more", () => raw.everything(assay.events)),
        whole("Assay", () => replayAll(assay)),
        whole("Emmett on SQLite", () => replayAll(emmett)),
      ],
    },
  ];
};

const replayAll = async ({ inspections, replay }: Programme, after?: () => void): Promise<void> => {
  for (const inspection of inspections) {
    await replay(inspection);
    after?.();
  }
};

/** The processor's time too: on a busy machine it says more than the clock. */
type Figures = { readonly milliseconds: number; readonly cpu: number };

const timed = ({ name, of, run }: Part["contenders"][number]): Contender<Figures> => ({
  name,
  run: async () => {
    const [begun, before] = [performance.now(), process.cpuUsage()];
    await run();
    const { user, system } = process.cpuUsage(before);
    return { milliseconds: (performance.now() - begun) / of, cpu: (user + system) / 1000 / of };
  },
});

const printed = ({ what, contenders }: Part, figures: ReadonlyMap<string, readonly Figures[]>) => {
  const widths = [-32, 26, 10, 14, 14];
  console.log(`\n${what}`);
  console.log(row(widths, ["", "ms", "of CPU", "Assay takes", "of its CPU"]));
  const medians = contenders.map(({ name }) => {
    const all = figures.get(name)!;
    const milliseconds = spreadOf(all.map((each) => each.milliseconds));
    return { name, milliseconds, cpu: spreadOf(all.map(({ cpu }) => cpu)) };
  });
  const ours = medians.find(({ name }) => name === "Assay")!;
  return medians.map(({ name, milliseconds, cpu }) => {
    const digits = milliseconds.median < 100 ? 2 : 0;
    const times = round(ours.milliseconds.median / milliseconds.median, 2);
    const ofCpu = round(ours.cpu.median / cpu.median, 2);
    const ratios = name === "Assay" ? ["", ""] : [`${times} x`, `${ofCpu} x`];
    const cells = [name, told(milliseconds, digits), round(cpu.median, digits), ...ratios];
    console.log(row(widths, cells));
    return { name, milliseconds, cpu, times, ofCpu };
  });
};

/** In mebibytes, after collecting what is no longer used, while the programme is replayed. */
const heapWhile = async (assay: Programme) => {
  const used: number[] = [];
  let number = 0;
  await replayAll(assay, () => {
    number += 1;
    if (number % Math.ceil(assay.inspections.length / 10) === 0) used.push(heapInUse());
  });
  const heap = spreadOf(used);
  console.log(
    `\nheap in use while the programme is replayed: ${round(heap.least, 1)}–${round(heap.most, 1)} MiB`,
  );
  return { mebibytes: used };
};
