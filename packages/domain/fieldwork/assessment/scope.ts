/**
 * The scope of a case: which key questions concern it, and what a changed scope does to answers.
 */
import type { CaseFile } from "../../briefing/case-file.ts";
import { pinned, type SampledCase } from "../../briefing/inspection.ts";
import { relevanceOf, type ScopedCase, scopeProblems } from "../../framework/relevance.ts";
import { keyQuestionOf } from "../../kernel/codes.ts";
import { accept, refuse } from "../../kernel/decider.ts";
import type { FrameworkVersion } from "../../framework/version.ts";
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
  const { case: id } = command;
  const sampled = briefing.sample.get(id);
  if (!sampled) return refuse({ reason: "NotInTheSample", case: id });
  return scopeAnew(command, { framework: pinned(briefing), sampled, file });
};

type Scoping = {
  readonly framework: FrameworkVersion;
  readonly sampled: SampledCase;
  readonly file: CaseFile;
};

const scopeAnew = (
  { case: id, scope, rationale, at, by }: AssessmentCommandOf<"RecordScope">,
  { framework, sampled, file }: Scoping,
): AssessmentAnswer => {
  const scoped = { disposal: sampled.disposal, scope };
  const problems = scopeProblems(framework, scoped);
  if (problems.length > 0) return refuse({ reason: "ScopeContradictsFramework", problems });

  const relevant = relevantQuestions(framework, scoped);
  const stamp = { at, by };
  const withdrawn = [...file.answers]
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

const relevantQuestions = (framework: FrameworkVersion, scoped: ScopedCase): readonly string[] =>
  framework.standards
    .filter((standard) => standard.judged === "by-cases")
    .flatMap((standard) =>
      standard.keyQuestions
        .filter((keyQuestion) => relevanceOf(standard, keyQuestion, scoped).relevant)
        .map(({ code }) => code),
    );
