/**
 * Which key questions concern a case, and why: from facts that the inspector records about the
 * case before answering anything. Denominators follow from this and from nothing else.
 */
import { type DisposalType, populationOf, type Scope } from "./case-profile.ts";
import type { CaseKeyQuestion, CaseStandard, FrameworkVersion, RelevanceRule } from "./version.ts";
import { keyQuestionIn } from "./versions.ts";

export type ScopedCase = { readonly disposal: DisposalType; readonly scope: Scope };

/** The fact that decided; read it with `relevant`. */
export type RelevanceReason =
  | "every-case"
  | "other-population"
  | "work-due"
  | "work-not-due"
  | "outside-otherwise"
  | "child-safety-factors"
  | "no-child-safety-factors"
  | "rosh-above-low"
  | "rosh-low"
  | "desistance-changed"
  | "desistance-unchanged"
  | "safety-changed"
  | "safety-unchanged"
  | "harm-changed"
  | "harm-unchanged"
  | "conditional-caution"
  | "not-conditional-caution";

export type Relevance = { readonly relevant: boolean; readonly because: RelevanceReason };

/** Whether the key question is asked of the case. An exclusion on record goes before the rule. */
export const relevanceOf = (
  standard: CaseStandard,
  keyQuestion: CaseKeyQuestion,
  { disposal, scope }: ScopedCase,
): Relevance => {
  if (populationOf(disposal) !== standard.population) return no("other-population");
  const excluded = scope.notDue.find((exclusion) => exclusion.keyQuestion === keyQuestion.code);
  return excluded ? no(excluded.reason) : byRule[keyQuestion.relevance](scope, disposal);
};

export type ScopeProblem =
  | { readonly problem: "UnknownKeyQuestion"; readonly keyQuestion: string }
  | { readonly problem: "OtherPopulation"; readonly keyQuestion: string }
  | { readonly problem: "ExcludedTwice"; readonly keyQuestion: string }
  /** Concerns every case, whatever has fallen due. */
  | { readonly problem: "AlwaysDue"; readonly keyQuestion: string };

/** What is wrong with a case's exclusions under this version; empty when nothing is. */
export const scopeProblems = (
  version: FrameworkVersion,
  { disposal, scope }: ScopedCase,
): readonly ScopeProblem[] =>
  scope.notDue.flatMap(({ keyQuestion, reason }, i): readonly ScopeProblem[] => {
    const located = keyQuestionIn(version, keyQuestion);
    if (!located) return [{ problem: "UnknownKeyQuestion", keyQuestion }];
    if (located.standard.population !== populationOf(disposal)) {
      return [{ problem: "OtherPopulation", keyQuestion }];
    }
    const first = scope.notDue.findIndex((exclusion) => exclusion.keyQuestion === keyQuestion);
    if (first !== i) return [{ problem: "ExcludedTwice", keyQuestion }];
    const alwaysDue = !canFallDue.has(located.keyQuestion.relevance);
    return reason === "work-not-due" && alwaysDue ? [{ problem: "AlwaysDue", keyQuestion }] : [];
  });

const no = (because: RelevanceReason): Relevance => ({ relevant: false, because });

/** The rules about work that falls due at some time after the disposal. */
const canFallDue: ReadonlySet<RelevanceRule> = new Set([
  "due",
  "childSafetyFactors",
  "othersSafetyFactors",
  "desistanceChanged",
  "safetyChanged",
  "harmChanged",
]);

const either = (
  relevant: boolean,
  because: RelevanceReason,
  otherwise: RelevanceReason,
): Relevance => ({ relevant, because: relevant ? because : otherwise });

type Rule = (scope: Scope, disposal: DisposalType) => Relevance;

const byRule: Readonly<Record<RelevanceRule, Rule>> = {
  all: () => ({ relevant: true, because: "every-case" }),
  due: () => ({ relevant: true, because: "work-due" }),
  childSafetyFactors: ({ childSafetyFactors }) =>
    either(childSafetyFactors, "child-safety-factors", "no-child-safety-factors"),
  othersSafetyFactors: ({ inspectorRosh }) =>
    either(inspectorRosh !== "low", "rosh-above-low", "rosh-low"),
  desistanceChanged: ({ changed }) =>
    either(changed.desistance, "desistance-changed", "desistance-unchanged"),
  safetyChanged: ({ changed }) => either(changed.safety, "safety-changed", "safety-unchanged"),
  harmChanged: ({ changed }) => either(changed.harm, "harm-changed", "harm-unchanged"),
  youthConditionalCaution: (_, disposal) =>
    either(
      disposal === "youth-conditional-caution",
      "conditional-caution",
      "not-conditional-caution",
    ),
};
