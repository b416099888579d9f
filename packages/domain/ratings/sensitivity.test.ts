import { yos2018 } from "../framework/shipped.ts";
import { caseRulesOf, standardIn } from "../framework/standards.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ruleRating } from "./rate.ts";
import { countsOf, type KeyAnswer, pivotsOf } from "./sensitivity.ts";

const questions = [{ code: "3.2.1" }, { code: "3.2.2" }];
const answers = (keyQuestion: string, pattern: string): KeyAnswer[] =>
  Array.from(pattern, (letter, i) => ({
    case: `c000${i + 1}`,
    keyQuestion,
    answer: letter === "y" ? "yes" : "no",
  }));

const rules = caseRulesOf(yos2018, standardIn(yos2018, "2.1")!);

describe("counting", () => {
  it("keeps the order of the key questions and passes over other standards' answers", () => {
    const all = [...answers("2.1.1", "yy"), ...answers("3.2.2", "yyn")];
    expect(countsOf(questions, all)).toEqual([
      { keyQuestion: "3.2.1", relevant: 0, yes: 0 },
      { keyQuestion: "3.2.2", relevant: 3, yes: 2 },
    ]);
  });

  it("takes one answer per case and question", () => {
    const twice = [...answers("3.2.1", "y"), ...answers("3.2.1", "n")];
    expect(() => countsOf(questions, twice)).toThrow("c0001 answers 3.2.1 twice");
  });
});

describe("the judgements that decide", () => {
  it("are those whose turning gives another rating, each with that rating", () => {
    const all = [...answers("3.2.1", "yyynn"), ...answers("3.2.2", "yyyyy")];
    const pivots = pivotsOf(questions, all, rules);
    expect(pivots.map((pivot) => `${pivot.case} ${pivot.answer}: ${pivot.rating}`)).toEqual([
      "c0001 yes: Inadequate",
      "c0002 yes: Inadequate",
      "c0003 yes: Inadequate",
      "c0004 no: Outstanding",
      "c0005 no: Outstanding",
    ]);
  });

  it("are exactly those, when each answer is turned and everything is counted again", () => {
    const anyAnswers = fc
      .tuple(
        fc.string({ unit: fc.constantFrom("y", "n"), maxLength: 9 }),
        fc.string({ unit: fc.constantFrom("y", "n"), maxLength: 9 }),
      )
      .map(([first, second]) => [...answers("3.2.1", first), ...answers("3.2.2", second)]);
    fc.assert(
      fc.property(anyAnswers, (all) => {
        const rule = ruleRating(countsOf(questions, all), rules);
        const brute = all.flatMap((answer, i) => {
          const turned = answer.answer === "yes" ? ("no" as const) : ("yes" as const);
          const other = all.with(i, { ...answer, answer: turned });
          const rating = ruleRating(countsOf(questions, other), rules);
          return rating === undefined || rating === rule ? [] : [{ ...answer, rating }];
        });
        expect(pivotsOf(questions, all, rules)).toEqual(brute);
      }),
    );
  });
});
