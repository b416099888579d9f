/**
 * How firm ratings are: how likely each rating would have been, had every eligible case been
 * inspected. It informs a panel and decides nothing.
 */
import type { Population } from "../framework/case-profile.ts";
import { gradesOf, placeOf, type Rating } from "../framework/scale.ts";
import type { CaseStandard } from "../framework/standard.ts";
import type { Framework } from "../framework/document.ts";
import { caseRulesOf, caseStandards, peopleStandards, scaleNamed } from "../framework/standards.ts";
import { moveOf } from "./moved.ts";
import { maxScoreOf, scoreOf } from "./overall.ts";
import { bandOf, percentOf } from "./percent.ts";
import { belowFrom, polyaUrn } from "./polya.ts";
import { ruleRating } from "./rate.ts";
import { countsOf, type KeyAnswer } from "./sensitivity.ts";

/*
 * Method: the finite-population Bayesian bootstrap (Lo 1988, "A Bayesian bootstrap for a finite
 * population"; Ghosh and Meeden 1997, "Bayesian methods for finite population sampling"). Each draw
 * grows the sample to the eligible population by Pólya's urn over whole cases, so key questions and
 * standards of one population stay as correlated as they are in the cases; the two populations are
 * independent, as their samples are. What it cannot see: an answer that no sampled case gave. Where
 * all cases agree it reports certainty, however few they are; the sub-sample's size says the rest.
 */

export type InspectedPopulation = {
  /** How many cases were eligible, the sampled ones included. */
  readonly eligible: number;
  /** Every assessed case, also one that no key question of some standard concerned. */
  readonly cases: readonly string[];
  readonly answers: readonly KeyAnswer[];
};

export type FirmnessRequest = {
  readonly version: Framework;
  readonly populations: Readonly<Record<Population, InspectedPopulation>>;
  /** Ratings of the standards judged by people: the same in every draw. */
  readonly byPeople: Readonly<Record<string, Rating | undefined>>;
  /**
   * Ratings that a panel moved. A moved standard keeps its move in every draw, by as many bands,
   * within the scale. Left out: every draw is rated by rule.
   */
  readonly moved?: Readonly<Record<string, Rating>>;
  readonly seed: string;
  /** 1 or more; 10,000 leave a standard error of at most 0.005 on a probability. */
  readonly draws: number;
};

/** Probabilities from 0 to 1, as shares of the draws; together 1. */
export type Probabilities = Readonly<Record<Rating, number>>;

export type StandardFirmness = {
  readonly standard: string;
  /** The rating that the sample gave, with its move where moves are kept. */
  readonly rating: Rating;
  /** Probability of that same rating. */
  readonly same: number;
  readonly probability: Probabilities;
  /** Key questions answered alike in every case: their certainty is only want of contrast. */
  readonly oneSided: readonly string[];
};

export type Firmness = {
  readonly method: "polya-posterior";
  readonly generator: "xoshiro128**";
  readonly seed: string;
  readonly draws: number;
  readonly rated: "by-rule" | "moves-kept";
  /** Standards judged on cases; one that is not rated is left out. */
  readonly standards: readonly StandardFirmness[];
  /** Undefined while a scored standard is not rated, and where no sum gives the overall rating. */
  readonly overall:
    | {
        readonly score: number;
        readonly rating: Rating;
        readonly same: number;
        readonly probability: Probabilities;
        /** Probability of each total, from 0 to the highest. */
        readonly scores: readonly number[];
      }
    | undefined;
};

/**
 * The firmness of every case-judged standard and of the overall rating. Throws a RangeError when
 * fewer cases are eligible than were assessed, when an answer's case is not among the cases, or
 * when there is no draw to make.
 */
export const firmnessOf = (request: FirmnessRequest): Firmness => {
  const { version, seed, draws, moved } = request;
  if (!Number.isSafeInteger(draws) || draws < 1) throw new RangeError(`${draws} draws`);
  const totals = new Uint32Array(draws);
  const standards = Object.keys(request.populations).flatMap((population) =>
    drawPopulation(request, population, totals),
  );
  return {
    method: "polya-posterior",
    generator: "xoshiro128**",
    seed,
    draws,
    rated: moved ? "moves-kept" : "by-rule",
    standards: standards.map(({ standard, rating, tally, oneSided }) => ({
      standard: standard.code,
      rating,
      same: tally[placeOf(scaleNamed(version, standard.scale), rating)]! / draws,
      probability: probabilities(gradesOf(scaleNamed(version, standard.scale)), tally, draws),
      oneSided,
    })),
    overall: overallFirmness(version, request.byPeople, standards, totals),
  };
};

type Drawn = {
  readonly standard: CaseStandard;
  readonly rating: Rating;
  /** How many draws gave each rating, in rising order. */
  readonly tally: Uint32Array;
  readonly oneSided: readonly string[];
};

/** Draws one population, adding the scores of its scored standards to each draw's total. */
const drawPopulation = (
  { version, populations, moved, seed, draws }: FirmnessRequest,
  population: Population,
  totals: Uint32Array,
): readonly Drawn[] => {
  const { eligible, cases, answers } = populations[population]!;
  const plans = caseStandards(version, population).flatMap((standard) =>
    planned(standard, cases, answers, version, moved),
  );
  const below = belowFrom(`assay/firmness/1/${population}/${seed}`);
  const urn = polyaUrn({ sampled: cases.length, eligible }, below);
  const counts = new Uint32Array(cases.length);
  for (let draw = 0; draw < draws; draw += 1) {
    urn.grow(counts);
    for (const plan of plans) {
      const band = plan.bandIn(counts);
      plan.tally[band] = plan.tally[band]! + 1;
      if (plan.standard.scored) totals[draw] = totals[draw]! + plan.points[band]!;
    }
  }
  return plans;
};

type Plan = Drawn & {
  readonly points: readonly number[];
  readonly bandIn: (counts: Uint32Array) => number;
};

/** How to rate one standard in a draw; nothing where the sample does not rate it. */
const planned = (
  standard: CaseStandard,
  cases: readonly string[],
  answers: readonly KeyAnswer[],
  version: Framework,
  moved: FirmnessRequest["moved"],
): readonly Plan[] => {
  const asked = countsOf(standard.keyQuestions, answers);
  const rules = caseRulesOf(version, standard);
  const { scale, rounding } = rules;
  const rule = ruleRating(asked, rules);
  if (rule === undefined) return [];
  const rating = moved?.[standard.code] ?? rule;
  const { bands, direction } = moveOf(scale, rule, rating);
  const shift = direction === "down" ? -bands : bands;
  const columns = columnsOf(standard, cases, answers);
  const top = scale.grades.length - 1;
  const bandIn = (counts: Uint32Array): number => {
    let lowest = 100;
    for (const column of columns) {
      lowest = Math.min(lowest, percentOf(shareIn(column, counts), rounding));
    }
    const band = placeOf(scale, bandOf(lowest, rules));
    return Math.max(0, Math.min(top, band + shift));
  };
  const oneSided = asked
    .filter(({ relevant, yes }) => relevant > 0 && (yes === 0 || yes === relevant))
    .map(({ keyQuestion }) => keyQuestion);
  const tally = new Uint32Array(scale.grades.length);
  const points = scale.grades.map((grade) => grade.points);
  return [{ standard, rating, tally, oneSided, points, bandIn }];
};

/** The cases that one key question concerned, as indices, those answered yes first. */
type Column = { readonly cases: Uint32Array; readonly yes: number };

const columnsOf = (
  { keyQuestions }: CaseStandard,
  cases: readonly string[],
  answers: readonly KeyAnswer[],
): readonly Column[] => {
  const indices = new Map(cases.map((of, i) => [of, i]));
  const indexOf = ({ case: of }: KeyAnswer): number => {
    const index = indices.get(of);
    if (index === undefined) throw new RangeError(`${of} has an answer and was not assessed`);
    return index;
  };
  return keyQuestions.flatMap(({ code }) => {
    const given = answers.filter(({ keyQuestion }) => keyQuestion === code);
    const yes = given.filter(({ answer }) => answer === "yes").map(indexOf);
    const no = given.filter(({ answer }) => answer === "no").map(indexOf);
    return given.length === 0 ? [] : [{ cases: Uint32Array.of(...yes, ...no), yes: yes.length }];
  });
};

const shareIn = ({ cases, yes: sufficient }: Column, counts: Uint32Array) => {
  let yes = 0;
  for (let i = 0; i < sufficient; i += 1) yes += counts[cases[i]!]!;
  let relevant = yes;
  for (let i = sufficient; i < cases.length; i += 1) relevant += counts[cases[i]!]!;
  return { relevant, yes };
};

const overallFirmness = (
  version: Framework,
  byPeople: FirmnessRequest["byPeople"],
  drawn: readonly Drawn[],
  totals: Uint32Array,
): Firmness["overall"] => {
  const { overall } = version;
  if (overall?.of !== "standards" || overall.combine.by !== "sum") return undefined;
  const summed = { scale: scaleNamed(version, overall.scale), bands: overall.combine.bands };
  const people = peopleStandards(version)
    .filter(({ scored }) => scored)
    .map(({ code, scale }) => ({ rating: byPeople[code], scale: scaleNamed(version, scale) }));
  const rated = new Set(drawn.map(({ standard }) => standard.code));
  const complete =
    people.every(({ rating }) => rating !== undefined) &&
    caseStandards(version).every(({ scored, code }) => !scored || rated.has(code));
  if (!complete) return undefined;

  const fixed = people.reduce(
    (sum, { rating, scale }) => sum + (rating ? scoreOf(rating, scale) : 0),
    0,
  );
  const score = drawn
    .filter(({ standard }) => standard.scored)
    .reduce(
      (sum, { rating, standard }) => sum + scoreOf(rating, scaleNamed(version, standard.scale)),
      fixed,
    );
  const byScore = new Uint32Array(maxScoreOf(version) + 1);
  for (const total of totals) byScore[total + fixed] = byScore[total + fixed]! + 1;
  const tally = new Uint32Array(summed.scale.grades.length);
  byScore.forEach((count, total) => {
    const band = placeOf(summed.scale, bandOf(total, summed));
    tally[band] = tally[band]! + count;
  });
  const rating = bandOf(score, summed);
  return {
    score,
    rating,
    same: tally[placeOf(summed.scale, rating)]! / totals.length,
    probability: probabilities(gradesOf(summed.scale), tally, totals.length),
    scores: Array.from(byScore, (count) => count / totals.length),
  };
};

const probabilities = (
  grades: readonly Rating[],
  tally: Uint32Array,
  draws: number,
): Probabilities => Object.fromEntries(grades.map((grade, i) => [grade, tally[i]! / draws]));
