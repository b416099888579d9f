/**
 * Ratings computed from a dossier's answers and the panel's decisions, and from nothing that was
 * ever concluded: what a conclusion is compared with.
 */
import { standardsOf } from "../briefing/inspection.ts";
import type { Rating } from "../framework/scale.ts";
import type { Framework } from "../framework/document.ts";
import type { Standard } from "../framework/standard.ts";
import { scaleNamed } from "../framework/standards.ts";
import { domainsDecided } from "../panel/conclude.ts";
import { boardOf, consideredCounts, countsOnRecord, triggersOf } from "../panel/board.ts";
import type { ConcludedStandard, KeyQuestionCount, Trigger } from "../panel/events.ts";
import { overallOf, scoreOf } from "../ratings/overall.ts";
import type { RatedStandard } from "../ratings/rate.ts";
import type { Dossier } from "./dossier.ts";
import { decided, decidedBy, deciders, type PanelDecision } from "./dossier-panel.ts";
import type { RecordedOf } from "./recorded.ts";

/** The key question that decides; of several at one percentage the first. */
export type Lowest = {
  readonly keyQuestion: string;
  readonly relevant: number;
  readonly yes: number;
  readonly percent: number;
};

/** Plain data: what is not there is null. */
export type ComputedStandard = {
  readonly standard: string;
  readonly scored: boolean;
  readonly judged: Standard["judged"];
  readonly keyQuestions: readonly KeyQuestionCount[];
  readonly lowest: Lowest | null;
  /** What the lowest key question alone gives. */
  readonly rule: Rating | null;
  readonly rating: Rating | null;
  readonly score: number | null;
  /** `undecided`: people have to judge it and have not. */
  readonly decidedBy: ConcludedStandard["decidedBy"] | "undecided";
  readonly triggers: readonly Trigger[];
  /** `unexplained`: moved, and nothing that was published accounts for it. */
  readonly discretion: "none" | "recorded" | "unexplained";
  /** What the lead proposed for a standard that people judge. */
  readonly proposed: Rating | null;
  /** The panel decided it on other numbers than these, so that the decision no longer counts. */
  readonly lapsed: boolean;
};

export type ComputedRatings = {
  readonly framework: string;
  readonly ruleset: string;
  readonly rounding: string;
  readonly standards: readonly ComputedStandard[];
  readonly score: number;
  readonly maxScore: number;
  readonly overall: Rating | null;
  /** Of the domains that have a rating of their own. */
  readonly domains: readonly ComputedDomain[];
};

export type ComputedDomain = {
  readonly domain: number;
  readonly rating: Rating | null;
  /** The best rating that its limits leave. */
  readonly atMost: Rating | null;
};

/** Undefined before the inspection is announced: no rules are pinned yet. */
export const ratingsIn = (dossier: Dossier): ComputedRatings | undefined => {
  const { framework } = dossier.briefing;
  if (!framework) return undefined;
  const standards = standardsOf(dossier.briefing).map((standard) =>
    computeStandard(standard, dossier, framework),
  );
  const ratings = Object.fromEntries(
    standards.map(({ standard, rating }) => [standard, rating ?? undefined]),
  );
  const { score, maxScore, overall, domains } = overallOf(
    framework,
    {
      ...domainsDecided(standardsOf(dossier.briefing), decidedBy(dossier), framework),
      ...ratings,
    },
    standards.map(({ standard }) => standard),
  );
  const { id: ruleset, rounding } = framework.ruleset;
  return {
    framework: framework.id,
    ruleset,
    rounding,
    standards,
    score,
    maxScore,
    overall: overall ?? null,
    domains: domains.map(({ domain, rating, atMost }) => ({
      domain,
      rating: rating ?? null,
      atMost: atMost ?? null,
    })),
  };
};

export const computeStandard = (
  standard: Standard,
  dossier: Dossier,
  framework: Framework,
): ComputedStandard => {
  const { code, scored, judged } = standard;
  const { decision, considered } = dossier.deliberations.get(code) ?? {};
  const proposed = dossier.proposals.get(code)?.source.event.rating ?? null;
  const common = { standard: code, scored, judged, proposed };
  if (standard.judged === "by-people") {
    const holds = decision?.event.type === "DomainOneDecided";
    const rating = holds ? decided(decision) : null;
    return {
      ...common,
      ...noNumbers,
      rating,
      score: scoreFor(rating, standard, framework),
      decidedBy: holds ? "panel" : "undecided",
      lapsed: decision !== undefined && !holds,
    };
  }
  const board = boardOf(standard, dossier, decidedBy(dossier));
  const holds = decision !== undefined && !hasLapsed(decision, considered, board);
  const rating = (holds ? decided(decision) : board.rule) ?? null;
  return {
    ...common,
    keyQuestions: countsOnRecord(board),
    lowest: lowestOf(board),
    rule: board.rule ?? null,
    rating,
    score: scoreFor(rating, standard, framework),
    decidedBy: holds ? deciders[decision.event.type] : board.rule ? "rule" : "not-rated",
    triggers: triggersOf(board),
    discretion: holds ? discretionOf(decision) : "none",
    lapsed: decision !== undefined && !holds,
  };
};

const noNumbers = {
  keyQuestions: [],
  lowest: null,
  rule: null,
  triggers: [],
  discretion: "none",
} as const;

const scoreFor = (
  rating: Rating | null,
  { scored, scale }: Standard,
  framework: Framework,
): number | null => (rating && scored ? scoreOf(rating, scaleNamed(framework, scale)) : null);

/** A decision holds for the numbers, the rule's rating and the grounds on which it was made. */
const hasLapsed = (
  { event }: PanelDecision,
  considered: RecordedOf<"StandardConsidered"> | undefined,
  { keyQuestions, rule, triggers }: RatedStandard,
): boolean => {
  if (event.type === "DomainOneDecided") return true;
  const from = "from" in event ? event.from : event.rating;
  const counts = considered?.event.keyQuestions ?? [];
  const same = consideredCounts(counts) === consideredCounts(keyQuestions);
  return !same || from !== rule || triggers.length === 0;
};

const discretionOf = ({ event }: PanelDecision): ComputedStandard["discretion"] => {
  if (event.type === "DiscretionExercised") return "recorded";
  return event.type === "PublishedRatingAdopted" ? "unexplained" : "none";
};

export const lowestOf = ({ keyQuestions, lowest }: RatedStandard): Lowest | null => {
  const found = keyQuestions.find(({ keyQuestion }) => keyQuestion === lowest[0]);
  if (found?.percent === undefined) return null;
  const { keyQuestion, relevant, yes, percent } = found;
  return { keyQuestion, relevant, yes, percent };
};
