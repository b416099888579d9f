/** How many cases a published report counts at a question, and how many of them well done. */
import type { CaseQuestion, CaseStandard } from "../framework/standard.ts";

export type PromptCount = {
  readonly code: string;
  readonly relevant: number;
  readonly yes: number;
};

export type QuestionCount = {
  readonly standard: CaseStandard;
  readonly keyQuestion: CaseQuestion;
  readonly relevant: number;
  readonly yes: number;
  readonly prompts: readonly PromptCount[];
};
