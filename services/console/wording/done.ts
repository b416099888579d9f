/** What has just been recorded, in words. */
import { eventName } from "./names.ts";

const done: Readonly<Record<string, string>> = {
  RecordJudgement: "Your judgement is recorded.",
  RecordScope: "The scope is recorded.",
  CompleteAssessment: "The assessment is complete. The lead can now confirm it.",
  ConfirmAssessment: "The assessment is confirmed.",
  ReturnAssessment: "The assessment is returned to its assessor.",
  AllocateCase: "The case is allocated.",
  ConsiderStandard: "The numbers that the panel considered are recorded.",
  ExerciseDiscretion: "Discretion is exercised. The reason is published with the rating.",
  DeclineDiscretion: "Discretion is declined, and the reason recorded.",
  DecideDomainOne: "The rating is decided.",
  SealScore: "Your score is sealed.",
  OpenScore: "Your score is opened.",
  RecuseMember: "The recusal is recorded.",
  HandOverChair: "The chair is handed over.",
  ReconvenePanel: "The panel is reconvened for these standards.",
  CastVote: "Your vote is recorded.",
  ConcludePanel: "The ratings are concluded.",
  EraseCase: "The words about the case are erased. A certificate of it is in the ledger.",
  ConvenePanel: "The panel is convened.",
  DraftSection: "The section is saved.",
  ExcuseFinding: "The reason is recorded. Whoever signs the report will see it.",
  SubmitCaseList: "The case list is received. Thank you.",
  ReceiveSubmission: "The document is received. Thank you.",
  SubmitComment: "Your comment is received.",
  ReturnComments: "Your comments are returned.",
  SubmitActionPlan: "The action plan is received.",
  SignOffReport: "The report is signed off.",
  AnnounceInspection: "The inspection is announced.",
  ScheduleInspection: "The inspection is scheduled.",
};

/** Only for commands that exist: the name comes from an address that anyone can write. */
export const doneInWords = (type: string): string | undefined =>
  /^[A-Z][A-Za-z]{3,40}$/.test(type) ? (done[type] ?? `Done: ${eventName(type)}.`) : undefined;
