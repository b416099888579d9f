/**
 * Recording judgements: from a command to a fact on the disk, for one caller and for 64, on sixteen
 * streams and on one, beside peers under the same durability and beside the disk's own limit.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { quantile, round, row, type Spread, spreadOf, told } from "./measure.ts";
import { loadPeers } from "./peers.ts";
import { startAssay } from "./recording/assay.ts";
import { type Postgres, startPostgres } from "./recording/postgres.ts";
import { startRawSqlite } from "./recording/raw-sqlite.ts";
import { type Judgement, judgementOf, type Recorder } from "./recording/recorder.ts";
import { inTurns } from "./rounds.ts";

export type RecordingOptions = {
  readonly rounds?: number;
  /** How long each contender records in each round. */
  readonly milliseconds?: number;
  /** Only those whose name begins so. */
  readonly only?: readonly string[];
};

type Figures = { readonly perSecond: number; readonly p50: number; readonly p99: number };
type Workload = { readonly callers: number; readonly streams: number };
type Work = Workload & {
  readonly milliseconds: number;
  readonly next: (stream: number) => Judgement;
};

const workloads: readonly Workload[] = [
  { callers: 1, streams: 16 },
  { callers: 64, streams: 16 },
  { callers: 1, streams: 1 },
  { callers: 64, streams: 1 },
];

export const run = async (options: RecordingOptions = {}) => {
  const { rounds = 5, milliseconds = 1500 } = options;
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  const { recorders, close } = await startAll(folder, options.only);
  try {
    const tables = [];
    let number = 0;
    const next = (stream: number): Judgement => judgementOf((number += 1), stream);
    for (const { name, settings } of recorders) console.log(`  ${name}: ${settings}`);
    for (const workload of workloads) {
      const contenders = recorders.map((recorder) => ({
        name: recorder.name,
        run: () => record(recorder, { ...workload, milliseconds, next }),
      }));
      const { fsync, figures } = await inTurns({ contenders, folder, rounds });
      tables.push({ ...workload, fsync, rows: printed(workload, fsync, figures) });
    }
    const settings = Object.fromEntries(recorders.map(({ name, settings }) => [name, settings]));
    return { rounds, milliseconds, settings, tables };
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Those that can be had, with a word about the others. */
const startAll = async (folder: string, only: readonly string[] | undefined) => {
  const recorders: Recorder[] = [];
  const add = async (name: string, start: () => Recorder | Promise<Recorder>): Promise<void> => {
    if (only !== undefined && !only.some((each) => name.startsWith(each))) return;
    try {
      recorders.push(await start());
    } catch (error) {
      console.log(
        `  ${name} is left out: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
  let postgres: Postgres | undefined;
  const database = async (name: string): Promise<string> => {
    postgres ??= await startPostgres(folder);
    if (postgres !== undefined) return postgres.database(name);
    throw new Error("there is no PostgreSQL here (Debian: apt-get install postgresql)");
  };
  const peers = await loadPeers();
  await add("Assay", () => startAssay(join(folder, "assay")));
  await add("node:sqlite alone", () => startRawSqlite(folder));
  await add("Emmett on SQLite", () => peers.startEmmettOnSqlite(folder));
  await add("Act on SQLite", () => peers.startAct(folder));
  await add("Emmett on PostgreSQL", async () =>
    peers.startEmmettOnPostgres(await database("emmett")),
  );
  await add("DBOS on PostgreSQL", async () => peers.startDbos(await database("dbos")));
  await add("Restate with XState", () => peers.startRestate(folder));
  const close = async (): Promise<void> => {
    for (const recorder of recorders.toReversed()) await recorder.close();
    await postgres?.close();
  };
  return { recorders, close };
};

/** Callers send one judgement after another until time is up; what was promised must be there. */
const record = async (
  recorder: Recorder,
  { callers, streams, milliseconds, next }: Work,
): Promise<Figures> => {
  const recording = await recorder.begin(streams);
  const times: number[] = [];
  const begun = performance.now();
  const caller = async (_: unknown, place: number): Promise<void> => {
    for (let turn = place; performance.now() - begun < milliseconds; turn += 1) {
      const stream = turn % streams;
      const asked = performance.now();
      await recording.record(stream, next(stream));
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - begun) / 1000;
  const stored = await recording.stored();
  if (stored !== times.length)
    throw new Error(`${recorder.name} acknowledged ${times.length} and holds ${stored}`);
  return {
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
};

const printed = (
  { callers, streams }: Workload,
  fsync: Spread,
  figures: ReadonlyMap<string, readonly Figures[]>,
) => {
  const widths = [-24, 9, 15, 9, 9, 12];
  const who = callers === 1 ? "1 caller" : `${callers} callers`;
  const where = streams === 1 ? "one hot stream" : `${streams} streams`;
  console.log(`\n${who}, ${where}; fsync of 4 KiB ${told(fsync, 2)} ms`);
  console.log(row(widths, ["", "a second", "range", "p50 ms", "p99 ms", "Assay is"]));
  const medians = [...figures].map(([name, all]) => ({
    name,
    perSecond: spreadOf(all.map((each) => each.perSecond)),
    p50: spreadOf(all.map((each) => each.p50)).median,
    p99: spreadOf(all.map((each) => each.p99)).median,
  }));
  const ours = medians.find(({ name }) => name === "Assay")?.perSecond.median;
  return medians.map((each) => {
    const { name, perSecond, p50, p99 } = each;
    const ratio = ours === undefined ? undefined : round(ours / perSecond.median, 2);
    const range = `${round(perSecond.least)}–${round(perSecond.most)}`;
    const times = ratio === undefined || name === "Assay" ? "" : `${ratio} x`;
    const cells = [name, round(perSecond.median), range, round(p50, 2), round(p99, 2), times];
    console.log(row(widths, cells));
    return { ...each, ratio };
  });
};
