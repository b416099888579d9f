/**
 * The scope of a case: which key questions concern it, and what a changed scope does to answers.
 */
import { answersIn } from "../../briefing/case-file.ts";
import { pinned } from "../../briefing/inspection.ts";
import { relevantQuestions, scopeProblems } from "../../framework/relevance.ts";
import { keyQuestionOf } from "../../kernel/codes.ts";
import { accept, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { AssessmentCommandOf } from "./commands.ts";
import { replacedBy } from "./judge.ts";
import type { AssessmentAnswer, AssessmentState } from "./state.ts";
import type { AssessmentEvent } from "./events.ts";

/**
 * Records the scope. Answers to questions that no longer concern the case are withdrawn by the same
 * command, each as a fact of its own.
 */
export const recordScope = (
  command: AssessmentCommandOf<"RecordScope">,
  { briefing, file }: AssessmentState,
): AssessmentAnswer => {
  const { case: id, scope, rationale } = command;
  const sampled = briefing.sample.get(id);
  if (!sampled) return refuse({ reason: "NotInTheSample", case: id });
  const document = pinned(briefing);
  const scoped = { ...sampled, scope };
  const problems = scopeProblems(document, scoped);
  if (problems.length > 0) return refuse({ reason: "ScopeContradictsFramework", problems });

  const relevant = relevantQuestions(document, scoped);
  const stamp = stampOf(command);
  const withdrawn = [...answersIn(file)]
    .filter(([question]) => !relevant.includes(keyQuestionOf(question)))
    .map(([question, former]): AssessmentEvent => ({
      type: "JudgementWithdrawn",
      ...stamp,
      case: id,
      question,
      replaces: replacedBy(former),
    }));
  return accept<AssessmentEvent>(
    { type: "ScopeRecorded", ...stamp, case: id, scope, relevant, text: { rationale } },
    ...withdrawn,
  );
};
