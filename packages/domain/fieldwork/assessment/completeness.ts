/** When an assessment is complete, and which of its answers deserve a second look. */
import { answersIn, type CaseFile } from "../../briefing/case-file.ts";
import { keyQuestionIn } from "../../framework/standards.ts";
import { isPrompt, keyQuestionOf } from "../../kernel/codes.ts";
import type { AssessmentRefusal } from "./commands.ts";
import type { AssessmentState } from "./state.ts";
import type { UnusualCombination } from "./events.ts";

/** What is still to be answered, as a refusal; undefined when nothing is. */
export const unanswered = ({
  briefing: { framework },
  file,
}: AssessmentState): AssessmentRefusal | undefined => {
  const asked = [...file.relevant].flatMap((code) => {
    const located = framework && keyQuestionIn(framework, code);
    const prompts = located?.keyQuestion.prompts.map((prompt) => prompt.code) ?? [];
    return [...prompts, code];
  });
  const answers = answersIn(file);
  const questions = asked.filter((question) => !answers.has(question));
  const tallies = (framework?.caseTallies ?? [])
    .filter(({ name }) => !file.tallies.has(name))
    .map(({ label }) => label);
  return questions.length + tallies.length > 0
    ? { reason: "StillUnanswered", questions, tallies }
    : undefined;
};

/**
 * A key question is judged, never computed from its prompts, so these are only flagged: sufficient
 * although most prompts are not, or not sufficient although every prompt is.
 */
export const unusual = (file: CaseFile): readonly UnusualCombination[] => {
  const answers = answersIn(file);
  const judged = [...answers].filter(([question]) => !isPrompt(question));
  return judged.flatMap(([keyQuestion, { answer }]): readonly UnusualCombination[] => {
    const prompts = [...answers]
      .filter(([question]) => isPrompt(question) && keyQuestionOf(question) === keyQuestion)
      .map(([, given]) => given.answer)
      .filter((given) => given !== "not-applicable");
    const noes = prompts.filter((given) => given === "no").length;
    if (answer === "yes" && noes * 2 > prompts.length) {
      return [{ keyQuestion, kind: "yes-with-most-prompts-no" }];
    }
    return answer === "no" && prompts.length > 0 && noes === 0
      ? [{ keyQuestion, kind: "no-with-all-prompts-yes" }]
      : [];
  });
};
