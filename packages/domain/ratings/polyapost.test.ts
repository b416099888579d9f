/**
 * Firmness against R's polyapost, the package of the method's authors. Its figures below were made
 * once with R 4.2.2 and polyapost's `cwpolya` (unit weights, set.seed(1)), 200,000 draws over the
 * indices of these same cases, each population apart, rated by the same rule in R.
 */
import { expect, it } from "vitest";

import type { Population } from "../framework/case-profile.ts";
import { gradesOf } from "../framework/scale.ts";
import { caseKeyQuestions } from "../framework/standards.ts";
import { yos2018 } from "../framework/yos.ts";
import { firmnessOf, type InspectedPopulation } from "./firmness.ts";

/** A fixed pattern of answers that leaves some key questions' cases out. */
const patterned = (population: Population, size: number, eligible: number): InspectedPopulation => {
  const cases = Array.from({ length: size }, (_, i) => `c${String(i + 1).padStart(4, "0")}`);
  const answers = caseKeyQuestions(yos2018, population).flatMap(({ keyQuestion }, k) =>
    cases.flatMap((of, i) => {
      const relevant = (i * 5 + k) % 7 !== 6 || k % 3 === 0;
      const answer = (i * 7 + k * 3) % 11 < 8 ? ("yes" as const) : ("no" as const);
      return relevant ? [{ case: of, keyQuestion: keyQuestion.code, answer }] : [];
    }),
  );
  return { eligible, cases, answers };
};

const fromR: Readonly<Record<string, readonly number[]>> = {
  "2.1": [0.0006, 0.1724, 0.8206, 0.0065],
  "2.2": [0.0018, 0.3104, 0.6863, 0.0014],
  "2.3": [0.005, 0.4205, 0.574, 0.0005],
  "2.4": [0.0034, 0.2892, 0.7054, 0.002],
  "3.1": [0.0083, 0.2661, 0.706, 0.0196],
  "3.2": [0.0131, 0.3956, 0.5886, 0.0027],
  "3.3": [0.015, 0.3975, 0.5828, 0.0047],
  "3.4": [0.0668, 0.4949, 0.4312, 0.0071],
};
const totalsFromR = [
  [14, 0.0004],
  [15, 0.0026],
  [16, 0.0121],
  [17, 0.0422],
  [18, 0.1037],
  [19, 0.1817],
  [20, 0.2433],
  [21, 0.2263],
  [22, 0.1402],
  [23, 0.0469],
  [24, 0.0005],
] as const;

const draws = 50_000;
/** Four standard errors of the difference between the two runs. */
const tolerance = (p: number): number =>
  4 * Math.sqrt(p * (1 - p) * (1 / draws + 1 / 200_000)) + 1e-4;

it("gives the probabilities that polyapost gives, for each standard and for the total", () => {
  const found = firmnessOf({
    version: yos2018,
    populations: { court: patterned("court", 20, 36), outOfCourt: patterned("outOfCourt", 13, 24) },
    byPeople: { "1.1": "Good", "1.2": "Good", "1.3": "Good", "1.4": "Requires improvement" },
    seed: "polyapost",
    draws,
  });
  for (const { standard, probability } of found.standards) {
    gradesOf(yos2018.scales[0]!).forEach((rating, i) => {
      const expected = fromR[standard]![i]!;
      expect(Math.abs((probability[rating] ?? 0) - expected)).toBeLessThan(tolerance(expected));
    });
  }
  for (const [score, expected] of totalsFromR) {
    const difference = found.overall!.scores[score]! - expected;
    expect(Math.abs(difference)).toBeLessThan(tolerance(expected));
  }
});
