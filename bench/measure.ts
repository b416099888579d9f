/** Medians and spreads, and what this machine is, so that a figure can be read on any other. */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

export type Spread = { readonly median: number; readonly least: number; readonly most: number };

export const spreadOf = (values: readonly number[]): Spread => ({
  median: quantile(values, 0.5),
  least: Math.min(...values),
  most: Math.max(...values),
});

/** The value below which a share of the values lies; 0 for none. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
};

/** Median milliseconds of writing 4 KiB and syncing it, in that folder. */
export const fsyncProbe = (folder: string): number => {
  const file = join(folder, "fsync-probe");
  const handle = openSync(file, "w");
  const block = Buffer.alloc(4096, 1);
  const times: number[] = [];
  for (let i = 0; i < 40; i += 1) {
    const begun = performance.now();
    writeSync(handle, block);
    fsyncSync(handle);
    times.push(performance.now() - begun);
  }
  closeSync(handle);
  rmSync(file);
  return quantile(times, 0.5);
};

/** A row of a table whose columns are this wide; a negative width aligns to the left. */
export const row = (widths: readonly number[], cells: readonly (string | number)[]): string =>
  cells
    .map((cell, i) => {
      const width = widths[i] ?? 12;
      return width < 0 ? String(cell).padEnd(-width) : String(cell).padStart(width);
    })
    .join("  ");

export const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

/** A spread as `median (least–most)`. */
export const told = ({ median, least, most }: Spread, digits = 0): string =>
  `${round(median, digits)} (${round(least, digits)}–${round(most, digits)})`;

export const machine = () => ({
  cores: cpus().length,
  processor: cpus()[0]?.model,
  gibibytes: round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  at: new Date().toISOString(),
});

/** The peers and their versions, as their own package.json pins them. */
export const versions = (): Readonly<Record<string, string>> => {
  const described = readFileSync(join(import.meta.dirname, "peers/package.json"), "utf8");
  return (JSON.parse(described) as { readonly dependencies: Readonly<Record<string, string>> })
    .dependencies;
};
