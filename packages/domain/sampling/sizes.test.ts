import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { PopulationSettings } from "../framework/case-list-settings.ts";
import { populationsOfFormat1 } from "../framework/format-1-cases.ts";
import { document2018 } from "../framework/shipped.ts";
import { finiteSize, proportionalSize, SampleSize, sizeFor } from "./sizes.ts";

const former = document2018.ruleset.sampling;
const [settings, following] = populationsOfFormat1(former) as [
  PopulationSettings,
  PopulationSettings,
];
const court = (eligible: number) => sizeFor({ eligible, settings });
const outOfCourt = (eligible: number, courtSize: number) =>
  sizeFor({ eligible, settings: following, drawn: new Map([["court", courtSize]]) });

describe("the court sample", () => {
  it.each([
    [0, 0],
    [1, 1],
    [8, 8],
    [9, 9],
    [10, 10],
    [15, 14],
    [22, 20],
    [100, 63],
    [200, 91],
    [100_000, 164],
  ])("of %i eligible cases has %i", (eligible, size) => {
    expect(court(eligible)).toMatchObject({ computed: size, size, shortfall: 0 });
  });

  it("never exceeds the population and never shrinks as it grows", () => {
    fc.assert(
      fc.property(fc.nat(200_000), (eligible) => {
        const size = finiteSize(eligible, former.size);
        expect(size).toBeLessThanOrEqual(eligible);
        expect(finiteSize(eligible + 1, former.size)).toBeGreaterThanOrEqual(size);
      }),
    );
  });

  it("is recorded with everything that it was computed from", () => {
    const size = court(100);
    expect(SampleSize.parse(JSON.parse(JSON.stringify(size)))).toEqual(size);
    expect(size.basis).toMatchObject({ z: 1.28155, p: 0.5, margin: 0.05, rounding: "up" });
    if (size.basis.formula === "finite-population-correction")
      expect(size.basis.unlimited).toBeCloseTo(164.237, 3);
  });
});

describe("the out-of-court sample", () => {
  it.each([
    [8, 5],
    [9, 6],
    [20, 13],
    [14, 9],
    [91, 61],
  ])("beside %i court cases has %i", (courtSize, size) => {
    expect(proportionalSize(courtSize, { here: 40, there: 60 })).toBe(size);
    expect(outOfCourt(500, courtSize)).toMatchObject({ size, shortfall: 0 });
  });

  it("takes all there are and records how many are missing", () => {
    expect(outOfCourt(4, 9)).toMatchObject({ wanted: 6, size: 4, shortfall: 2, reserves: 0 });
  });

  it("stands alone where there is no court sample", () => {
    expect(outOfCourt(22, 0)).toMatchObject({
      basis: { formula: "finite-population-correction" },
      size: 20,
    });
  });
});

it("has a fifth more in reserve, rounded up, as far as there are cases left", () => {
  expect(court(100)).toMatchObject({ size: 63, reserves: 13 });
  expect(court(22)).toMatchObject({ size: 20, reserves: 2 });
  expect(court(8)).toMatchObject({ size: 8, reserves: 0 });
});

it("can be set by a person, whose reason is kept beside the computed size", () => {
  const override = { size: 30, reason: "a short fieldwork week" };
  const size = sizeFor({ eligible: 100, settings, override });
  expect(size).toMatchObject({ computed: 63, override, wanted: 30, size: 30 });
});

describe("a size with a floor and a ceiling", () => {
  const confidence = {
    by: "confidence",
    zOrigin: "80%",
    z: 1.28155,
    margin: 0.05,
    p: 0.5,
  } as const;
  const sized = (eligible: number, floor: number, ceiling: number) =>
    sizeFor({
      eligible,
      settings: { size: { ...confidence, floor, ceiling }, reservesPercent: 0 },
    }).size;

  it.each([
    [15, 14],
    [13, 13],
    [200, 91],
    [100_000, 91],
  ])("of %i eligible cases has %i", (eligible, size) => {
    expect(sized(eligible, 14, 91)).toBe(size);
  });

  it("says both where it says how it was computed", () => {
    const size = sizeFor({
      eligible: 300,
      settings: { size: { ...confidence, floor: 14, ceiling: 91 }, reservesPercent: 0 },
    });
    expect(size.basis).toMatchObject({ floor: 14, ceiling: 91 });
  });
});

it("takes everything where the framework says so", () => {
  const whole = { size: { by: "everything" }, reservesPercent: 20 } as const;
  expect(sizeFor({ eligible: 17, settings: whole })).toMatchObject({ size: 17, reserves: 0 });
});
