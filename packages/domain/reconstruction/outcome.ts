/**
 * What a carried-through inspection came to, computed again from its stored facts, and how that
 * compares with what was published.
 */
import type { Rating } from "../framework/scale.ts";
import { boardOf, triggersOf } from "../panel/board.ts";
import { panel } from "../panel/decide.ts";
import type { Trigger } from "../panel/events.ts";
import { decidedIn, type PanelKnown, type PanelState } from "../panel/state.ts";
import { overallOf } from "../ratings/overall.ts";
import type { Standard } from "../framework/standard.ts";
import { fold } from "../kernel/decider.ts";
import type { PublishedInspection } from "./published-file.ts";
import type { PublishedCounts } from "./counts.ts";

export type StandardOutcome = {
  /** What the lowest key question alone gives; null where people judge, or no case was relevant. */
  readonly rule: Rating | null;
  readonly rating: Rating | null;
  readonly published: Rating | null;
  readonly lowest: {
    readonly keyQuestion: string;
    readonly relevant: number;
    readonly yes: number;
    readonly percent: number;
  } | null;
  readonly triggers: readonly Trigger[];
  readonly discretion: "none" | "recorded" | "unexplained";
  readonly equal: boolean;
};

export type Outcome = {
  readonly id: string;
  readonly service: string;
  readonly score: number;
  readonly maxScore: number;
  readonly overall: Rating | null;
  readonly publishedScore: number | null;
  readonly publishedMaxScore: number | null;
  readonly publishedOverall: Rating | null;
  readonly equal: boolean;
  readonly standards: Readonly<Record<string, StandardOutcome>>;
};

/**
 * Folds the facts of every stream of the inspection; nothing that was concluded is taken on trust.
 */
export const outcomeOf = (
  file: PublishedInspection,
  { framework, unrated }: PublishedCounts,
  facts: Iterable<PanelKnown>,
): Outcome => {
  const state = fold(panel, facts);
  const entries = framework.standards
    .filter(({ code }) => !unrated.includes(code))
    .map((standard) => [standard.code, standardOutcome(standard, state, file)] as const)
    .filter(([, { rating, published }]) => rating !== null || published !== null);
  const ratings = Object.fromEntries(
    entries.map(([code, { rating }]) => [code, rating ?? undefined]),
  );
  const rated = entries.map(([code]) => code);
  const { score, maxScore, overall } = overallOf(framework, ratings, rated);
  const most = file.maxScore === undefined || file.maxScore === maxScore;
  const total = file.score === undefined || file.score === score;
  const band = file.overall === undefined || file.overall === overall;
  return {
    id: file.id,
    service: file.service,
    score,
    maxScore,
    overall: overall ?? null,
    publishedScore: file.score ?? null,
    publishedMaxScore: file.maxScore ?? null,
    publishedOverall: file.overall ?? null,
    equal: total && most && band && entries.every(([, { equal }]) => equal),
    standards: Object.fromEntries(entries),
  };
};

const standardOutcome = (
  standard: Standard,
  state: PanelState,
  file: PublishedInspection,
): StandardOutcome => {
  const { code } = standard;
  const decision = state.standards.get(code)?.decision;
  if (standard.judged === "by-people") {
    const published = file.domainOne[code] ?? file.standards[code]?.rating ?? null;
    const rating = decision?.rating ?? null;
    const equal = rating === published;
    return { rule: null, rating, published, lowest: null, triggers: [], discretion: "none", equal };
  }
  const board = boardOf(standard, state, decidedIn(state));
  const lowest = board?.keyQuestions.find(({ keyQuestion }) => keyQuestion === board.lowest[0]);
  const rating = decision?.rating ?? board?.rule ?? null;
  const published = file.standards[code]?.rating ?? null;
  const told = { exercised: "recorded", adopted: "unexplained", declined: "none", people: "none" };
  return {
    rule: board?.rule ?? null,
    rating,
    published,
    lowest: lowest
      ? {
          keyQuestion: lowest.keyQuestion,
          relevant: lowest.relevant,
          yes: lowest.yes,
          percent: lowest.percent ?? 0,
        }
      : null,
    triggers: board ? triggersOf(board) : [],
    discretion: decision ? (told[decision.by] as StandardOutcome["discretion"]) : "none",
    equal: rating === published,
  };
};
