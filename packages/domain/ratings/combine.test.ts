import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Scale } from "../framework/scale.ts";
import { combine, type Combining, type Part } from "./combine.ts";

const scale: Scale = {
  id: "four",
  label: "Four",
  grades: [
    { label: "Inadequate", points: 1, short: "I" },
    { label: "Requires improvement", points: 2, short: "RI" },
    { label: "Good", points: 3, short: "G" },
    { label: "Outstanding", points: 4, short: "O" },
  ],
};
const labels = scale.grades.map(({ label }) => label);

const parts = (...ratings: readonly (string | undefined)[]): readonly Part[] =>
  ratings.map((rating, i) => ({ code: `P${i + 1}`, scale, rating }));

const rating = (of: readonly Part[], how: Omit<Combining, "scale" | "unrated">) =>
  combine(of, { scale, unrated: "leave-out", ...how }).rating;

const bands = (requires: number, good: number, outstanding: number) => ({
  Inadequate: 0,
  "Requires improvement": requires,
  Good: good,
  Outstanding: outstanding,
});

/** The health and care framework's question: a share of points, limited by single scores. */
const share: Omit<Combining, "scale" | "unrated"> = {
  combine: { by: "share-of-points", rounding: "half-up", bands: bands(39, 63, 88) },
  limits: [
    { where: [{ grades: ["Inadequate"] }], atMost: "Requires improvement" },
    { where: [{ grades: ["Requires improvement", "Inadequate"] }], atMost: "Good" },
  ],
};

describe("a share of points", () => {
  it.each([
    [["Good", "Good", "Good"], "Good"],
    [["Outstanding", "Outstanding", "Outstanding", "Good"], "Outstanding"],
    // 88% by points, and one score of 2 among them.
    [[...Array.from({ length: 7 }, () => "Outstanding"), "Requires improvement"], "Good"],
    // 81% by points, and one score of 1 among them.
    [["Outstanding", "Outstanding", "Outstanding", "Inadequate"], "Requires improvement"],
    [["Inadequate", "Inadequate", "Requires improvement"], "Inadequate"],
  ])("of %j is %s", (ratings, expected) => {
    expect(rating(parts(...ratings), share)).toBe(expected);
  });
});

describe("rules by count", () => {
  const overall: Omit<Combining, "scale" | "unrated"> = {
    combine: {
      by: "first-rule",
      rules: [
        { grade: "Inadequate", where: [{ grades: ["Inadequate"], atLeast: 2 }] },
        {
          grade: "Requires improvement",
          where: [{ grades: ["Requires improvement"], atLeast: 2 }],
        },
        {
          grade: "Outstanding",
          where: [
            { grades: ["Outstanding"], atLeast: 2 },
            { grades: ["Requires improvement", "Inadequate"], atMost: 0 },
          ],
        },
      ],
      otherwise: "Good",
    },
  };
  it.each([
    [["Good", "Good", "Good", "Good", "Good"], "Good"],
    [["Outstanding", "Outstanding", "Good", "Good", "Good"], "Outstanding"],
    [["Outstanding", "Outstanding", "Good", "Good", "Requires improvement"], "Good"],
    [["Inadequate", "Inadequate", "Outstanding", "Outstanding", "Outstanding"], "Inadequate"],
  ])("of %j is %s", (ratings, expected) => {
    expect(rating(parts(...ratings), overall)).toBe(expected);
  });
});

describe("the others", () => {
  it("take the lowest, the mean or the sum", () => {
    const of = parts("Good", "Requires improvement", "Outstanding");
    expect(rating(of, { combine: { by: "lowest" } })).toBe("Requires improvement");
    const mean = { by: "mean", rounding: "none", bands: bands(1.5, 2.5, 3.5) } as const;
    expect(rating(of, { combine: mean })).toBe("Good");
    expect(rating(of, { combine: { by: "sum", bands: bands(5, 9, 11) } })).toBe("Good");
  });

  it("leave the grade to people, and limit it all the same", () => {
    const limits = [
      { where: [{ grades: ["Inadequate"], of: ["P1", "P2"] }], atMost: "Inadequate" },
    ];
    const how = { scale, combine: { by: "people" }, limits, unrated: "withhold" } as const;
    expect(combine(parts("Good", "Inadequate", "Good"), how)).toMatchObject({
      rating: undefined,
      atMost: "Inadequate",
    });
    expect(combine(parts("Good", "Good", "Inadequate"), how).atMost).toBeUndefined();
  });

  it("withhold the grade, or scale the bands, where a part is not rated", () => {
    const sum = { by: "sum", bands: bands(5, 9, 11) } as const;
    const of = parts("Good", "Good", undefined);
    expect(combine(of, { scale, combine: sum, unrated: "withhold" })).toMatchObject({
      rating: undefined,
      notRated: ["P3"],
    });
    // Six of eight points stand for nine of twelve.
    expect(combine(of, { scale, combine: sum, unrated: "leave-out" })).toMatchObject({
      rating: "Good",
      points: 6,
      possible: 12,
    });
  });

  it("refuse a rating that the scale does not have", () => {
    expect(() => rating(parts("Fair"), { combine: { by: "lowest" } })).toThrow(RangeError);
  });
});

describe("whatever the way", () => {
  const ratings = fc.array(fc.constantFrom(...labels), { minLength: 1, maxLength: 8 });
  const ways: readonly Omit<Combining, "scale" | "unrated">[] = [
    share,
    { combine: { by: "lowest" } },
    { combine: { by: "mean", rounding: "half-up", bands: bands(2, 3, 4) } },
    { combine: { by: "sum", bands: bands(2, 3, 4) } },
  ];

  it("a better part never makes the whole worse", () => {
    fc.assert(
      fc.property(ratings, fc.nat(), fc.constantFrom(...ways), (list, pick, how) => {
        const at = pick % list.length;
        const better = labels[Math.min(labels.indexOf(list[at]!) + 1, labels.length - 1)];
        const before = labels.indexOf(rating(parts(...list), how)!);
        expect(
          labels.indexOf(rating(parts(...list.with(at, better!)), how)!),
        ).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it("no result is better than a limit that holds", () => {
    fc.assert(
      fc.property(ratings, (list) => {
        const { rating: result, atMost } = combine(parts(...list), {
          scale,
          unrated: "withhold",
          ...share,
        });
        if (atMost) expect(labels.indexOf(result!)).toBeLessThanOrEqual(labels.indexOf(atMost));
      }),
    );
  });
});
