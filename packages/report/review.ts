/**
 * What is to be known of a draft before it moves on: what the checks find in it, and first words
 * for its sections.
 */
import { words } from "@assay/domain/kernel/fact.ts";
import type { PublicationEvent } from "@assay/domain/publication/events.ts";
import { checkAnswer, checkReport } from "./checks.ts";
import type { Excusable, Finding } from "./finding.ts";
import { reportModelOf } from "./model.ts";
import { hiddenWordsIn } from "./names.ts";
import type { Recorded } from "./recorded.ts";
import { type Suggestion, suggestionsFor } from "./suggest.ts";

export type Review = {
  /** Errors first, then what was excused, warnings, hints; each in the order of the report. */
  readonly findings: readonly Finding[];
  readonly suggestions: readonly Suggestion[];
};

const weights: Readonly<Record<Finding["severity"], number>> = {
  error: 0,
  excused: 1,
  warning: 2,
  hint: 3,
};

/** Throws a ReportFault where there is no draft yet, because the ratings are not concluded. */
export const reviewOf = (recorded: readonly Recorded[]): Review => {
  const model = reportModelOf(recorded, "draft");
  const found = checkReport(model, hiddenWordsIn(recorded));
  return {
    findings: found.toSorted((a, b) => weights[a.severity] - weights[b.severity]),
    suggestions: suggestionsFor(model),
  };
};

/** What keeps the draft back. The facts of inspection, panel and publication are enough for it. */
export const errorsIn = (recorded: readonly Recorded[]): readonly Finding[] =>
  findingsOn(recorded).filter(({ severity }) => severity === "error");

/** What the checks found, or of this in that place, of which a person may say why it stands. */
export const excusableIn = (
  recorded: readonly Recorded[],
  excuse?: Excusable & Pick<Finding, "place">,
): readonly Finding[] =>
  findingsOn(recorded).filter(
    ({ place, excusable }) =>
      excusable &&
      (!excuse ||
        (place === excuse.place &&
          excusable.check === excuse.check &&
          excusable.words === excuse.words)),
  );

const findingsOn = (recorded: readonly Recorded[]): readonly Finding[] =>
  checkReport(reportModelOf(recorded, "draft"), hiddenWordsIn(recorded));

/** What keeps an action plan, or a note on progress, from those who will read it on the site. */
export const errorsInAnswer = (
  recorded: readonly Recorded[],
  answer: readonly PublicationEvent[],
): readonly Finding[] => checkAnswer(answer.flatMap(answerIn), hiddenWordsIn(recorded));

const answerIn = (fact: PublicationEvent): Parameters<typeof checkAnswer>[0] => {
  switch (fact.type) {
    case "ActionPlanReceived":
      return fact.actions.map(({ recommendation, text }) => ({
        place: `Action on recommendation ${recommendation}`,
        words: words(text)?.action ?? "",
      }));
    case "RecommendationTracked":
      return [
        { place: `Recommendation ${fact.number}, note`, words: words(fact.text)?.note ?? "" },
      ];
    default:
      return [];
  }
};
