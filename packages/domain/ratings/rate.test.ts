import { yos2018 } from "../framework/shipped.ts";
import { type CaseRules, caseRulesOf, standardIn } from "../framework/standards.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { placeOf } from "../framework/scale.ts";
import { percentOf } from "./percent.ts";
import { type Count, flipsThatMatter, rateStandard, ruleRating } from "./rate.ts";

const standard = { code: "2.1", domain: 2 };
const counts = (...shares: readonly (readonly [yes: number, relevant: number])[]): Count[] =>
  shares.map(([yes, relevant], i) => ({ keyQuestion: `2.1.${i + 1}`, relevant, yes }));
const rate = (...shares: readonly (readonly [number, number])[]) =>
  rateStandard(standard, counts(...shares), rules);
const triggersOf = (...shares: readonly (readonly [number, number])[]) =>
  rate(...shares).triggers.map(({ trigger }) => trigger);

const rules = caseRulesOf(yos2018, standardIn(yos2018, "2.1")!);

describe("a percentage", () => {
  it.each([
    { yes: 1, relevant: 8, up: 13, even: 12, down: 12 },
    { yes: 3, relevant: 8, up: 38, even: 38, down: 37 },
    { yes: 2, relevant: 3, up: 67, even: 67, down: 66 },
    { yes: 129, relevant: 200, up: 65, even: 64, down: 64 },
    { yes: 0, relevant: 7, up: 0, even: 0, down: 0 },
    { yes: 7, relevant: 7, up: 100, even: 100, down: 100 },
  ])("of $yes in $relevant is rounded as the ruleset says", ({ yes, relevant, up, even, down }) => {
    expect(percentOf({ yes, relevant }, "half-up")).toBe(up);
    expect(percentOf({ yes, relevant }, "half-even")).toBe(even);
    expect(percentOf({ yes, relevant }, "down")).toBe(down);
    expect(percentOf({ yes, relevant }, "none")).toBe((100 * yes) / relevant);
  });

  it.each([
    { yes: 3, relevant: 2 },
    { yes: -1, relevant: 2 },
    { yes: 0, relevant: 0 },
    { yes: 0.5, relevant: 2 },
    { yes: Number.NaN, relevant: 2 },
  ])("of $yes in $relevant is a defect", (share) => {
    expect(() => percentOf(share, "half-up")).toThrow(RangeError);
  });
});

describe("the rule", () => {
  it.each([
    { percent: 0, rating: "Inadequate" },
    { percent: 49, rating: "Inadequate" },
    { percent: 50, rating: "Requires improvement" },
    { percent: 64, rating: "Requires improvement" },
    { percent: 65, rating: "Good" },
    { percent: 79, rating: "Good" },
    { percent: 80, rating: "Outstanding" },
    { percent: 100, rating: "Outstanding" },
  ])("gives $rating at $percent per cent", ({ percent, rating }) => {
    expect(rate([percent, 100]).rule).toBe(rating);
  });

  it("bands the percentage as rounded: 129 of 200 is 65, and Good", () => {
    expect(rate([129, 200])).toMatchObject({ percent: 65, rule: "Good" });
    const exact: CaseRules = { ...rules, rounding: "none" };
    expect(ruleRating(counts([129, 200]), exact)).toBe("Requires improvement");
  });

  it("lets the lowest key question decide, and names all that share it", () => {
    const rated = rate([7, 9], [9, 9], [7, 9]);
    expect(rated).toMatchObject({ percent: 78, spread: 22, rule: "Good" });
    expect(rated.lowest).toEqual(["2.1.1", "2.1.3"]);
  });

  it("leaves out a key question that concerned no case", () => {
    expect(rate([8, 10], [0, 0])).toMatchObject({ lowest: ["2.1.1"], rule: "Outstanding" });
  });

  it("does not rate a standard without any case, and moves it nowhere", () => {
    expect(rate([0, 0], [0, 0])).toMatchObject({ rule: undefined, lowest: [], triggers: [] });
    expect(rateStandard(standard, [], rules).rule).toBeUndefined();
  });

  it("treats a count that cannot be as a defect", () => {
    expect(() => rate([1, 0])).toThrow(RangeError);
    const twice = [...counts([1, 2]), ...counts([1, 2])];
    expect(() => rateStandard(standard, twice, rules)).toThrow("counted twice");
  });
});

describe("the trigger", () => {
  it.each([
    { percent: 44, near: [] },
    { percent: 45, near: [{ boundary: 50, points: -5 }] },
    { percent: 50, near: [{ boundary: 50, points: 0 }] },
    { percent: 55, near: [{ boundary: 50, points: 5 }] },
    { percent: 56, near: [] },
    { percent: 60, near: [{ boundary: 65, points: -5 }] },
    { percent: 71, near: [] },
    { percent: 75, near: [{ boundary: 80, points: -5 }] },
    { percent: 85, near: [{ boundary: 80, points: 5 }] },
    { percent: 86, near: [] },
  ])("of five points at $percent per cent", ({ percent, near }) => {
    const found = rate([percent * 10, 1000]).triggers.find(
      ({ trigger }) => trigger === "near-boundary",
    );
    expect(found && "near" in found ? found.near : []).toEqual(near);
  });

  it("of one case names each answer that would change the rating, and to what", () => {
    const met = rate([6, 10], [9, 10]).triggers.find(({ trigger }) => trigger === "one-case");
    expect(met).toEqual({
      trigger: "one-case",
      flips: [{ keyQuestion: "2.1.1", from: "no", to: "yes", rating: "Good" }],
    });
  });

  it("of one case sees a key question that does not decide yet", () => {
    const flips = flipsThatMatter(counts([16, 20], [4, 5]), "Outstanding", rules);
    expect(flips).toContainEqual({
      keyQuestion: "2.1.2",
      from: "yes",
      to: "no",
      rating: "Requires improvement",
    });
  });

  it("of one case is not met by a tie that one answer cannot break upwards", () => {
    expect(triggersOf([14, 20], [14, 20])).toEqual(["near-boundary"]);
    expect(flipsThatMatter(counts([12, 20], [12, 20]), "Requires improvement", rules)).toEqual([]);
  });

  it("of a small sample asks the key questions that decide, not the others", () => {
    expect(triggersOf([2, 5], [20, 20])).toContain("small-sample");
    expect(triggersOf([5, 5], [40, 100])).not.toContain("small-sample");
    expect(triggersOf([40, 100], [2, 5])).toContain("small-sample");
    expect(triggersOf([2, 6])).not.toContain("small-sample");
  });

  it("is never met outside the domains of discretion", () => {
    const elsewhere = rateStandard({ code: "4.1", domain: 4 }, counts([3, 5]), rules);
    expect(elsewhere).toMatchObject({ rule: "Requires improvement", triggers: [] });
  });
});

const share = fc
  .integer({ min: 0, max: 60 })
  .chain((relevant) => fc.tuple(fc.integer({ min: 0, max: relevant }), fc.constant(relevant)));

describe("over any counts", () => {
  it("turning one answer to yes never lowers the rating, one to no never raises it", () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 3 }), (shares) => {
        const all = counts(...shares);
        const rule = ruleRating(all, rules);
        for (const flip of flipsThatMatter(all, rule, rules)) {
          const change = placeOf(rules.scale, flip.rating) - placeOf(rules.scale, rule!);
          expect(Math.sign(change)).toBe(flip.to === "yes" ? 1 : -1);
        }
      }),
    );
  });

  it("rates the same in any order of the key questions", () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 3 }), (shares) => {
        const turned = rateStandard(standard, counts(...shares).toReversed(), rules);
        const rated = rate(...shares);
        expect(turned.rule).toBe(rated.rule);
        expect(new Set(turned.lowest)).toEqual(new Set(rated.lowest));
        expect(turned.triggers.map(({ trigger }) => trigger)).toEqual(
          rated.triggers.map(({ trigger }) => trigger),
        );
      }),
    );
  });
});
