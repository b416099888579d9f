/**
 * Which key questions concern a case, and why: from facts that the inspector records about the
 * case before answering anything. Denominators follow from this and from nothing else.
 */
import type { Scope } from "./case-profile.ts";
import type { CaseFact } from "./case-list-settings.ts";
import type { Framework } from "./document.ts";
import { asked, type CaseValue, type CaseValues, holds } from "./predicate.ts";
import type { CaseQuestion } from "./standard.ts";
import { caseKeyQuestions, keyQuestionIn } from "./standards.ts";

export type ScopedCase = {
  readonly population: string;
  /** What the case list says of it. */
  readonly profile: CaseValues;
  readonly scope: Scope;
};

/** `because` is in words, to follow "because". */
export type Relevance = { readonly relevant: boolean; readonly because: string };

/** Whether the key question is asked of the case. An exclusion on record goes before the rule. */
export const relevanceOf = (
  { code, population, relevance: { due, where, because } }: CaseQuestion,
  { population: own, profile, scope }: ScopedCase,
): Relevance => {
  if (own !== population) return { relevant: false, because: "it belongs to another population" };
  const excluded = scope.notDue.find((exclusion) => exclusion.keyQuestion === code);
  if (excluded) return { relevant: false, because: exclusionInWords[excluded.reason] };
  if (!where) {
    return { relevant: true, because: due ? "the work had fallen due" : "every case counts" };
  }
  const relevant = holds(where, { ...profile, ...scope.facts });
  const { met = "its condition holds", unmet = "its condition does not hold" } = because ?? {};
  return { relevant, because: relevant ? met : unmet };
};

const exclusionInWords = {
  "work-not-due": "the work had not fallen due",
  "outside-otherwise": "the inspector recorded that the question did not concern it",
} as const;

/** Whether the question's relevance rests on what the case list says. */
export const restsOnTheList = (
  { relevance: { where } }: CaseQuestion,
  { columns }: Framework,
): boolean => {
  const names = where ? asked(where).map(({ name }) => name) : [];
  return columns.some(({ name }) => names.includes(name));
};

/** The codes of the key questions that concern the case, in the framework's order. */
export const relevantQuestions = (document: Framework, scoped: ScopedCase): readonly string[] =>
  caseKeyQuestions(document)
    .filter(({ keyQuestion }) => relevanceOf(keyQuestion, scoped).relevant)
    .map(({ keyQuestion }) => keyQuestion.code);

export type ScopeProblem =
  | { readonly problem: "UnknownFact"; readonly fact: string }
  | { readonly problem: "FactMissing"; readonly fact: string }
  | {
      readonly problem: "ValueNotAllowed";
      readonly fact: string;
      readonly allowed: readonly CaseValue[];
    }
  | { readonly problem: "UnknownKeyQuestion"; readonly keyQuestion: string }
  | { readonly problem: "OtherPopulation"; readonly keyQuestion: string }
  | { readonly problem: "ExcludedTwice"; readonly keyQuestion: string }
  /** Concerns every case, whatever has fallen due. */
  | { readonly problem: "AlwaysDue"; readonly keyQuestion: string };

/** What is wrong with a case's scope under this framework; empty when nothing is. */
export const scopeProblems = (
  document: Framework,
  { population, scope }: ScopedCase,
): readonly ScopeProblem[] => [
  ...factProblems(document, scope),
  ...scope.notDue.flatMap(({ keyQuestion, reason }, i): readonly ScopeProblem[] => {
    const located = keyQuestionIn(document, keyQuestion);
    if (!located) return [{ problem: "UnknownKeyQuestion", keyQuestion }];
    if (located.keyQuestion.population !== population) {
      return [{ problem: "OtherPopulation", keyQuestion }];
    }
    const first = scope.notDue.findIndex((exclusion) => exclusion.keyQuestion === keyQuestion);
    if (first !== i) return [{ problem: "ExcludedTwice", keyQuestion }];
    const alwaysDue = !located.keyQuestion.relevance.due;
    return reason === "work-not-due" && alwaysDue ? [{ problem: "AlwaysDue", keyQuestion }] : [];
  }),
];

const factProblems = ({ caseFacts }: Framework, { facts }: Scope): readonly ScopeProblem[] => [
  ...Object.keys(facts)
    .filter((fact) => !caseFacts.some(({ name }) => name === fact))
    .map((fact): ScopeProblem => ({ problem: "UnknownFact", fact })),
  ...caseFacts.flatMap(({ name: fact, type }): readonly ScopeProblem[] => {
    const value = facts[fact];
    if (value === undefined) return [{ problem: "FactMissing", fact }];
    const allowed = allowedBy(type);
    return allowed.includes(value) ? [] : [{ problem: "ValueNotAllowed", fact, allowed }];
  }),
];

const allowedBy = (type: CaseFact["type"]): readonly CaseValue[] =>
  type.kind === "yes-no" ? [true, false] : type.values.map(({ value }) => value);
