/**
 * The scope of a case: which key questions concern it, and what a changed scope does to answers.
 */
import type { CaseFile } from "../../briefing/case-file.ts";
import type { SampledCase } from "../../briefing/inspection.ts";
import { relevanceOf, type ScopedCase, scopeProblems } from "../../framework/relevance.ts";
import { canonicalJson } from "../../kernel/canonical.ts";
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
  state: AssessmentState,
  whileOpen: (record: () => AssessmentAnswer) => AssessmentAnswer,
): AssessmentAnswer => {
  const { case: id, scope } = command;
  const { briefing, file } = state;
  const { framework } = briefing;
  const sampled = briefing.sample.get(id);
  if (!framework || !sampled) return refuse({ reason: "NotInTheSample", case: id });
  if (file.scope && canonicalJson(file.scope) === canonicalJson(scope)) return accept();
  return whileOpen(() => scopeAnew(command, { framework, sampled, file }));
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
