/**
 * Whether percentages, counts and ratings that were typed by hand are those of the record. A number
 * is right when it is that question's or that figure's, says what is left of it, or bounds it; a
 * reference such as `{{2.1.2 percent}}` is right by itself.
 */
import { inWords, percentage } from "./document/wording.ts";
import type { ReportModel } from "./model.ts";
import { hasWord } from "./names.ts";
import { ratingsSaidWrongly } from "./said-ratings.ts";
import { type Found, numbered, paired, placeOf, type SaidWrongly } from "./sentence.ts";
import type { ContextualFact } from "./written.ts";

export const figuresSaidWrongly = (typed: string, model: ReportModel): readonly SaidWrongly[] => {
  const sentence = typed.replaceAll(/\{\{[^{}\n]*\}\}/g, "…");
  return [
    ...totalSaidWrongly(sentence, model),
    ...countsSaidWrongly(sentence, model),
    ...percentagesSaidWrongly(sentence, model),
    ...ratingsSaidWrongly(sentence, model),
  ];
};

type Counted = {
  readonly code: string;
  readonly relevant: number;
  readonly yes: number;
  readonly percent: number | undefined;
};

/** Every key question and prompt that is counted from cases. */
const countedIn = ({ standards }: Pick<ReportModel, "standards">): readonly Counted[] =>
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

const totalSaidWrongly = (sentence: string, { result }: ReportModel): readonly SaidWrongly[] => {
  const { score, maxScore } = result;
  const total = sentence.match(/\b(\d+) (?:out )?of (\d+)\b(?= points|\.|,|$| in total| overall)/);
  return total && Number(total[2]) === maxScore && Number(total[1]) !== score
    ? [{ problem: `The text says ${total[1]} out of ${maxScore}; the score is ${score}.` }]
    : [];
};

const spelt = Array.from({ length: 12 }, (_, i) => inWords(i + 1));
const count = String.raw`(\d+|${spelt.join("|")})`;
const numberOf = (said: string): number => Number(said) || spelt.indexOf(said.toLowerCase()) + 1;

/** "7 of 9", "seven out of the nine", "four in five", "all but two". */
const counts = new RegExp(
  String.raw`(?<![\d.,])\b(?:all but ${count}|${count} (?:(?:out )?of (?:the |all )?|(in) )${count})` +
    String.raw`\b(?! points|[.,]?\d|%)`,
  "gi",
);

const countsSaidWrongly = (sentence: string, model: ReportModel): readonly SaidWrongly[] => {
  if (!model.counts) return [];
  const said = numbered(sentence, counts);
  return paired(said, countedNamed(sentence, model)).flatMap(([{ at, thing }, question]) => {
    const { code, yes, relevant } = question;
    const [words, left, some, share, all] = thing;
    const total = all === undefined ? relevant : numberOf(all);
    const counted = left === undefined ? numberOf(some!) : total - numberOf(left);
    const ofCases = saysCases(sentence.slice(at + words.length), model);
    if (!ofCases && (total !== relevant || share || left !== undefined)) return [];
    const right = saysLack.test(sentence) ? [yes, relevant - yes] : [yes];
    const isRight = share
      ? right.some((each) => Math.abs(each / relevant - counted / total) <= near / 100)
      : total === relevant && right.includes(counted);
    if (isRight) return [];
    const problem = `The text says ${words} for ${code}; it is ${yes} of ${relevant}.`;
    return [{ problem: `${problem} ${use(`${code} count`)}`, words }];
  });
};

/** Whether what is counted is cases, or the people whom they are about. */
const saysCases = (after: string, { sample }: ReportModel): boolean => {
  const nouns = sample.populations.flatMap(({ words }) => [words.case.many, words.person.many]);
  return ["cases", "case", ...nouns].some((noun) =>
    new RegExp(`^ (?:of (?:the |these )?)?${noun}\\b`, "i").test(after),
  );
};

/** Words by which a sentence tells of what was not there. */
const saysLack = new RegExp(
  String.raw`\b(?:no|not|none|never|without|fail\w*|insufficient\w*|miss\w*|lack\w*|poor\w*|` +
    String.raw`weak\w*|absent|un(?!der|til|it|less|ion|ique)\w+)\b|n't\b`,
  "i",
);

const use = (reference: string): string => `Write {{${reference}}}.`;

/** Percentages, and numbers with a decimal point, which are figures of some source. */
const figures = new RegExp(
  String.raw`(?<![\d.])(?:\d[\d,]*(?:\.\d+)?(?= ?%| per ?cent\b| ?pc\b)|\d+\.\d+\b(?!\.\d))`,
  "gi",
);

const percentagesSaidWrongly = (sentence: string, model: ReportModel): readonly SaidWrongly[] => {
  const said = numbered(sentence, figures).filter((each) => !isPlace(sentence, each, model));
  const named = countedNamed(sentence, model);
  const questions = paired(said, named);
  const facts = factsNamed(sentence, model, said.length);
  const questionOf = (each: Found<RegExpMatchArray>): Counted | undefined =>
    questions.find(([found]) => found === each)?.[1];
  const isRight = (each: Found<RegExpMatchArray>): boolean => {
    const around = { sentence, each, model };
    const possible =
      named.length === 0
        ? countedUnder(sentence, model)
        : said.length === named.length
          ? [questionOf(each)!]
          : named.map(({ thing }) => thing);
    return possible.some((one) => isSaidOf(one, around)) || isBoundary(around);
  };
  const areSaid = said.length > named.length && said.some(isRight);
  return said.flatMap((each): readonly SaidWrongly[] => {
    const [words] = each.thing;
    if (facts.some(({ value }) => value === valueOf(words)) || isRight(each)) return [];
    const question = areSaid ? undefined : questionOf(each);
    if (question) return [{ problem: unlike(words, question), words }];
    return [{ problem: facts[0] ? unlikeFact(words, facts[0]) : untied(words, model), words }];
  });
};

const valueOf = (number: string): number => Number(number.replaceAll(",", ""));

/** The questions of the standards that the sentence names: "between 78% and 89% in 2.2". */
const countedUnder = (sentence: string, { standards }: ReportModel): readonly Counted[] =>
  countedIn({ standards: standards.filter(({ standard }) => hasWord(sentence, standard)) });

type Around = {
  readonly sentence: string;
  readonly each: Found<RegExpMatchArray>;
  readonly model: ReportModel;
};

/** In points of a percentage: as far as "about" and "four in five" reach. */
const near = 5;

/** As the tables have it or more exactly; what is left of it, where something lacked; a bound. */
const isSaidOf = ({ percent, yes, relevant }: Counted, { sentence, each, model }: Around) => {
  if (percent === undefined) return false;
  const [number] = each.thing;
  const value = valueOf(number);
  const exact = model.counts ? (100 * yes) / relevant : percent;
  const half = 0.5 / 10 ** (number.split(".")[1] ?? "").length + 1e-9;
  const before = sentence.slice(0, each.at);
  return (saysLack.test(sentence) ? [exact, 100 - exact] : [exact]).some(
    (share) =>
      Math.abs(share - value) <= half ||
      (share === exact && percentage(percent) === `${value}%`) ||
      (saysMore.test(before) && share >= value) ||
      (saysLess.test(before) && share <= value) ||
      (saysAbout.test(before) && Math.abs(share - value) <= near),
  );
};

const saysMore =
  /\b(?:(?:more|greater) than|over|above|at least|(?:not|no) less than|exceed\w*)\s$/i;
const saysLess = /\b(?:(?:fewer|less) than|under|below|at most|up to|(?:not|no) more than)\s$/i;
const saysAbout = new RegExp(
  String.raw`\b(?:about|around|almost|nearly|roughly|approximately|close to|just (?:over|under))\s$`,
  "i",
);

const saysWhatIsNeeded = new RegExp(
  String.raw`\b(?:or (?:more|above|over|less|below)|needs?|needed|asks? for|requires|` +
    String.raw`thresholds?|limits?|bound\w+)\b`,
);

/** A band of the framework's rule, where the sentence speaks of what a rating needs. */
const isBoundary = ({ sentence, each, model }: Around): boolean =>
  saysWhatIsNeeded.test(sentence) &&
  Object.values(model.framework.caseBands)
    .flatMap((floors) => Object.values(floors))
    .includes(valueOf(each.thing[0]));

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

/**
 * The figures of whose labels the sentence has most, and more than half. Of two that it has whole,
 * a single number is that of the longer label.
 */
const factsNamed = (
  sentence: string,
  { facts }: ReportModel,
  numbers: number,
): readonly ContextualFact[] => {
  const shares = facts
    .map((fact) => {
      const words = fact.label.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
      const found = words.filter((word) => hasWord(sentence, word)).length;
      return { fact, found, share: words.length === 0 ? 0 : found / words.length };
    })
    .filter(({ share }) => share > 0.5)
    .toSorted((a, b) => b.share - a.share || b.found - a.found);
  const best = shares.filter(({ share }) => share === shares[0]!.share);
  return best.slice(0, numbers).map(({ fact }) => fact);
};

/** Codes of standards, sections of other papers, times of day and telephone numbers. */
const isPlace = (
  sentence: string,
  { at, thing: [number] }: Found<RegExpMatchArray>,
  { standards }: ReportModel,
): boolean => {
  if (standards.some(({ standard }) => standard === number)) return true;
  if (!number.includes(".") || /^ ?(?:%|per ?cent|pc)/i.test(sentence.slice(at + number.length)))
    return false;
  const before = sentence.slice(0, at);
  return (
    saysSection.test(before) ||
    /\d $/.test(before) ||
    (/^(?:[01]?\d|2[0-3])\.[0-5]\d$/.test(number) &&
      /\b(?:at|from|to|until|by|between|and) $/.test(before))
  );
};

const saysSection = new RegExp(
  String.raw`\b(?:(?:section|paragraph|rule|article|regulation|version|chapter|table|part|clause|` +
    String.raw`page|recommendation|standard)s?|appendix|annex)\s(?:[\d.]+,? (?:and|or|to) )?$`,
  "i",
);
