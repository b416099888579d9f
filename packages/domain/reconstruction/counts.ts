/**
 * The numbers of a published inspection brought to one form: counts for every key question and
 * prompt of the framework. What contradicts itself or the framework is refused with its place.
 */
import type { Share } from "../ratings/percent.ts";
import type { CaseQuestion, CaseStandard } from "../framework/standard.ts";
import type { Framework } from "../framework/document.ts";
import { caseStandards, populationOf } from "../framework/standards.ts";
import { type Versions, versions as ours } from "../framework/versions.ts";
import { frameworkOf, noGrades, strangers } from "./by-framework.ts";
import { agrees, largestShare, shareIn, sizeForPercents, usualSize } from "./percentages.ts";
import type { PromptCount, QuestionCount } from "./question-count.ts";
import { unratedIn, withoutCases } from "./unrated.ts";
import {
  type FileProblem,
  type PublishedInspection,
  type PublishedKeyQuestion,
  type PublishedNumbers,
  type PublishedSamples,
  type ReadFile,
  samplesIn,
} from "./published-file.ts";

export type PublishedCounts = {
  readonly framework: Framework;
  /** What the file says of each sample. */
  readonly samples: PublishedSamples;
  /** How many cases were sampled, by population. */
  readonly cases: Readonly<Record<string, number>>;
  readonly questions: readonly QuestionCount[];
  /** Standards that the report does not rate. */
  readonly unrated: readonly string[];
  /** Numbers of cases were published, and not percentages alone. */
  readonly counted: boolean;
};

/**
 * Counts by the framework version that the file names, or that was in force when it began. What
 * has no rating in the file is not rated, unless `rated` is "all": then the rule rates it.
 */
export const countsIn = (
  file: PublishedInspection,
  known: Versions = ours,
  rated: "as-published" | "all" = "as-published",
): ReadFile<PublishedCounts> => {
  const under = frameworkOf(file, known);
  if (!under.ok) return under;
  const framework = under.value;
  const samples = samplesIn(file, framework);
  if (!samples.ok) return samples;
  const unrated = rated === "all" ? [] : unratedIn(file, framework);
  const cases = Object.fromEntries(
    framework.populations.map(({ name }) => [
      name,
      samples.value[name]?.cases ?? sizeOf(file, framework, name),
    ]),
  );
  const results = caseStandards(framework).flatMap((standard) =>
    standard.keyQuestions.map((keyQuestion) =>
      unrated.includes(standard.code)
        ? none(standard, keyQuestion)
        : countOf(standard, keyQuestion, file, {
            cases: cases[populationOf(standard)] ?? 0,
            framework,
          }),
    ),
  );
  const wrong = results.flatMap((result) => (result.ok ? [] : result.problems));
  const questions = results.flatMap((result) => (result.ok ? [result.value] : []));
  const problems = [
    ...strangers(file, framework, unrated),
    ...noGrades(file, framework),
    ...wrong,
    ...(wrong.length === 0 ? withoutCases(file, questions) : []),
  ];
  if (problems.length > 0) return failed(problems);
  const counted = Object.values(file.standards)
    .flatMap(({ keyQuestions = {} }) => Object.values(keyQuestions))
    .every(({ yes }) => yes !== undefined);
  return {
    ok: true,
    value: { framework, samples: samples.value, cases, questions, unrated, counted },
  };
};

const none = (standard: CaseStandard, keyQuestion: CaseQuestion): ReadFile<QuestionCount> => ({
  ok: true,
  value: { standard, keyQuestion, relevant: 0, yes: 0, prompts: [] },
});

const failed = (problems: readonly FileProblem[]) => ({ ok: false, problems }) as const;

const publishedOf = (
  { standards }: PublishedInspection,
  { code }: CaseStandard,
  { name }: CaseQuestion,
): PublishedKeyQuestion | undefined => standards[code]?.keyQuestions?.[name];

/**
 * How many cases were sampled, where that is not printed: as the largest count shows, or else the
 * least with which every printed percentage is possible.
 */
const sizeOf = (file: PublishedInspection, framework: Framework, population: string): number => {
  const questions = caseStandards(framework, population).flatMap((standard) =>
    standard.keyQuestions.map((keyQuestion) => publishedOf(file, standard, keyQuestion) ?? {}),
  );
  const counted = Math.max(0, ...questions.map(({ relevant, yes }) => relevant ?? yes ?? 0));
  const percents = questions.flatMap(({ relevant, yes, percent }) =>
    relevant === undefined && yes === undefined && percent !== undefined ? [percent] : [],
  );
  if (percents.length === 0) return Math.max(1, counted);
  return sizeForPercents(percents, Math.max(counted, usualSize(framework, population)), framework);
};

type Sampled = { readonly cases: number; readonly framework: Framework };

const countOf = (
  standard: CaseStandard,
  keyQuestion: CaseQuestion,
  file: PublishedInspection,
  sampled: Sampled,
): ReadFile<QuestionCount> => {
  const place = `standards.${standard.code}.keyQuestions.${keyQuestion.name}`;
  const published = publishedOf(file, standard, keyQuestion);
  if (!published) return none(standard, keyQuestion);
  const share = shareOf(published, sampled);
  if (typeof share === "string") return failed([{ place, problem: share }]);
  const problems: FileProblem[] = [];
  if (share.yes > share.relevant) {
    problems.push({
      place: `${place}.yes`,
      problem: `${share.yes} is more than the ${share.relevant} relevant cases`,
    });
  }
  if (share.relevant > sampled.cases) {
    problems.push({
      place: `${place}.relevant`,
      problem: `${share.relevant} is more than the ${sampled.cases} cases in the sample`,
    });
  }
  const prompts = promptsOf(keyQuestion, published, { ...sampled, cases: share.relevant });
  const impossible = prompts.flatMap((prompt, i) =>
    typeof prompt === "string" ? [{ place: `${place}.prompts.${i}`, problem: prompt }] : [],
  );
  if (impossible.length > 0) return failed([...problems, ...impossible]);
  const counts = prompts.filter((prompt) => typeof prompt !== "string");
  problems.push(
    ...promptProblems(counts, keyQuestion, published, { place, relevant: share.relevant }),
  );
  if (problems.length > 0) return failed(problems);
  return { ok: true, value: { standard, keyQuestion, ...share, prompts: counts } };
};

/** Counts where they are printed; else the most cases of the sample that fit the percentage. */
const shareOf = (published: PublishedNumbers, { cases, framework }: Sampled): Share | string => {
  const { relevant, yes, percent } = published;
  const { rounding } = framework.ruleset;
  if (yes !== undefined) {
    const share = { relevant: relevant ?? cases, yes };
    const fits = percent === undefined || agrees(share, percent, rounding);
    return fits ? share : `${percent}% is not ${yes} of ${share.relevant}`;
  }
  if (percent === undefined) return { relevant: 0, yes: 0 };
  const most = relevant ?? cases;
  const share =
    relevant === undefined
      ? largestShare(percent, most, rounding)
      : shareIn(percent, relevant, rounding);
  return share ?? `no whole number of ${relevant ?? `at most ${cases}`} cases gives ${percent}%`;
};

/** A prompt that the file does not have was not applicable to anybody. */
const promptsOf = (
  { prompts }: CaseQuestion,
  published: PublishedKeyQuestion,
  sampled: Sampled,
): readonly (PromptCount | string)[] =>
  prompts.map(({ code }, i) => {
    const prompt = published.prompts?.[i];
    const share = prompt ? shareOf(prompt, sampled) : { relevant: 0, yes: 0 };
    return typeof share === "string" ? share : { code, ...share };
  });

const promptProblems = (
  prompts: readonly PromptCount[],
  keyQuestion: CaseQuestion,
  published: PublishedKeyQuestion,
  { place, relevant }: { readonly place: string; readonly relevant: number },
): readonly FileProblem[] => {
  const { length } = published.prompts ?? [];
  const { prompts: asked } = keyQuestion;
  const cut = length > 0 && asked.slice(length).some(({ whereApplicable }) => !whereApplicable);
  const problem =
    `${length} prompts; the framework has ${asked.length}. ` +
    "null stands in the place of one that is not printed";
  const otherwise = length > asked.length || cut ? [{ place: `${place}.prompts`, problem }] : [];
  const each = prompts.flatMap((prompt, i): readonly FileProblem[] => {
    if (prompt.yes > prompt.relevant) {
      return [
        {
          place: `${place}.prompts.${i}.yes`,
          problem: `${prompt.yes} is more than the ${prompt.relevant} relevant cases`,
        },
      ];
    }
    return prompt.relevant > relevant
      ? [
          {
            place: `${place}.prompts.${i}.relevant`,
            problem: `${prompt.relevant} is more than the ${relevant} cases of its key question`,
          },
        ]
      : [];
  });
  return [...otherwise, ...each];
};
