/** How often the sampler and the rater in Python agree with Assay, on random lists and counts. */
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

const many = 500;
const seed = 2026;

const equal = (ours: readonly unknown[], theirs: readonly unknown[]): number =>
  ours.filter((each, i) => JSON.stringify(sorted(each)) === JSON.stringify(sorted(theirs[i])))
    .length;

/** With the names of each record in order, because two programs write them in their own. */
const sorted = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, each]) => [name, sorted(each)]);
};

export const run = () => {
  const draws = randomDraws(many, seed);
  const samples = secondAnswers(draws.map(askedOf));
  const asked = randomlyAsked(many, seed);
  const ratings = secondAnswersTo(asked) as ReturnType<typeof answersTo> | undefined;
  if (samples === undefined || ratings === undefined) {
    console.log("There is no Python 3 on this machine.");
    return "no Python 3";
  }
  const ours = answersTo(asked);
  const agreed = {
    samples: equal(draws.map(answerOf), samples as readonly unknown[]),
    standards: equal(ours.standards, ratings.standards),
    moves: equal(ours.moves, ratings.moves),
    overall: equal(ours.overall, ratings.overall),
  };
  for (const [what, count] of Object.entries(agreed))
    console.log(`${what}: ${count} of ${many} are equal`);
  return agreed;
};
