import { describe, expect, it } from "vitest";

import { belowFrom, polyaUrn, xoshiro128 } from "./polya.ts";

/** Pearson's statistic of observed counts against equal expectations. */
const chiSquareOfEqual = (observed: readonly number[]): number => {
  const expected = observed.reduce((sum, count) => sum + count, 0) / observed.length;
  return observed.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

describe("the generator", () => {
  it("gives the reference implementation's numbers for the state 1, 2, 3, 4", () => {
    const next = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
  });

  it("gives the same numbers for the same seed, and others for another", () => {
    const take = (seed: string) => {
      const below = belowFrom(seed);
      return Array.from({ length: 20 }, () => below(1000));
    };
    expect(take("a")).toEqual(take("a"));
    expect(take("a")).not.toEqual(take("b"));
  });

  it("is even over a bound that does not divide the range", () => {
    const below = belowFrom("even");
    const seen = new Array<number>(13).fill(0);
    for (let i = 0; i < 130_000; i += 1) seen[below(13)]! += 1;
    // 32.9 is the 99.9th percentile of chi-square with 12 degrees of freedom.
    expect(chiSquareOfEqual(seen)).toBeLessThan(32.9);
  });
});

describe("the urn", () => {
  it("grows to every composition equally often", () => {
    const { grow } = polyaUrn({ sampled: 3, eligible: 7 }, belowFrom("compositions"));
    const counts = new Uint32Array(3);
    const seen = new Map<string, number>();
    for (let draw = 0; draw < 30_000; draw += 1) {
      grow(counts);
      const composition = counts.join(" ");
      seen.set(composition, (seen.get(composition) ?? 0) + 1);
    }
    // Four further balls on three cases: 6 choose 2 = 15 compositions; chi-square, 14 df, 99.9%.
    expect(seen.size).toBe(15);
    expect(chiSquareOfEqual([...seen.values()])).toBeLessThan(36.2);
  });

  it("leaves a sample that is the population as it is", () => {
    const counts = new Uint32Array(4);
    polyaUrn({ sampled: 4, eligible: 4 }, belowFrom("all")).grow(counts);
    expect([...counts]).toEqual([1, 1, 1, 1]);
  });

  it.each([4, 5.5, Number.NaN])("refuses to grow 5 cases to %s", (eligible) => {
    expect(() => polyaUrn({ sampled: 5, eligible }, belowFrom(""))).toThrow(RangeError);
  });
});
