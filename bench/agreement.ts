/**
 * Two programs for everything that an outsider does again: samples, ratings, whole bundles. One is
 * Assay, the other is in Python and was written from the documents.
 */
import { canonicalJson } from "@assay/domain/kernel/canonical.ts";
import {
  answersTo,
  randomlyAsked,
  secondAnswersTo,
} from "@assay/domain/ratings/contract/second-rater.ts";
import { randomDraws } from "@assay/domain/sampling/contract/random-lists.ts";
import {
  answerOf,
  askedOf,
  secondAnswers,
} from "@assay/domain/sampling/contract/second-sampler.ts";
import { forged, forgeries, trustedKeys } from "@assay/verifier/contract/forging.ts";
import {
  isForBoth,
  randomBundles,
  secondProblems,
} from "@assay/verifier/contract/second-verifier.ts";
import { judge } from "@assay/verifier/judge.ts";

import { row } from "./measure.ts";
import { progress } from "./rounds.ts";

type Options = { readonly inspections?: number; readonly seed?: number };

type Compared = { readonly what: string; readonly of: number; readonly agree: number };

/** So many at a time, so that one answer of Python's is not too long. */
const portion = 25;

export const run = ({ inspections: of = 500, seed = 2026 }: Options = {}) => {
  const compared = [
    counted("lists drawn from", of, lists(seed)),
    counted("standards rated", of, standards(seed)),
    counted("inspections verified", of, bundles(seed)),
    counted("forgeries judged", of, forgedBundles(of)),
  ];
  const widths = [-24, 8, 8];
  console.log(row(widths, ["", "tried", "agree"]));
  for (const { what, of: tried, agree } of compared) console.log(row(widths, [what, tried, agree]));
  return compared;
};

/** Whether both agree on each of so many; the number of the portion changes what is asked. */
type Comparing = (count: number, at: number) => readonly boolean[];

const counted = (what: string, of: number, compare: Comparing): Compared => {
  const found: boolean[] = [];
  while (found.length < of) {
    progress(`${what}: ${found.length} of ${of}`);
    found.push(...compare(Math.min(portion, of - found.length), found.length));
  }
  return { what, of, agree: found.filter(Boolean).length };
};

/** What is not there and what is undefined are the same. */
const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

const needed = <Answer>(answer: Answer | undefined): Answer => {
  if (answer === undefined) throw new Error("there is no Python 3 on this machine");
  return answer;
};

const lists =
  (seed: number): Comparing =>
  (count, at) => {
    const draws = randomDraws(count, seed + at);
    const answers = needed(secondAnswers(draws.map(askedOf))) as readonly unknown[];
    return draws.map((draw, i) => same(answers[i], answerOf(draw)));
  };

const standards =
  (seed: number): Comparing =>
  (count, at) => {
    const asked = randomlyAsked(count, seed + at);
    const own = answersTo(asked);
    const answers = needed(secondAnswersTo(asked)) as typeof own;
    return own.standards.map((_, i) =>
      (["standards", "moves", "overall"] as const).every((list) =>
        same(own[list][i], answers[list][i]),
      ),
    );
  };

const bundles =
  (seed: number): Comparing =>
  (count, at) => {
    const given = randomBundles(count, seed + at);
    const problems = needed(secondProblems(given));
    return given.map(
      ({ bundle, trusted }, i) => judge(bundle, trusted).holds && problems[i]!.length === 0,
    );
  };

/** Where what this verifier reports is for both, the other has to refuse; never what holds. */
const forgedBundles = (of: number): Comparing => {
  const all = forgeries();
  return (count, at) => {
    const step = all.length / of;
    const chosen = Array.from({ length: count }, (_, i) => all[Math.floor((at + i) * step)]!);
    const tried = chosen.map(forged);
    const given = tried.map(({ bundle }) => ({ bundle, trusted: trustedKeys }));
    const problems = needed(secondProblems(given));
    return tried.map(({ report }, i) => {
      const refused = problems[i]!.length > 0;
      return isForBoth(report) ? refused : !refused || !report.holds;
    });
  };
};
