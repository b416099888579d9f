/**
 * Whether percentages, counts and ratings that were typed by hand are those of the record. A number
 * is right when it is that question's or that figure's, and a rating when the standard has it; a
 * reference such as `{{2.1.2 percent}}` is right by itself.
 */
import type { Rating } from "@assay/domain/framework/scale.ts";
import { inWords, percentage } from "./document/wording.ts";
import type { ReportModel } from "./model.ts";
import { hasWord } from "./names.ts";
import { ratingWords } from "./rating-words.ts";
import type { ContextualFact } from "./written.ts";

/** What is wrong in a sentence. `words` are set where a person may say why they stand. */
export type SaidWrongly = { readonly problem: string; readonly words?: string };

export const figuresSaidWrongly = (typed: string, model: ReportModel): readonly SaidWrongly[] => {
  const sentence = typed.replaceAll(/\{\{[^{}\n]*\}\}/g, "…");
  return [
    ...totalSaidWrongly(sentence, model),
    ...countsSaidWrongly(sentence, model),
    ...percentagesSaidWrongly(sentence, model),
    ...ratingsSaidWrongly(sentence, model),
  ];
};

/** Something in a sentence, and where it begins. */
type Found<Thing> = { readonly at: number; readonly thing: Thing };

/** Each thing with what it is said of: in order where they are as many, else what is before. */
const paired = <Said, Subject>(
  said: readonly Found<Said>[],
  subjects: readonly Found<Subject>[],
): readonly (readonly [Found<Said>, Subject])[] =>
  said.flatMap((each, i): readonly (readonly [Found<Said>, Subject])[] => {
    const subject =
      said.length === subjects.length
        ? subjects[i]
        : (subjects.findLast(({ at }) => at < each.at) ?? subjects[0]);
    return subject ? [[each, subject.thing] as const] : [];
  });

type Counted = {
  readonly code: string;
  readonly relevant: number;
  readonly yes: number;
  readonly percent: number | undefined;
};

/** Every key question and prompt that is counted from cases. */
const countedIn = ({ standards }: ReportModel): readonly Counted[] =>
  standards
    .flatMap(({ keyQuestions }) => keyQuestions)
    .flatMap((question) => [
      { ...question, code: question.keyQuestion },
      ...question.prompts.map((prompt) => ({ ...prompt, code: prompt.prompt })),
    ]);

/** Those of them whose code stands in the sentence, in the order in which they stand there. */
const countedNamed = (sentence: string, model: ReportModel): readonly Found<Counted>[] =>
  countedIn(model)
    .filter(({ code }) => hasWord(sentence, code))
    .map((thing) => ({ at: placeOf(sentence, thing.code), thing }))
    .toSorted((a, b) => a.at - b.at);

const placeOf = (sentence: string, word: string): number =>
  sentence.search(new RegExp(`(?<![\\w.-])${escaped(word)}(?![\\w-])`, "i"));

const escaped = (word: string): string => word.replaceAll(/[^\w\s]/g, "\\$&");

const numbered = (sentence: string, pattern: RegExp): readonly Found<RegExpMatchArray>[] =>
  [...sentence.matchAll(pattern)].map((thing) => ({ at: thing.index, thing }));

const totalSaidWrongly = (sentence: string, { result }: ReportModel): readonly SaidWrongly[] => {
  const { score, maxScore } = result;
  const total = sentence.match(/\b(\d+) (?:out )?of (\d+)\b(?= points|\.|,|$| in total| overall)/);
  return total && Number(total[2]) === maxScore && Number(total[1]) !== score
    ? [{ problem: `The text says ${total[1]} out of ${maxScore}; the score is ${score}.` }]
    : [];
};

const countsSaidWrongly = (sentence: string, model: ReportModel): readonly SaidWrongly[] => {
  if (!model.counts) return [];
  const said = numbered(sentence, /\b(\d+) (?:out )?of (?:the )?(\d+)\b(?! points)/g);
  return paired(said, countedNamed(sentence, model)).flatMap(
    ([{ thing }, { code, yes, relevant }]) =>
      Number(thing[1]) === yes && Number(thing[2]) === relevant
        ? []
        : [
            {
              problem: `The text says ${thing[0]} for ${code}; it is ${yes} of ${relevant}. ${use(`${code} count`)}`,
              words: thing[0],
            },
          ],
  );
};

const use = (reference: string): string => `Write {{${reference}}}.`;

/** Percentages, and numbers with a decimal point, which are figures of some source. */
const figures = /(?<![\d.])(?:\d[\d,]*(?:\.\d+)?(?= ?%| per cent)|\d+\.\d+\b(?!\.\d))/g;

const percentagesSaidWrongly = (sentence: string, model: ReportModel): readonly SaidWrongly[] => {
  const said = numbered(sentence, figures).filter(({ thing }) => !isCode(thing[0], model));
  const questions = paired(said, countedNamed(sentence, model));
  return said.flatMap((each): readonly SaidWrongly[] => {
    const [number] = each.thing;
    const value = Number(number.replaceAll(",", ""));
    const fact = factNamed(sentence, model);
    if (fact?.value === value) return [];
    const question = questions.find(([found]) => found === each)?.[1];
    if (question) {
      return question.percent !== undefined && percentage(question.percent) === `${value}%`
        ? []
        : [{ problem: unlike(number, question), words: number }];
    }
    return [{ problem: fact ? unlikeFact(number, fact) : untied(number, model), words: number }];
  });
};

const unlike = (number: string, { code, percent }: Counted): string =>
  percent === undefined
    ? `${number} is said of ${code}, which concerned no case.`
    : `${number} is said of ${code}, which has ${percentage(percent)}. ${use(`${code} percent`)}`;

const unlikeFact = (number: string, { name, label }: ContextualFact): string =>
  `${number} is not the figure “${label}”. ${use(`figure ${name}`)}`;

/** A number that the sentence ties to nothing: which references have it. */
const untied = (number: string, model: ReportModel): string => {
  const like = [
    ...countedIn(model)
      .filter(({ percent }) => percent !== undefined && percentage(percent) === `${number}%`)
      .map(({ code }) => `{{${code} percent}}`),
    ...model.facts
      .filter(({ value }) => String(value) === number.replaceAll(",", ""))
      .map(({ name }) => `{{figure ${name}}}`),
  ].slice(0, 3);
  return like.length === 0
    ? `${number} is no figure of this report: record its source.`
    : `${number} is tied to nothing: say which question or figure it is, or write ${like.join(" or ")}.`;
};

/** The figure of whose label the sentence has more than half; of two, the longer label. */
const factNamed = (sentence: string, { facts }: ReportModel): ContextualFact | undefined => {
  const shares = facts.map((fact) => {
    const words = fact.label.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
    const found = words.filter((word) => hasWord(sentence, word)).length;
    return { fact, found, share: words.length === 0 ? 0 : found / words.length };
  });
  return shares
    .filter(({ share }) => share > 0.5)
    .toSorted((a, b) => b.share - a.share || b.found - a.found)[0]?.fact;
};

const isCode = (number: string, { standards }: ReportModel): boolean =>
  standards.some(({ standard }) => standard === number);

/** What has a rating: a standard, a domain or the whole. */
type Rated = {
  readonly name: string;
  readonly rating: Rating | undefined;
  /** What the cases alone give. */
  readonly rule: Rating | undefined;
};

/** A sentence that gives something a rating that it does not have. */
const ratingsSaidWrongly = (sentence: string, model: ReportModel): readonly SaidWrongly[] => {
  const said = numbered(sentence, ratingWords(model)).filter(
    ({ at, thing }) => !describesWork(sentence.slice(at + thing[0].length)),
  );
  const subjects = ratedNamed(sentence, model);
  const pairs =
    said.length === 1
      ? subjects.map(({ thing }) => [said[0]!, thing] as const)
      : paired(said, subjects);
  return pairs.flatMap(([{ at, thing }, { name, rating, rule }]) => {
    const byRule = rule !== undefined && saysRule.test(clauseBefore(sentence, at, said));
    const actual = byRule ? rule : rating;
    const is = thing[0].toLowerCase();
    if (actual?.toLowerCase() === is) return [];
    return [
      {
        problem: byRule
          ? `The text says that the data gave ${is} for ${name}; they gave ${rule}.`
          : `The text says ${is} for ${name}; the rating is ${rating ?? "not rated"}.`,
      },
    ];
  });
};

/** "Good practice" rates nothing; "Good for 2.1" does. */
const describesWork = (after: string): boolean =>
  /^ \p{Ll}/u.test(after) && !connecting.test(after);

const connecting = new RegExp(
  "^ (?:for|in|on|and|or|but|overall|by|to|at|with|because|as|from|while|rather|when|where|is|was|" +
    String.raw`before|after|instead|despite|though|although|since|here)\b`,
);

/** Words after which a rating is what the cases gave, before anybody's discretion. */
const saysRule = /\b(?:data|rules?|numbers|percentages?|answers|cases alone)\b|\bfrom $/i;

/** From the last comma, or from the rating before. */
const clauseBefore = (sentence: string, at: number, said: readonly Found<RegExpMatchArray>[]) => {
  const former = said.findLast((each) => each.at < at);
  const begin = former ? former.at + former.thing[0].length : 0;
  return sentence.slice(begin, at).replace(/^.*[,;:]/s, "");
};

/** Standards by their code, or by a name that only one has; domains by number; the whole. */
const ratedNamed = (sentence: string, model: ReportModel): readonly Found<Rated>[] => {
  const { standards, framework, result } = model;
  const found = standards.flatMap(({ standard, label, rating, rule, judged }) => {
    const unique = standards.filter((other) => other.label === label).length === 1;
    const at = hasWord(sentence, standard)
      ? placeOf(sentence, standard)
      : unique
        ? sentence.toLowerCase().indexOf(label.toLowerCase())
        : -1;
    const thing = { name: standard, rating, rule: judged === "by-cases" ? rule : undefined };
    return at < 0 ? [] : [{ at, thing }];
  });
  const domains = framework.domains.flatMap(({ number, rating }) => {
    const at = sentence.search(new RegExp(`\\bdomain (?:${number}|${inWords(number)})\\b`, "i"));
    const given = result.domains.find(({ domain }) => domain === number)?.rating;
    const thing = { name: `domain ${number}`, rating: given, rule: undefined };
    return rating && at >= 0 ? [{ at, thing }] : [];
  });
  const named = [...found, ...domains].toSorted((a, b) => a.at - b.at);
  const at = sentence.search(/\boverall\b/i);
  return named.length === 0 && at >= 0
    ? [{ at, thing: { name: "overall", rating: result.overall, rule: undefined } }]
    : named;
};
