/**
 * What was found on each standard and overall: the concluded ratings with what decided them, and
 * the counts under every key question and prompt. Numbers come from the conclusion, never anew.
 */
import { answersIn, type CaseFile } from "@assay/domain/briefing/case-file.ts";
import { standardsOf as ratedHere } from "@assay/domain/briefing/inspection.ts";
import type { Rating, Scale } from "@assay/domain/framework/scale.ts";
import type { CaseQuestion, Standard } from "@assay/domain/framework/standard.ts";
import { caseQuestionsOf, questionsIn, scaleNamed } from "@assay/domain/framework/standards.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import type { ConcludedStandard, PanelEvent } from "@assay/domain/panel/events.ts";
import { moveOf } from "@assay/domain/ratings/moved.ts";
import { percentOf } from "@assay/domain/ratings/percent.ts";
import type { About } from "./about.ts";
import { type Conclusion, type Cut, panelUntil } from "./recorded.ts";

/** What stands where words were erased. */
export const erasedWords = "[erased]";

export type PromptResult = {
  readonly prompt: string;
  readonly label: string;
  readonly whereApplicable: boolean;
  readonly relevant: number;
  readonly yes: number;
  /** Rounded as the ruleset says; undefined where no case was relevant. */
  readonly percent: number | undefined;
};

export type KeyQuestionResult = {
  readonly keyQuestion: string;
  readonly name: string;
  readonly label: string;
  /** Which cases it concerned, in a sentence; undefined where it concerned every case. */
  readonly relevance: string | undefined;
  readonly relevant: number;
  readonly yes: number;
  readonly percent: number | undefined;
  /** Its percentage is the standard's lowest, so it decides by rule. */
  readonly lowest: boolean;
  readonly prompts: readonly PromptResult[];
};

export type Discretion = {
  readonly from: Rating;
  readonly to: Rating;
  readonly direction: "up" | "down";
  readonly triggers: readonly string[];
  readonly reason: string;
  /** The reason as it was typed, with its references. */
  readonly typed: string;
};

export type StandardResult = {
  readonly standard: string;
  readonly label: string;
  readonly domain: number;
  readonly judged: Standard["judged"];
  readonly scored: boolean;
  readonly rating: Rating | undefined;
  readonly score: number | undefined;
  /** What the lowest key question alone gives; undefined where people judge. */
  readonly rule: Rating | undefined;
  readonly decidedBy: ConcludedStandard["decidedBy"];
  readonly discretion: Discretion | undefined;
  /** The panel could have moved the rating, did not, and said why. */
  readonly declined: Pick<Discretion, "triggers" | "reason" | "typed"> | undefined;
  readonly keyQuestions: readonly KeyQuestionResult[];
  /** Of a standard that is made of its questions: the grade of each. */
  readonly grades: NonNullable<ConcludedStandard["grades"]>;
  /** What was looked at where people judge: the framework's key questions, without numbers. */
  readonly considered: readonly {
    readonly keyQuestion: string;
    readonly label: string;
    /** Where people grade the question by itself. */
    readonly rating: Rating | undefined;
  }[];
};

export type OverallResult = {
  readonly score: number;
  readonly maxScore: number;
  readonly overall: Rating | undefined;
  /** The head of programme decided the overall rating, because a standard is not rated. */
  readonly decidedByHead: Pick<Discretion, "reason" | "typed"> | undefined;
  /** The ratings of domains, where the framework has them. */
  readonly domains: readonly { readonly domain: number; readonly rating?: Rating | undefined }[];
};

export const overallResultOf = ({ facts, conclusion }: Cut): OverallResult => {
  const decided = panelUntil(facts, conclusion).findLast(
    (event, i, all) => event.type === "OverallDecided" && i > all.indexOf(conclusion),
  );
  const { score, maxScore, overall, domains = [] } = conclusion;
  if (decided?.type !== "OverallDecided") {
    return { score, maxScore, overall, domains, decidedByHead: undefined };
  }
  const reason = words(decided.text)?.reason ?? erasedWords;
  const decidedByHead = { reason, typed: reason };
  return { score, maxScore, domains, overall: decided.overall, decidedByHead };
};

/** Every standard rated at this service, in the framework's order. */
export const standardsOf = (
  cut: Cut,
  { briefing, framework, files }: About,
): readonly StandardResult[] => {
  const cases = [...briefing.sample.values()].flatMap(({ case: id, population }) => {
    const file = files.get(id);
    return file ? [{ file, population }] : [];
  });
  const panel = panelUntil(cut.facts, cut.conclusion);
  return ratedHere(briefing).map((standard) => {
    const concluded = concludedOn(cut.conclusion, standard.code);
    return {
      ...headOf(standard, concluded),
      ...decisionOn(standard.code, concluded, panel, scaleNamed(framework, standard.scale)),
      keyQuestions: keyQuestionsOf(standard, concluded, {
        rounding: framework.ruleset.rounding,
        cases,
        shown: ({ relevant }) => relevant > 0 || !briefing.reconstruction,
      }),
    };
  });
};

const concludedOn = ({ standards }: Conclusion, code: string): ConcludedStandard =>
  standards.find(({ standard }) => standard === code) ?? {
    standard: code,
    scored: false,
    decidedBy: "not-rated",
    keyQuestions: [],
    triggers: [],
  };

const headOf = (standard: Standard, concluded: ConcludedStandard) => ({
  standard: standard.code,
  label: standard.label,
  domain: standard.domain,
  judged: standard.judged,
  scored: standard.scored,
  rating: concluded.rating,
  score: concluded.score,
  rule: concluded.rule,
  decidedBy: concluded.decidedBy,
  grades: concluded.grades ?? [],
  considered: questionsIn(standard)
    .filter(({ judged }) => judged === "by-people")
    .map(({ code, label }) => ({
      keyQuestion: code,
      label,
      rating: concluded.grades?.find(({ keyQuestion }) => keyQuestion === code)?.rating,
    })),
});

type Moved = Extract<PanelEvent, { type: "DiscretionExercised" | "DiscretionDeclined" }>;

/** The reasons that were given with this conclusion; a reconvened panel gives them anew. */
const decisionOn = (
  code: string,
  { decidedBy }: ConcludedStandard,
  panel: readonly PanelEvent[],
  scale: Scale,
): Pick<StandardResult, "discretion" | "declined"> => {
  const last = panel.findLast(
    (event): event is Moved =>
      (event.type === "DiscretionExercised" || event.type === "DiscretionDeclined") &&
      event.standard === code,
  );
  const none = { discretion: undefined, declined: undefined };
  if (!last) return none;
  const { triggers } = last;
  const reason = words(last.text)?.reason ?? erasedWords;
  if (last.type === "DiscretionDeclined") {
    return decidedBy === "rule" ? { ...none, declined: { triggers, reason, typed: reason } } : none;
  }
  if (decidedBy !== "discretion") return none;
  const { from, to } = last;
  const direction = moveOf(scale, from, to).direction === "down" ? "down" : "up";
  return { ...none, discretion: { from, to, direction, triggers, reason, typed: reason } };
};

type Counting = {
  readonly rounding: Parameters<typeof percentOf>[1];
  readonly cases: readonly { readonly file: CaseFile; readonly population: string }[];
  /** What a published report does not print is not printed as nought when it is carried through. */
  readonly shown: (count: { readonly relevant: number }) => boolean;
};

const keyQuestionsOf = (
  standard: Standard,
  concluded: ConcludedStandard,
  counting: Counting,
): readonly KeyQuestionResult[] => {
  const percents = concluded.keyQuestions.flatMap(({ percent }) => percent ?? []);
  const lowest = Math.min(...percents);
  const all = caseQuestionsOf(standard).map((question): KeyQuestionResult => {
    const { code, name, label, relevance, population, prompts } = question;
    const count = concluded.keyQuestions.find(({ keyQuestion }) => keyQuestion === code);
    const { relevant = 0, yes = 0, percent } = count ?? {};
    return {
      keyQuestion: code,
      name,
      label,
      relevance: relevance.counted,
      relevant,
      yes,
      percent,
      lowest: standard.judged === "by-cases" && percent !== undefined && percent === lowest,
      prompts: prompts
        .map((prompt) => ({
          prompt: prompt.code,
          label: prompt.label,
          whereApplicable: prompt.whereApplicable,
          ...promptCount(prompt.code, { code, population }, counting),
        }))
        .filter(counting.shown),
    };
  });
  return all.filter(counting.shown);
};

const promptCount = (
  prompt: string,
  { code, population }: Pick<CaseQuestion, "code" | "population">,
  { rounding, cases }: Counting,
) => {
  const answers = cases
    .filter((each) => each.population === population && each.file.relevant.has(code))
    .flatMap(({ file }) => answersIn(file).get(prompt)?.answer ?? []);
  const yes = answers.filter((answer) => answer === "yes").length;
  const relevant = answers.filter((answer) => answer !== "not-applicable").length;
  return {
    relevant,
    yes,
    percent: relevant > 0 ? percentOf({ relevant, yes }, rounding) : undefined,
  };
};
