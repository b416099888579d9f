/**
 * One story with everything that goes wrong in it, drawn from a seed: the same seed gives the same
 * inspection and the same faults in the same order.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import type { Digest } from "@assay/domain/kernel/ids.ts";
import { type RandomStream, randomStream } from "@assay/domain/sampling/stream.ts";
import type { Plot } from "@assay/domain/reconstruction/story.ts";

import { type Poison, poisons, poisonsApart } from "./poison.ts";
import { smallPlot } from "./small-plot.ts";

/** How the whole system ends without warning. */
export type Crash = {
  /** After so many steps of its life: appends, deliveries and answers, before and after each. */
  readonly after: number;
  /**
   * `kill` leaves every file as it is; `cut` also takes from the services' own files what the disk
   * had not been made to write; `mangle` damages one of them; `wipe` leaves the event store alone.
   */
  readonly how: "kill" | "cut" | "mangle" | "wipe";
  /** Whether it starts again only once the next thing is about to happen, hours or days later. */
  readonly long: boolean;
  /** What is tried on a copy of its files before it goes on. */
  readonly trial: Trial | undefined;
};

/**
 * `page`: a page of the store is damaged; `earlier`: the store is that of an earlier day beside
 * newer files; `headless`: the store's log is missing.
 */
export const trials = ["page", "earlier", "headless"] as const;
export type Trial = (typeof trials)[number];

/** How often, of a thousand calls, each of these happens. */
export type Rates = {
  readonly lost: number;
  readonly landed: number;
  readonly late: number;
  readonly doubled: number;
  readonly full: number;
  readonly broken: number;
  /** Somebody else sends the same form. */
  readonly twice: number;
};

export type Scenario = {
  readonly seed: number;
  readonly plot: Plot;
  readonly crashes: readonly Crash[];
  readonly rates: Rates;
  /** How far the services' clock is off, in milliseconds, for the commands from each number on. */
  readonly clock: readonly { readonly from: number; readonly off: number }[];
  /** Put into the store after so many commands, or, apart, before the next life after that. */
  readonly poison: readonly { readonly from: number; readonly kind: Poison }[];
  /** After so many steps nothing answers for a while, in milliseconds. */
  readonly hangs: readonly { readonly from: number; readonly for: number }[];
  /** After so many commands somebody starts a second process on the same data. */
  readonly second: readonly { readonly from: number }[];
  /** How many replicas of each service run beside the first. */
  readonly replicas: number;
};

export const chanceOf = (seed: number, what: string): RandomStream =>
  randomStream(bytesToHex(sha256(utf8ToBytes(`faults/${seed}`))) as Digest, what);

export const scenarioOf = (seed: number): Scenario => {
  const chance = chanceOf(seed, "scenario");
  const pick = <Value>(...values: readonly Value[]): Value => values[chance.below(values.length)]!;
  const some = <Value>(most: number, one: () => Value): readonly Value[] =>
    Array.from({ length: chance.below(most + 1) }, one);
  const from = (): number => chance.below(200);
  const inOrder = <At extends { readonly from: number }>(list: readonly At[]): readonly At[] =>
    list.toSorted((a, b) => a.from - b.from);
  const crash = (): Crash => ({
    after: chance.below(900),
    how: pick("kill", "cut", "mangle", "wipe"),
    long: chance.below(4) === 0,
    trial: pick(undefined, undefined, ...trials),
  });
  const day = 86_400_000;
  return {
    seed,
    plot: smallPlot(chanceOf(seed, "plot")),
    crashes: some(4, crash),
    rates: {
      lost: pick(0, 10, 40),
      landed: pick(0, 10, 40),
      late: pick(0, 20, 100),
      doubled: pick(0, 20, 100),
      full: pick(0, 0, 5),
      broken: pick(0, 10, 40),
      twice: pick(0, 20, 100),
    },
    clock: inOrder(
      Array.from({ length: pick(0, 0, 3) }, () => ({
        from: from(),
        off: pick(
          (chance.below(4) - 2) * 60_000,
          (40 + chance.below(1500)) * day,
          -(40 + chance.below(1500)) * day,
        ),
      })),
    ),
    poison: inOrder(some(3, () => ({ from: from(), kind: pick(...poisons, ...poisonsApart) }))),
    hangs: inOrder(some(2, () => ({ from: chance.below(1800), for: 50 + chance.below(350) }))),
    second: some(1, () => ({ from: from() })),
    replicas: pick(0, 0, 1),
  };
};

/** A scenario in one line, for whoever has to understand what failed. */
export const inWords = (scenario: Scenario): string => {
  const { seed, plot, crashes, rates, clock, poison, hangs, second, replicas } = scenario;
  const ends = crashes.map(
    ({ after, how, long, trial }) =>
      `${how} after ${after}${long ? ", and a long pause" : ""}${trial ? `, tried: ${trial}` : ""}`,
  );
  const often = Object.entries(rates).flatMap(([what, rate]) => (rate ? [`${what} ${rate}‰`] : []));
  const jumps = clock.map(({ from, off }) => `clock ${off / 60_000} min from ${from}`);
  const others = [
    ...poison.map(({ from, kind }) => `poison ${kind} from ${from}`),
    ...hangs.map((hang) => `hangs ${hang.for} ms after ${hang.from}`),
    ...second.map(({ from }) => `a second process at ${from}`),
    ...(replicas > 0 ? [`${replicas} replica`] : []),
  ];
  return `seed ${seed}: ${plot.service.name}; ${[...ends, ...often, ...jumps, ...others].join("; ")}`;
};

/**
 * Whether everything happened at its own time and place: then even the times on record, and the
 * revisions on which something rests, are the same.
 */
export const isUnhurried = ({ crashes, clock, poison }: Scenario): boolean =>
  clock.length === 0 &&
  !crashes.some(({ long }) => long) &&
  !poison.some(({ kind }) => kind === "foreign");
