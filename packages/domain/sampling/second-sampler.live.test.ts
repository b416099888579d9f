import { expect, it } from "vitest";

import { randomDraws } from "./contract/random-lists.ts";
import { answerOf, askedOf, secondAnswers } from "./contract/second-sampler.ts";

it(
  "the sampler in Python draws the same from 100 random lists",
  { timeout: 240_000 },
  (context) => {
    const draws = randomDraws(100, 2026);
    const answers = secondAnswers(draws.map(askedOf));
    if (!answers) return context.skip("there is no Python 3 on this machine");
    expect(answers).toEqual(draws.map(answerOf));
  },
);
