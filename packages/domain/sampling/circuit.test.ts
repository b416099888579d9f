import * as fc from "fast-check";
import { expect, it } from "vitest";

import { columnBasis } from "./circuit.ts";

it("finds weights that cancel in every row, as soon as there are any", () => {
  const columns = fc.array(fc.uniqueArray(fc.nat(8), { minLength: 1 }), {
    minLength: 10,
    maxLength: 14,
  });
  fc.assert(
    fc.property(columns, (all) => {
      const basis = columnBasis(9);
      for (const [place, ones] of all.entries()) {
        const outcome = basis.add(ones);
        if (outcome.kind !== "dependent") continue;
        expect(outcome.weights).toHaveLength(place + 1);
        expect(outcome.weights.at(-1)).not.toBe(0);
        for (let row = 0; row < 9; row += 1) {
          const sum = outcome.weights.reduce(
            (total, weight, i) => total + (all[i]!.includes(row) ? weight : 0),
            0,
          );
          expect(sum).toBe(0);
        }
        return;
      }
      expect.fail("ten columns of nine rows depend on each other");
    }),
  );
});

it("forgets what is truncated", () => {
  const basis = columnBasis(2);
  expect(basis.add([0])).toEqual({ kind: "independent" });
  expect(basis.add([0, 1])).toEqual({ kind: "independent" });
  basis.truncate(1);
  expect(basis.add([1])).toEqual({ kind: "independent" });
  expect(basis.add([0, 1])).toEqual({ kind: "dependent", weights: [-1, -1, 1] });
});
