/**
 * One case in the dossier: what a case file holds, and for every answer the fact that gave it and
 * the chain of those that it took the place of.
 */
import {
  type Answered,
  type CaseFile,
  emptyFile,
  filedBy,
  type Given,
} from "../briefing/case-file.ts";
import type { AssessmentEvent } from "../fieldwork/assessment/events.ts";
import type { CaseId } from "../kernel/ids.ts";
import type { Draft } from "./draft.ts";
import { enter, type Entering, type RecordedOf } from "./recorded.ts";

/** An answer that was given, or withdrawn: then `answer` is the one that no longer counts. */
export type AnswerStep = Given & {
  readonly source: RecordedOf<"JudgementRecorded" | "JudgementWithdrawn">;
  readonly former: AnswerStep | undefined;
};

/** Completed, returned, confirmed, reopened: how the assessment came to stand where it does. */
export type Turn = RecordedOf<
  "AssessmentCompleted" | "AssessmentReturned" | "AssessmentConfirmed" | "AssessmentReopened"
>;

export type DossierCase = Omit<CaseFile, "answered"> & {
  readonly case: CaseId;
  readonly answered: Answered<AnswerStep> | undefined;
  /** The last thing that happened to each question, a withdrawal included. */
  readonly steps: ReadonlyMap<string, AnswerStep>;
  /** The scope that holds is the last. */
  readonly scopes: readonly RecordedOf<"ScopeRecorded">[];
  readonly turns: readonly Turn[];
};

type CaseDraft = Draft<DossierCase>;

/**
 * Enters one fact of an assessment. Judgements, of which there are many, are entered in place;
 * every other fact does to the file what it does in `filedBy`.
 */
export const fileCase = (
  files: Map<CaseId, DossierCase>,
  recorded: RecordedOf<AssessmentEvent["type"]>,
): void => {
  const { event } = recorded;
  const file = opened(files, event.case);
  if (event.type !== "JudgementRecorded") Object.assign(file, filedBy(file, event));
  enter(entering, file, recorded);
};

/** The files hold drafts until the dossier is handed out; only this function knows. */
const opened = (files: Map<CaseId, DossierCase>, id: CaseId): CaseDraft => {
  const known = files.get(id);
  if (known) return known as unknown as CaseDraft;
  const file: CaseDraft = {
    ...emptyFile,
    case: id,
    steps: new Map(),
    scopes: [],
    turns: [],
  } as unknown as CaseDraft;
  files.set(id, file);
  return file;
};

const judge = (file: CaseDraft, source: RecordedOf<"JudgementRecorded">): void => {
  const { question, answer, by, at } = source.event;
  const former = file.steps.get(question);
  const step: AnswerStep = { answer, by: by.id, at, source, former };
  file.answered = { question, given: step, before: file.answered };
  file.steps.set(question, step);
  // Copied, because it may be another file's too; a case has few judges.
  if (!file.judges.has(by.id)) file.judges = new Set(file.judges).add(by.id);
};

const withdraw = (file: CaseDraft, source: RecordedOf<"JudgementWithdrawn">): void => {
  const { question, replaces, by, at } = source.event;
  const former = file.steps.get(question);
  file.steps.set(question, { answer: replaces.answer, by: by.id, at, source, former });
};

const turned = ({ turns }: CaseDraft, recorded: Turn): void => void turns.push(recorded);

const entering: Entering<CaseDraft, AssessmentEvent["type"]> = {
  ScopeRecorded: ({ scopes }, recorded) => void scopes.push(recorded),
  JudgementRecorded: judge,
  JudgementWithdrawn: withdraw,
  AssessmentCompleted: turned,
  AssessmentReturned: turned,
  AssessmentConfirmed: turned,
  AssessmentReopened: turned,
  ClassificationJudged: null,
  InterviewHeld: null,
  AssessmentReviewed: null,
  SecondMarkingAssigned: null,
  SecondJudgementRecorded: null,
  SecondMarkingCompleted: null,
};
