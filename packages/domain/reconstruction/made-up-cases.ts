/**
 * What is found in each made-up case. Most cases concern as many key questions as a case can, and
 * every fourth as few; in how many a question falls short follows from the seed.
 */
import type { Column } from "../framework/case-list-settings.ts";
import type { Framework } from "../framework/document.ts";
import { rowsToldApart } from "../framework/populations.ts";
import type { CaseValue } from "../framework/predicate.ts";
import { relevantQuestions } from "../framework/relevance.ts";
import type { CaseQuestion } from "../framework/standard.ts";
import { caseKeyQuestions } from "../framework/standards.ts";
import type { Answered, FoundCase, PlacedCase, Plot } from "./story.ts";

type Finding = {
  readonly framework: Framework;
  readonly seed: number;
  readonly short?: Readonly<Record<string, number>> | undefined;
};

type Facts = Readonly<Record<string, CaseValue>>;

export const foundIn = ({ framework, seed, short }: Finding): Plot["found"] => {
  const questions = caseKeyQuestions(framework).map(({ keyQuestion }) => keyQuestion);
  const possible = factsPossible(framework);
  return (each): FoundCase => {
    const facts = factsOf(each, { framework, possible });
    const scope = { facts, notDue: [] };
    const relevant = relevantQuestions(framework, { ...each, scope });
    const answers = questions.flatMap((question, at): readonly Answered[] => {
      if (!relevant.includes(question.code)) return [];
      const fewer = short
        ? (short[question.code] ?? 0)
        : shortfalls[(seed + at) % shortfalls.length]!;
      return answered(question, each, each.place < fewer);
    });
    return { scope, answers };
  };
};

/** In how many of a population's first cases a key question falls short. */
const shortfalls = [0, 1, 0, 2, 0, 1, 0] as const;

/** Each combination of facts on which some question's relevance rests. */
export const factsPossible = (framework: Framework): readonly Facts[] => {
  const { caseFacts } = framework;
  const asColumns: readonly Column[] = caseFacts;
  const rest = Object.fromEntries(caseFacts.map(({ name, type }) => [name, firstOf(type)]));
  return rowsToldApart(
    asColumns,
    caseKeyQuestions(framework).flatMap(({ keyQuestion }) => keyQuestion.relevance.where ?? []),
  ).map((facts) => ({ ...rest, ...facts }));
};

const firstOf = (type: Framework["caseFacts"][number]["type"]): CaseValue =>
  type.kind === "choice" ? type.values[0]!.value : true;

const factsOf = (
  each: PlacedCase,
  { framework, possible }: { readonly framework: Framework; readonly possible: readonly Facts[] },
): Facts => {
  const ranked = possible
    .map((facts) => {
      const scoped = { ...each, scope: { facts, notDue: [] } };
      return { facts, concerns: relevantQuestions(framework, scoped).length };
    })
    .toSorted((a, b) => b.concerns - a.concerns);
  const { facts } = (each.place % 4 === 3 ? ranked.at(-1) : ranked[0])!;
  return facts;
};

/** The prompts first. Of those of a question that falls short, every other one does. */
const answered = (
  { code, prompts }: CaseQuestion,
  { place }: PlacedCase,
  fallsShort: boolean,
): readonly Answered[] => [
  ...prompts.map(({ code: question, whereApplicable }, at): Answered => {
    if (whereApplicable && (place + at) % 5 === 4) return { question, answer: "not-applicable" };
    return { question, answer: fallsShort && at % 2 === 0 ? "no" : "yes" };
  }),
  { question: code, answer: fallsShort ? "no" : "yes" },
];
