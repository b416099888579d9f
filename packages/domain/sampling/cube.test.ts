import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Digest } from "../kernel/ids.ts";
import { type Balancing, balancedDraw } from "./cube.ts";
import { randomStream, shuffled } from "./stream.ts";

const streamOf = (n: number) => randomStream(n.toString(16).padStart(64, "0") as Digest, "test");

/**
 * Populations of every shape: few or many cases, even or skewed categories, idle or busy managers.
 */
const populations: fc.Arbitrary<Balancing> = fc
  .record({
    units: fc.integer({ min: 0, max: 60 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    categories: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }),
    managers: fc.integer({ min: 1, max: 12 }),
    cap: fc.integer({ min: 1, max: 8 }),
    seed: fc.nat(),
  })
  .map(({ units, share, categories, managers, cap, seed }) => {
    const random = streamOf(seed);
    const each = <T>(make: () => T): T[] => Array.from({ length: units }, make);
    return {
      size: Math.round(share * units),
      units,
      variables: categories.map((count) => each(() => `v${random.below(count)}`)),
      managers: each(() => (random.below(10) === 0 ? "" : `m${random.below(managers)}`)),
      cap,
    };
  });

const mostPerManager = ({ managers }: Balancing, drawn: readonly number[]): number => {
  const counts = new Map<string, number>();
  for (const unit of drawn)
    if (managers[unit] !== "") counts.set(managers[unit]!, (counts.get(managers[unit]!) ?? 0) + 1);
  return Math.max(0, ...counts.values());
};

describe("a balanced draw", () => {
  it("has its size, repeats nobody, keeps the cap in force, and is the same every time", () => {
    fc.assert(
      fc.property(populations, fc.nat(), (population, seed) => {
        const { drawn, inclusion } = balancedDraw(population, streamOf(seed));
        expect(drawn).toHaveLength(population.size);
        expect(new Set(drawn).size).toBe(population.size);
        for (const unit of drawn) expect(unit).toBeLessThan(population.units);
        expect(mostPerManager(population, drawn)).toBeLessThanOrEqual(inclusion.cap.used);
        expect(balancedDraw(population, streamOf(seed)).drawn).toEqual(drawn);
      }),
      { numRuns: 150 },
    );
  });

  it("raises the cap only as far as the size makes necessary", () => {
    const managers = [..."aaaaaaaaaabbbbbbbbbbcc"];
    const draw = (size: number) =>
      balancedDraw({ size, units: 22, variables: [], managers, cap: 6 }, streamOf(1));
    expect(draw(14).inclusion.cap).toEqual({ set: 6, used: 6 });
    expect(draw(15).inclusion.cap).toEqual({ set: 6, used: 7 });
    expect(draw(22).inclusion.cap).toEqual({ set: 6, used: 10 });
  });

  it("lowers chances only where a manager would otherwise be expected to pass the cap", () => {
    const managers = [...Array<string>(20).fill("busy"), ...Array<string>(20).fill("")];
    const { inclusion } = balancedDraw(
      { size: 20, units: 40, variables: [], managers, cap: 6 },
      streamOf(1),
    );
    expect(inclusion.lowered).toEqual([{ managerCases: 20, probability: 0.3 }]);
    expect(inclusion.common).toBeCloseTo(14 / 20);
  });

  it("gives every case of every profile what its variables ask for, where that is whole", () => {
    const variables = [
      Array.from({ length: 40 }, (_, i) => (i % 2 ? "a" : "b")),
      Array.from({ length: 40 }, (_, i) => (i % 4 < 2 ? "c" : "d")),
    ];
    const managers = Array<string>(40).fill("");
    for (let seed = 0; seed < 20; seed += 1) {
      const { drawn } = balancedDraw(
        { size: 20, units: 40, variables, managers, cap: 6 },
        streamOf(seed),
      );
      for (const values of variables)
        expect(drawn.filter((unit) => values[unit] === values[0])).toHaveLength(10);
    }
  });
});

/** Draws with many seeds and returns chi-square of the cases' counts around what was promised. */
const chiSquareOf = (population: Balancing, draws: number): { value: number; freedom: number } => {
  const counts = new Array<number>(population.units).fill(0);
  for (let seed = 0; seed < draws; seed += 1)
    for (const unit of balancedDraw(population, streamOf(seed)).drawn) counts[unit]! += 1;
  const { inclusion } = balancedDraw(population, streamOf(0));
  const loads = Map.groupBy(population.managers.keys(), (unit) => population.managers[unit]!);
  let value = 0;
  let freedom = -1;
  counts.forEach((count, unit) => {
    const load = loads.get(population.managers[unit]!)!.length;
    const lowered = inclusion.lowered.find(({ managerCases }) => managerCases === load);
    const chance = lowered?.probability ?? inclusion.common;
    if (chance === 1) return expect(count).toBe(draws);
    value += (count - draws * chance) ** 2 / (draws * chance * (1 - chance));
    freedom += 1;
  });
  return { value, freedom };
};

/**
 * A balanced draw spreads counts less than chi-square expects, so the bound is on the safe side.
 */
const farOut = (freedom: number): number => freedom + 4 * Math.sqrt(2 * freedom);

describe("over many seeds", () => {
  const variables = [
    Array.from({ length: 24 }, (_, i) => (i < 20 ? "m" : "f")),
    Array.from({ length: 24 }, (_, i) => `d${i % 5}`),
    Array.from({ length: 24 }, (_, i) => `r${(i * 7) % 4}`),
  ];

  it.each([
    ["few of them", 7],
    ["most of them", 21],
  ])("every case is drawn equally often when %s are", (_, size) => {
    const managers = Array<string>(24).fill("");
    const { value, freedom } = chiSquareOf({ size, units: 24, variables, managers, cap: 6 }, 1500);
    expect(value).toBeLessThan(farOut(freedom));
  });

  it("every case is drawn as often as promised when the cap binds", () => {
    const managers = Array.from({ length: 24 }, (_, i) => (i < 11 ? "busy" : `m${i % 3}`));
    const population = { size: 12, units: 24, variables, managers, cap: 4 };
    const { value, freedom } = chiSquareOf(population, 1500);
    expect(value).toBeLessThan(farOut(freedom));
  });
});

describe("beside allocation over five strata", () => {
  const units = 100;
  const random = streamOf(77);
  const mix = (words: string): string[] =>
    Array.from({ length: units }, () => words[random.below(words.length)]!);
  const variables = [mix("mmmmf"), mix("rrrryyyczs"), mix("lllmmmmhhv"), mix("lllmmmmhhv")];

  /** Mean absolute difference in counts from the expected, over all categories. */
  const imbalance = (drawn: readonly number[]): number => {
    const off = variables.flatMap((values) =>
      [...new Set(values)].map((category) => {
        const all = values.filter((value) => value === category).length;
        const got = drawn.filter((unit) => values[unit] === category).length;
        return Math.abs(got - (drawn.length * all) / units);
      }),
    );
    return off.reduce((sum, each) => sum + each, 0) / off.length;
  };

  /** Strata by gender, custody and low risk; the largest takes up what rounding leaves. */
  const fiveStrata = (size: number, seed: number): number[] => {
    const order = shuffled([...variables[0]!.keys()], streamOf(seed));
    const strata = [
      ...Map.groupBy(order, (unit) =>
        variables[0]![unit] === "f"
          ? "f"
          : `${variables[1]![unit] === "c"} ${variables[2]![unit] === "l"}`,
      ).values(),
    ].sort((a, b) => a.length - b.length);
    const shares = strata.map((stratum) => Math.round((size * stratum.length) / units));
    shares[shares.length - 1]! += size - shares.reduce((sum, share) => sum + share, 0);
    return strata.flatMap((stratum, i) => stratum.slice(0, shares[i]));
  };

  it.each([20, 42, 63])("the imbalance is at most half, at size %i", (size) => {
    const managers = Array<string>(units).fill("");
    let [ours, theirs] = [0, 0];
    for (let seed = 0; seed < 40; seed += 1) {
      const request = { size, units, variables, managers, cap: 6 };
      ours += imbalance(balancedDraw(request, streamOf(seed)).drawn);
      theirs += imbalance(fiveStrata(size, seed));
    }
    expect(ours).toBeLessThan(theirs / 2);
  });
});
