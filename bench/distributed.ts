/**
 * The distributed engine with one, two and four replicas of each service: whole lifecycles, and
 * judgements from one caller and from many; then how long each part takes to come back when killed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Plot } from "@assay/domain/reconstruction/story.ts";
import { chanceOf } from "@assay/faults/scenario.ts";
import { smallPlot } from "@assay/faults/small-plot.ts";
import { undisturbed } from "@assay/services/contract/disturbed.ts";

import { carried } from "./distributed/lifecycles.ts";
import { type Recovery, recoveryOf } from "./distributed/recovery.ts";
import { onStage } from "./distributed/stage.ts";
import { startJudging } from "./engines/judging.ts";
import type { Figures } from "./engines/storing.ts";
import { row, round, spreadOf, told } from "./measure.ts";
import { inTurns, type Rounds } from "./rounds.ts";

const replicas = [1, 2, 4];

export type DistributedOptions = {
  readonly rounds?: number | undefined;
  /** Of each part. */
  readonly kills?: number | undefined;
  /** Small ones, told together in each round. */
  readonly inspections?: number | undefined;
};

type Measured = {
  readonly perMinute: number;
  readonly one: Figures;
  readonly many: Figures;
};

export const run = async (
  options: DistributedOptions,
): Promise<Readonly<Record<string, unknown>>> => {
  const { rounds = 5, kills = 5, inspections = 4 } = options;
  const plots = Array.from({ length: inspections }, (_, i) => smallPlot(chanceOf(i + 1, "plot")));
  const expected = await undisturbed(plots);
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    const contenders = replicas.map((count) => ({
      name: count === 1 ? "1 replica" : `${count} replicas`,
      run: () => measured(count, { plots, expected }),
    }));
    const turns = await inTurns({ contenders, folder, rounds });
    const shown = printed(turns, inspections);
    return { ...shown, recovery: printedRecovery(await recoveryOf(kills), kills) };
  } finally {
    process.off("exit", remove);
    remove();
  }
};

/** Each caller has a case to themselves: 39 of them. */
const judged = 3;

/** Servers and services are started for it, so that nobody profits from who ran before. */
const measured = (
  count: number,
  story: { readonly plots: readonly Plot[]; readonly expected: readonly string[] },
): Promise<Measured> =>
  onStage(count, async (stage) => {
    const perMinute = await carried(stage, story);
    const judging = await startJudging({ ...stage, inspections: judged });
    try {
      const one = await judging.send({ callers: 1, commands: 300 });
      const many = await judging.send({ callers: 32, commands: 960 });
      return { perMinute, one, many };
    } finally {
      await judging.close();
    }
  });

const printed = ({ rounds, fsync, figures }: Rounds<Measured>, inspections: number) => {
  const widths = [-12, 22, 24, 24, 16];
  const heads = ["lifecycles a minute", "commands/s, 1 caller", "32 callers", "p99 ms, 1 and 32"];
  console.log(`${rounds} rounds of ${inspections} small inspections`);
  console.log(`fsync of 4 KiB: ${told(fsync, 2)} ms`);
  console.log(row(widths, ["", ...heads]));
  const rows = [...figures].map(([name, all]) => {
    const perMinute = spreadOf(all.map((each) => each.perMinute));
    const one = spreadOf(all.map((each) => each.one.perSecond));
    const many = spreadOf(all.map((each) => each.many.perSecond));
    const p99 = [
      spreadOf(all.map((each) => each.one.p99)).median,
      spreadOf(all.map((each) => each.many.p99)).median,
    ];
    const slow = p99.map((each) => round(each)).join(" and ");
    console.log(row(widths, [name, told(perMinute, 1), told(one), told(many), slow]));
    return { name, perMinute, one, many, p99 };
  });
  return { rounds, fsync, inspections, rows };
};

const printedRecovery = (recovery: Recovery, kills: number) => {
  const widths = [-28, 28];
  console.log(`\nmilliseconds from a kill to the next accepted command, ${kills} kills each`);
  console.log(row(widths, ["killed", "median (range)"]));
  return [...recovery].map(([name, times]) => {
    const spread = spreadOf(times);
    console.log(row(widths, [name, told(spread)]));
    return { name, ...spread, times };
  });
};
