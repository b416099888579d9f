/** The board that a panel decides on: a standard's numbers, from the answers that count now. */
import { answersIn, type CaseFiles } from "../briefing/case-file.ts";
import { type Briefing, pinned } from "../briefing/inspection.ts";
import type { Rating } from "../framework/scale.ts";
import type { CaseQuestion, CaseStandard, CombinedStandard } from "../framework/standard.ts";
import { caseQuestionsOf, caseRulesOf, scaleNamed } from "../framework/standards.ts";
import { combine, type Part } from "../ratings/combine.ts";
import { type RatedStandard, rateStandard } from "../ratings/rate.ts";
import { countsOf, type KeyAnswer } from "../ratings/sensitivity.ts";
import type { KeyQuestionCount, Trigger } from "./events.ts";

/** What the answers are read from: the briefing says which cases count and by which framework. */
export type Evidence = { readonly briefing: Briefing; readonly files: CaseFiles };

/** What people decided of a key question that is graded by itself. */
export type Decided = (code: string) => Rating | undefined;

/** A standard that has numbers: judged on cases, or made of its questions. */
export type Boarded = CaseStandard | CombinedStandard;

/** The answers to key questions in every case that counts, in the sample's order. */
export const keyAnswersOf = (
  questions: readonly CaseQuestion[],
  { briefing, files }: Evidence,
): readonly KeyAnswer[] => {
  const asked = Map.groupBy(questions, ({ population }) => population);
  const found: KeyAnswer[] = [];
  for (const { case: id, population } of briefing.sample.values()) {
    const own = asked.get(population);
    const file = own && files.get(id);
    if (!file) continue;
    const answers = answersIn(file);
    for (const { code } of own) {
      const answer = answers.get(code)?.answer;
      if (file.relevant.has(code) && (answer === "yes" || answer === "no"))
        found.push({ case: id, keyQuestion: code, answer });
    }
  }
  return found;
};

/** `decided` is asked of the questions that people grade. */
export const boardOf = (
  standard: Boarded,
  evidence: Evidence,
  decided: Decided = () => undefined,
): RatedStandard => {
  const framework = pinned(evidence.briefing);
  const questions = caseQuestionsOf(standard);
  const counts = countsOf(questions, keyAnswersOf(questions, evidence));
  const board = rateStandard(standard, counts, caseRulesOf(framework, standard));
  if (standard.judged === "by-cases") return board;
  const own = scaleNamed(framework, standard.scale);
  const parts = standard.keyQuestions.flatMap((question): readonly Part[] => {
    const { code } = question;
    if (question.judged === "by-cases") {
      const rating = board.keyQuestions.find(({ keyQuestion }) => keyQuestion === code)?.band;
      return [{ code, scale: own, rating }];
    }
    if (question.scale === undefined) return [];
    return [{ code, scale: scaleNamed(framework, question.scale), rating: decided(code) }];
  });
  const { rating, atMost } = combine(parts, { ...standard, scale: own, unrated: "withhold" });
  return {
    ...board,
    rule: rating,
    atMost,
    lowest: [],
    percent: undefined,
    triggers: [],
    grades: parts.flatMap(({ code, rating: graded }) =>
      graded === undefined ? [] : [{ keyQuestion: code, rating: graded }],
    ),
  };
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
