/** What is wrong with a scope, each with the fact or the key question that it is about. */
import type { ScopeProblem } from "@assay/domain/framework/relevance.ts";

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
