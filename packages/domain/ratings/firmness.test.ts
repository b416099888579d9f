import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { gradesOf, type Rating } from "../framework/scale.ts";
import {
  caseKeyQuestions,
  caseRulesOf,
  caseStandards,
  standardIn,
} from "../framework/standards.ts";
import { yos2018 } from "../framework/yos.ts";
import { type FirmnessRequest, firmnessOf, type InspectedPopulation } from "./firmness.ts";
import { overallOf } from "./overall.ts";
import { bandOf, percentOf } from "./percent.ts";
import { ruleRating } from "./rate.ts";
import type { KeyAnswer } from "./sensitivity.ts";

const rules = caseRulesOf(yos2018, standardIn(yos2018, "2.1")!);
const grades = gradesOf(rules.scale);
const none: InspectedPopulation = { eligible: 0, cases: [], answers: [] };
const byPeople = { "1.1": "Good", "1.2": "Good", "1.3": "Good", "1.4": "Good" } as const;

/** Cases and their answers, one pattern for each key question: y, n, or - where not relevant. */
const inspected = (
  eligible: number,
  patterns: Readonly<Record<string, string>>,
): InspectedPopulation => {
  const size = Math.max(...Object.values(patterns).map(({ length }) => length));
  const cases = Array.from({ length: size }, (_, i) => `c${String(i + 1).padStart(4, "0")}`);
  const answers = Object.entries(patterns).flatMap(([keyQuestion, pattern]) =>
    Array.from(pattern).flatMap((letter, i): KeyAnswer[] =>
      letter === "-"
        ? []
        : [{ case: cases[i]!, keyQuestion, answer: letter === "y" ? "yes" : "no" }],
    ),
  );
  return { eligible, cases, answers };
};

const firmness = (change: Partial<FirmnessRequest>) =>
  firmnessOf({
    version: yos2018,
    populations: { court: none, outOfCourt: none },
    byPeople,
    seed: "test",
    draws: 20_000,
    ...change,
  });

/** Four standard errors of a share over the draws, for any probability. */
const tolerance = (draws: number): number => 4 * Math.sqrt(0.25 / draws);

const logFactorial = (n: number): number => {
  let sum = 0;
  for (let k = 2; k <= n; k += 1) sum += Math.log(k);
  return sum;
};
const logChoose = (n: number, k: number): number =>
  logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** How likely each rating is, from the probability of each number of yes in the population. */
const ratingsFrom = (eligible: number, weight: (yes: number) => number): Map<Rating, number> => {
  const found = new Map<Rating, number>();
  let all = 0;
  for (let yes = 0; yes <= eligible; yes += 1) {
    const each = weight(yes);
    const rating = bandOf(percentOf({ relevant: eligible, yes }, rules.rounding), rules);
    found.set(rating, (found.get(rating) ?? 0) + each);
    all += each;
  }
  return new Map([...found].map(([rating, each]) => [rating, each / all]));
};

/** Beta-binomial: further yes among the cases not inspected, from y and n - y balls. */
const betaBinomial = (y: number, n: number, eligible: number) => (yes: number) => {
  const more = yes - y;
  const rest = eligible - n;
  if (more < 0 || more > rest) return 0;
  const logBeta = (a: number, b: number): number =>
    logFactorial(a - 1) + logFactorial(b - 1) - logFactorial(a + b - 1);
  return Math.exp(logChoose(rest, more) + logBeta(yes, eligible - yes) - logBeta(y, n - y));
};

/** Hypergeometric likelihood of the sample, with Haldane's prior on the population's yes. */
const haldane = (y: number, n: number, eligible: number) => (yes: number) => {
  if (yes < y || eligible - yes < n - y || yes === 0 || yes === eligible) return 0;
  const likelihood = logChoose(yes, y) + logChoose(eligible - yes, n - y) - logChoose(eligible, n);
  return Math.exp(likelihood) / (yes * (eligible - yes));
};

describe("with one key question", () => {
  it.each([
    { y: 7, n: 10, eligible: 24 },
    { y: 13, n: 20, eligible: 36 },
    { y: 4, n: 5, eligible: 12 },
    { y: 1, n: 3, eligible: 40 },
  ])("$y of $n among $eligible: as the exact distributions say", ({ y, n, eligible }) => {
    const exact = ratingsFrom(eligible, betaBinomial(y, n, eligible));
    const hypergeometric = ratingsFrom(eligible, haldane(y, n, eligible));
    const outOfCourt = inspected(eligible, { "3.1.1": "y".repeat(y) + "n".repeat(n - y) });
    const [found] = firmness({ populations: { court: none, outOfCourt } }).standards;
    for (const rating of grades) {
      const expected = exact.get(rating) ?? 0;
      expect(hypergeometric.get(rating) ?? 0).toBeCloseTo(expected, 9);
      expect(Math.abs((found!.probability[rating] ?? 0) - expected)).toBeLessThan(
        tolerance(20_000),
      );
    }
  });
});

/** Every way to grow `n` cases to `eligible`: all equally likely under Pólya's urn. */
const compositions = function* (n: number, eligible: number): Generator<readonly number[]> {
  if (n === 1) yield [eligible];
  else
    for (let first = 1; first <= eligible - n + 1; first += 1) {
      for (const rest of compositions(n - 1, eligible - first)) yield [first, ...rest];
    }
};

/** One population's standards rated by rule after growing, worked out without the urn. */
const rateGrown = (
  population: "court" | "outOfCourt",
  of: InspectedPopulation,
  grown: readonly number[],
) =>
  caseStandards(yos2018, population).map((standard): readonly [string, Rating | undefined] => {
    const counts = standard.keyQuestions.map(({ code }) => {
      const given = of.answers.filter(({ keyQuestion }) => keyQuestion === code);
      const balls = (answers: readonly KeyAnswer[]): number =>
        answers.reduce((sum, answer) => sum + grown[of.cases.indexOf(answer.case)]!, 0);
      const yes = balls(given.filter(({ answer }) => answer === "yes"));
      return { keyQuestion: code, relevant: balls(given), yes };
    });
    return [standard.code, ruleRating(counts, rules)];
  });

describe("with whole cases", () => {
  const patterns = (population: "court" | "outOfCourt", rows: readonly string[]) =>
    Object.fromEntries(
      caseKeyQuestions(yos2018, population).map(({ keyQuestion }, i) => [
        keyQuestion.code,
        rows[i % rows.length]!,
      ]),
    );
  const court = inspected(7, patterns("court", ["yyyn", "yny-", "nyyy", "yyyy", "-ynn"]));
  const outOfCourt = inspected(6, patterns("outOfCourt", ["yyn", "yny", "y-y", "nyy"]));

  it("agrees with every possible population counted out, standard by standard and overall", () => {
    const expected = new Map<string, number>();
    const add = (key: string, by: number): void => {
      expected.set(key, (expected.get(key) ?? 0) + by);
    };
    const worlds = [...compositions(4, 7)].flatMap((grownCourt) =>
      [...compositions(3, 6)].map((grownOther) => [
        ...rateGrown("court", court, grownCourt),
        ...rateGrown("outOfCourt", outOfCourt, grownOther),
      ]),
    );
    for (const ratings of worlds) {
      for (const [code, rating] of ratings) add(`${code} ${rating}`, 1 / worlds.length);
      const all = { ...byPeople, ...Object.fromEntries(ratings) };
      add(`score ${overallOf(yos2018, all).score}`, 1 / worlds.length);
    }

    const found = firmness({ populations: { court, outOfCourt } });
    for (const { standard, probability } of found.standards) {
      for (const rating of grades) {
        const difference =
          (probability[rating] ?? 0) - (expected.get(`${standard} ${rating}`) ?? 0);
        expect(Math.abs(difference)).toBeLessThan(tolerance(20_000));
      }
    }
    found.overall!.scores.forEach((share, score) => {
      const difference = share - (expected.get(`score ${score}`) ?? 0);
      expect(Math.abs(difference)).toBeLessThan(tolerance(20_000));
    });
  });

  it("is certain where every eligible case was inspected", () => {
    const whole = {
      court: { ...court, eligible: 4 },
      outOfCourt: { ...outOfCourt, eligible: 3 },
    };
    const found = firmness({ populations: whole, draws: 50 });
    expect(found.standards.map(({ same }) => same)).toEqual(Array(8).fill(1));
    expect(found.overall).toMatchObject({ same: 1 });
    expect(found.overall!.scores[found.overall!.score]).toBe(1);
  });

  it("does not depend on the order of the cases but for chance", () => {
    const turned = { ...court, cases: court.cases.toReversed() };
    const [there, back] = [court, turned].map((each) =>
      firmness({ populations: { court: each, outOfCourt } }),
    );
    there!.standards.forEach(({ probability }, i) => {
      for (const rating of grades) {
        const difference =
          (probability[rating] ?? 0) - (back!.standards[i]!.probability[rating] ?? 0);
        expect(Math.abs(difference)).toBeLessThan(1.5 * tolerance(20_000));
      }
    });
  });

  it("keeps a panel's moves when asked to, within the scale", () => {
    const byRule = firmness({ populations: { court, outOfCourt } });
    const { standard, probability } = byRule.standards.find(
      ({ rating }) => rating === "Inadequate",
    )!;
    const kept = firmness({
      populations: { court, outOfCourt },
      moved: { [standard]: "Requires improvement" },
    });
    const moved = kept.standards.find((each) => each.standard === standard)!;
    expect(moved.rating).toBe("Requires improvement");
    expect(kept.rated).toBe("moves-kept");
    expect(moved.probability).toEqual({
      Inadequate: 0,
      "Requires improvement": probability["Inadequate"],
      Good: probability["Requires improvement"],
      Outstanding: expect.closeTo(probability["Good"]! + probability["Outstanding"]!, 12),
    });
    expect(kept.overall!.score).toBe(byRule.overall!.score + 1);
  });
});

describe("any request", () => {
  const anyPattern = fc.string({
    unit: fc.constantFrom("y", "n", "-"),
    minLength: 3,
    maxLength: 3,
  });

  it("gives probabilities that add up to one, the same for the same seed", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("3.1.1", "3.1.2", "3.4.1"), anyPattern, { minKeys: 1 }),
        fc.integer({ min: 3, max: 9 }),
        fc.string(),
        (patterns, eligible, seed) => {
          const outOfCourt = inspected(eligible, patterns);
          const ask = () => firmness({ populations: { court: none, outOfCourt }, seed, draws: 64 });
          for (const { probability } of ask().standards) {
            const all = Object.values(probability).reduce((sum, each) => sum + each, 0);
            expect(all).toBe(1);
          }
          expect(ask()).toEqual(ask());
        },
      ),
    );
  });

  it("names the key questions whose answers are all alike", () => {
    const outOfCourt = inspected(9, { "3.1.1": "yyy", "3.1.2": "yn-", "3.1.3": "nn-" });
    const [found] = firmness({ populations: { court: none, outOfCourt }, draws: 10 }).standards;
    expect(found).toMatchObject({ same: 1, oneSided: ["3.1.1", "3.1.3"] });
  });

  it("leaves the overall rating out while a scored standard is not rated", () => {
    const outOfCourt = inspected(9, { "3.1.1": "yyn" });
    const found = firmness({ populations: { court: none, outOfCourt }, draws: 10 });
    expect(found.standards.map(({ standard }) => standard)).toEqual(["3.1"]);
    expect(found.overall).toBeUndefined();
  });

  it.each([
    { wrong: "fewer eligible than assessed", change: { eligible: 2 } },
    { wrong: "an answer on a case that was not assessed", change: { cases: ["c0001", "c0002"] } },
  ])("with $wrong is a defect", ({ change }) => {
    const outOfCourt = { ...inspected(9, { "3.1.1": "yyn" }), ...change };
    expect(() => firmness({ populations: { court: none, outOfCourt } })).toThrow(RangeError);
  });

  it("without a draw is a defect", () => {
    expect(() => firmness({ draws: 0 })).toThrow(RangeError);
  });
});
