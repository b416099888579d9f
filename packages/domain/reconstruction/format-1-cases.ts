/**
 * Cases made up to match published totals of the frameworks of the first format, by a fixed rule
 * and no chance: the first cases of a sample are the relevant ones, and of those the last are the
 * ones not sufficient.
 */
import { samplingOf } from "../framework/format-1-cases.ts";
import type { DisposalType, PopulationOfFormat1 } from "../framework/format-1-disposals.ts";
import { asked } from "../framework/predicate.ts";
import type { CaseQuestion } from "../framework/standard.ts";
import { peopleStandards } from "../framework/standards.ts";
import type { Fieldwork } from "../framework/timetable.ts";
import { addDays, addMonths, type Day } from "../kernel/instants.ts";
import type { CaseRow } from "../sampling/case-list.ts";
import { finiteSize, proportionalSize, type SizeOverrides } from "../sampling/sizes.ts";
import type { PublishedCounts } from "./counts.ts";
import type { QuestionCount } from "./question-count.ts";
import type { PublishedInspection } from "./published-file.ts";
import type { Answered, FoundCase } from "./story.ts";

/** Whether a fact or a column decides which cases the question concerns. */
const restsOn = ({ relevance: { where } }: CaseQuestion, name: string): boolean =>
  where !== undefined && asked(where).some((each) => each.name === name);

const isRelevant = (count: QuestionCount, place: number): boolean => place < count.relevant;

/** The case at `place` (0 is the first) in its population's sample. */
export const caseAt = (
  place: number,
  population: string,
  { questions }: PublishedCounts,
): FoundCase => {
  const own = questions.filter(({ keyQuestion }) => keyQuestion.population === population);
  const anyOf = (fact: string): boolean =>
    own.some((count) => restsOn(count.keyQuestion, fact) && isRelevant(count, place));
  const facts = {
    inspectorRosh: anyOf("inspectorRosh") ? "medium" : "low",
    inspectorSafety: anyOf("childSafetyFactors") ? "medium" : "low",
    childSafetyFactors: anyOf("childSafetyFactors"),
    desistanceChanged: anyOf("desistanceChanged"),
    safetyChanged: anyOf("safetyChanged"),
    harmChanged: anyOf("harmChanged"),
  } as const;
  const byRule = ({ relevance: { where } }: CaseQuestion): boolean =>
    !where || asked(where).some(({ name }) => anyOf(name));
  const notDue = own
    .filter((count) => byRule(count.keyQuestion) && !isRelevant(count, place))
    .map(({ keyQuestion }) => ({
      keyQuestion: keyQuestion.code,
      reason: keyQuestion.relevance.due
        ? ("work-not-due" as const)
        : ("outside-otherwise" as const),
    }));
  const answers = own
    .filter((count) => isRelevant(count, place))
    .flatMap((count): readonly Answered[] => [
      ...count.prompts.map((prompt) => ({
        question: prompt.code,
        answer: place >= prompt.relevant ? ("not-applicable" as const) : sufficient(place, prompt),
      })),
      { question: count.keyQuestion.code, answer: sufficient(place, count) },
    ]);
  return { scope: { facts, notDue }, answers };
};

const sufficient = (place: number, { yes }: { readonly yes: number }): "yes" | "no" =>
  place < yes ? "yes" : "no";

/** How many youth conditional cautions there must be: as many as their key question concerns. */
const conditionalCautions = ({ questions }: PublishedCounts): number =>
  Math.max(
    0,
    ...questions
      .filter(({ keyQuestion }) => restsOn(keyQuestion, "disposal"))
      .map(({ relevant }) => relevant),
  );

/** A case list whose draw takes as many cases as were published, conditional cautions first. */
export const caseListFor = (
  file: PublishedInspection,
  counts: PublishedCounts,
  fieldwork: Fieldwork,
): readonly CaseRow[] => {
  const { windows } = samplingOf(counts.framework);
  const custody = custodyIn(file, counts);
  const listed = courtPopulation(counts) ?? casesIn(counts, "court");
  const courtRows = Array.from({ length: listed }, (_, i) =>
    rowOf(i, i < custody ? "detention-and-training-order" : "referral-order", {
      day: dayWithin(fieldwork.start, windows.court[0]!.from, i),
      prefix: "C",
    }),
  );
  const cautions = conditionalCautions(counts);
  const others = Array.from({ length: casesIn(counts, "outOfCourt") }, (_, i) =>
    rowOf(i, i < cautions ? "youth-conditional-caution" : "community-resolution", {
      day: dayWithin(fieldwork.start, windows.outOfCourt[0]!.from, i),
      prefix: "O",
    }),
  );
  return [...courtRows, ...others];
};

/** A day inside the first window: between one and four weeks before its near end. */
const dayWithin = (start: Day, months: number, i: number): Day =>
  addDays(addMonths(start, -months), -7 - (i % 21));

const rowOf = (
  i: number,
  disposal: DisposalType,
  { day, prefix }: { readonly day: Day; readonly prefix: string },
): CaseRow => {
  const number = String(i + 1).padStart(3, "0");
  return {
    ref: `${prefix}-${number}`,
    child: `${prefix}-CHILD-${number}`,
    manager: `manager-${(i % 9) + 1}`,
    disposal,
    disposalDay: day,
    gender: i % 6 === 5 ? "female" : "male",
    ageBand: i % 3 === 0 ? "10-14" : "15-17",
    ethnicity: "not published",
    rosh: i % 4 === 3 ? "high" : "medium",
    safety: i % 5 === 4 ? "high" : "medium",
    restricted: false,
    workStarted: true,
  };
};

/**
 * Custodial sentences: as many as published; but none where they would call for a standard that the
 * file does not rate, and at least one where it rates a standard that only they call for.
 */
const custodyIn = (file: PublishedInspection, { framework, samples }: PublishedCounts): number => {
  const published = samples["court"]?.mix?.["custodialSentence"] ?? 0;
  const conditional = peopleStandards(framework).filter(({ appliesWhere }) => appliesWhere);
  if (conditional.length === 0) return published;
  const rated = conditional.every(
    ({ code }) => file.domainOne[code] ?? file.standards[code]?.rating,
  );
  return rated ? Math.max(1, published) : 0;
};

/** How many eligible court cases give the published sample; undefined where no number does. */
const courtPopulation = (counts: PublishedCounts): number | undefined => {
  const { size } = samplingOf(counts.framework);
  const drawn = casesIn(counts, "court");
  for (let population = drawn; population <= MOST_COURT_CASES; population += 1) {
    if (finiteSize(population, size) >= drawn) {
      return finiteSize(population, size) === drawn ? population : undefined;
    }
  }
  return undefined;
};

const casesIn = ({ cases }: PublishedCounts, population: PopulationOfFormat1): number =>
  cases[population] ?? 0;

/** Beyond this the formula hardly grows: a larger published sample was not sized by it. */
const MOST_COURT_CASES = 4000;

/** The sizes to ask for, where they are not those that follow from the rules. */
export const overridesFor = (counts: PublishedCounts): SizeOverrides | undefined => {
  const { proportion } = samplingOf(counts.framework);
  const [inCourt, others] = [casesIn(counts, "court"), casesIn(counts, "outOfCourt")];
  const usual = proportionalSize(inCourt, {
    here: proportion.outOfCourt,
    there: proportion.court,
  });
  const reason = "The size of the published sample.";
  const court = courtPopulation(counts) === undefined;
  const outOfCourt = others > usual;
  if (!court && !outOfCourt) return undefined;
  return {
    ...(court && { court: { size: inCourt, reason } }),
    ...(outOfCourt && { outOfCourt: { size: others, reason } }),
  };
};
