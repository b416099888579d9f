/**
 * A made-up inspection in the form of a published one, so that its story can be told up to any
 * point. A fixed rule says which cases fall short; nothing is left to chance.
 */
import type { PopulationOfFormat1 as Population } from "../framework/format-1-disposals.ts";
import type { Fieldwork } from "../framework/timetable.ts";
import type { CaseQuestion } from "../framework/standard.ts";
import type { Framework } from "../framework/document.ts";
import { caseStandards, peopleStandards, scaleNamed } from "../framework/standards.ts";
import { gradesOf, type Rating } from "../framework/scale.ts";
import { InspectionId } from "../kernel/ids.ts";
import { countsIn } from "./counts.ts";
import { PublishedInspection } from "./published-file.ts";
import { type Plot, plotOf } from "./story.ts";

export type MadeUpInspection = {
  readonly inspection: string;
  readonly service: string;
  readonly fieldwork: Fieldwork;
  readonly framework: Framework;
  readonly cases: Readonly<Record<Population, number>>;
  /** Another number makes other cases fall short. */
  readonly seed: number;
};

/** The published form of the inspection; throws where its numbers contradict one another. */
export const madeUpPlot = (madeUp: MadeUpInspection): Plot => {
  const { inspection, service, fieldwork, framework, cases, seed } = madeUp;
  const file = PublishedInspection.parse({
    id: InspectionId.parse(inspection),
    service,
    fieldwork,
    framework: framework.id,
    court: { cases: cases.court },
    outOfCourt: { cases: cases.outOfCourt },
    recommendations: 2,
    caseload: { asOf: fieldwork.start, childrenSupervised: 20 + seed * 7 },
    domainOne: Object.fromEntries(
      peopleStandards(framework)
        .filter(({ scored }) => scored)
        .map(({ code, scale }, place) => [
          code,
          proposedAt(gradesOf(scaleNamed(framework, scale)), place + seed),
        ]),
    ),
    standards: Object.fromEntries(
      caseStandards(framework).map(({ code, keyQuestions }, place) => [
        code,
        {
          keyQuestions: Object.fromEntries(
            keyQuestions.map((question, at) => [
              question.name,
              numbersOf(question, cases[question.population as Population], seed + place * 3 + at),
            ]),
          ),
        },
      ]),
    ),
  });
  const counts = countsIn(file, undefined, "all");
  if (!counts.ok) throw new TypeError(`${inspection}: ${JSON.stringify(counts.problems)}`);
  return plotOf(file, counts.value, true);
};

/** Mostly the second best grade, now and then a better or a worse one. */
const proposedAt = (grades: readonly Rating[], place: number): Rating => {
  const best = grades.length - 1;
  const at = place % 4 === 3 ? best - 2 : place % 4 === 1 ? best : best - 1;
  return grades[Math.max(0, at)]!;
};

/** In how many cases a key question falls short; never in more than half of them. */
const shortfalls = [0, 1, 0, 2, 0, 1, 0] as const;

const numbersOf = ({ relevance, prompts }: CaseQuestion, cases: number, place: number) => {
  const { where, due } = relevance;
  const concerns = where ? Math.max(1, cases - 1) : cases;
  const relevant = where && !due ? 1 : concerns;
  const short = shortfalls[place % shortfalls.length]!;
  const yes = Math.max(Math.ceil(relevant / 2), relevant - short);
  return {
    relevant,
    yes,
    prompts: prompts.map((_, at) => ({ relevant, yes: at % 3 === 0 ? yes : relevant })),
  };
};
