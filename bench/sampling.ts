/**
 * How balanced our samples are, whether every case has its chance, and how long a draw takes:
 * beside simple random sampling, allocation over five strata and R's samplecube, on the same
 * populations.
 */
import { document2018 } from "@assay/domain/framework/shipped.ts";
import { finiteSize, proportionalSize } from "@assay/domain/sampling/sizes.ts";

import { cube, type Design, fiveStrata, simpleRandom, streamFor } from "./sampling/designs.ts";
import { type Imbalances, imbalanceOf } from "./sampling/imbalance.ts";
import { inclusionCheck, type InclusionCheck } from "./sampling/inclusion.ts";
import { leastPossible } from "./sampling/least-possible.ts";
import { type Population, populationOf } from "./sampling/populations.ts";
import { samplecube } from "./sampling/samplecube.ts";

export type SamplingOptions = {
  readonly counts?: readonly number[];
  /** Draws of each design from each population, at most; fewer from very large ones. */
  readonly draws?: number;
  readonly inclusionSeeds?: number;
  /** For R, per population. */
  readonly samplecube?: { readonly draws: number; readonly seconds: number };
  readonly print?: (line: string) => void;
};

type Milliseconds = { readonly median: number; readonly least: number; readonly most: number };

export type SamplingRow = Imbalances & {
  readonly population: number;
  readonly size: number;
  readonly design: string;
  readonly draws: number;
  /** Of one draw. */
  readonly time: Milliseconds;
};

export type SamplingResult = {
  readonly name: "sampling";
  readonly rows: readonly SamplingRow[];
  /** What no draw with equal chances can undercut, in points of share over margins. */
  readonly leastPossible: readonly {
    readonly population: number;
    readonly size: number;
    readonly margins: number;
  }[];
  readonly inclusion: readonly InclusionCheck[];
  /**
   * Our mean imbalance over margins as a share of the others', over all populations not taken
   * whole.
   */
  readonly shareOf: {
    readonly fiveStrata: number;
    readonly samplecube: number | undefined;
    readonly leastPossible: number;
  };
  readonly samplecube: string;
};

const designs: Readonly<Record<string, Design>> = { cube, simpleRandom, fiveStrata };
const rounds = 5;

/**
 * Counts whose samples are drawn: of each the court size, and the size that would follow out of
 * court.
 */
const usualCounts = [10, 15, 22, 30, 50, 100, 200, 500, 1000, 10_000, 100_000] as const;

export const run = (options: SamplingOptions = {}): SamplingResult => {
  const { counts = usualCounts, print = console.log } = options;
  const rows: SamplingRow[] = [];
  const least: { population: number; size: number; margins: number }[] = [];
  let peer = "not run";
  print(
    line("cases", "drawn", "design", "margins mean", "worst", "pairs mean", "worst", "ms a draw"),
  );
  for (const { count, size } of casesOf(counts)) {
    const population = populationOf(count, size);
    const ours = compare(population, options);
    const theirs = withSamplecube(population, options);
    peer = theirs.said;
    for (const row of [...ours, ...theirs.rows]) {
      rows.push(row);
      print(lineOf(row));
    }
    const margins = leastPossible(population);
    least.push({ population: count, size, margins });
    print(line(count, size, "least possible", margins.toFixed(3), "", "", "", ""));
  }
  const inclusion = checkInclusion(options, print);
  const bounds = least.reduce((sum, { margins }) => sum + margins, 0);
  const ours = rows.filter(({ design }) => design === "cube");
  const shareOf = {
    fiveStrata: share(rows, "fiveStrata")!,
    samplecube: share(rows, "samplecube"),
    leastPossible: ours.reduce((sum, { margins }) => sum + margins.mean, 0) / bounds,
  };
  print(`samplecube: ${peer}`);
  print(`imbalance on the margins, cube / five strata: ${shareOf.fiveStrata.toFixed(2)}`);
  print(`imbalance on the margins, cube / samplecube: ${shareOf.samplecube?.toFixed(2) ?? "-"}`);
  print(`imbalance on the margins, cube / least possible: ${shareOf.leastPossible.toFixed(2)}`);
  return { name: "sampling", rows, leastPossible: least, inclusion, shareOf, samplecube: peer };
};

const casesOf = (counts: readonly number[]) =>
  counts.flatMap((count) => {
    const court = finiteSize(count, document2018.ruleset.sampling.size);
    const following = proportionalSize(court, {
      here: document2018.ruleset.sampling.proportion.outOfCourt,
      there: document2018.ruleset.sampling.proportion.court,
    });
    return [court, following].map((size) => ({ count, size }));
  });

/** Rounds take turns, so that a busy moment of the machine meets every design. */
const compare = (population: Population, { draws = 200 }: SamplingOptions): SamplingRow[] => {
  const count = population.rows.length;
  const each = Math.ceil(Math.min(draws, Math.max(rounds, 200_000 / count)) / rounds);
  const samples = new Map(Object.keys(designs).map((name) => [name, [] as number[][]]));
  const times = new Map(Object.keys(designs).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, design] of Object.entries(designs)) {
      const before = performance.now();
      for (let i = 0; i < each; i += 1) {
        const random = streamFor(`${name}/${count}/${population.size}/${round}/${i}`);
        samples.get(name)!.push([...design(population, random)]);
      }
      times.get(name)!.push((performance.now() - before) / each);
    }
  return [...samples].map(([name, drawn]) => {
    assertSizes(name, drawn, population.size);
    return rowOf(population, name, drawn, spread(times.get(name)!));
  });
};

const withSamplecube = (
  population: Population,
  { samplecube: limit = { draws: 40, seconds: 40 } }: SamplingOptions,
): { readonly rows: readonly SamplingRow[]; readonly said: string } => {
  if (population.rows.length > 10_000) return { rows: [], said: "left out above 10,000 cases" };
  if (limit.draws === 0) return { rows: [], said: "skipped" };
  const ran = samplecube(population, limit);
  if (!ran.available) return { rows: [], said: `skipped: ${ran.why}` };
  const row = rowOf(population, "samplecube", ran.samples, spread(ran.times));
  return { rows: [row], said: `R package sampling ${ran.version}, left out above 10,000 cases` };
};

const rowOf = (
  population: Population,
  design: string,
  samples: readonly (readonly number[])[],
  time: Milliseconds,
): SamplingRow => ({
  population: population.rows.length,
  size: population.size,
  design,
  draws: samples.length,
  ...imbalanceOf(population, samples),
  time,
});

const assertSizes = (name: string, samples: readonly (readonly number[])[], size: number): void => {
  for (const sample of samples)
    if (new Set(sample).size !== size || sample.length !== size)
      throw new Error(`${name} drew ${sample.length} in place of ${size}`);
};

const spread = (values: readonly number[]): Milliseconds => {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, least: sorted[0]!, most: sorted.at(-1)! };
};

const checkInclusion = (
  { inclusionSeeds = 10_000 }: SamplingOptions,
  print: (line: string) => void,
): readonly InclusionCheck[] =>
  [
    { count: 22, size: 13 },
    { count: 100, size: 42 },
  ].map(({ count, size }) => {
    const check = inclusionCheck(count, size, inclusionSeeds);
    print(
      `equal chances, ${size} of ${count} over ${check.seeds} seeds: chi-square ` +
        `${check.chiSquare.toFixed(1)} on ${check.freedom} (tail ${check.tail.toFixed(3)}); ` +
        `drawn ${check.rarest.toFixed(4)} to ${check.commonest.toFixed(4)}, ` +
        `${(size / count).toFixed(4)} each`,
    );
    return check;
  });

/** Our imbalance over the populations that the other drew from too, as a share of its own. */
const share = (rows: readonly SamplingRow[], other: string): number | undefined => {
  const theirs = rows.filter((row) => row.design === other && row.size < row.population);
  const ours = theirs.map(({ population, size }) =>
    rows.find(
      (row) => row.design === "cube" && row.population === population && row.size === size,
    )!,
  );
  const total = (of: readonly SamplingRow[]): number =>
    of.reduce((sum, row) => sum + row.margins.mean, 0);
  return theirs.length === 0 ? undefined : total(ours) / total(theirs);
};

const lineOf = ({ population, size, design, margins, pairs, time }: SamplingRow): string =>
  line(
    population,
    size,
    design,
    ...[margins.mean, margins.worst, pairs.mean, pairs.worst].map((each) => each.toFixed(3)),
    `${time.median.toFixed(2)} (${time.least.toFixed(2)}-${time.most.toFixed(2)})`,
  );

const line = (...cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i === 2 ? String(cell).padEnd(15) : String(cell).padStart(8))).join("  ");
