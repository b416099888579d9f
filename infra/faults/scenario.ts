/**
 * One story with everything that goes wrong in it, drawn from a seed: the same seed gives the same
 * inspection and the same faults in the same order.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import type { Digest } from "@assay/domain/kernel/ids.ts";
import { type RandomStream, randomStream } from "@assay/domain/sampling/stream.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";

import { smallPlot } from "./small-plot.ts";

/** How the whole system ends without warning. */
export type Crash = {
  /** After so many steps of its life: appends, deliveries and answers, before and after each. */
  readonly after: number;
  /**
   * `kill` leaves every file as it is; `cut` also takes from the services' own files what the disk
   * had not been made to write; `wipe` leaves the event store alone.
   */
  readonly how: "kill" | "cut" | "wipe";
  /** Whether it starts again only once the next thing is about to happen, hours or days later. */
  readonly long: boolean;
};

/** How often, of a thousand calls, each of these happens. */
export type Rates = {
  readonly lost: number;
  readonly landed: number;
  readonly late: number;
  readonly doubled: number;
  readonly full: number;
  readonly broken: number;
};

export type Scenario = {
  readonly seed: number;
  readonly plot: Plot;
  readonly crashes: readonly Crash[];
  readonly rates: Rates;
  /** How far the services' clock is off, in milliseconds, for the commands from each number on. */
  readonly clock: readonly { readonly from: number; readonly off: number }[];
};

export const chanceOf = (seed: number, what: string): RandomStream =>
  randomStream(bytesToHex(sha256(utf8ToBytes(`faults/${seed}`))) as Digest, what);

export const scenarioOf = (seed: number): Scenario => {
  const chance = chanceOf(seed, "scenario");
  const pick = <Value>(...values: readonly Value[]): Value => values[chance.below(values.length)]!;
  const crash = (): Crash => ({
    after: chance.below(900),
    how: pick("kill", "cut", "wipe"),
    long: chance.below(4) === 0,
  });
  return {
    seed,
    plot: smallPlot(chanceOf(seed, "plot")),
    crashes: Array.from({ length: chance.below(5) }, crash),
    rates: {
      lost: pick(0, 10, 40),
      landed: pick(0, 10, 40),
      late: pick(0, 20, 100),
      doubled: pick(0, 20, 100),
      full: pick(0, 0, 5),
      broken: pick(0, 10, 40),
    },
    clock: Array.from({ length: pick(0, 0, 3) }, () => ({
      from: chance.below(200),
      off: (chance.below(120) - 60) * 60_000,
    })).toSorted((a, b) => a.from - b.from),
  };
};

/** A scenario in one line, for whoever has to understand what failed. */
export const inWords = ({ seed, plot, crashes, rates, clock }: Scenario): string => {
  const ends = crashes.map(
    ({ after, how, long }) => `${how} after ${after}${long ? ", and a long pause" : ""}`,
  );
  const often = Object.entries(rates).flatMap(([what, rate]) => (rate ? [`${what} ${rate}‰`] : []));
  const jumps = clock.map(({ from, off }) => `clock ${off / 60_000} min from ${from}`);
  return `seed ${seed}: ${plot.service.name}; ${[...ends, ...often, ...jumps].join("; ")}`;
};

/** Whether everything happened at its own time: then even the times on record are the same. */
export const isUnhurried = ({ crashes, clock }: Scenario): boolean =>
  clock.length === 0 && !crashes.some(({ long }) => long);
