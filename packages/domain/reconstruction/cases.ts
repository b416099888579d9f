/**
 * Cases made up to match published totals, by a fixed rule and no chance: the first cases of a
 * sample are the relevant ones, and of those the last are the ones not sufficient.
 */
import type { DisposalType, Population, Scope } from "../framework/case-profile.ts";
import type { RelevanceRule } from "../framework/version.ts";
import { peopleStandards } from "../framework/versions.ts";
import { addDays, addMonths, type Day } from "../kernel/instants.ts";
import type { CaseRow } from "../sampling/case-list.ts";
import { finiteSize, proportionalSize, type SizeOverrides } from "../sampling/sizes.ts";
import type { PublishedCounts, QuestionCount } from "./counts.ts";
import type { PublishedInspection } from "./published-file.ts";

export type Answered = {
  readonly question: string;
  readonly answer: "yes" | "no" | "not-applicable";
};

/** What is recorded for the case at one place in its sample. */
export type MadeUpCase = { readonly scope: Scope; readonly answers: readonly Answered[] };

const isRelevant = (count: QuestionCount, place: number): boolean => place < count.relevant;

/** The case at `place` (0 is the first) in its population's sample. */
export const caseAt = (
  place: number,
  population: Population,
  { questions }: PublishedCounts,
): MadeUpCase => {
  const own = questions.filter(({ standard }) => standard.population === population);
  const anyOf = (rule: RelevanceRule): boolean =>
    own.some((count) => count.keyQuestion.relevance === rule && isRelevant(count, place));
  const facts = {
    inspectorRosh: anyOf("othersSafetyFactors") ? "medium" : "low",
    inspectorSafety: anyOf("childSafetyFactors") ? "medium" : "low",
    childSafetyFactors: anyOf("childSafetyFactors"),
    desistanceChanged: anyOf("desistanceChanged"),
    safetyChanged: anyOf("safetyChanged"),
    harmChanged: anyOf("harmChanged"),
  } as const;
  const byRule = (rule: RelevanceRule): boolean => rule === "all" || rule === "due" || anyOf(rule);
  const notDue = own
    .filter((count) => byRule(count.keyQuestion.relevance) && !isRelevant(count, place))
    .map(({ keyQuestion }) => ({
      keyQuestion: keyQuestion.code,
      reason:
        keyQuestion.relevance === "all" || keyQuestion.relevance === "youthConditionalCaution"
          ? ("outside-otherwise" as const)
          : ("work-not-due" as const),
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
      .filter(({ keyQuestion }) => keyQuestion.relevance === "youthConditionalCaution")
      .map(({ relevant }) => relevant),
  );

/** A case list whose draw takes as many cases as were published, conditional cautions first. */
export const caseListFor = (
  file: PublishedInspection,
  counts: PublishedCounts,
): readonly CaseRow[] => {
  const { fieldwork } = file;
  const { windows } = counts.framework.ruleset.sampling;
  const custody = custodyIn(file, counts);
  const courtRows = Array.from({ length: courtPopulation(counts) ?? counts.cases.court }, (_, i) =>
    rowOf(i, i < custody ? "detention-and-training-order" : "referral-order", {
      day: dayWithin(fieldwork.start, windows.court[0]!.from, i),
      prefix: "C",
    }),
  );
  const cautions = conditionalCautions(counts);
  const others = Array.from({ length: counts.cases.outOfCourt }, (_, i) =>
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
const custodyIn = (file: PublishedInspection, { framework }: PublishedCounts): number => {
  const published = file.court?.mix?.["custodialSentence"] ?? 0;
  const conditional = peopleStandards(framework).filter(({ appliesWhere }) => appliesWhere);
  if (conditional.length === 0) return published;
  const rated = conditional.every(
    ({ code }) => file.domainOne[code] ?? file.standards[code]?.rating,
  );
  return rated ? Math.max(1, published) : 0;
};

/** How many eligible court cases give the published sample; undefined where no number does. */
const courtPopulation = ({ cases, framework }: PublishedCounts): number | undefined => {
  const { size } = framework.ruleset.sampling;
  for (let population = cases.court; population <= MOST_COURT_CASES; population += 1) {
    if (finiteSize(population, size) >= cases.court) {
      return finiteSize(population, size) === cases.court ? population : undefined;
    }
  }
  return undefined;
};

/** Beyond this the formula hardly grows: a larger published sample was not sized by it. */
const MOST_COURT_CASES = 4000;

/** The sizes to ask for, where they are not those that follow from the rules. */
export const overridesFor = (counts: PublishedCounts): SizeOverrides | undefined => {
  const { cases, framework } = counts;
  const usual = proportionalSize(cases.court, framework.ruleset.sampling.proportion);
  const reason = "The size of the published sample.";
  const court = courtPopulation(counts) === undefined;
  const outOfCourt = cases.outOfCourt > usual;
  if (!court && !outOfCourt) return undefined;
  return {
    ...(court && { court: { size: cases.court, reason } }),
    ...(outOfCourt && { outOfCourt: { size: cases.outOfCourt, reason } }),
  };
};
