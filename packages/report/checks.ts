/**
 * What stands between a draft and the public: ratings in the text that differ from the ratings,
 * figures without a source, words that could name somebody, parts that are missing, hard language.
 */
import { printable } from "./own-words.ts";
import { ratingWords } from "./rating-words.ts";
import type { Rating } from "@assay/domain/framework/scale.ts";
import { type Block, plainText } from "./document/blocks.ts";
import { settingProblems } from "./document/limits.ts";
import { proseBlocks } from "./document/prose.ts";
import { figure, sectionTitle } from "./document/wording.ts";
import type { Excusable, Excuse, Finding } from "./finding.ts";
import type { ReportModel } from "./model.ts";
import {
  hasWord,
  type HiddenWords,
  namedInQuote,
  nameLikeIn,
  type Telling,
  tellingIn,
} from "./names.ts";
import { languageFindings } from "./plain-language.ts";
import { erasedWords } from "./results.ts";

/** What a service says that it does or did: the public reads it, so it names nobody. */
export const checkAnswer = (
  answer: readonly { readonly place: string; readonly words: string }[],
  hidden: HiddenWords,
): readonly Finding[] =>
  answer.flatMap(({ place, words }) =>
    sentencesOf(words).flatMap((sentence) =>
      tellingIn(sentence, hidden).map(({ problem }) => error(place, problem)),
    ),
  );

export const checkReport = (model: ReportModel, hidden: HiddenWords): readonly Finding[] =>
  findingsIn(model, hidden).map((finding) => excusedBy(model.excuses, finding));

/** For the same words in the same place only; the reason given last is the one that holds. */
const excusedBy = (excuses: readonly Excuse[], finding: Finding): Finding => {
  const { place, excusable } = finding;
  const excuse = excuses.findLast(
    (each) =>
      each.place === place && each.check === excusable?.check && each.words === excusable.words,
  );
  return excuse ? { ...finding, severity: "excused", reason: excuse.reason } : finding;
};

const findingsIn = (model: ReportModel, hidden: HiddenWords): readonly Finding[] => [
  ...missingParts(model),
  ...model.sections.flatMap(({ section, markdown }) =>
    settingProblems(markdown).map(({ line, problem }) =>
      error(sectionTitle(model.framework, section), `Line ${line}: ${problem}`),
    ),
  ),
  ...unreasoned(model),
  ...model.facts.flatMap(unsourced),
  ...passagesIn(model).flatMap((passage) => [
    ...namesIn(passage, hidden, model),
    ...ratingsIn(passage, model),
    ...numbersIn(passage, model),
    ...languageFindings(passage.place, passage.sentences),
  ]),
];

/** What a person wrote in one place. */
type Passage = {
  readonly place: string;
  readonly sentences: readonly string[];
  /** Those of them that are somebody else's words. */
  readonly quoted?: readonly string[];
};

/**
 * Everything that authors wrote, sentence by sentence. What the panel said is on record: it was
 * told of its words while it wrote, and they hold no report back.
 */
const passagesIn = ({
  framework,
  sections,
  recommendations,
  history,
}: ReportModel): readonly Passage[] => [
  ...sections.map(({ section, markdown }) => ({
    place: sectionTitle(framework, section),
    sentences: proseBlocks(markdown, section).flatMap(wordsOf).flatMap(sentencesOf),
    quoted: proseBlocks(markdown, section)
      .filter(({ kind }) => kind === "quote")
      .flatMap(wordsOf)
      .flatMap(sentencesOf),
  })),
  ...recommendations.map(({ number, wording }) => ({
    place: `Recommendation ${number}`,
    sentences: sentencesOf(wording),
  })),
  ...history.flatMap(({ version, correction }) =>
    correction
      ? [
          {
            place: `Version ${version}`,
            sentences: sentencesOf(`${correction.what} ${correction.why}`),
          },
        ]
      : [],
  ),
];

const wordsOf = (block: Block): readonly string[] => {
  switch (block.kind) {
    case "heading":
      return [block.text];
    case "paragraph":
    case "notice":
      return [plainText(block.children)];
    case "list":
      return block.items.flatMap((item) => item.flatMap(wordsOf));
    case "quote":
      return block.children.flatMap(wordsOf);
    case "table":
      return block.rows.map((cells) => cells.map(plainText).join(" "));
    case "figure":
      return [];
  }
};

const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?])\s+(?=[A-Z“"'‘])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");

const missingParts = ({
  sections,
  standards,
  framework,
  recommendations,
  facts,
  reconstruction,
}: ReportModel): readonly Finding[] => {
  const written = new Set<string>(sections.map(({ section }) => section));
  const rated = new Set(standards.map(({ domain }) => domain));
  const missing = [
    ...framework.report.sections.filter(({ required }) => required).map(({ id }) => id),
    ...framework.domains
      .filter(({ number }) => rated.has(number))
      .map(({ number }) => `domain-${number}`),
  ]
    .filter((section) => !written.has(section))
    .map((section): Finding =>
      error(sectionTitle(framework, section), "This section is not written."),
    );
  return [
    ...missing,
    ...sections
      .filter(({ markdown }) => markdown === erasedWords)
      .map(({ section }) =>
        error(sectionTitle(framework, section), "The words of this section were erased."),
      ),
    ...(recommendations.length === 0 && !reconstruction
      ? [error("Recommendations", "There is none.")]
      : []),
    ...(facts.length === 0 ? [warning("Contextual facts", "No figure is recorded.")] : []),
  ];
};

const unreasoned = ({ standards, reconstruction }: ReportModel): readonly Finding[] =>
  standards.flatMap(({ standard, discretion, decidedBy }) => {
    const place = `Standard ${standard}`;
    if (decidedBy === "adopted") {
      const problem = "The rating differs from the rule and no reason is on record.";
      return [reconstruction ? warning(place, problem) : error(place, problem)];
    }
    if (!discretion) return [];
    return discretion.reason === erasedWords || discretion.reason.trim() === ""
      ? [error(place, "Discretion was exercised and its reason cannot be printed.")]
      : [];
  });

const unsourced = ({ label, source, asOf }: ReportModel["facts"][number]): readonly Finding[] =>
  source.trim() === "" || asOf.trim() === ""
    ? [error("Contextual facts", `“${label}” has no source or no date.`)]
    : [];

/** What tells who somebody is, or could, and is none of the words that the report may print. */
const namesIn = (
  { place, sentences, quoted = [] }: Passage,
  hidden: HiddenWords,
  model: ReportModel,
): readonly Finding[] => [
  ...quoted
    .flatMap((sentence) => namedInQuote(sentence, printable(model)))
    .map((each) => naming(place, each)),
  ...sentences.flatMap((sentence) => {
    const told = tellingIn(sentence, hidden);
    const like = nameLikeIn(sentence, printable(model)).filter(
      ({ words }) => !told.some((each) => words.includes(each.words) || each.words.includes(words)),
    );
    return [...told, ...like].map((each) => naming(place, each));
  }),
];

const naming = (place: string, { words, problem, known }: Telling): Finding =>
  known ? error(place, problem) : error(place, problem, { check: "name", words });

/** A sentence that gives one standard, or the service overall, a rating that it does not have. */
const ratingsIn = ({ place, sentences }: Passage, model: ReportModel): readonly Finding[] =>
  sentences.flatMap((sentence): readonly Finding[] => {
    const said = [...sentence.matchAll(ratingWords(model))].map(([word]) => word.toLowerCase());
    const total = sentence.match(
      /\b(\d+) (?:out )?of (\d+)\b(?= points|\.|,|$| in total| overall)/,
    );
    const { score, maxScore, overall } = model.result;
    const wrongTotal =
      total && Number(total[2]) === maxScore && Number(total[1]) !== score
        ? [error(place, `The text says ${total[1]} out of ${maxScore}; the score is ${score}.`)]
        : [];
    const about = ratedIn(sentence, model);
    if (said.length !== 1 || about.length !== 1) return wrongTotal;
    const [{ name, rating }] = about as [{ name: string; rating: Rating | undefined }];
    const actual = name === "overall" ? overall : rating;
    return actual?.toLowerCase() === said[0]
      ? wrongTotal
      : [
          ...wrongTotal,
          error(
            place,
            `The text says ${said[0]!} for ${name}; the rating is ${actual ?? "not rated"}.`,
          ),
        ];
  });

/** Standards by their code, or by a name that only one of them has; "overall" for the total. */
const ratedIn = (sentence: string, { standards }: ReportModel) => {
  const lower = sentence.toLowerCase();
  const found = standards.filter(({ standard, label }) => {
    const unique = standards.filter((other) => other.label === label).length === 1;
    return hasWord(sentence, standard) || (unique && lower.includes(label.toLowerCase()));
  });
  const named = found.map(({ standard, rating }) => ({ name: standard, rating }));
  return named.length === 0 && /\boverall\b/i.test(sentence)
    ? [{ name: "overall", rating: undefined }]
    : named;
};

/** Percentages and decimals in the text that no figure and no table of this report has. */
const numbersIn = ({ place, sentences }: Passage, model: ReportModel): readonly Finding[] => {
  const known = new Set([
    ...model.facts.map(({ value }) => figure(value)),
    ...model.standards
      .flatMap(({ keyQuestions }) =>
        keyQuestions.flatMap(({ percent, prompts }) => [
          percent,
          ...prompts.map((each) => each.percent),
        ]),
      )
      .flatMap((percent) => (percent === undefined ? [] : [String(percent)])),
  ]);
  return sentences.flatMap((sentence) =>
    [...sentence.matchAll(/(?<![\d.])(?:\d[\d,]*(?:\.\d+)?(?= ?%| per cent)|\d+\.\d+\b(?!\.\d))/g)]
      .map(([number]) => number)
      .filter((number) => !known.has(number) && !isCode(number, model))
      .map((number) =>
        error(place, `${number} is no figure of this report: record its source.`, {
          check: "figure",
          words: number,
        }),
      ),
  );
};

const isCode = (number: string, { standards }: ReportModel): boolean =>
  standards.some(({ standard }) => standard === number);

const error = (place: string, problem: string, excusable?: Excusable): Finding => ({
  place,
  problem,
  severity: "error",
  ...(excusable && { excusable }),
});
const warning = (place: string, problem: string): Finding => ({
  place,
  problem,
  severity: "warning",
});
