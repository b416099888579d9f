/**
 * What the ratings would be if something were otherwise: another answer, a case left out, another
 * rounding, another framework version. Computed on a copy; no fact comes of it, and every result
 * says that it is hypothetical.
 */
import { answersIn } from "../briefing/case-file.ts";
import { standardsOf } from "../briefing/inspection.ts";
import type { Answer } from "../fieldwork/assessment/events.ts";
import type { Rating } from "../framework/scale.ts";
import type { Ruleset } from "../framework/ruleset.ts";
import { caseRulesOf, caseStandards } from "../framework/standards.ts";
import type { Framework } from "../framework/document.ts";
import { keyQuestionOf } from "../kernel/codes.ts";
import type { CaseId } from "../kernel/ids.ts";
import { keyAnswersOf } from "../panel/board.ts";
import { domainsDecided } from "../panel/conclude.ts";
import { overallOf } from "../ratings/overall.ts";
import { pivotsOf } from "../ratings/sensitivity.ts";
import type { Dossier } from "./dossier.ts";
import type { AnswerStep, DossierCase } from "./dossier-case.ts";
import { decidedBy } from "./dossier-panel.ts";
import { answerInWords } from "./explain-words.ts";
import { type ComputedRatings, type ComputedStandard, ratingsIn } from "./ratings.ts";
import { type Place, placeOf } from "./recorded.ts";

export type Supposition = {
  readonly answers?: readonly {
    readonly case: CaseId;
    readonly question: string;
    readonly answer: Answer;
  }[];
  /** Cases to leave out of the sample. */
  readonly without?: readonly CaseId[];
  /** Another framework version, with its ruleset. */
  readonly framework?: Framework;
  /** Settings in place of the ruleset's. */
  readonly ruleset?: Partial<Pick<Ruleset, "rounding" | "discretion">>;
  /** Bands of percentages in place of the framework's, by scale. */
  readonly caseBands?: Framework["caseBands"];
};

export type WhatIfRefusal =
  | { readonly reason: "NotAnnounced" }
  | { readonly reason: "NotInTheSample"; readonly case: CaseId }
  /** No answer to this question counts in this case, so none can be turned round. */
  | { readonly reason: "NotAnswered"; readonly case: CaseId; readonly question: string };

export type SupposedStandard = {
  readonly standard: string;
  readonly actual: ComputedStandard | null;
  readonly supposed: ComputedStandard | null;
  readonly changed: boolean;
};

/** Plain data. Where the panel's decision no longer fits the numbers, the rule's rating stands. */
export type Hypothesis = {
  readonly hypothetical: true;
  /** What was supposed, each thing in words. */
  readonly supposing: readonly string[];
  readonly standards: readonly SupposedStandard[];
  readonly actual: Pick<ComputedRatings, "framework" | "score" | "maxScore" | "overall">;
  readonly supposed: Pick<ComputedRatings, "framework" | "score" | "maxScore" | "overall">;
};

export type WhatIf =
  | { readonly possible: true; readonly hypothesis: Hypothesis }
  | { readonly possible: false; readonly refusal: WhatIfRefusal };

export const whatIf = (dossier: Dossier, supposition: Supposition): WhatIf => {
  const actual = ratingsIn(dossier);
  const problem = actual
    ? problemWith(supposition, dossier)
    : ({ reason: "NotAnnounced" } as const);
  const supposed = ratingsIn(supposing(dossier, supposition));
  if (problem || !actual || !supposed) {
    return { possible: false, refusal: problem ?? { reason: "NotAnnounced" } };
  }
  const codes = [...actual.standards, ...supposed.standards].map(({ standard }) => standard);
  const among = ({ standards }: ComputedRatings, code: string): ComputedStandard | null =>
    standards.find(({ standard }) => standard === code) ?? null;
  return {
    possible: true,
    hypothesis: {
      hypothetical: true,
      supposing: supposedInWords(supposition),
      standards: [...new Set(codes)].toSorted().map((standard) => {
        const [was, would] = [among(actual, standard), among(supposed, standard)];
        return { standard, actual: was, supposed: would, changed: isOther(was, would) };
      }),
      actual: totalOf(actual),
      supposed: totalOf(supposed),
    },
  };
};

/** Another rating; a standard that comes in or goes without one changes nothing. */
const isOther = (was: ComputedStandard | null, would: ComputedStandard | null): boolean =>
  (was?.rating ?? null) !== (would?.rating ?? null);

const supposedInWords = (supposition: Supposition): readonly string[] => {
  const { answers = [], without = [], framework, ruleset = {}, caseBands } = supposition;
  return [
    ...answers.map(
      ({ case: id, question, answer }) =>
        `case ${id} had been answered “${answerInWords[answer]}” on ${question}`,
    ),
    ...without.map((id) => `case ${id} had not been in the sample`),
    ...(framework ? [`the rules were those of ${framework.id}`] : []),
    ...Object.entries({ ...ruleset, ...(caseBands && { bands: caseBands }) }).map(
      ([name, value]) =>
        `${name} were ${typeof value === "string" ? value : JSON.stringify(value)}`,
    ),
  ];
};

const totalOf = ({ framework, score, maxScore, overall }: ComputedRatings) => ({
  framework,
  score,
  maxScore,
  overall,
});

const problemWith = (
  { answers = [], without = [] }: Supposition,
  { briefing, files }: Dossier,
): WhatIfRefusal | undefined => {
  const stranger = [...without, ...answers.map(({ case: id }) => id)].find(
    (id) => !briefing.sample.has(id),
  );
  if (stranger) return { reason: "NotInTheSample", case: stranger };
  const unanswered = answers.find(({ case: id, question }) => {
    const file = files.get(id);
    return !answersIn(file).has(question) || !file?.relevant.has(keyQuestionOf(question));
  });
  if (!unanswered) return undefined;
  return { reason: "NotAnswered", case: unanswered.case, question: unanswered.question };
};

/** The dossier as it would be; the one given stays as it is. */
const supposing = (
  dossier: Dossier,
  { answers = [], without = [], framework, ruleset = {}, caseBands }: Supposition,
): Dossier => {
  const { briefing } = dossier;
  const version = framework ?? briefing.framework;
  const files = new Map(dossier.files);
  for (const { case: id, question, answer } of answers) {
    const file = files.get(id);
    if (file) files.set(id, answered(file, question, answer));
  }
  return {
    ...dossier,
    files,
    briefing: {
      ...briefing,
      framework: version && {
        ...version,
        ruleset: { ...version.ruleset, ...ruleset },
        ...(caseBands && { caseBands }),
      },
      sample: new Map([...briefing.sample].filter(([id]) => !without.includes(id))),
    },
  };
};

const answered = (file: DossierCase, question: string, answer: Answer): DossierCase => {
  const step = answersIn(file).get(question);
  if (!step) return file;
  const supposed: AnswerStep = { ...step, answer };
  return { ...file, answered: { question, given: supposed, before: file.answered } };
};

/** A judgement on which a rating hangs: turned round alone, the rule would give `rating`. */
export type DecidingJudgement = {
  readonly hypothetical: true;
  readonly standard: string;
  readonly case: string;
  readonly keyQuestion: string;
  readonly answer: "yes" | "no";
  readonly place: Place;
  readonly rating: Rating;
  /** The total and overall rating then, as long as the panel left the standard to the rule. */
  readonly score: number;
  readonly overall: Rating | null;
};

/** Every single judgement that, turned round, would change its standard's rating by rule. */
export const decidingJudgements = (dossier: Dossier): readonly DecidingJudgement[] => {
  const { framework } = dossier.briefing;
  const ratings = ratingsIn(dossier);
  if (!framework || !ratings) return [];
  const given = {
    ...domainsDecided(standardsOf(dossier.briefing), decidedBy(dossier), framework),
    ...Object.fromEntries(
      ratings.standards.map(({ standard, rating }) => [standard, rating ?? undefined]),
    ),
  };
  return caseStandards(framework).flatMap((standard) =>
    pivotsOf(
      standard.keyQuestions,
      keyAnswersOf(standard.keyQuestions, dossier),
      caseRulesOf(framework, standard),
    ).flatMap(({ case: id, keyQuestion, answer, rating }) => {
      const source = answersIn(dossier.files.get(id as CaseId)).get(keyQuestion)?.source;
      if (!source) return [];
      const total = overallOf(framework, { ...given, [standard.code]: rating });
      return [
        {
          hypothetical: true as const,
          standard: standard.code,
          case: id,
          keyQuestion,
          answer,
          place: placeOf(source),
          rating,
          score: total.score,
          overall: total.overall ?? null,
        },
      ];
    }),
  );
};
