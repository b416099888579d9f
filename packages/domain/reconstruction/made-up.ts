/**
 * A made-up inspection in the form of a published one, so that its story can be told up to any
 * point. A fixed rule says which cases fall short; nothing is left to chance.
 */
import type { Population } from "../framework/case-profile.ts";
import type { Fieldwork } from "../framework/timetable.ts";
import type { CaseKeyQuestion, FrameworkVersion } from "../framework/version.ts";
import { caseStandards, peopleStandards } from "../framework/versions.ts";
import { Rating } from "../framework/ruleset.ts";
import { InspectionId } from "../kernel/ids.ts";
import { countsIn } from "./counts.ts";
import { PublishedInspection } from "./published-file.ts";
import { type Plot, plotOf } from "./story.ts";

export type MadeUpInspection = {
  readonly inspection: string;
  readonly service: string;
  readonly fieldwork: Fieldwork;
  readonly framework: FrameworkVersion;
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
        .map(({ code }, place) => [code, proposedAt(place + seed)]),
    ),
    standards: Object.fromEntries(
      caseStandards(framework).map(({ code, keyQuestions, population }, place) => [
        code,
        {
          keyQuestions: Object.fromEntries(
            keyQuestions.map((question, at) => [
              question.name,
              numbersOf(question, cases[population], seed + place * 3 + at),
            ]),
          ),
        },
      ]),
    ),
  });
  const counts = countsIn(file);
  if (!counts.ok) throw new TypeError(`${inspection}: ${JSON.stringify(counts.problems)}`);
  return plotOf(file, counts.value, true);
};

const proposedAt = (place: number): Rating =>
  Rating.options[place % 4 === 3 ? 1 : place % 4 === 1 ? 3 : 2] ?? "Good";

/** In how many cases a key question falls short; never in more than half of them. */
const shortfalls = [0, 1, 0, 2, 0, 1, 0] as const;

const numbersOf = ({ relevance, prompts }: CaseKeyQuestion, cases: number, place: number) => {
  const concerns = relevance === "all" || relevance === "due" ? cases : Math.max(1, cases - 1);
  const relevant = relevance === "youthConditionalCaution" ? 1 : concerns;
  const short = shortfalls[place % shortfalls.length]!;
  const yes = Math.max(Math.ceil(relevant / 2), relevant - short);
  return {
    relevant,
    yes,
    prompts: prompts.map((_, at) => ({ relevant, yes: at % 3 === 0 ? yes : relevant })),
  };
};
