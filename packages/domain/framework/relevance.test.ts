import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type DisposalType, DisposalType as Disposals, type Scope } from "./case-profile.ts";
import { relevanceOf, scopeProblems } from "./relevance.ts";
import { keyQuestionIn } from "./versions.ts";
import { yos2018 } from "./yos-2018.ts";

const scope = (change: Partial<Scope> = {}): Scope => ({
  inspectorRosh: "medium",
  inspectorSafety: "medium",
  childSafetyFactors: true,
  changed: { desistance: true, safety: true, harm: true },
  notDue: [],
  ...change,
});

const ask = (code: string, disposal: DisposalType, change: Partial<Scope> = {}) => {
  const { standard, keyQuestion } = keyQuestionIn(yos2018, code)!;
  return relevanceOf(standard, keyQuestion, { disposal, scope: scope(change) });
};

const unchanged = { desistance: false, safety: false, harm: false };
const court = "referral-order";
const caution = "youth-caution";

describe("a key question is asked", () => {
  it.each([
    { code: "2.1.2", of: court, change: { childSafetyFactors: false }, because: "every-case" },
    { code: "3.1.3", of: caution, change: { inspectorRosh: "low" }, because: "every-case" },
    { code: "2.2.1", of: court, change: {}, because: "work-due" },
    { code: "3.3.2", of: caution, change: {}, because: "child-safety-factors" },
    { code: "2.3.3", of: court, change: {}, because: "rosh-above-low" },
    { code: "2.4.1", of: court, change: {}, because: "desistance-changed" },
    { code: "2.4.2", of: court, change: {}, because: "safety-changed" },
    { code: "2.4.3", of: court, change: { inspectorRosh: "low" }, because: "harm-changed" },
    { code: "3.4.2", of: "youth-conditional-caution", change: {}, because: "conditional-caution" },
  ] as const)("$code of a $of with $change: $because", ({ code, of, change, because }) => {
    expect(ask(code, of, change)).toEqual({ relevant: true, because });
  });
});

describe("a key question is not asked", () => {
  it.each([
    { code: "2.1.1", of: caution, change: {}, because: "other-population" },
    { code: "3.1.1", of: court, change: {}, because: "other-population" },
    {
      code: "2.2.2",
      of: court,
      change: { childSafetyFactors: false },
      because: "no-child-safety-factors",
    },
    { code: "3.2.3", of: caution, change: { inspectorRosh: "low" }, because: "rosh-low" },
    { code: "2.4.1", of: court, change: { changed: unchanged }, because: "desistance-unchanged" },
    { code: "2.4.2", of: court, change: { changed: unchanged }, because: "safety-unchanged" },
    { code: "2.4.3", of: court, change: { changed: unchanged }, because: "harm-unchanged" },
    { code: "3.4.2", of: caution, change: {}, because: "not-conditional-caution" },
  ] as const)("$code of a $of with $change: $because", ({ code, of, change, because }) => {
    expect(ask(code, of, change)).toEqual({ relevant: false, because });
  });

  it("when an exclusion is on record for it, and the others are", () => {
    const notDue = [{ keyQuestion: "2.3.1", reason: "work-not-due" as const }];
    expect(ask("2.3.1", court, { notDue })).toEqual({ relevant: false, because: "work-not-due" });
    expect(ask("2.3.2", court, { notDue }).relevant).toBe(true);
  });
});

describe("an exclusion is a problem", () => {
  const excluding = (keyQuestion: string, reason: "work-not-due" | "outside-otherwise") =>
    scopeProblems(yos2018, {
      disposal: court,
      scope: scope({ notDue: [{ keyQuestion, reason }] }),
    });

  it.each([
    { keyQuestion: "2.9.1", problem: "UnknownKeyQuestion" },
    { keyQuestion: "1.1.1", problem: "UnknownKeyQuestion" },
    { keyQuestion: "3.2.1", problem: "OtherPopulation" },
    { keyQuestion: "2.1.1", problem: "AlwaysDue" },
  ])("for $keyQuestion: $problem", ({ keyQuestion, problem }) => {
    expect(excluding(keyQuestion, "work-not-due")).toEqual([{ problem, keyQuestion }]);
  });

  it("when it is there twice", () => {
    const once = { keyQuestion: "2.2.1", reason: "work-not-due" as const };
    const found = scopeProblems(yos2018, {
      disposal: court,
      scope: scope({ notDue: [once, once] }),
    });
    expect(found).toEqual([{ problem: "ExcludedTwice", keyQuestion: "2.2.1" }]);
  });

  it("and not when it leaves out work that was not due, or says otherwise", () => {
    expect(excluding("2.2.1", "work-not-due")).toEqual([]);
    expect(excluding("2.1.1", "outside-otherwise")).toEqual([]);
  });
});

it("asks every question of one population only, whatever the scope", () => {
  const anyScope = fc.record({
    inspectorRosh: fc.constantFrom("low" as const, "medium" as const, "very-high" as const),
    inspectorSafety: fc.constant("high" as const),
    childSafetyFactors: fc.boolean(),
    changed: fc.record({ desistance: fc.boolean(), safety: fc.boolean(), harm: fc.boolean() }),
    notDue: fc.constant([]),
  });
  fc.assert(
    fc.property(fc.constantFrom(...Disposals.options), anyScope, (disposal, facts) => {
      const asked = yos2018.standards
        .filter((standard) => standard.judged === "by-cases")
        .filter((standard) =>
          standard.keyQuestions.some(
            (question) => relevanceOf(standard, question, { disposal, scope: facts }).relevant,
          ),
        );
      expect(new Set(asked.map(({ population }) => population)).size).toBe(1);
    }),
  );
});
