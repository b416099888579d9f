/**
 * Ratings computed again from the judgements themselves and compared with what was concluded. The
 * conclusion names the streams it rests on with their revisions: exactly those facts are read.
 */
import type { Rating } from "../framework/scale.ts";
import { relevantQuestions } from "../framework/relevance.ts";
import { scaleOf } from "../framework/standards.ts";
import { consideredCounts } from "../panel/board.ts";
import type { ConcludedStandard } from "../panel/events.ts";
import { moveOf } from "../ratings/moved.ts";
import { type Dossier, dossierOf } from "./dossier.ts";
import { type ComputedRatings, type ComputedStandard, ratingsIn } from "./ratings.ts";
import { is, type Place, placeOf, type Recorded, type RecordedOf } from "./recorded.ts";

/** Something that is not as it was concluded, or not as the rules have it. */
export type Discrepancy = {
  readonly what:
    | "standards"
    | "counts"
    | "considered"
    | "rule"
    | "rating"
    | "score"
    | "decided-by"
    | "triggers"
    | "overall"
    | "framework"
    | "move"
    | "relevance"
    | "basis";
  /** The standard, case or stream concerned; absent where it is the inspection as a whole. */
  readonly of?: string;
  readonly concluded: string;
  readonly replayed: string;
};

export type ReplayedStandard = ComputedStandard & {
  readonly concluded: ConcludedStandard | null;
  readonly equal: boolean;
};

/** Plain data. `concluded` is null where the panel has not concluded yet. */
export type Replay = Omit<ComputedRatings, "standards"> & {
  readonly inspection: string;
  /** The case level was made up to match published totals. */
  readonly reconstruction: boolean;
  /** Which conclusion was replayed, 1 being the first; 0 where there is none. */
  readonly conclusion: number;
  readonly standards: readonly ReplayedStandard[];
  readonly concluded: {
    readonly place: Place;
    readonly at: string;
    readonly by: string;
    readonly score: number;
    readonly overall: Rating | null;
  } | null;
  readonly discrepancies: readonly Discrepancy[];
  readonly equal: boolean;
};

/** A fact that names the streams it rests on, each with its revision. */
export type Founded = RecordedOf<"RatingsConcluded" | "ReportPublished" | "CorrectionIssued">;

/** The facts that such a fact rests on, in their order: those before it in its own stream too. */
export const basisOf = (events: readonly Recorded[], founded: Founded): readonly Recorded[] => {
  const until = new Map(founded.event.basis.map(({ stream, revision }) => [stream, revision]));
  until.set(founded.stream, founded.revision - 1);
  return events.filter(({ stream, revision }) => revision <= (until.get(stream) ?? -1));
};

export const conclusionsIn = (
  events: readonly Recorded[],
): readonly RecordedOf<"RatingsConcluded">[] =>
  events.filter((recorded) => is(recorded, "RatingsConcluded"));

/**
 * Replays a conclusion, by default the last, from one inspection's facts. Where nothing has been
 * concluded, the ratings as they would stand; undefined where no rules are pinned.
 */
export const replay = (events: readonly Recorded[], number?: number): Replay | undefined => {
  const conclusions = conclusionsIn(events);
  const conclusion = number ?? conclusions.length;
  const source = conclusions[conclusion - 1];
  if (!source) return number === undefined ? replayed(dossierOf(events)) : undefined;
  const facts = basisOf(events, source);
  return replayed(dossierOf(facts), { source, conclusion, missing: missing(facts, source) });
};

type Compared = {
  readonly source: RecordedOf<"RatingsConcluded">;
  readonly conclusion: number;
  readonly missing: readonly Discrepancy[];
};

const replayed = (dossier: Dossier, compared?: Compared): Replay | undefined => {
  const ratings = ratingsIn(dossier);
  if (!ratings) return undefined;
  const { source, conclusion = 0, missing: gaps = [] } = compared ?? {};
  const concluded = new Map(source?.event.standards.map((each) => [each.standard, each]));
  const found = source ? [...gaps, ...againstConclusion(ratings, source.event)] : gaps;
  const discrepancies = [...found, ...irregularities(dossier, ratings)];
  return {
    inspection: dossier.inspection ?? "",
    reconstruction: dossier.briefing.reconstruction !== undefined,
    conclusion,
    ...ratings,
    standards: ratings.standards.map((standard) => ({
      ...standard,
      concluded: concluded.get(standard.standard) ?? null,
      equal: !discrepancies.some(({ of }) => of === standard.standard),
    })),
    concluded: source
      ? {
          place: placeOf(source),
          at: source.event.at,
          by: source.event.by.id,
          score: source.event.score,
          overall: source.event.overall ?? null,
        }
      : null,
    discrepancies,
    equal: discrepancies.length === 0,
  };
};

/** Facts that the conclusion rests on and that are not there. */
const missing = (
  facts: readonly Recorded[],
  { event }: RecordedOf<"RatingsConcluded">,
): readonly Discrepancy[] => {
  const counts = new Map<string, number>();
  for (const { stream } of facts) counts.set(stream, (counts.get(stream) ?? 0) + 1);
  return event.basis.flatMap(({ stream, revision }): readonly Discrepancy[] => {
    const count = counts.get(stream) ?? 0;
    if (count === revision + 1) return [];
    const concluded = `${revision + 1} facts`;
    return [{ what: "basis", of: stream, concluded, replayed: `${count} facts` }];
  });
};

const againstConclusion = (
  ratings: ComputedRatings,
  event: RecordedOf<"RatingsConcluded">["event"],
): readonly Discrepancy[] => {
  const computed = new Map(ratings.standards.map((each) => [each.standard, each]));
  const codes = (standards: readonly { readonly standard: string }[]): string =>
    standards.map(({ standard }) => standard).join(" ");
  return [
    ...differing("standards", codes(event.standards), codes(ratings.standards)),
    ...differing("framework", event.framework, ratings.framework),
    ...event.standards.flatMap((concluded) => {
      const replayed = computed.get(concluded.standard);
      return replayed ? compare(concluded, replayed) : [];
    }),
    ...differing("score", event.score, ratings.score),
    ...differing("overall", event.overall, ratings.overall),
  ];
};

const compare = (
  concluded: ConcludedStandard,
  replayed: ComputedStandard,
): readonly Discrepancy[] => {
  const of = concluded.standard;
  const counts = (standard: Pick<ComputedStandard, "keyQuestions">): string =>
    consideredCounts(standard.keyQuestions);
  return [
    ...differing("counts", counts(concluded), counts(replayed), of),
    ...differing("rule", concluded.rule, replayed.rule, of),
    ...differing("rating", concluded.rating, replayed.rating, of),
    ...differing("score", concluded.score, replayed.score, of),
    ...differing("decided-by", concluded.decidedBy, replayed.decidedBy, of),
    ...differing("triggers", concluded.triggers.join(" "), replayed.triggers.join(" "), of),
  ];
};

type Value = string | number | null | undefined;

const differing = (
  what: Discrepancy["what"],
  concluded: Value,
  replayed: Value,
  of?: string,
): readonly Discrepancy[] =>
  (concluded ?? null) === (replayed ?? null)
    ? []
    : [
        {
          what,
          ...(of !== undefined && { of }),
          concluded: String(concluded ?? "none"),
          replayed: String(replayed ?? "none"),
        },
      ];

/** What no rule of ours would have let happen, whatever was concluded from it. */
const irregularities = (dossier: Dossier, ratings: ComputedRatings): readonly Discrepancy[] => [
  ...wrongScopes(dossier),
  ...wrongMoves(dossier, ratings),
];

/** Scopes whose list of relevant key questions is not the one that the recorded facts give. */
const wrongScopes = ({ briefing, files }: Dossier): readonly Discrepancy[] => {
  const { framework } = briefing;
  if (!framework) return [];
  return [...briefing.sample.values()].flatMap((sampled) => {
    const file = files.get(sampled.case);
    const { scope } = file ?? {};
    if (!file || !scope) return [];
    const recorded = [...file.relevant].toSorted().join(" ");
    const relevant = relevantQuestions(framework, { ...sampled, scope });
    return differing("relevance", recorded, relevant.toSorted().join(" "), sampled.case);
  });
};

/** Moves without a ground, or by more bands than the ruleset allows. */
const wrongMoves = (
  { briefing, deliberations }: Dossier,
  { standards }: ComputedRatings,
): readonly Discrepancy[] => {
  const most = briefing.framework?.ruleset.discretion?.maxBands ?? 0;
  return standards.flatMap(({ standard, triggers }) => {
    const { decision } = deliberations.get(standard) ?? {};
    const scale = briefing.framework && scaleOf(briefing.framework, standard);
    if (!decision || !scale || !("to" in decision.event)) return [];
    const { bands } = moveOf(scale, decision.event.from, decision.event.to);
    const allowed = triggers.length > 0 ? most : 0;
    return bands <= allowed
      ? []
      : differing("move", `${bands} bands`, `at most ${allowed} bands`, standard);
  });
};
