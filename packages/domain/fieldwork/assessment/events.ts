/**
 * Facts about the assessment of one case. Every answer is a fact of its own, and an answer that
 * replaces another says which; nobody's judgement is ever overwritten.
 */
import { z } from "zod";

import { Name } from "../../framework/predicate.ts";
import { Scope } from "../../framework/case-profile.ts";
import { KeyQuestionCode, QuestionCode } from "../../kernel/codes.ts";
import { fact, guardOf, text, Words } from "../../kernel/fact.ts";
import { CaseId, PersonId } from "../../kernel/ids.ts";
import { Day, Instant } from "../../kernel/instants.ts";

export const Answer = z.enum(["yes", "no", "not-applicable"]);
export type Answer = z.infer<typeof Answer>;

/**
 * What the inspector found the case to be, from which follows which key questions are relevant.
 * `relevant` is what followed, in the framework's order. A later scope stands in place of this one.
 */
export const ScopeRecorded = fact("ScopeRecorded", {
  case: CaseId,
  scope: Scope,
  relevant: z.array(KeyQuestionCode).readonly(),
  text: text({ rationale: z.string().max(20_000) }),
});

/** The answer to a question that rates nothing; `of` is its name in the framework. */
export const TallyAnswer = z.string().trim().min(1).max(200);

/**
 * A question that rates nothing was answered, such as whether the service's own classification was
 * reasonable. The last answer counts.
 */
export const ClassificationJudged = fact("ClassificationJudged", {
  case: CaseId,
  of: Name,
  answer: TallyAnswer,
  text: text({ rationale: z.string().max(20_000) }),
});

/** Who works on the case was interviewed about it. */
export const InterviewHeld = fact("InterviewHeld", {
  case: CaseId,
  day: Day,
  text: text({ note: z.string().max(20_000) }),
});

/** Which answer another took the place of: what it was, who gave it, when. */
export const Replaced = z.strictObject({ answer: Answer, by: PersonId, at: Instant });
export type Replaced = z.infer<typeof Replaced>;

/**
 * One answer to one question about one case. The last answer to a question is the one that counts.
 */
export const JudgementRecorded = fact("JudgementRecorded", {
  case: CaseId,
  question: QuestionCode,
  answer: Answer,
  replaces: Replaced.optional(),
  text: text({
    rationale: z.string().max(20_000).optional(),
    evidence: z.array(z.string().max(500)).readonly().optional(),
    /** Why the former answer was changed. */
    reason: Words.optional(),
  }),
});

/** An answer no longer counts, because a changed scope made its question not relevant. */
export const JudgementWithdrawn = fact("JudgementWithdrawn", {
  case: CaseId,
  question: QuestionCode,
  replaces: Replaced,
});

/** A combination of answers worth a second look; it is flagged, never refused. */
export const UnusualCombination = z.strictObject({
  keyQuestion: KeyQuestionCode,
  kind: z.enum(["yes-with-most-prompts-no", "no-with-all-prompts-yes"]),
});

export type UnusualCombination = z.infer<typeof UnusualCombination>;

/** Everything applicable is answered. `flags` are for quality assurance. */
export const AssessmentCompleted = fact("AssessmentCompleted", {
  case: CaseId,
  flags: z.array(UnusualCombination).readonly(),
});

/** A quality lead looked at it and let it stand. */
export const AssessmentReviewed = fact("AssessmentReviewed", {
  case: CaseId,
  text: text({ note: z.string().max(20_000) }),
});

/** It goes back to its assessor. */
export const AssessmentReturned = fact("AssessmentReturned", {
  case: CaseId,
  text: text({ reason: Words }),
});

/** The lead stands behind it. */
export const AssessmentConfirmed = fact("AssessmentConfirmed", { case: CaseId });

/** A confirmed assessment is opened again, for instance after a factual correction. */
export const AssessmentReopened = fact("AssessmentReopened", {
  case: CaseId,
  text: text({ reason: Words }),
});

/** Somebody else marks the case too, without seeing any other marking. The last one counts. */
export const SecondMarkingAssigned = fact("SecondMarkingAssigned", { case: CaseId, to: PersonId });

/** One answer of the second marking. It measures agreement and never decides a rating. */
export const SecondJudgementRecorded = fact("SecondJudgementRecorded", {
  case: CaseId,
  question: QuestionCode,
  answer: Answer,
  text: text({ rationale: z.string().max(20_000).optional() }),
});

/** The second marker has answered what the first has, and their answers can be compared. */
export const SecondMarkingCompleted = fact("SecondMarkingCompleted", { case: CaseId });

export const AssessmentEvent = z.discriminatedUnion("type", [
  ScopeRecorded,
  ClassificationJudged,
  InterviewHeld,
  JudgementRecorded,
  JudgementWithdrawn,
  AssessmentCompleted,
  AssessmentReviewed,
  AssessmentReturned,
  AssessmentConfirmed,
  AssessmentReopened,
  SecondMarkingAssigned,
  SecondJudgementRecorded,
  SecondMarkingCompleted,
]);
export type AssessmentEvent = z.infer<typeof AssessmentEvent>;

export const isAssessmentEvent = guardOf<AssessmentEvent>(AssessmentEvent);
