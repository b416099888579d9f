import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { gradesOf, type Rating } from "../framework/scale.ts";
import { scaleNamed, scoredStandards } from "../framework/standards.ts";
import { yos2018, yos2021 } from "../framework/shipped.ts";
import { bandOf } from "./percent.ts";
import { overallOf } from "./overall.ts";

const every = (rating: Rating) =>
  Object.fromEntries(scoredStandards(yos2018).map((code) => [code, rating]));

const { scale: id, combine } = yos2018.overall!;
const bands = { scale: scaleNamed(yos2018, id), bands: "bands" in combine ? combine.bands : {} };
const grades = gradesOf(bands.scale);

describe("the total", () => {
  it.each([
    { from: 0, to: 6, rating: "Inadequate" },
    { from: 7, to: 18, rating: "Requires improvement" },
    { from: 19, to: 30, rating: "Good" },
    { from: 31, to: 36, rating: "Outstanding" },
  ])("from $from to $to is $rating", ({ from, to, rating }) => {
    for (let score = from; score <= to; score += 1) {
      expect(bandOf(score, bands)).toBe(rating);
    }
  });

  it.each(grades)("of twelve times %s is in that band", (rating) => {
    expect(overallOf(yos2018, every(rating))).toMatchObject({ maxScore: 36, overall: rating });
  });

  it("is a plain sum: no standard overrides it", () => {
    const mostlyGood = { ...every("Good"), "3.2": "Inadequate" as const };
    expect(overallOf(yos2018, mostlyGood)).toMatchObject({ score: 22, overall: "Good" });
  });

  it("grows with any better rating", () => {
    const ratings = fc.tuple(...scoredStandards(yos2018).map(() => fc.constantFrom(...grades)));
    fc.assert(
      fc.property(ratings, fc.nat(11), (list, at) => {
        const codes = scoredStandards(yos2018);
        const score = (ratings: readonly Rating[]): number =>
          overallOf(yos2018, Object.fromEntries(codes.map((code, i) => [code, ratings[i]]))).score;
        expect(score(list.with(at, "Outstanding"))).toBeGreaterThanOrEqual(score(list));
        expect(score(list)).toBe(list.reduce((sum, r) => sum + grades.indexOf(r), 0));
      }),
    );
  });
});

describe("the overall rating", () => {
  it("is withheld while a scored standard is not rated", () => {
    const { "2.4": _, ...rest } = every("Good");
    expect(overallOf(yos2018, rest)).toMatchObject({
      score: 22,
      overall: undefined,
      notRated: ["2.4"],
    });
  });

  it("passes over a standard that is rated and not scored", () => {
    const ratings = { ...every("Good"), "4.1": "Outstanding" as const };
    expect(overallOf(yos2021, ratings)).toMatchObject({ score: 24, maxScore: 36, notRated: [] });
  });
});
