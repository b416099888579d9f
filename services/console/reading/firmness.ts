/**
 * How firm the ratings are, computed once for each set of numbers and kept: it informs a panel and
 * decides nothing, so a few thousand draws are enough to show.
 */
import {
  caseStandards,
  peopleStandards,
  populationOf as populationIn,
} from "@assay/domain/framework/standards.ts";
import { deliberationOn } from "@assay/domain/panel/state.ts";
import { keyAnswersOf } from "@assay/domain/panel/board.ts";
import { type Firmness, firmnessOf } from "@assay/domain/ratings/firmness.ts";

import { onceFor } from "./derived.ts";
import type { Held } from "./held.ts";

/** Leaves a standard error of at most 0.011 on a probability. */
const draws = 2000;

/** Inspections whose firmness is kept. */
const mostKept = 50;

export type Firmnesses = (held: Held) => Firmness | undefined;

export const createFirmnesses = (): Firmnesses => {
  const kept = new Map<string, Firmness | undefined>();
  return onceFor((held: Held) => {
    const { framework, sample, eligible } = held.panel.briefing;
    if (!framework || sample.size === 0) return undefined;
    const answers = caseStandards(framework).map((standard) => ({
      standard,
      answers: keyAnswersOf(standard.keyQuestions, held.panel),
    }));
    const byPeople = Object.fromEntries(
      peopleStandards(framework).map(({ code }) => [
        code,
        deliberationOn(held.panel, code).decision?.rating ?? held.panel.proposals.get(code),
      ]),
    );
    const key = JSON.stringify([
      held.inspection,
      eligible,
      byPeople,
      answers.map((a) => a.answers),
    ]);
    if (kept.has(key)) return kept.get(key);
    const populationOf = (population: string) => {
      const cases = [...sample.values()].filter((each) => each.population === population);
      return {
        eligible: Math.max(eligible[population] ?? 0, cases.length),
        cases: cases.map((each) => each.case),
        answers: answers
          .filter(({ standard }) => populationIn(standard) === population)
          .flatMap((each) => each.answers),
      };
    };
    const found = firmnessOf({
      version: framework,
      populations: Object.fromEntries(
        Object.keys(eligible).map((population) => [population, populationOf(population)]),
      ),
      byPeople,
      seed: held.inspection,
      draws,
    });
    const oldest = kept.keys().next().value;
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
    kept.set(key, found);
    return found;
  });
};
