/** Conflicts of interest as they were declared: with one case, or with the whole inspection. */
import type { Actor } from "../kernel/actor.ts";
import type { CaseId, PersonId } from "../kernel/ids.ts";
import type { FieldworkEvent } from "./events.ts";

/** `person` or `person case`. */
export type Conflicts = ReadonlySet<string>;

export const noConflicts: Conflicts = new Set();

const keyOf = (person: PersonId, id: CaseId | undefined): string =>
  id === undefined ? person : `${person} ${id}`;

export const conflictsBy = (
  conflicts: Conflicts,
  { person, case: id }: Extract<FieldworkEvent, { type: "ConflictDeclared" }>,
): Conflicts => new Set(conflicts).add(keyOf(person, id));

/** Whether the person must keep away from the case; without a case, whether that was declared. */
export const isConflicted = (
  conflicts: Conflicts,
  person: PersonId,
  id: CaseId | undefined,
): boolean => conflicts.has(keyOf(person, undefined)) || conflicts.has(keyOf(person, id));

/** What is recorded of a case by whoever read its file. */
const assessing: readonly string[] = [
  "RecordScope",
  "JudgeClassification",
  "RecordInterview",
  "RecordJudgement",
  "CompleteAssessment",
  "RecordSecondJudgement",
  "CompleteSecondMarking",
];

/** Why somebody may no longer assess the case, though it was given to them before. */
export const keptAway = (
  { type, by, case: id }: { readonly type: string; readonly by: Actor; readonly case: CaseId },
  conflicts: Conflicts,
): { readonly reason: "ConflictOfInterest"; readonly person: PersonId } | undefined =>
  assessing.includes(type) && isConflicted(conflicts, by.id, id)
    ? { reason: "ConflictOfInterest", person: by.id }
    : undefined;
