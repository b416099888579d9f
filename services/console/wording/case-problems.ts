/** What is wrong with a case list or a scope, each problem with its place. */
import type { ScopeProblem } from "@assay/domain/framework/relevance.ts";
import type { ListProblem } from "@assay/domain/sampling/list-problems.ts";

const sentence = (found: ScopeProblem): string => {
  switch (found.problem) {
    case "UnknownFact":
      return `It asks no fact ${found.fact}.`;
    case "FactMissing":
      return `The fact ${found.fact} is missing.`;
    case "ValueNotAllowed":
      return `The fact ${found.fact} has to be one of: ${found.allowed.map(String).join(", ")}.`;
    case "UnknownKeyQuestion":
      return `No key question ${found.keyQuestion} is asked of cases.`;
    case "OtherPopulation":
      return `${found.keyQuestion} is asked of another population.`;
    case "ExcludedTwice":
      return `${found.keyQuestion} is left out twice.`;
    case "AlwaysDue":
      return `${found.keyQuestion} is always due.`;
  }
};

export const scopeProblemsInWords = (problems: readonly ScopeProblem[]): string =>
  problems.map(sentence).join(" ");

const said: Readonly<Record<ListProblem["problem"], string>> = {
  "unknown-column": "there is no such column",
  missing: "it is missing",
  "not-allowed": "its value is not allowed",
};

const mostSaid = 5;

export const listProblemsInWords = (problems: readonly ListProblem[]): string => {
  const each = problems
    .slice(0, mostSaid)
    .map(({ row, column, problem }) => `row ${row}, ${column}: ${said[problem]}`);
  const more = problems.length - each.length;
  return `${each.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`;
};
