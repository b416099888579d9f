import { expect, it } from "vitest";

import { document2018 } from "../framework/shipped.ts";
import { Digest } from "../kernel/ids.ts";
import { marginOf } from "./margin.ts";
import { randomStream } from "./stream.ts";

const { size } = document2018.ruleset.sampling;

it.each([
  [{ relevant: 63, assessed: 63, eligible: 100 }, 4.9],
  [{ relevant: 35, assessed: 63, eligible: 100 }, 6.6],
  [{ relevant: 13, assessed: 20, eligible: 22 }, 5.4],
  [{ relevant: 22, assessed: 22, eligible: 22 }, 0],
  [{ relevant: 6, assessed: 13, eligible: 12 }, 0],
])("of %o is %f points", (counted, points) => {
  expect(marginOf(counted, size)).toBeCloseTo(points, 1);
});

it("is none where no case was asked", () => {
  expect(marginOf({ relevant: 0, assessed: 63, eligible: 100 }, size)).toBeUndefined();
});

it("holds in four of five samples, where it says so", () => {
  const { below } = randomStream(Digest.parse("0".repeat(64)), "margins");
  const [eligible, assessed, draws] = [100, 63, 4000];
  let held = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    // Of 100 cases a question concerns 60, and 30 of them are yes.
    const order = Array.from({ length: eligible }, (_, i) => i);
    for (let i = 0; i < assessed; i += 1) {
      const other = i + below(eligible - i);
      [order[i], order[other]] = [order[other]!, order[i]!];
    }
    const sample = order.slice(0, assessed).filter((unit) => unit < 60);
    const yes = sample.filter((unit) => unit < 30).length;
    const margin = marginOf({ relevant: sample.length, assessed, eligible }, size)!;
    if (Math.abs((100 * yes) / sample.length - 50) <= margin) held += 1;
  }
  expect(held / draws).toBeGreaterThan(0.75);
  expect(held / draws).toBeLessThan(0.85);
});
