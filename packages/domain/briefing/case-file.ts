/**
 * What the facts of one assessment amount to: its scope, the answers that count, and where it
 * stands. The assessment's own rules, the panel's numbers and the audit all fold this.
 */
import type {
  Answer,
  AssessmentEvent,
  UnusualCombination,
} from "../fieldwork/assessment/events.ts";
import { assessmentChart, type AssessmentPhase } from "../fieldwork/assessment/machine.ts";
import type { Scope } from "../framework/case-profile.ts";
import type { CaseId, PersonId } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";

export type Given = {
  readonly answer: Answer;
  readonly by: PersonId;
  readonly at: Instant;
  /** As it was recorded, to know the same words again. */
  readonly text?: object;
};

/**
 * What was answered and taken back, the newest first. Folding only adds to it; whoever reads it
 * asks `answersIn`.
 */
export type Answered<Kept extends Given = Given> = {
  readonly question: string;
  /** Undefined: withdrawn. */
  readonly given: Kept | undefined;
  readonly before: Answered<Kept> | undefined;
};

export type SecondMarking = {
  readonly by: PersonId;
  readonly answered: Answered | undefined;
  readonly completed: boolean;
};

export type CaseFile = {
  readonly phase: AssessmentPhase;
  readonly status: "open" | "completed" | "returned" | "confirmed" | "reopened";
  readonly scope: Scope | undefined;
  readonly relevant: ReadonlySet<string>;
  readonly answered: Answered | undefined;
  /** Answers to the questions that rate nothing, by their names. */
  readonly tallies: ReadonlyMap<string, string>;
  readonly interviewed: boolean;
  readonly flags: readonly UnusualCombination[];
  /** Everyone who ever recorded a judgement on the case. */
  readonly judges: ReadonlySet<PersonId>;
  readonly second: SecondMarking | undefined;
  /** Everyone who ever was to mark it a second time. */
  readonly secondMarkers: ReadonlySet<PersonId>;
  /** Looked at by a quality lead since it was last completed. */
  readonly reviewed: boolean;
  /** Everyone who ever returned it or opened it again. */
  readonly reviewers: ReadonlySet<PersonId>;
};

export const emptyFile: CaseFile = {
  phase: assessmentChart.initial,
  status: "open",
  scope: undefined,
  relevant: new Set(),
  answered: undefined,
  tallies: new Map(),
  interviewed: false,
  flags: [],
  judges: new Set(),
  second: undefined,
  secondMarkers: new Set(),
  reviewed: false,
  reviewers: new Set(),
};

export const filedBy = (before: CaseFile, event: AssessmentEvent): CaseFile => {
  const file = { ...before, phase: assessmentChart.next(before.phase, event) };
  switch (event.type) {
    case "ScopeRecorded":
      return { ...file, scope: event.scope, relevant: new Set(event.relevant) };
    case "ClassificationJudged":
      return { ...file, tallies: new Map(file.tallies).set(event.of, event.answer) };
    case "InterviewHeld":
      return { ...file, interviewed: true };
    case "JudgementRecorded":
      return judged(file, event);
    case "JudgementWithdrawn":
      return {
        ...file,
        answered: { question: event.question, given: undefined, before: file.answered },
      };
    case "AssessmentCompleted":
      return { ...file, status: "completed", flags: event.flags, reviewed: false };
    case "AssessmentReviewed":
      return { ...file, reviewed: true };
    case "AssessmentReturned":
      return {
        ...file,
        status: "returned",
        reviewed: true,
        reviewers: also(file.reviewers, event.by.id),
      };
    case "AssessmentConfirmed":
      return { ...file, status: "confirmed" };
    case "AssessmentReopened":
      return { ...file, status: "reopened", reviewers: also(file.reviewers, event.by.id) };
    case "SecondMarkingAssigned":
      return {
        ...file,
        second: { by: event.to, answered: undefined, completed: false },
        secondMarkers: also(file.secondMarkers, event.to),
      };
    case "SecondJudgementRecorded":
      return file.second ? { ...file, second: markedAgain(file.second, event) } : file;
    case "SecondMarkingCompleted":
      return file.second ? { ...file, second: { ...file.second, completed: true } } : file;
  }
};

const none: ReadonlyMap<string, never> = new Map<string, never>();
/**
 * Where a judgement keeps the answers up to it: hidden from whoever copies or compares it. A
 * WeakMap would cost a replay more than the reading, because it keeps what it holds alive until the
 * next full collection.
 */
const upToHere = Symbol("answers up to here");
type Reading = { [upToHere]?: ReadonlyMap<string, unknown> | undefined };

/**
 * The answers that count, by question, in the order in which they were first given. They are kept
 * for the newest judgement that was asked about, and for none before it: a case goes on from its
 * end, and whoever asks about its past again reads it again.
 */
export const answersIn = <Kept extends Given>(
  file: { readonly answered: Answered<Kept> | undefined } | undefined,
): ReadonlyMap<string, Kept> => {
  const unread: Answered<Kept>[] = [];
  let each = file?.answered;
  while (each && !(each as Reading)[upToHere]) {
    unread.push(each);
    each = each.before;
  }
  const known = each && ((each as Reading)[upToHere] as ReadonlyMap<string, Kept> | undefined);
  const newest = unread[0];
  if (!newest) return known ?? none;
  const answers = new Map<string, Kept>(known);
  for (const { question, given: answer } of unread.toReversed()) {
    if (answer) answers.set(question, answer);
    else answers.delete(question);
  }
  if (each) (each as Reading)[upToHere] = undefined;
  Object.defineProperty(newest, upToHere, { value: answers, writable: true });
  return answers;
};

export type CaseFiles = ReadonlyMap<CaseId, CaseFile>;

/** All of an inspection's case files, by case. */
export const filesBy = (files: CaseFiles, event: AssessmentEvent): CaseFiles =>
  new Map(files).set(event.case, filedBy(files.get(event.case) ?? emptyFile, event));

type Recorded = Extract<AssessmentEvent, { type: "JudgementRecorded" | "SecondJudgementRecorded" }>;

const also = (people: ReadonlySet<PersonId>, person: PersonId): ReadonlySet<PersonId> =>
  people.has(person) ? people : new Set(people).add(person);

const given = ({ answer, by, at, text }: Recorded): Given => ({ answer, by: by.id, at, text });

const judged = (file: CaseFile, event: Recorded): CaseFile => ({
  ...file,
  answered: { question: event.question, given: given(event), before: file.answered },
  judges: also(file.judges, event.by.id),
});

const markedAgain = (second: SecondMarking, event: Recorded): SecondMarking => ({
  ...second,
  answered: { question: event.question, given: given(event), before: second.answered },
});
