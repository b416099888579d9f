/** The board that a panel decides on: a standard's numbers, from the answers that count now. */
import type { CaseFiles } from "../briefing/case-file.ts";
import { type Briefing, pinned } from "../briefing/inspection.ts";
import type { CaseStandard } from "../framework/version.ts";
import { type RatedStandard, rateStandard } from "../ratings/rate.ts";
import { countsOf, type KeyAnswer } from "../ratings/sensitivity.ts";
import type { KeyQuestionCount, Trigger } from "./events.ts";

/** What the answers are read from: the briefing says which cases count and by which ruleset. */
export type Evidence = { readonly briefing: Briefing; readonly files: CaseFiles };

/** The answers to a standard's key questions in every case that counts, in the sample's order. */
export const keyAnswersOf = (
  { population, keyQuestions }: CaseStandard,
  { briefing, files }: Evidence,
): readonly KeyAnswer[] =>
  [...briefing.sample.values()]
    .filter((sampled) => sampled.population === population)
    .flatMap(({ case: id }) => {
      const file = files.get(id);
      if (!file) return [];
      return keyQuestions.flatMap((question): readonly KeyAnswer[] => {
        const answer = file.answers.get(question.code)?.answer;
        const counts = file.relevant.has(question.code) && (answer === "yes" || answer === "no");
        return counts ? [{ case: id, keyQuestion: question.code, answer }] : [];
      });
    });

export const boardOf = (standard: CaseStandard, evidence: Evidence): RatedStandard => {
  const { ruleset } = pinned(evidence.briefing);
  const counts = countsOf(standard.keyQuestions, keyAnswersOf(standard, evidence));
  return rateStandard(standard, counts, ruleset);
};

/** The counts as they are recorded. */
export const countsOnRecord = (board: RatedStandard): readonly KeyQuestionCount[] =>
  board.keyQuestions.map(({ keyQuestion, relevant, yes, percent }) => ({
    keyQuestion,
    relevant,
    yes,
    ...(percent !== undefined && { percent }),
  }));

/** What was considered, as text that changes whenever a number does. */
export const consideredCounts = (
  counts: readonly Pick<KeyQuestionCount, "keyQuestion" | "relevant" | "yes">[],
): string =>
  counts.map(({ keyQuestion, yes, relevant }) => `${keyQuestion}=${yes}/${relevant}`).join(" ");

export const triggersOf = (board: RatedStandard): readonly Trigger[] =>
  board.triggers.map(({ trigger }) => trigger);
