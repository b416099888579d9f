import { describe, expect, it } from "vitest";

import type { Digest } from "../kernel/ids.ts";
import { type Capacity, fly, type FlightState, isOpen } from "./flight.ts";
import { randomStream } from "./stream.ts";

const start = [0.05, 0.1, 0.3, 0.35, 0.5, 0.6, 0.7, 0.85, 0.9, 0.65];
const units = [...start.keys()];
const group = (unit: number): number => (unit % 3 === 0 ? 1 : 2);
const uncapped: Capacity = {
  cap: 6,
  managerOf: new Int32Array(start.length).fill(-1),
  totals: new Float64Array(0),
};
const flown = (seed: number, capacity: Capacity): FlightState & { readonly open: number[] } => {
  const state: FlightState = {
    chances: Float64Array.from(start),
    capacity: { ...capacity, totals: capacity.totals.slice() },
    random: randomStream(seed.toString(16).padStart(64, "0") as Digest, "flight"),
  };
  return { ...state, open: fly(state, units, { of: (unit) => [0, group(unit)], count: 3 }) };
};

/** The first five cases have one manager, who may give two of the 1.3 that are expected. */
const busy: Capacity = {
  cap: 2,
  managerOf: Int32Array.from(units, (unit) => (unit < 5 ? 0 : -1)),
  totals: Float64Array.of(start.slice(0, 5).reduce((sum, each) => sum + each, 0)),
};

describe.each([
  ["without a cap", uncapped],
  ["with a cap", busy],
])("a flight %s", (_, capacity) => {
  it("leaves every chance what it was, on average over many seeds", () => {
    const draws = 4000;
    const sums = new Float64Array(start.length);
    for (let seed = 0; seed < draws; seed += 1)
      flown(seed, capacity).chances.forEach((chance, unit) => {
        sums[unit]! += chance;
      });
    start.forEach((chance, unit) => {
      const error = Math.sqrt((chance * (1 - chance)) / draws);
      expect(Math.abs(sums[unit]! / draws - chance)).toBeLessThan(4 * error);
    });
  });

  it("keeps every total and leaves no more cases open than there are totals", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const { chances, open } = flown(seed, capacity);
      for (const row of [1, 2]) {
        const of = (values: ArrayLike<number>): number =>
          units.reduce((sum, unit) => sum + (group(unit) === row ? values[unit]! : 0), 0);
        expect(of(chances)).toBeCloseTo(of(start), 8);
      }
      expect(open).toEqual(units.filter((unit) => isOpen(chances[unit]!)));
      expect(open.length).toBeLessThanOrEqual(3);
    }
  });

  it("never lets a manager pass the cap", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const { chances } = flown(seed, capacity);
      const given = units.reduce(
        (sum, unit) => sum + (capacity.managerOf[unit] === 0 ? chances[unit]! : 0),
        0,
      );
      expect(given).toBeLessThan(capacity.cap + 1e-8);
    }
  });
});
