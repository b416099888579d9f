import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { agreementIn, type AgreementTable, wilson } from "./coefficients.ts";

describe("published examples", () => {
  it.each([
    // Gwet, Statistical Methods for Inter-Rater Reliability Assessment 1, 2002: the paradox.
    {
      table: [
        [118, 5],
        [2, 0],
      ],
      share: 0.944,
      kappa: -0.0234,
      ac1: 0.9408,
    },
    // Feinstein and Cicchetti, Journal of Clinical Epidemiology 43, 1990, 543-549.
    {
      table: [
        [40, 9],
        [6, 45],
      ],
      share: 0.85,
      kappa: 0.7,
      ac1: undefined,
    },
    {
      table: [
        [80, 10],
        [5, 5],
      ],
      share: 0.85,
      kappa: 0.32,
      ac1: undefined,
    },
    // Fleiss, Statistical Methods for Rates and Proportions, 1981, table 13.1.
    {
      table: [
        [75, 1, 4],
        [5, 4, 1],
        [0, 0, 10],
      ],
      share: 0.89,
      kappa: 0.68,
      ac1: undefined,
    },
  ])("come out as printed: $table", ({ table, share, kappa, ac1 }) => {
    const found = agreementIn(table);
    expect(found.share!.value).toBeCloseTo(share, 10);
    expect(found.kappa!.value).toBeCloseTo(kappa, kappa === -0.0234 ? 4 : 2);
    if (ac1 !== undefined) expect(found.ac1!.value).toBeCloseTo(ac1, 4);
  });

  it("have the standard error that Fleiss prints for his kappa", () => {
    const { kappa } = agreementIn([
      [75, 1, 4],
      [5, 4, 1],
      [0, 0, 10],
    ]);
    expect(kappa!.error).toBeCloseTo(0.087, 2);
  });

  it("have Wilson's interval as Newcombe prints it (Statistics in Medicine 17, 1998, table I)", () => {
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 20)).toMatchObject({ low: 0, value: 0 });
    expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4);
  });
});

describe("exact small cases", () => {
  it.each([
    [
      "full agreement",
      [
        [3, 0],
        [0, 3],
      ],
      1,
      1,
    ],
    [
      "full disagreement",
      [
        [0, 3],
        [3, 0],
      ],
      -1,
      -1,
    ],
    [
      "chance",
      [
        [1, 1],
        [1, 1],
      ],
      0,
      0,
    ],
    [
      "one category throughout",
      [
        [4, 0],
        [0, 0],
      ],
      undefined,
      1,
    ],
  ])("%s", (_, table, kappa, ac1) => {
    const found = agreementIn(table);
    expect(found.kappa?.value).toBe(kappa);
    expect(found.ac1?.value).toBe(ac1);
  });

  it("of few things that all agree are no certainty", () => {
    const of = (each: number) =>
      agreementIn([
        [each, 0],
        [0, each],
      ]);
    // Wilson's lower bound for 6 of 6 is 0.6097; with chance agreement of a half, 2 × 0.6097 - 1.
    expect(of(3).kappa).toMatchObject({ value: 1, high: 1 });
    expect(of(3).kappa!.low).toBeCloseTo(0.2193, 4);
    expect(of(3).ac1!.low).toBeCloseTo(0.2193, 4);
    expect(of(3).kappa!.error).toBeUndefined();
    expect(of(300).kappa!.low).toBeGreaterThan(0.98);
  });

  it("of nothing there is no agreement to speak of", () => {
    const nothing = { count: 0, agreed: 0, share: undefined, kappa: undefined, ac1: undefined };
    expect(
      agreementIn([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual(nothing);
  });
});

const tables = fc.integer({ min: 2, max: 4 }).chain((size) =>
  fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: size, maxLength: size }), {
    minLength: size,
    maxLength: size,
  }),
);

describe("any table", () => {
  it("gives the same agreement whichever marking is called the first", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const turned = table.map((row, k) => row.map((_, l) => table[l]![k]!));
        const [one, other] = [agreementIn(table), agreementIn(turned)];
        expect(one.kappa!.value).toBeCloseTo(other.kappa!.value, 12);
        expect(one.kappa!.error ?? 0).toBeCloseTo(other.kappa!.error ?? 0, 12);
        expect(one.ac1!.error ?? 0).toBeCloseTo(other.ac1!.error ?? 0, 12);
      }),
    );
  });

  /**
   * The delta method by numbers: each cell's share a little larger, all others smaller in
   * proportion, and the coefficient's change squared and weighed. No formula of the code is used.
   */
  const errorByDifferences = (table: AgreementTable, name: "kappa" | "ac1"): number => {
    const count = table.flat().reduce((sum, each) => sum + each, 0);
    const step = 1e-5 * count;
    let variance = 0;
    for (const [k, row] of table.entries()) {
      for (const [l, each] of row.entries()) {
        const moved = (by: number) =>
          agreementIn(table.map((r, i) => r.map((c, j) => (i === k && j === l ? c + by : c))))[
            name
          ]!.value;
        const slope = (moved(step) - moved(-step)) / (2 * step);
        variance += each * slope ** 2;
      }
    }
    return Math.sqrt(variance);
  };

  it.each(["kappa", "ac1"] as const)("has the error of %s that differences give", (name) => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(agreementIn(table)[name]!.error).toBeCloseTo(errorByDifferences(table, name), 6);
      }),
    );
  });
});
