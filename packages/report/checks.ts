/**
 * What stands between a draft and the public: ratings in the text that differ from the ratings,
 * figures without a source, words that could name somebody, parts that are missing, hard language.
 */
import { outlineIn } from "@assay/domain/framework/outline.ts";
import { standardIn } from "@assay/domain/framework/standards.ts";
import { printable } from "./own-words.ts";
import { type Block, plainText } from "./document/blocks.ts";
import { footnotesIn } from "./document/footnotes.ts";
import { settingProblems } from "./document/limits.ts";
import { proseBlocks } from "./document/prose.ts";
import { sectionTitle } from "./document/wording.ts";
import type { Excusable, Excuse, Finding } from "./finding.ts";
import type { ReportModel } from "./model.ts";
import { type HiddenWords, namedInQuote, nameLikeIn, type Telling, tellingIn } from "./names.ts";
import { languageFindings } from "./plain-language.ts";
import { filledIn, fillingOf, unfilledIn } from "./references.ts";
import { erasedWords } from "./results.ts";
import { figuresSaidWrongly } from "./said-figures.ts";

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

/** Words that are in no draft yet, as they will be printed. What names no standard is about one. */
export const checkWords = (
  { place, words, standard }: Readonly<Record<"place" | "words", string>> & { standard?: string },
  hidden: HiddenWords,
  model: ReportModel,
): readonly Finding[] => {
  const named = (sentence: string): boolean =>
    model.standards.some((each) => sentence.includes(each.standard));
  const passage = {
    place,
    sentences: sentencesOf(filledIn(model, words)),
    typed: sentencesOf(words).map((sentence) =>
      standard === undefined || named(sentence) ? sentence : `${standard} ${sentence}`,
    ),
  };
  return [...namesIn(passage, hidden, model), ...figuresIn(passage, model)];
};

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
    ...figuresIn(passage, model),
    ...languageFindings(passage.place, passage.sentences),
  ]),
];

/** What a person wrote in one place. */
type Passage = {
  readonly place: string;
  readonly sentences: readonly string[];
  /** The same with their references as they were typed. */
  readonly typed: readonly string[];
  /** Those of them that are somebody else's words. */
  readonly quoted?: readonly string[];
};

/**
 * Everything that authors wrote, sentence by sentence. What the panel said is on record: it was
 * told of its words while it wrote, and they hold no report back.
 */
const passagesIn = (model: ReportModel): readonly Passage[] => [
  ...model.sections.map(({ section, markdown }) => {
    const filled = proseBlocks(markdown, section, { filling: fillingOf(model) });
    const typed = proseBlocks(markdown, section);
    return {
      place: sectionTitle(model.framework, section),
      sentences: [...filled.flatMap(wordsOf), ...notesOf(filled)].flatMap(sentencesOf),
      typed: [...typed.flatMap(wordsOf), ...notesOf(typed)].flatMap(sentencesOf),
      quoted: filled
        .filter(({ kind }) => kind === "quote")
        .flatMap(wordsOf)
        .flatMap(sentencesOf),
    };
  }),
  ...model.recommendations.map(({ number, wording, typed }) => ({
    place: `Recommendation ${number}`,
    sentences: sentencesOf(wording),
    typed: sentencesOf(typed),
  })),
  ...model.points.map(({ about, wording, typed }) => ({
    place: `Point on ${about}`,
    sentences: sentencesOf(wording),
    typed: sentencesOf(typed),
  })),
  ...model.history.flatMap(({ version, correction }) =>
    correction
      ? [
          {
            place: `Version ${version}`,
            sentences: sentencesOf(`${correction.what} ${correction.why}`),
            typed: sentencesOf(correction.typed),
          },
        ]
      : [],
  ),
];

const notesOf = (blocks: readonly Block[]): readonly string[] =>
  footnotesIn(blocks).map(({ children }) => plainText(children));

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
      return [...block.children.flatMap(wordsOf), ...(block.from ? [block.from] : [])];
    case "example":
      return [block.title, ...block.children.flatMap(wordsOf)];
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
  const rated = standards.flatMap(({ standard }) => standardIn(framework, standard) ?? []);
  const missing = outlineIn(framework, rated)
    .filter(({ id, required }) => required && !written.has(id))
    .map(({ id }) => error(sectionTitle(framework, id), "This section is not written."));
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

/** References without a value; figures and ratings that were typed and are not the record's. */
const figuresIn = ({ place, typed }: Passage, model: ReportModel): readonly Finding[] => [
  ...unfilledIn(model, typed.join("\n")).map(({ written, why }) =>
    error(place, `${written} ${why}.`),
  ),
  ...typed
    .flatMap((sentence) => figuresSaidWrongly(sentence, model))
    .map(({ problem, words }) =>
      error(place, problem, words === undefined ? undefined : { check: "figure", words }),
    ),
];

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
