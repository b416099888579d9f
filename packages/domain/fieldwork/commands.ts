/** What may be asked of fieldwork as a whole, by whom, and the reasons for a no. */
import { z } from "zod";

import { Rating } from "../framework/scale.ts";
import { SettingId } from "../framework/setting-id.ts";
import { grant, type Permissions } from "../kernel/actor.ts";
import { JudgedCode, KeyQuestionCode } from "../kernel/codes.ts";
import { request } from "../kernel/fact.ts";
import { CaseId, Digest, ItemId, PersonId } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { printed, PrintedWords } from "../kernel/printed.ts";

export const FieldworkCommand = z.discriminatedUnion("type", [
  request("AllocateCase", {
    case: CaseId,
    to: PersonId,
    /** Needed when the case was somebody else's. */
    reason: PrintedWords.optional(),
  }),
  request("DeclareConflict", { person: PersonId, case: CaseId.optional(), reason: PrintedWords }),
  request("DrawQualitySample", {
    /** Drawn by chance, and told to nobody who assesses before it is recorded. */
    seed: Digest,
    markers: z.array(PersonId).min(1).max(30).readonly(),
  }),
  request("OpenFieldwork", {}),
  request("LogEvidence", {
    item: ItemId,
    /** One of the framework's kinds of evidence. */
    kind: SettingId,
    keyQuestions: z.array(KeyQuestionCode).min(1).readonly(),
    digest: Digest.optional(),
    title: PrintedWords,
    note: printed(20_000, { blank: true }).default(""),
  }),
  request("CloseSurvey", {
    /** One of the framework's. */
    survey: z.string().min(1).max(60),
    invited: z.int().min(0),
    responded: z.int().min(0),
  }),
  request("RaiseAlert", {
    alert: ItemId,
    case: CaseId.optional(),
    risk: PrintedWords,
    action: PrintedWords,
  }),
  request("NotifyAlert", { alert: ItemId, to: PersonId }),
  request("AnswerAlert", { alert: ItemId, response: PrintedWords }),
  request("CloseAlert", { alert: ItemId, outcome: PrintedWords }),
  request("ProposeDomainOne", {
    standard: JudgedCode,
    rating: Rating,
    evidence: z.array(ItemId).min(1).readonly(),
    rationale: PrintedWords,
  }),
  request("GiveInitialFeedback", { day: Day, summary: PrintedWords }),
  request("CloseFieldwork", {}),
]);
export type FieldworkCommand = z.infer<typeof FieldworkCommand>;
export type FieldworkCommandOf<Type extends FieldworkCommand["type"]> = Extract<
  FieldworkCommand,
  { type: Type }
>;

const lead = grant(["lead-inspector", "deputy-lead-inspector"], { only: ["lead"] });
const team = grant(
  ["lead-inspector", "deputy-lead-inspector", "inspector", "assistant-inspector", "local-assessor"],
  { only: ["team"] },
);

export const fieldworkPermissions: Permissions<FieldworkCommand["type"]> = {
  AllocateCase: [...lead, ...grant(["scheduler"])],
  DeclareConflict: [...team, ...grant(["scheduler", "quality-lead"])],
  DrawQualitySample: grant(["quality-lead"]),
  OpenFieldwork: [...lead, ...grant(["system"])],
  LogEvidence: team,
  CloseSurvey: [...lead, ...grant(["research-analyst"])],
  RaiseAlert: team,
  NotifyAlert: lead,
  AnswerAlert: grant(["provider-user"], { only: ["provider"] }),
  CloseAlert: lead,
  ProposeDomainOne: lead,
  GiveInitialFeedback: lead,
  CloseFieldwork: lead,
};

export type FieldworkRefusal =
  | { readonly reason: "NotInTheSample"; readonly case: CaseId }
  | {
      readonly reason: "UnknownEvidenceKind";
      readonly kind: string;
      readonly known: readonly string[];
    }
  | { readonly reason: "NotOnTheTeam"; readonly person: PersonId }
  | { readonly reason: "OwnService"; readonly person: PersonId }
  | { readonly reason: "ConflictOfInterest"; readonly person: PersonId }
  | { readonly reason: "NotYourself"; readonly person: PersonId }
  | { readonly reason: "QualitySampleAlreadyDrawn"; readonly seed: Digest }
  | { readonly reason: "ReasonRequired" }
  /** No fact keeps a reason for the first allocation of a case. */
  | { readonly reason: "NothingToExplain"; readonly case: CaseId }
  | { readonly reason: "NotYetDue"; readonly due: Day }
  | { readonly reason: "UnknownQuestion"; readonly question: string }
  | { readonly reason: "NotJudgedByPeople"; readonly standard: string }
  | {
      readonly reason: "UnknownGrade";
      readonly standard: string;
      readonly rating: Rating;
      readonly grades: readonly Rating[];
    }
  | { readonly reason: "UnknownSurvey"; readonly survey: string; readonly known: readonly string[] }
  | { readonly reason: "NoEvidence" | "NoSurveyLeft" }
  | { readonly reason: "UnknownEvidence"; readonly items: readonly string[] }
  | { readonly reason: "UnrelatedEvidence"; readonly items: readonly string[] }
  | { readonly reason: "AlreadyUsed"; readonly item: string }
  | { readonly reason: "MoreRespondedThanInvited" }
  | { readonly reason: "UnknownAlert"; readonly alert: string }
  | { readonly reason: "AlertNotNotified"; readonly alert: string }
  | { readonly reason: "AlertNotAnswered"; readonly alert: string }
  | { readonly reason: "AlertAnswered"; readonly alert: string }
  | { readonly reason: "AlertClosed"; readonly alert: string }
  | {
      readonly reason: "StillOpen";
      readonly cases: readonly CaseId[];
      readonly proposals: readonly string[];
      readonly alerts: readonly string[];
      readonly secondMarkings: readonly CaseId[];
      readonly feedback: boolean;
    };
