import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { type Asked, answersTo, randomlyAsked, secondAnswersTo } from "./contract/second-rater.ts";

const file = new URL("../../../docs/vectors/ratings.json", import.meta.url);
const published = JSON.parse(readFileSync(file, "utf8")) as {
  readonly asked: Asked;
  readonly answers: Readonly<Record<keyof Asked, readonly unknown[]>>;
};

it.each(["standards", "moves", "overall"] as const)("the published vectors hold: %s", (list) => {
  expect(published.answers[list]).toHaveLength(published.asked[list].length);
  expect(answersTo(published.asked)[list]).toEqual(published.answers[list]);
});

it.for([
  ["the published vectors", published.asked],
  ["made-up counts", randomlyAsked(500, 2026)],
] as const)("a rater in Python, from the documentation, agrees on %s", ([, asked], context) => {
  const answers = secondAnswersTo(asked);
  if (answers === undefined) return context.skip("there is no Python 3 on this machine");
  expect(answers).toEqual(answersTo(asked));
});
