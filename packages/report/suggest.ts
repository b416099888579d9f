/**
 * First words for the report's sections, from the numbers alone: what was done well, what was not,
 * what the figures say. An inspector writes the report; these save them copying numbers.
 */
import { boundariesOf } from "@assay/domain/ratings/percent.ts";
import type { Section } from "@assay/domain/publication/events.ts";
import { listed } from "@assay/domain/kernel/wording.ts";
import { inWords, ratingName } from "./document/wording.ts";
import { gradesOf, placeOf, type Rating } from "@assay/domain/framework/scale.ts";
import { caseRulesOf, standardIn } from "@assay/domain/framework/standards.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { type ReportModel, scaleIn, standardsIn } from "./model.ts";
import type { KeyQuestionResult, StandardResult } from "./results.ts";

export type Suggestion = { readonly section: Section; readonly markdown: string };

/** For every section about which the numbers say something, in the report's order. */
export const suggestionsFor = (model: ReportModel): readonly Suggestion[] => [
  { section: "executive-summary", markdown: summaryOf(model) },
  ...(model.facts.length > 0
    ? [{ section: "contextual-facts" as const, markdown: factsOf(model) }]
    : []),
  ...model.framework.domains
    .filter(({ number }) => standardsIn(model, number).length > 0)
    .map(({ number }) => ({
      section: `domain-${number}`,
      markdown: domainOf(model, number),
    })),
];

const summaryOf = (model: ReportModel): string => {
  const { result, service, standards } = model;
  const score = hasScore(model.framework) ? ", with a score of {{overall score}}" : "";
  const overall = !model.framework.overall
    ? ""
    : result.overall === undefined
      ? `${service.name} has no overall rating, because a standard could not be rated.`
      : `We rate ${service.name} overall as {{overall rating}}${score}.`;
  return [
    overall,
    ...model.framework.domains.map(({ number, label }) => {
      const rated = standards.filter(({ domain }) => domain === number);
      if (rated.length === 0) return "";
      const named = rated.map(
        ({ standard, label: name, rating }) =>
          `- ${standard} ${name}: ${rating ? `{{${standard} rating}}` : ratingName(rating)}`,
      );
      return `### ${label}\n\n${named.join("\n")}`;
    }),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
};

const factsOf = ({ facts, sample }: ReportModel): string => {
  const shown = facts.map(
    ({ label, name }) => `- ${label}: {{figure ${name}}} ({{figure ${name} source}})`,
  );
  const seen = sample.populations.map(
    ({ assessed, population, words }) =>
      `{{population ${population} assessed}} ${assessed === 1 ? words.case.one : words.case.many}`,
  );
  return [
    ...(sample.populations.some(({ assessed }) => assessed > 0)
      ? [`We looked at ${listed(seen)}.`]
      : []),
    shown.join("\n"),
  ].join("\n\n");
};

const domainOf = (model: ReportModel, domain: number): string => {
  const standards = standardsIn(model, domain);
  const [strengths, weaknesses] = [strengthsOf(model, standards), weaknessesOf(model, standards)];
  return [
    "### Strengths",
    bulleted(strengths, "No key question stood out."),
    "### Areas for improvement",
    bulleted(weaknesses, "No key question fell below the boundary of the second best rating."),
  ].join("\n\n");
};

const bulleted = (lines: readonly string[], otherwise: string): string =>
  lines.length === 0 ? otherwise : lines.map((line) => `- ${line}`).join("\n");

type Judged = KeyQuestionResult & { readonly percent: number; readonly standard: StandardResult };

const judgedIn = (standards: readonly StandardResult[]): readonly Judged[] =>
  standards.flatMap((standard) =>
    standard.keyQuestions.flatMap((question) =>
      question.percent === undefined ? [] : [{ ...question, percent: question.percent, standard }],
    ),
  );

/** Key questions in the highest band, the best first; where people judge, the highest rating. */
const strengthsOf = (
  model: ReportModel,
  standards: readonly StandardResult[],
): readonly string[] => {
  return [
    ...standards
      .filter(
        ({ judged, rating, standard }) =>
          judged !== "by-cases" && rating !== undefined && isBest(model, standard, rating),
      )
      .map(ratedWords),
    ...judgedIn(standards)
      .filter(({ percent, standard }) => percent >= (boundariesOn(model, standard).at(-1) ?? 101))
      .toSorted((a, b) => b.percent - a.percent)
      .map((question) => sentenceOn(model, question)),
  ];
};

const ratedWords = ({ standard, label }: StandardResult): string =>
  `${label} (${standard}) is rated {{${standard} rating}}.`;

/** Key questions below the boundary for Good, the weakest first, with their weakest prompts. */
const weaknessesOf = (
  model: ReportModel,
  standards: readonly StandardResult[],
): readonly string[] => {
  return [
    ...standards
      .filter(
        ({ judged, rating, standard }) =>
          judged !== "by-cases" && rating !== undefined && isWeak(model, standard, rating),
      )
      .map(ratedWords),
    ...judgedIn(standards)
      .filter(({ percent, standard }) => percent < weakBelow(model, standard))
      .toSorted((a, b) => a.percent - b.percent)
      .map(
        (question) =>
          `${sentenceOn(model, question)}${weakestOf(question, weakBelow(model, question.standard))}`,
      ),
  ];
};

const boundariesOn = (
  { framework }: ReportModel,
  { standard }: StandardResult,
): readonly number[] => boundariesOf(caseRulesOf(framework, standardIn(framework, standard)!));

/** The boundary of the second best grade: what falls below it is an area for improvement. */
const weakBelow = (model: ReportModel, standard: StandardResult): number =>
  boundariesOn(model, standard).at(-2) ?? boundariesOn(model, standard).at(-1) ?? 0;

const isBest = (model: ReportModel, standard: string, rating: Rating): boolean =>
  gradesOf(scaleIn(model, standard)).at(-1) === rating;

/** Below the second best grade of its scale. */
const isWeak = (model: ReportModel, standard: string, rating: Rating): boolean => {
  const scale = scaleIn(model, standard);
  return placeOf(scale, rating) < Math.max(1, scale.grades.length - 2);
};

const sentenceOn = ({ printed }: ReportModel, { standard, label, keyQuestion }: Judged): string => {
  const share = printed.percentages
    ? `: sufficient in {{${keyQuestion} percent}} of cases`
    : printed.numbers
      ? `: sufficient in {{${keyQuestion} count}} cases`
      : "";
  return `${standard.label}, ${label.toLowerCase()} (${keyQuestion})${share}.`;
};

const weakestOf = ({ prompts }: Judged, good: number): string => {
  const weak = prompts
    .flatMap((prompt) =>
      prompt.percent === undefined ? [] : [{ ...prompt, percent: prompt.percent }],
    )
    .filter(({ percent }) => percent < good)
    .toSorted((a, b) => a.percent - b.percent)
    .slice(0, 3);
  if (weak.length === 0) return "";
  return ` The weakest ${weak.length === 1 ? "part was" : `${inWords(weak.length)} parts were`} ${listed(weak.map(({ label }) => label.toLowerCase()))}.`;
};
