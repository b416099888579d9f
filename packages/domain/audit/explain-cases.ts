/**
 * From a standard's key questions down to each judgement: which cases a question concerned, which
 * it left out by which recorded fact, who judged each of the others, and what that replaced.
 */
import { answersIn } from "../briefing/case-file.ts";
import { populationNamed } from "../framework/populations.ts";
import { relevanceOf, restsOnTheList } from "../framework/relevance.ts";
import { keyQuestionIn } from "../framework/standards.ts";
import type { CaseQuestion } from "../framework/standard.ts";
import type { Boarded } from "../panel/board.ts";
import { pinned, type SampledCase } from "../briefing/inspection.ts";
import type { Results } from "../briefing/references.ts";
import type { RatedKeyQuestion, RatedStandard } from "../ratings/rate.ts";
import { type CaseRules, caseQuestionsOf } from "../framework/standards.ts";
import { flipsThatMatter } from "../ratings/rate.ts";
import type { Dossier } from "./dossier.ts";
import type { AnswerStep } from "./dossier-case.ts";
import { counted } from "../kernel/wording.ts";
import { answerInWords, byWhom } from "./explain-words.ts";
import { percentInWords, quoted, replacementInWords } from "./explain-words.ts";
import { type Explanation, node } from "./explanation.ts";
import { is, wordOf } from "./recorded.ts";

/** Rationales on cases can point at somebody, so they are shown on demand only. */
export type Showing = { readonly caseText: boolean };

export type Reading = {
  readonly dossier: Dossier;
  readonly standard: Boarded;
  readonly board: RatedStandard;
  readonly rules: CaseRules;
  /** What a reason may refer to. */
  readonly ratings: Results;
  readonly showing: Showing;
};

/** The key questions that decide, whole; the others by their numbers. */
export const explainQuestions = (reading: Reading): readonly Explanation[] =>
  reading.board.keyQuestions
    .toSorted((a, b) => Number(decides(b, reading)) - Number(decides(a, reading)))
    .map((count) => {
      const question = caseQuestionsOf(reading.standard).find(
        ({ code }) => code === count.keyQuestion,
      );
      if (!question) throw new Error(`${count.keyQuestion} is not in ${reading.standard.code}`);
      return decides(count, reading)
        ? deciding(question, count, reading)
        : other(question, count, reading);
    });

const decides = ({ keyQuestion }: RatedKeyQuestion, { board }: Reading): boolean =>
  board.lowest.includes(keyQuestion);

const shareInWords = ({ yes, relevant, percent }: RatedKeyQuestion): string =>
  percent === undefined
    ? "no case was relevant"
    : `sufficient in ${yes} of ${counted(relevant, "case")} (${percentInWords(percent)})`;

const other = (
  { code, label }: CaseQuestion,
  count: RatedKeyQuestion,
  { dossier, standard }: Reading,
): Explanation => {
  const considered = dossier.deliberations.get(standard.code)?.considered;
  const left = count.percent === undefined ? ", so it was left out of the decision" : "";
  const words = `${code} ${label} did not decide: ${shareInWords(count)}${left}.`;
  return node("other-key-question", words, [considered]);
};

const deciding = (
  question: CaseQuestion,
  count: RatedKeyQuestion,
  reading: Reading,
): Explanation => {
  const { board, dossier, standard } = reading;
  const alone = board.lowest.length === 1 ? "had the lowest percentage" : "was among the lowest";
  const { code, label } = question;
  return node(
    "key-question",
    `${code} ${label} ${alone}: ${shareInWords(count)}. By the rule that is ${count.band}.`,
    [dossier.deliberations.get(standard.code)?.considered],
    [subSample(question, count, reading), ...judgements(question, reading)],
  );
};

const sampleOf = ({ dossier }: Reading, question: CaseQuestion): readonly SampledCase[] =>
  [...dossier.briefing.sample.values()].filter(
    ({ population }) => population === question.population,
  );

/** Which cases the question concerned, and each that it did not, with the fact that says why. */
const subSample = (
  question: CaseQuestion,
  { relevant }: RatedKeyQuestion,
  reading: Reading,
): Explanation => {
  const { dossier } = reading;
  const cases = sampleOf(reading, question);
  const framework = pinned(dossier.briefing);
  const population = populationNamed(framework, question.population).words.case.many;
  const whole = relevant === cases.length;
  const words = whole
    ? `It concerned all ${counted(cases.length, "case")} in the sample of ${population}.`
    : `It concerned ${relevant} of the ${cases.length} cases in the sample of ${population}.`;
  const replaced = [...dossier.replacements.values()].filter(({ event }) =>
    belongs(event.case, question, reading),
  );
  return node(
    "sub-sample",
    words,
    [dossier.drawn],
    [
      ...cases.flatMap((sampled) => excluded(sampled, question, reading)),
      ...replaced.map((source) => {
        const { event } = source;
        const instead =
          event.type === "CaseReplaced"
            ? `the reserve ${event.replacement} took its place`
            : "no reserve was left to take its place";
        const why = replacementInWords[event.reason];
        return node("excluded", `Case ${event.case} left the sample because ${why}; ${instead}.`, [
          source,
        ]);
      }),
    ],
  );
};

const belongs = (
  id: SampledCase["case"],
  { population }: CaseQuestion,
  { dossier }: Reading,
): boolean => {
  const { draw } = dossier.drawn?.event ?? {};
  const drawn = draw?.populations[population];
  return drawn !== undefined && [...drawn.sample, ...drawn.reserves].includes(id);
};

const excluded = (
  sampled: SampledCase,
  question: CaseQuestion,
  { dossier, showing }: Reading,
): readonly Explanation[] => {
  const { case: id } = sampled;
  const file = dossier.files.get(id);
  const source = file?.scopes.at(-1);
  if (!file?.scope || !source) {
    return [node("excluded", `Case ${id} is left out: it has not been assessed.`)];
  }
  if (file.relevant.has(question.code)) {
    const answered = answersIn(file).has(question.code);
    return answered ? [] : [node("excluded", `Case ${id} is left out: not judged yet.`, [source])];
  }
  const document = pinned(dossier.briefing);
  const { keyQuestion } = keyQuestionIn(document, question.code)!;
  const { because } = relevanceOf(keyQuestion, { ...sampled, scope: file.scope });
  const facts = restsOnTheList(keyQuestion, document) ? [source, dossier.listed] : [source];
  const rationale = wordOf(source.event.text, "rationale");
  const told = showing.caseText && rationale.trim() ? ` ${quoted(rationale)}` : "";
  return [
    node(
      "excluded",
      `Case ${id} was left out because ${because}; recorded ${byWhom(source.event)}.${told}`,
      facts,
    ),
  ];
};

/** One node for each judgement that counts on the question, in two groups. */
const judgements = (question: CaseQuestion, reading: Reading): readonly Explanation[] =>
  (["yes", "no"] as const).flatMap((answer) => {
    const given = sampleOf(reading, question).flatMap(({ case: id }) => {
      const file = reading.dossier.files.get(id);
      const step = answersIn(file).get(question.code);
      const counts = step?.answer === answer && file?.relevant.has(question.code);
      return counts ? [judgement(id, step, reading)] : [];
    });
    if (given.length === 0) return [];
    const sufficient = answer === "yes" ? "sufficient" : "not sufficient";
    const words = `The work was judged ${sufficient} in ${counted(given.length, "case")}.`;
    return [node("answers", words + turned(question, answer, reading), [], given)];
  });

/** What one such judgement, turned round, would have done to the rating by rule. */
const turned = (
  { code }: CaseQuestion,
  answer: "yes" | "no",
  { board, rules }: Reading,
): string => {
  const flips = flipsThatMatter(board.keyQuestions, board.rule, rules);
  const flip = flips.find(({ keyQuestion, from }) => keyQuestion === code && from === answer);
  return flip
    ? ` Had any one of them been judged “${flip.to}”, the rule would have given ${flip.rating}.`
    : "";
};

const judgement = (id: string, step: AnswerStep, { showing }: Reading): Explanation => {
  const { event } = step.source;
  return node(
    "judgement",
    `Case ${id}: “${answerInWords[step.answer]}”, judged ${byWhom(event)}.` +
      rationaleOf(step, showing),
    [step.source],
    step.former ? [replaced(step.former, { ...showing, later: step })] : [],
  );
};

const rationaleOf = ({ source }: AnswerStep, { caseText }: Showing): string => {
  if (!caseText || !is(source, "JudgementRecorded")) return "";
  const rationale = wordOf(source.event.text, "rationale");
  return rationale ? ` ${quoted(rationale)}` : "";
};

/** The answer before, with the reason for which it was changed, and the one before that. */
const replaced = (
  former: AnswerStep,
  { later, ...showing }: Showing & { readonly later: AnswerStep },
): Explanation => {
  const { event } = former.source;
  const reason =
    later.source.event.type === "JudgementRecorded"
      ? wordOf(later.source.event.text, "reason")
      : undefined;
  const why = reason === undefined ? "" : ` Changed because: ${told(reason, showing)}`;
  const words =
    event.type === "JudgementWithdrawn"
      ? `Before that, “${answerInWords[former.answer]}” was withdrawn ${byWhom(event)}, ` +
        `because the question no longer concerned the case.${why}`
      : `It replaced “${answerInWords[former.answer]}”, judged ${byWhom(event)}.${why}`;
  return node(
    "replaced",
    words,
    [former.source],
    former.former ? [replaced(former.former, { ...showing, later: former })] : [],
  );
};

const told = (reason: string, { caseText }: Showing): string =>
  caseText ? quoted(reason) : "a reason is on record.";
