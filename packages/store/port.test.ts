import fc from "fast-check";
import { expect, it } from "vitest";

import { comparePositions, type Position } from "./port.ts";

it("positions come in the order of the numbers that they are, however large", () => {
  const number = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const near = fc.tuple(number, fc.bigInt({ min: 0n, max: 20n })).map(([a, by]) => [a, a + by]);
  fc.assert(
    fc.property(fc.oneof(fc.tuple(number, number), near), ([a, b]) => {
      const order = comparePositions(String(a) as Position, String(b) as Position);
      expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
