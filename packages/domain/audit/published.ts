/**
 * A published report as the subject of an audit: which ratings follow the rule, which were moved
 * and whether a reason is on record, its arithmetic and its samples. It
 * reads published totals only and makes nothing up.
 */
import type { Rating } from "../framework/scale.ts";
import type { Confidence, Noun } from "../framework/case-list-settings.ts";
import { caseRulesOf, caseStandards, peopleStandards } from "../framework/standards.ts";
import { triggersOf } from "../panel/board.ts";
import type { Trigger } from "../panel/events.ts";
import { judgePublished, type PublishedProblem, type Verdict } from "../ratings/moved.ts";
import { overallOf } from "../ratings/overall.ts";
import { rateStandard } from "../ratings/rate.ts";
import { countsIn, type PublishedCounts } from "../reconstruction/counts.ts";
import type { QuestionCount } from "../reconstruction/question-count.ts";
import type { PublishedInspection, ReadFile } from "../reconstruction/published-file.ts";
import { finiteSize, proportionalSize } from "../sampling/sizes.ts";
import { type Lowest, lowestOf } from "./ratings.ts";
import { type ReasonDoubt, reasonDoubts } from "./reasons.ts";

export type AuditedStandard = {
  readonly standard: string;
  readonly published: Rating | null;
  readonly rule: Rating | null;
  readonly lowest: Lowest | null;
  readonly triggers: readonly Trigger[];
  readonly verdict: Verdict["verdict"];
  /** Bands between rule and publication, up positive. */
  readonly moved: number;
  readonly reason: string | null;
  readonly problems: readonly PublishedProblem[];
  /** Where the printed reason does not fit the printed numbers. */
  readonly doubts: readonly ReasonDoubt[];
};

export type AuditedTotal<Value> = {
  readonly printed: Value | null;
  readonly computed: Value | null;
  readonly equal: boolean;
};

/** One sample. */
export type AuditedSample = {
  /** What one of its cases is called, and several. */
  readonly words: Noun;
  readonly cases: number;
  /** How many eligible cases the size formula would have drawn it from. */
  readonly eligible: { readonly from: number; readonly to: number | null } | null;
  /** The size that keeps it in proportion to another sample, where the framework asks for that. */
  readonly proportion?: AuditedTotal<number>;
};

/** Plain data. */
export type PublishedAudit = {
  readonly id: string;
  readonly service: string;
  readonly framework: string;
  readonly standards: readonly AuditedStandard[];
  /** Ratings on cases that follow the rule, out of all of them. */
  readonly followed: { readonly ratings: number; readonly of: number };
  readonly score: AuditedTotal<number>;
  readonly maxScore: AuditedTotal<number>;
  readonly overall: AuditedTotal<Rating>;
  /** False: only percentages were published, so numbers of cases and their samples are unknown. */
  readonly counted: boolean;
  readonly samples: Readonly<Record<string, AuditedSample>>;
  /** Nothing is unexplained and every sum is right. */
  readonly clean: boolean;
};

/** Audits a published report, or names the places at which its file contradicts itself. */
export const auditPublished = (file: PublishedInspection): ReadFile<PublishedAudit> => {
  const counts = countsIn(file);
  return counts.ok ? { ok: true, value: audited(file, counts.value) } : counts;
};

const audited = (file: PublishedInspection, counts: PublishedCounts): PublishedAudit => {
  const { framework, counted, unrated } = counts;
  const byCases = caseStandards(framework)
    .filter(({ code }) => !unrated.includes(code))
    .map((standard) => auditStandard(standard.code, file, counts));
  const people = peopleStandards(framework).flatMap(({ code }) => {
    const rating = file.domainOne[code] ?? file.standards[code]?.rating;
    return rating ? [[code, rating] as const] : [];
  });
  const published = byCases.map((each) => [each.standard, each.published ?? undefined] as const);
  const total = overallOf(
    framework,
    Object.fromEntries([...people, ...published]),
    framework.standards.map(({ code }) => code).filter((code) => !unrated.includes(code)),
  );
  const score = totalled(file.score, total.score);
  const maxScore = totalled(file.maxScore, total.maxScore);
  const overall = totalled(file.overall, total.overall);
  const followed = byCases.filter(({ verdict }) => verdict === "equal").length;
  return {
    id: file.id,
    service: file.service,
    framework: framework.id,
    standards: byCases,
    followed: { ratings: followed, of: byCases.length },
    score,
    maxScore,
    overall,
    counted,
    samples: samplesOf(counts),
    clean:
      byCases.every(({ verdict, problems }) => verdict !== "unexplained" && !problems.length) &&
      score.equal &&
      maxScore.equal &&
      overall.equal,
  };
};

const totalled = <Value>(
  printed: Value | undefined,
  computed: Value | undefined,
): AuditedTotal<Value> => ({
  printed: printed ?? null,
  computed: computed ?? null,
  equal: printed === undefined || printed === computed,
});

const auditStandard = (
  code: string,
  file: PublishedInspection,
  { framework, questions, counted }: PublishedCounts,
): AuditedStandard => {
  const own = questions.filter(({ standard }) => standard.code === code);
  const { standard } = own[0]!;
  const rules = caseRulesOf(framework, standard);
  const rated = rateStandard(standard, own.map(countOf), rules);
  const published = file.standards[code]?.rating;
  const discretion = file.discretion[code];
  const reason = discretion?.reason?.trim() || null;
  const facts = {
    standard: code,
    published: published ?? null,
    rule: rated.rule ?? null,
    lowest: lowestOf(rated),
    // The other grounds rest on numbers of cases.
    triggers: triggersOf(rated).filter((each) => counted || each === "near-boundary"),
    reason,
    doubts:
      reason && discretion ? reasonDoubts(reason, { board: rated, rules, move: discretion }) : [],
  };
  if (!published) return { ...facts, verdict: "equal", moved: 0, problems: [] };
  const { verdict, move, problems } = judgePublished(
    rated,
    { rating: published, discretion },
    rules,
  );
  const moved = move?.direction === "down" ? -move.bands : (move?.bands ?? 0);
  return { ...facts, verdict, moved, problems };
};

const countOf = ({ keyQuestion, relevant, yes }: QuestionCount) => ({
  keyQuestion: keyQuestion.code,
  relevant,
  yes,
});

const samplesOf = ({ cases, framework }: PublishedCounts): PublishedAudit["samples"] =>
  Object.fromEntries(
    framework.populations.map(({ name, size, words }): readonly [string, AuditedSample] => {
      const own = cases[name] ?? 0;
      const found = { words: words.case, cases: own };
      if (size.by === "confidence") return [name, { ...found, eligible: eligibleFor(own, size) }];
      if (size.by === "everything") return [name, { ...found, eligible: { from: own, to: own } }];
      const due = proportionalSize(cases[size.to] ?? 0, size);
      return [name, { ...found, eligible: null, proportion: totalled(own, due) }];
    }),
  );

/** Beyond this many cases the formula hardly grows. */
const MOST_ELIGIBLE = 4000;

/** The populations from which the formula draws just so many cases; null where there is none. */
const eligibleFor = (size: number, formula: Confidence): AuditedSample["eligible"] => {
  let from: number | undefined;
  for (let eligible = size; eligible <= MOST_ELIGIBLE; eligible += 1) {
    const drawn = finiteSize(eligible, formula);
    if (drawn > size) return from === undefined ? null : { from, to: eligible - 1 };
    if (drawn === size) from ??= eligible;
  }
  return from === undefined ? null : { from, to: null };
};
