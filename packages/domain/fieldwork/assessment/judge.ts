/** One answer to one question about one case, in the first marking or the second. */
import type { Framework } from "../../framework/document.ts";
import { answersIn, type Given } from "../../briefing/case-file.ts";
import { relevanceOf } from "../../framework/relevance.ts";
import { keyQuestionIn } from "../../framework/standards.ts";
import { canonicalJson } from "../../kernel/canonical.ts";
import { isPrompt, keyQuestionOf } from "../../kernel/codes.ts";
import { accept, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { AssessmentCommandOf, AssessmentRefusal } from "./commands.ts";
import type { Replaced } from "./events.ts";
import type { AssessmentAnswer, AssessmentState } from "./state.ts";

/**
 * Records an answer that counts. Another answer needs a reason, and so do other words for the same
 * one; words for an answer that had none do not.
 */
export const judge = (
  command: AssessmentCommandOf<"RecordJudgement">,
  state: AssessmentState,
): AssessmentAnswer => {
  const { case: id, question, answer, rationale, evidence, reason } = command;
  const former = answersIn(state.file).get(question);
  const impossible = unanswerable(command, state) ?? unexplained(command);
  if (impossible) return refuse(impossible);
  if (overtaken(command, former)) {
    const standing = former ? replacedBy(former) : null;
    return refuse({ reason: "JudgedMeanwhile", question, standing });
  }
  if (former && reason === undefined && !isAddedTo(former, answer))
    return refuse({ reason: "ReasonRequired", question });
  return accept({
    type: "JudgementRecorded",
    ...stampOf(command),
    case: id,
    question,
    answer,
    ...(former && { replaces: replacedBy(former) }),
    text: {
      ...(rationale !== undefined && { rationale }),
      ...(evidence !== undefined && { evidence }),
      ...(reason !== undefined && { reason }),
    },
  });
};

/** Records the answer to a question that rates nothing. */
export const answerTally = (
  command: AssessmentCommandOf<"JudgeClassification">,
  { briefing: { framework } }: AssessmentState,
): AssessmentAnswer => {
  const { case: id, of, answer, rationale } = command;
  const tally = framework?.caseTallies.find(({ name }) => name === of);
  if (!tally) return refuse({ reason: "UnknownQuestion", question: of });
  const { label, answers } = tally;
  if (!answers.includes(answer)) {
    return refuse({ reason: "NoSuchAnswer", question: label, answers });
  }
  const told = { case: id, of, answer, text: { rationale } };
  return accept({ type: "ClassificationJudged", ...stampOf(command), ...told });
};

const isAddedTo = (former: Given, answer: Given["answer"]): boolean =>
  former.answer === answer && Object.keys(former.text ?? {}).length === 0;

/**
 * Whether another answer came between the judging and the recording: one given later than this one,
 * or one that whoever judged elsewhere did not see.
 */
const overtaken = (
  { at, seen }: AssessmentCommandOf<"RecordJudgement">,
  former: Given | undefined,
): boolean => {
  if (former && former.at > at) return true;
  if (seen === undefined) return false;
  return canonicalJson(seen) !== canonicalJson(former ? replacedBy(former) : null);
};

/** What a fact says of the answer that it takes the place of, without its words. */
export const replacedBy = ({ answer, by, at }: Given): Replaced => ({
  answer,
  by,
  at,
});

/** Records an answer of the second marking, which knows nothing of the first. */
export const judgeAgain = (
  command: AssessmentCommandOf<"RecordSecondJudgement">,
  state: AssessmentState,
): AssessmentAnswer => {
  const { case: id, question, answer, rationale } = command;
  const impossible = unanswerable(command, state) ?? unexplained(command);
  if (impossible) return refuse(impossible);
  return accept({
    type: "SecondJudgementRecorded",
    ...stampOf(command),
    case: id,
    question,
    answer,
    text: { ...(rationale !== undefined && { rationale }) },
  });
};

type Recording = AssessmentCommandOf<"RecordJudgement" | "RecordSecondJudgement">;

/** Why the question cannot be asked of this case, or not answered like that. */
const unanswerable = (
  { case: id, question, answer }: Recording,
  { briefing, file }: AssessmentState,
): AssessmentRefusal | undefined => {
  const sampled = briefing.sample.get(id);
  const located = briefing.framework && locate(briefing.framework, question);
  if (!sampled || !located) return { reason: "UnknownQuestion", question };
  if (located.keyQuestion.population !== sampled.population) {
    return { reason: "NotInThePopulation", question, case: id };
  }
  const { scope } = file;
  if (scope && !file.relevant.has(located.keyQuestion.code)) {
    const { because } = relevanceOf(located.keyQuestion, { ...sampled, scope });
    return { reason: "NotRelevant", question, because };
  }
  return answer === "not-applicable" && !isPrompt(question)
    ? { reason: "NotApplicableNotAllowed", question }
    : undefined;
};

const unexplained = ({ question, answer, rationale }: Recording): AssessmentRefusal | undefined =>
  answer === "no" && !isPrompt(question) && rationale === undefined
    ? { reason: "RationaleRequired", question }
    : undefined;

const locate = (document: Framework, question: string) => {
  const located = keyQuestionIn(document, keyQuestionOf(question));
  if (!located || !isPrompt(question)) return located;
  return located.keyQuestion.prompts.some(({ code }) => code === question) ? located : undefined;
};
