import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { yos2018 } from "../framework/shipped.ts";
import { percentOf } from "../ratings/percent.ts";
import { agrees, largestShare, shareIn, sizeForPercents, usualSize } from "./percentages.ts";

const shares = fc
  .integer({ min: 1, max: 120 })
  .chain((relevant) =>
    fc.record({ relevant: fc.constant(relevant), yes: fc.nat({ max: relevant }) }),
  );

describe("counts behind printed percentages", () => {
  it("finds a share that prints the same, whatever was counted", () => {
    fc.assert(
      fc.property(shares, (share) => {
        const percent = percentOf(share, "half-up");
        const found = shareIn(percent, share.relevant, "half-up");
        expect(found && percentOf(found, "half-up")).toBe(percent);
        const larger = largestShare(percent, share.relevant + 7, "half-up");
        expect(larger?.relevant).toBeGreaterThanOrEqual(share.relevant);
        expect(larger && percentOf(larger, "half-up")).toBe(percent);
      }),
    );
  });

  it("takes decimals where they are printed", () => {
    expect(shareIn(83.3, 6, "half-up")).toEqual({ relevant: 6, yes: 5 });
    expect(shareIn(83.4, 6, "half-up")).toBeUndefined();
    expect(agrees({ relevant: 8, yes: 7 }, 87.5, "half-up")).toBe(true);
    expect(agrees({ relevant: 8, yes: 7 }, 50, "half-up")).toBe(false);
  });

  it("finds none where no whole number of cases gives the percentage", () => {
    expect(shareIn(50, 7, "half-up")).toBeUndefined();
    expect(shareIn(0, 0, "half-up")).toBeUndefined();
    expect(largestShare(99, 20, "half-up")).toBeUndefined();
  });

  it("finds a sample of which every percentage can be a share", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 }),
        (percents) => {
          const least = usualSize(yos2018, "court");
          const size = sizeForPercents(percents, least, yos2018);
          expect(size).toBeGreaterThanOrEqual(least);
          for (const percent of percents) {
            expect(shareIn(percent, size, "half-up"), `${percent}% of ${size}`).toBeDefined();
          }
        },
      ),
    );
  });
});
