/** What a process takes while it works, minute by minute, and whether that grows. */
import { existsSync, readdirSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

import { quantile } from "../measure.ts";
import { heapInUse } from "../replay/heap.ts";

export type Sample = {
  /** Since the beginning. */
  readonly minutes: number;
  readonly commands: number;
  /** In use after a collection. */
  readonly heapMebibytes: number;
  readonly residentMebibytes: number;
  /** p99, in milliseconds. */
  readonly loopDelay: number;
  /** Median, in milliseconds; 0 where none was asked for. */
  readonly page: number;
  /** 0 where the system does not tell. */
  readonly openFiles: number;
};

export type Sampling = {
  /** Takes one more and gives all of them. */
  last(): readonly Sample[];
  close(): void;
};

const descriptors = "/proc/self/fd";

export const startSampling = (asked: {
  /** In milliseconds. */
  readonly every: number;
  readonly commands: () => number;
  readonly pages: () => readonly number[];
  readonly onSample: (sample: Sample) => void;
}): Sampling => {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const begun = performance.now();
  const samples: Sample[] = [];
  delay.enable();
  const take = (): void => {
    const loopDelay = delay.percentile(99) / 1e6;
    const sample = {
      minutes: (performance.now() - begun) / 60_000,
      commands: asked.commands(),
      heapMebibytes: heapInUse(),
      residentMebibytes: process.memoryUsage.rss() / 2 ** 20,
      loopDelay,
      page: quantile(asked.pages(), 0.5),
      openFiles: existsSync(descriptors) ? readdirSync(descriptors).length : 0,
    };
    samples.push(sample);
    asked.onSample(sample);
    delay.reset();
  };
  const timer = setInterval(take, asked.every);
  return {
    close: () => {
      clearInterval(timer);
      delay.disable();
    },
    last: () => {
      take();
      return samples;
    },
  };
};

/** The line of least squares through these points: how much `y` grows for each `x`. */
export const slopeOf = (points: readonly (readonly [x: number, y: number])[]): number => {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const x = mean(points.map((point) => point[0]));
  const y = mean(points.map((point) => point[1]));
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  const under = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return under === 0 ? 0 : over / under;
};
