/** What the rules of publication know: the report's own facts, and those it has to wait for. */
import type { InspectionEvent } from "../announcement/events.ts";
import { type Briefing, pinned } from "../briefing/inspection.ts";
import type { AssessmentEvent } from "../fieldwork/assessment/events.ts";
import type { FieldworkEvent } from "../fieldwork/events.ts";
import type { Rating } from "../framework/scale.ts";
import type { Decision } from "../kernel/decider.ts";
import type { ItemId, PersonId } from "../kernel/ids.ts";
import type { Day, Instant } from "../kernel/instants.ts";
import type { LifecyclePhase } from "../lifecycle/machine.ts";
import type { ConcludedStandard, PanelEvent } from "../panel/events.ts";
import type { PublicationRefusal } from "./commands.ts";
import type { PublicationEvent, Section } from "./events.ts";
import type { PublicationPhase } from "./machine.ts";

export type PublicationKnown =
  | InspectionEvent
  | FieldworkEvent
  | AssessmentEvent
  | PanelEvent
  | PublicationEvent;

/** What the panel has concluded; `sitting` while it decides anew. */
export type Ratings = {
  readonly sitting: boolean;
  /** How often the panel has concluded: a signature holds for one of these only. */
  readonly conclusion: number;
  readonly standards: readonly ConcludedStandard[];
  readonly overall: Rating | undefined;
  readonly overallDecided: boolean;
  /** The answered comments for which the panel has come together again. */
  readonly heard: ReadonlySet<ItemId>;
};

export type PublicationState = {
  readonly phase: PublicationPhase;
  readonly lifecycle: LifecyclePhase;
  readonly briefing: Briefing;
  readonly ratings: Ratings;
  readonly sections: ReadonlySet<Section>;
  readonly recommendations: ReadonlySet<number>;
  /** Strengths and areas for improvement that stand. */
  readonly points: ReadonlySet<ItemId>;
  /** How often anything in the report was written; it tells whether a correction has content. */
  readonly writings: number;
  readonly publishedWritings: number;
  readonly publishedConclusion: number;
  readonly authors: ReadonlySet<PersonId>;
  readonly withdrawn: ReadonlySet<number>;
  readonly commentsDue: Day | undefined;
  /** The standards that each corrected fact touches; undefined until the comment is answered. */
  readonly comments: ReadonlyMap<ItemId, readonly string[] | undefined>;
  /** The conclusion of the panel that was signed. */
  readonly signedConclusion: number | undefined;
  /** How often the moment was set or changed: copies go anew each time. */
  readonly embargoes: number;
  readonly publishAt: Instant | undefined;
  readonly copiesFrom: Instant | undefined;
  readonly recipients: number;
  readonly copiesSent: boolean;
  /** Recommendations of which the service has said what is not released yet, and since when. */
  readonly unreleased: ReadonlyMap<number, Instant>;
  readonly version: number;
  readonly publishedOn: Day | undefined;
};

export type PublicationAnswer = Decision<PublicationEvent, PublicationRefusal>;

/** The standards that the panel has still to decide because of answered comments. */
export const stillWithPanel = ({ comments, ratings }: PublicationState): readonly string[] => {
  const unheard = [...comments]
    .filter(([comment, touches = []]) => touches.length > 0 && !ratings.heard.has(comment))
    .flatMap(([, touches = []]) => touches);
  return [...new Set(unheard)];
};

/** Why no report can go out on these ratings yet; undefined when it can. */
export const ratingsOpen = (state: PublicationState): PublicationRefusal | undefined => {
  const { sitting, conclusion, overall, overallDecided } = state.ratings;
  const standards = stillWithPanel(state);
  if (standards.length > 0) return { reason: "PanelStillToDecide", standards };
  if (sitting || conclusion === 0) return { reason: "RatingsNotConcluded" };
  const isGiven = pinned(state.briefing).overall !== undefined;
  return !isGiven || overall || overallDecided ? undefined : { reason: "OverallWithheld" };
};
