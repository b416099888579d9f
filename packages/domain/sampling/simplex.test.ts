import * as fc from "fast-check";
import { expect, it } from "vitest";

import { leastCost } from "./simplex.ts";

const subsets = (count: number, size: number): number[] =>
  Array.from({ length: 2 ** count }, (_, set) => set).filter(
    (set) => [...set.toString(2)].filter((bit) => bit === "1").length === size,
  );

it("meets every target with weights that sum to one", () => {
  const programmes = fc.record({
    count: fc.integer({ min: 2, max: 7 }),
    seed: fc.infiniteStream(fc.double({ min: 0.01, max: 1, noNaN: true })),
  });
  fc.assert(
    fc.property(programmes, ({ count, seed }) => {
      const size = count >> 1;
      const members = Uint32Array.from(subsets(count, size));
      // Targets that some weights meet: those of a random mixture of the subsets.
      const mixture = [...members].map(() => seed.next().value as number);
      const total = mixture.reduce((sum, each) => sum + each, 0);
      const targets = Array.from({ length: count }, (_, k) =>
        [...members].reduce((sum, set, i) => sum + ((set >> k) & 1) * (mixture[i]! / total), 0),
      );
      const costs = Float64Array.from(members, () => seed.next().value as number);
      const design = leastCost({ members, costs, targets })!;
      expect(design.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 8);
      targets.forEach((target, k) => {
        const covered = design.reduce(
          (sum, each) => sum + ((each.members >> k) & 1) * each.weight,
          0,
        );
        expect(covered).toBeCloseTo(target, 8);
      });
      const cost = (weights: readonly { members: number; weight: number }[]): number =>
        weights.reduce((sum, each) => sum + costs[members.indexOf(each.members)]! * each.weight, 0);
      const mixed = [...members].map((set, i) => ({ members: set, weight: mixture[i]! / total }));
      expect(cost(design)).toBeLessThanOrEqual(cost(mixed) + 1e-9);
    }),
  );
});

it("finds the least cost where it is known", () => {
  // Pairs out of four, each wanted half the time: {0,1} and {2,3} are the cheap ones.
  const members = Uint32Array.from([0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100]);
  const costs = Float64Array.from([0, 5, 5, 5, 5, 0]);
  expect(leastCost({ members, costs, targets: [0.5, 0.5, 0.5, 0.5] })).toEqual([
    { members: 0b0011, weight: 0.5 },
    { members: 0b1100, weight: 0.5 },
  ]);
});

it("says so when nothing meets the targets", () => {
  const members = Uint32Array.from([0b011, 0b101]);
  const costs = new Float64Array(2);
  expect(leastCost({ members, costs, targets: [0.2, 0.9, 0.9] })).toBeUndefined();
});
