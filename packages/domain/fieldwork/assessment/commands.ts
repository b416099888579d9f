/** What may be asked about the assessment of one case, by whom, and the reasons for a no. */
import { z } from "zod";

import { Name } from "../../framework/predicate.ts";
import { Scope } from "../../framework/case-profile.ts";
import type { ScopeProblem } from "../../framework/relevance.ts";
import { grant, type Permissions } from "../../kernel/actor.ts";
import { QuestionCode } from "../../kernel/codes.ts";
import { request } from "../../kernel/fact.ts";
import { CaseId, PersonId } from "../../kernel/ids.ts";
import { Day } from "../../kernel/instants.ts";
import { printed, PrintedWords } from "../../kernel/printed.ts";
import { Answer, Replaced, TallyAnswer } from "./events.ts";

const Note = printed(20_000, { blank: true }).default("");
const judgement = {
  case: CaseId,
  question: QuestionCode,
  answer: Answer,
  rationale: PrintedWords.optional(),
};

export const AssessmentCommand = z.discriminatedUnion("type", [
  request("RecordScope", { case: CaseId, scope: Scope, rationale: Note }),
  request("JudgeClassification", {
    case: CaseId,
    of: Name,
    answer: TallyAnswer,
    rationale: Note,
  }),
  request("RecordInterview", { case: CaseId, day: Day, note: Note }),
  request("RecordJudgement", {
    ...judgement,
    evidence: z.array(z.string().min(1).max(500)).max(20).readonly().optional(),
    /** Needed when it changes an answer already given. */
    reason: PrintedWords.optional(),
    /** What stood when it was judged elsewhere, null for nothing: it takes no other's place. */
    seen: Replaced.nullable().optional(),
  }),
  request("CompleteAssessment", { case: CaseId }),
  request("ReviewAssessment", { case: CaseId, note: Note }),
  request("ReturnAssessment", { case: CaseId, reason: PrintedWords }),
  request("ConfirmAssessment", { case: CaseId }),
  request("ReopenAssessment", { case: CaseId, reason: PrintedWords }),
  request("AssignSecondMarking", { case: CaseId, to: PersonId }),
  request("RecordSecondJudgement", judgement),
  request("CompleteSecondMarking", { case: CaseId }),
]);
export type AssessmentCommand = z.infer<typeof AssessmentCommand>;
export type AssessmentCommandOf<Type extends AssessmentCommand["type"]> = Extract<
  AssessmentCommand,
  { type: Type }
>;

const assessors = [
  "lead-inspector",
  "deputy-lead-inspector",
  "inspector",
  "assistant-inspector",
  "local-assessor",
] as const;
const assessor = grant(assessors, { only: ["team", "allocated"], never: ["second-marker"] });
const lead = grant(["lead-inspector", "deputy-lead-inspector"], { only: ["lead"] });
const secondMarker = grant(
  ["quality-lead", "lead-inspector", "deputy-lead-inspector", "inspector"],
  { only: ["second-marker"], never: ["first-marker"] },
);

export const assessmentPermissions: Permissions<AssessmentCommand["type"]> = {
  RecordScope: assessor,
  JudgeClassification: assessor,
  RecordInterview: assessor,
  RecordJudgement: assessor,
  CompleteAssessment: assessor,
  ReviewAssessment: grant(["quality-lead"]),
  ReturnAssessment: [...lead, ...grant(["quality-lead"])],
  ConfirmAssessment: lead,
  ReopenAssessment: [...lead, ...grant(["quality-lead"])],
  AssignSecondMarking: grant(["quality-lead"]),
  RecordSecondJudgement: secondMarker,
  CompleteSecondMarking: secondMarker,
};

export type AssessmentRefusal =
  | { readonly reason: "NotInTheSample"; readonly case: CaseId }
  | { readonly reason: "RatingsConcluded" }
  | { readonly reason: "AssessmentNotComplete"; readonly case: CaseId }
  | { readonly reason: "UnknownQuestion"; readonly question: string }
  | { readonly reason: "NotRelevant"; readonly question: string; readonly because: string }
  | { readonly reason: "NotApplicableNotAllowed"; readonly question: string }
  | {
      readonly reason: "NoSuchAnswer";
      readonly question: string;
      readonly answers: readonly string[];
    }
  | { readonly reason: "RationaleRequired"; readonly question: string }
  | { readonly reason: "ReasonRequired"; readonly question: string }
  /** Another answer was given after this one was judged: a person decides which is to count. */
  | {
      readonly reason: "JudgedMeanwhile";
      readonly question: string;
      readonly standing: Replaced | null;
    }
  | { readonly reason: "ConflictOfInterest"; readonly person: PersonId }
  | { readonly reason: "NotInThePopulation"; readonly question: string; readonly case: CaseId }
  | {
      readonly reason: "StillUnanswered";
      readonly questions: readonly string[];
      /** Of questions that rate nothing, by their labels. */
      readonly tallies: readonly string[];
    }
  | { readonly reason: "ScopeContradictsFramework"; readonly problems: readonly ScopeProblem[] }
  | { readonly reason: "SecondMarkerJudgedFirst"; readonly person: PersonId };
