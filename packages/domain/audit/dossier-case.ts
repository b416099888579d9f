/**
 * One case in the dossier: what a case file holds, and for every answer the fact that gave it and
 * the chain of those that it took the place of.
 */
import { type CaseFile, emptyFile, filedBy, type Given } from "../briefing/case-file.ts";
import type { AssessmentEvent } from "../fieldwork/assessment/events.ts";
import type { CaseId } from "../kernel/ids.ts";
import type { Draft } from "./draft.ts";
import type { FactOf, Recorded, RecordedOf } from "./recorded.ts";

/** An answer that was given, or withdrawn: then `answer` is the one that no longer counts. */
export type AnswerStep = Given & {
  readonly source: RecordedOf<"JudgementRecorded" | "JudgementWithdrawn">;
  readonly former: AnswerStep | undefined;
};

/** Completed, returned, confirmed, reopened: how the assessment came to stand where it does. */
export type Turn = RecordedOf<
  "AssessmentCompleted" | "AssessmentReturned" | "AssessmentConfirmed" | "AssessmentReopened"
>;

export type DossierCase = Omit<CaseFile, "answers"> & {
  readonly case: CaseId;
  /** The answers that count. */
  readonly answers: ReadonlyMap<string, AnswerStep>;
  /** The last thing that happened to each question, a withdrawal included. */
  readonly steps: ReadonlyMap<string, AnswerStep>;
  /** The scope that holds is the last. */
  readonly scopes: readonly RecordedOf<"ScopeRecorded">[];
  readonly turns: readonly Turn[];
};

type CaseDraft = Draft<DossierCase>;

/**
 * Enters one fact of an assessment; `recorded` is where it stands. Judgements, of which there are
 * many, are entered in place; every other fact does to the file what it does in `filedBy`.
 */
export const fileCase = (
  files: Map<CaseId, DossierCase>,
  event: AssessmentEvent,
  recorded: Recorded,
): void => {
  const file = opened(files, event.case);
  if (event.type === "JudgementRecorded") {
    judge(file, event, recorded as RecordedOf<"JudgementRecorded">);
    return;
  }
  Object.assign(file, filedBy(file, event));
  if (event.type === "JudgementWithdrawn") {
    withdraw(file, event, recorded as RecordedOf<"JudgementWithdrawn">);
  }
  if (event.type === "ScopeRecorded") file.scopes.push(recorded as RecordedOf<"ScopeRecorded">);
  if (turning.has(event.type)) file.turns.push(recorded as Turn);
};

const turning: ReadonlySet<string> = new Set([
  "AssessmentCompleted",
  "AssessmentReturned",
  "AssessmentConfirmed",
  "AssessmentReopened",
]);

/** The files hold drafts until the dossier is handed out; only this function knows. */
const opened = (files: Map<CaseId, DossierCase>, id: CaseId): CaseDraft => {
  const known = files.get(id);
  if (known) return known as unknown as CaseDraft;
  const file: CaseDraft = {
    ...emptyFile,
    case: id,
    answers: new Map(),
    steps: new Map(),
    scopes: [],
    turns: [],
  } as unknown as CaseDraft;
  files.set(id, file);
  return file;
};

const judge = (
  file: CaseDraft,
  { question, answer, by, at }: FactOf<"JudgementRecorded">,
  source: RecordedOf<"JudgementRecorded">,
): void => {
  const former = file.steps.get(question);
  const step: AnswerStep = { answer, by: by.id, at, source, former };
  file.answers.set(question, step);
  file.steps.set(question, step);
  // Copied, because it may be another file's too; a case has few judges.
  if (!file.judges.has(by.id)) file.judges = new Set(file.judges).add(by.id);
};

const withdraw = (
  file: CaseDraft,
  { question, replaces, by, at }: FactOf<"JudgementWithdrawn">,
  source: RecordedOf<"JudgementWithdrawn">,
): void => {
  const former = file.steps.get(question);
  file.steps.set(question, { answer: replaces.answer, by: by.id, at, source, former });
};
