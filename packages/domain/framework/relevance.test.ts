import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Scope } from "./case-profile.ts";
import { populationIn } from "./populations.ts";
import type { CaseValue } from "./predicate.ts";
import { relevanceOf, relevantQuestions, restsOnTheList, scopeProblems } from "./relevance.ts";
import { keyQuestionIn, caseKeyQuestions } from "./standards.ts";
import { yos2018 } from "./shipped.ts";

const document = yos2018;

type Facts = Readonly<Record<string, CaseValue>>;

const scope = (facts: Facts = {}, notDue: Scope["notDue"] = []): Scope => ({
  facts: {
    inspectorRosh: "medium",
    inspectorSafety: "medium",
    childSafetyFactors: true,
    desistanceChanged: true,
    safetyChanged: true,
    harmChanged: true,
    ...facts,
  },
  notDue,
});

const listed = (disposal: string) => {
  const profile = { disposal };
  return { population: populationIn(document, profile)!, profile };
};
type Kind = ReturnType<typeof listed>;
const court = listed("referral-order");
const caution = listed("youth-caution");
const conditional = listed("youth-conditional-caution");

const ask = (code: string, of: Kind, scoped: Scope) =>
  relevanceOf(keyQuestionIn(document, code)!.keyQuestion, { ...of, scope: scoped });

const unchanged = { desistanceChanged: false, safetyChanged: false, harmChanged: false };
const low = { inspectorRosh: "low" };
const safe = { childSafetyFactors: false };

describe("a key question is asked", () => {
  it.each<[string, Kind, Facts, string]>([
    ["2.1.2", court, safe, "every case counts"],
    ["3.1.3", caution, low, "every case counts"],
    ["2.2.1", court, {}, "the work had fallen due"],
    ["3.3.2", caution, {}, "there were factors related to keeping the child safe"],
    ["2.3.3", court, {}, "the risk of serious harm to other people was above low"],
    ["2.4.1", court, {}, "something that bears on reoffending had changed"],
    ["2.4.2", court, {}, "something that bears on the child's safety had changed"],
    ["2.4.3", court, low, "something that bears on other people's safety had changed"],
    ["3.4.2", conditional, {}, "it is a youth conditional caution"],
  ])("%s of %o with %o: %s", (code, of, facts, because) => {
    expect(ask(code, of, scope(facts))).toEqual({ relevant: true, because });
  });
});

describe("a key question is not asked", () => {
  it.each<[string, Kind, Facts, string]>([
    ["2.1.1", caution, {}, "it belongs to another population"],
    ["3.1.1", court, {}, "it belongs to another population"],
    ["2.2.2", court, safe, "the inspector found no factors related to keeping the child safe"],
    ["3.2.3", caution, low, "the inspector judged the risk of serious harm"],
    ["2.4.1", court, unchanged, "nothing that bears on reoffending had changed"],
    ["2.4.2", court, unchanged, "nothing that bears on the child's safety had changed"],
    ["2.4.3", court, unchanged, "nothing that bears on other people's safety had changed"],
    ["3.4.2", caution, {}, "it is not a youth conditional caution"],
  ])("%s of %o with %o: %s", (code, of, facts, because) => {
    const found = ask(code, of, scope(facts));
    expect(found.relevant).toBe(false);
    expect(found.because).toContain(because);
  });

  it("when an exclusion is on record for it, and the others are", () => {
    const notDue = [{ keyQuestion: "2.3.1", reason: "work-not-due" as const }];
    expect(ask("2.3.1", court, scope({}, notDue))).toEqual({
      relevant: false,
      because: "the work had not fallen due",
    });
    expect(ask("2.3.2", court, scope({}, notDue)).relevant).toBe(true);
  });

  it("where its condition asks what a withheld list would say", () => {
    const withheld = { population: "outOfCourt", profile: {}, scope: scope() };
    const { keyQuestion } = keyQuestionIn(document, "3.4.2")!;
    expect(relevanceOf(keyQuestion, withheld).relevant).toBe(false);
  });
});

it("only conditions over columns rest on the case list", () => {
  const codes = caseKeyQuestions(document)
    .filter(({ keyQuestion }) => restsOnTheList(keyQuestion, document))
    .map(({ keyQuestion }) => keyQuestion.code);
  expect(codes).toEqual(["3.4.2"]);
});

describe("an exclusion is a problem", () => {
  const excluding = (keyQuestion: string, reason: "work-not-due" | "outside-otherwise") =>
    scopeProblems(document, { ...court, scope: scope({}, [{ keyQuestion, reason }]) });

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
    const found = scopeProblems(document, { ...court, scope: scope({}, [once, once]) });
    expect(found).toEqual([{ problem: "ExcludedTwice", keyQuestion: "2.2.1" }]);
  });

  it("and not when it leaves out work that was not due, or says otherwise", () => {
    expect(excluding("2.2.1", "work-not-due")).toEqual([]);
    expect(excluding("2.1.1", "outside-otherwise")).toEqual([]);
  });
});

describe("a fact is a problem", () => {
  const finding = (facts: Facts) => scopeProblems(document, { ...court, scope: scope(facts) });

  it("when the framework asks for none of that name", () => {
    expect(finding({ mood: "calm" })).toEqual([{ problem: "UnknownFact", fact: "mood" }]);
  });

  it("when it is missing", () => {
    const { harmChanged: _, ...facts } = scope().facts;
    const found = scopeProblems(document, { ...court, scope: { facts, notDue: [] } });
    expect(found).toEqual([{ problem: "FactMissing", fact: "harmChanged" }]);
  });

  it("when its value is not allowed", () => {
    const allowed = ["low", "medium", "high", "very-high"];
    expect(finding({ inspectorRosh: "huge", harmChanged: "true" })).toEqual([
      { problem: "ValueNotAllowed", fact: "inspectorRosh", allowed },
      { problem: "ValueNotAllowed", fact: "harmChanged", allowed: [true, false] },
    ]);
  });
});

it("asks questions of one population only, whatever the scope", () => {
  const anyFacts = fc.record({
    inspectorRosh: fc.constantFrom("low", "medium", "very-high"),
    childSafetyFactors: fc.boolean(),
    desistanceChanged: fc.boolean(),
    safetyChanged: fc.boolean(),
    harmChanged: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.constantFrom(court, caution, conditional), anyFacts, (of, facts) => {
      const populations = relevantQuestions(document, { ...of, scope: scope(facts) }).map(
        (code) => keyQuestionIn(document, code)!.keyQuestion.population,
      );
      expect(new Set(populations)).toEqual(new Set([of.population]));
    }),
  );
});
