/**
 * What a panel did about each standard, fact by fact: the numbers it considered, what it decided,
 * who voted how, who disagreed, and what an earlier sitting had done.
 */
import type { Rating } from "../framework/scale.ts";
import type { ConcludedStandard, PanelEvent } from "../panel/events.ts";
import type { PersonId } from "../kernel/ids.ts";
import type { Draft } from "./draft.ts";
import type { Entering, RecordedOf } from "./recorded.ts";

/** A fact by which the panel decided one standard. */
export type PanelDecision = RecordedOf<
  "DiscretionExercised" | "DiscretionDeclined" | "PublishedRatingAdopted" | "DomainOneDecided"
>;

export type Deliberation = {
  readonly considered: RecordedOf<"StandardConsidered"> | undefined;
  /** The decision that holds: one made before the numbers were considered anew does not. */
  readonly decision: PanelDecision | undefined;
  /** Every decision in order, those that no longer hold included. */
  readonly decisions: readonly PanelDecision[];
  readonly sealed: ReadonlyMap<PersonId, RecordedOf<"ScoreSealed">>;
  readonly opened: ReadonlyMap<PersonId, RecordedOf<"ScoreOpened">>;
  readonly votes: ReadonlyMap<PersonId, RecordedOf<"VoteCast">>;
  readonly dissent: ReadonlyMap<PersonId, RecordedOf<"DissentRecorded">>;
  /** What an earlier sitting did, before the panel was reconvened for this standard. */
  readonly former: Deliberation | undefined;
};

/** What the panel's own facts come to. */
export type PanelFile = {
  readonly convened: RecordedOf<"PanelConvened"> | undefined;
  /** Who chaired, the first first. */
  readonly chairs: readonly RecordedOf<"PanelConvened" | "ChairHandedOver">[];
  readonly recusals: readonly RecordedOf<"MemberRecused">[];
  readonly deliberations: ReadonlyMap<string, Deliberation>;
  readonly reconvened: readonly RecordedOf<"PanelReconvened">[];
  readonly conclusions: readonly RecordedOf<"RatingsConcluded">[];
  /** The head of programme's decision on the last conclusion's overall rating. */
  readonly overallDecided: RecordedOf<"OverallDecided"> | undefined;
};

type PanelDraft = Draft<PanelFile>;

export const emptyPanel = (): PanelDraft => ({
  convened: undefined,
  chairs: [],
  recusals: [],
  deliberations: new Map(),
  reconvened: [],
  conclusions: [],
  overallDecided: undefined,
});

export const deciders = {
  DiscretionExercised: "discretion",
  DiscretionDeclined: "rule",
  PublishedRatingAdopted: "adopted",
  DomainOneDecided: "panel",
} as const satisfies Record<PanelDecision["event"]["type"], ConcludedStandard["decidedBy"]>;

/** The rating that a decision gives. */
export const decided = ({ event }: PanelDecision) =>
  event.type === "DiscretionExercised" || event.type === "PublishedRatingAdopted"
    ? event.to
    : event.rating;

const decides = (panel: PanelDraft, recorded: PanelDecision): void => {
  const deliberation = on(panel, recorded.event.standard);
  deliberation.decision = recorded;
  deliberation.decisions.push(recorded);
};

export const deliberating: Entering<PanelDraft, PanelEvent["type"]> = {
  PanelConvened: (panel, recorded) => {
    panel.convened = recorded;
    panel.chairs.push(recorded);
  },
  ChairHandedOver: ({ chairs }, recorded) => void chairs.push(recorded),
  MemberRecused: ({ recusals }, recorded) => void recusals.push(recorded),
  ScoreSealed: (panel, recorded) =>
    void on(panel, recorded.event.standard).sealed.set(recorded.event.member, recorded),
  ScoreOpened: (panel, recorded) =>
    void on(panel, recorded.event.standard).opened.set(recorded.event.member, recorded),
  StandardConsidered: (panel, recorded) => {
    const deliberation = on(panel, recorded.event.standard);
    deliberation.considered = recorded;
    deliberation.decision = undefined;
  },
  DiscretionExercised: decides,
  DiscretionDeclined: decides,
  PublishedRatingAdopted: decides,
  DomainOneDecided: decides,
  VoteCast: (panel, recorded) =>
    void on(panel, recorded.event.standard).votes.set(recorded.event.member, recorded),
  DissentRecorded: (panel, recorded) =>
    void on(panel, recorded.event.standard).dissent.set(recorded.event.member, recorded),
  RatingsConcluded: (panel, recorded) => {
    panel.conclusions.push(recorded);
    panel.overallDecided = undefined;
  },
  OverallDecided: (panel, recorded) => {
    panel.overallDecided = recorded;
  },
  PanelReconvened: (panel, recorded) => {
    panel.reconvened.push(recorded);
    for (const standard of recorded.event.standards) {
      panel.deliberations.set(standard, begun(panel.deliberations.get(standard)));
    }
  },
};

const begun = (former: Deliberation | undefined): Draft<Deliberation> => ({
  considered: undefined,
  decision: undefined,
  decisions: [],
  sealed: new Map(),
  opened: new Map(),
  votes: new Map(),
  dissent: new Map(),
  former,
});

/** The deliberations are drafts until the panel is handed out; only this function knows. */
const on = ({ deliberations }: PanelDraft, standard: string): Draft<Deliberation> => {
  const known = deliberations.get(standard);
  if (known) return known as unknown as Draft<Deliberation>;
  const deliberation = begun(undefined);
  deliberations.set(standard, deliberation);
  return deliberation;
};

/** What the panel decided of the questions that people grade. */
export const decidedBy =
  ({ deliberations }: { readonly deliberations: ReadonlyMap<string, Deliberation> }) =>
  (code: string): Rating | undefined => {
    const { decision } = deliberations.get(code) ?? {};
    return decision && decided(decision);
  };
