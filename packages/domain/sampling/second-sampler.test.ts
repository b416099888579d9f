import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { type AskedDraw, randomDraws } from "./contract/random-lists.ts";
import { answerOf, askedOf, secondAnswers } from "./contract/second-sampler.ts";
import { columnsOfFormat1 } from "../framework/format-1.ts";
import { CaseRow } from "./case-list.ts";

type Vector = {
  readonly asked: Omit<AskedDraw, "rows"> & { readonly rows: readonly (readonly unknown[])[] };
  readonly answer: object;
};

const file = new URL("../../../docs/vectors/sampling.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as readonly Vector[];
const rowOf = (cells: readonly unknown[]): CaseRow =>
  CaseRow.parse(Object.fromEntries(columnsOfFormat1.map(({ name }, i) => [name, cells[i]])));

describe("the published vectors", () => {
  it.each(vectors.map((vector, i) => [i + 1, vector] as const))("hold here: %i", (_, vector) => {
    const { asked, answer } = vector;
    expect(answerOf({ ...asked, rows: asked.rows.map(rowOf) })).toEqual(answer);
  });

  it("hold for the sampler in Python, written from the documentation", (context) => {
    const answers = secondAnswers(vectors.map(({ asked }) => asked));
    if (!answers) return context.skip("there is no Python 3 on this machine");
    expect(answers).toEqual(vectors.map(({ answer }) => answer));
  });
});

it("the sampler in Python draws the same from lists of every shape", (context) => {
  const draws = randomDraws(12, 7);
  const answers = secondAnswers(draws.map(askedOf));
  if (!answers) return context.skip("there is no Python 3 on this machine");
  expect(answers).toEqual(draws.map(answerOf));
});
