/** What the rules of a panel know: its own facts, and the numbers that others' facts amount to. */
import type { ErasureEvent } from "../announcement/erasure/events.ts";
import type { InspectionEvent } from "../announcement/events.ts";
import type { CaseFiles } from "../briefing/case-file.ts";
import { type Briefing, pinned, standardsOf } from "../briefing/inspection.ts";
import type { AssessmentEvent } from "../fieldwork/assessment/events.ts";
import type { FieldworkEvent } from "../fieldwork/events.ts";
import type { Rating } from "../framework/scale.ts";
import { domainsOf } from "../framework/standards.ts";
import type { Decision } from "../kernel/decider.ts";
import type { Digest, ItemId, PersonId } from "../kernel/ids.ts";
import type { LifecyclePhase } from "../lifecycle/machine.ts";
import type { PublicationEvent } from "../publication/events.ts";
import type { PanelRefusal } from "./commands.ts";
import type { ConcludedStandard, PanelEvent } from "./events.ts";
import type { PanelPhase } from "./machine.ts";

export type PanelKnown =
  | InspectionEvent
  | FieldworkEvent
  | AssessmentEvent
  | PanelEvent
  | PublicationEvent
  /** Passed over: no rating rests on words. */
  | ErasureEvent;

/** What was decided on one standard, and how. */
export type StandardDecision = {
  readonly by: "exercised" | "declined" | "adopted" | "people";
  readonly rating: Rating;
};

export type SealedScore = { readonly seal: Digest; readonly opened: Rating | undefined };

/** What the panel has done about one standard since it last came to it. */
export type Deliberation = {
  /** The counts that it considered, as text; another text later means that the numbers changed. */
  readonly considered: string | undefined;
  readonly decision: StandardDecision | undefined;
  readonly scores: ReadonlyMap<PersonId, SealedScore>;
  readonly votes: ReadonlyMap<PersonId, Rating>;
  readonly dissent: ReadonlySet<PersonId>;
};

export const untouched: Deliberation = {
  considered: undefined,
  decision: undefined,
  scores: new Map(),
  votes: new Map(),
  dissent: new Set(),
};

export type PanelState = {
  readonly phase: PanelPhase;
  readonly lifecycle: LifecyclePhase;
  readonly briefing: Briefing;
  readonly files: CaseFiles;
  readonly proposals: ReadonlyMap<string, Rating>;
  readonly chair: PersonId | undefined;
  readonly members: readonly PersonId[];
  /** From which standards a member is recused; an empty list is all of them. */
  readonly recused: ReadonlyMap<PersonId, readonly string[]>;
  readonly standards: ReadonlyMap<string, Deliberation>;
  /** The standards to decide anew, after the panel was reconvened; undefined: all of them. */
  readonly reopened: ReadonlySet<string> | undefined;
  readonly concluded: readonly ConcludedStandard[];
  readonly overall: Rating | undefined;
  readonly overallDecided: boolean;
  /** Answered comments that touch judgements, and those for which the panel has reconvened. */
  readonly touched: ReadonlyMap<ItemId, readonly string[]>;
  readonly heard: ReadonlySet<ItemId>;
};

export type PanelAnswer = Decision<PanelEvent, PanelRefusal>;

/** Why a standard is not the panel's to decide now. */
export const notOpen = (
  { reopened, briefing }: PanelState,
  standard: string,
): PanelRefusal | undefined => {
  if (!reopened || reopened.has(standard)) return undefined;
  // A domain that people grade is open again with any of its standards.
  const again = standardsOf(briefing).filter(({ code }) => reopened.has(code));
  return domainsOf(pinned(briefing), again).some(({ code }) => code === standard)
    ? undefined
    : { reason: "NotReconvenedFor", standard };
};

export const deliberationOn = (state: PanelState, standard: string): Deliberation =>
  state.standards.get(standard) ?? untouched;

/** What the panel has decided on what people grade. */
export const decidedIn =
  (state: PanelState) =>
  (code: string): Rating | undefined =>
    deliberationOn(state, code).decision?.rating;

/** Whether somebody led, assessed, marked or reviewed: they take no part in the panel. */
export const workedOn = ({ briefing, files }: PanelState, person: PersonId): boolean =>
  briefing.worked.has(person) ||
  [...files.values()].some(
    ({ judges, secondMarkers, reviewers }) =>
      judges.has(person) || secondMarkers.has(person) || reviewers.has(person),
  );

export const isRecused = (state: PanelState, member: PersonId, standard?: string): boolean => {
  const from = state.recused.get(member);
  return from !== undefined && (from.length === 0 || (!!standard && from.includes(standard)));
};
