/**
 * From case-level answers to counts, and back: which single judgement, turned round, would change
 * a standard's rating.
 */
import type { Rating } from "../framework/scale.ts";
import type { CaseRules } from "../framework/standards.ts";
import { type Count, flipsThatMatter, ruleRating } from "./rate.ts";

/** The answer that counts on one key question of one case; only relevant cases have one. */
export type KeyAnswer = {
  readonly case: string;
  readonly keyQuestion: string;
  readonly answer: "yes" | "no";
};

/**
 * Counts for `keyQuestions` in their order, zero where nobody answered; answers to other questions
 * are passed over. Throws a RangeError when a case answers one question twice.
 */
export const countsOf = (
  keyQuestions: readonly { readonly code: string }[],
  answers: readonly KeyAnswer[],
): readonly Count[] => {
  const found = new Map(keyQuestions.map(({ code }) => [code, new Map<string, boolean>()]));
  for (const { case: of, keyQuestion, answer } of answers) {
    const cases = found.get(keyQuestion);
    if (cases?.has(of)) throw new RangeError(`${of} answers ${keyQuestion} twice`);
    cases?.set(of, answer === "yes");
  }
  return [...found].map(([keyQuestion, cases]) => ({
    keyQuestion,
    relevant: cases.size,
    yes: [...cases.values()].filter((sufficient) => sufficient).length,
  }));
};

/** A judgement that decides: were it the other way, the rule would give `rating`. */
export type Pivot = KeyAnswer & { readonly rating: Rating };

/** The single judgements that would change the standard's rating by rule, in the answers' order. */
export const pivotsOf = (
  keyQuestions: readonly { readonly code: string }[],
  answers: readonly KeyAnswer[],
  rules: CaseRules,
): readonly Pivot[] => {
  const counts = countsOf(keyQuestions, answers);
  const flips = flipsThatMatter(counts, ruleRating(counts, rules), rules);
  const key = (keyQuestion: string, from: string): string => `${keyQuestion} ${from}`;
  const ratings = new Map(flips.map((flip) => [key(flip.keyQuestion, flip.from), flip.rating]));
  return answers.flatMap((answer) => {
    const rating = ratings.get(key(answer.keyQuestion, answer.answer));
    return rating === undefined ? [] : [{ ...answer, rating }];
  });
};
