/**
 * What stands between a draft and the public: ratings in the text that differ from the ratings,
 * figures without a source, words that could name somebody, parts that are missing, hard language.
 */
import { isInspectionEvent } from "@assay/domain/announcement/events.ts";
import { Rating } from "@assay/domain/framework/ruleset.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { Section } from "@assay/domain/publication/events.ts";
import { type Block, plainText } from "./document/blocks.ts";
import { proseBlocks } from "./document/prose.ts";
import { figure, sectionTitles } from "./document/wording.ts";
import type { Finding } from "./finding.ts";
import type { ReportModel } from "./model.ts";
import { languageFindings } from "./plain-language.ts";
import type { Recorded } from "./recorded.ts";
import { erasedWords } from "./results.ts";

/** Words that are known and must never be read: references, children, managers, people. */
export type HiddenWords = ReadonlySet<string>;

/** What a service says that it does or did: the public reads it, so it names nobody. */
export const checkAnswer = (
  answer: readonly { readonly place: string; readonly words: string }[],
  hidden: HiddenWords,
): readonly Finding[] =>
  answer.flatMap(({ place, words: said }) => revealing(place, sentencesOf(said), hidden));

export const checkReport = (model: ReportModel, hidden: HiddenWords): readonly Finding[] => [
  ...missingParts(model),
  ...unreasoned(model),
  ...model.facts.flatMap(unsourced),
  ...passagesIn(model).flatMap((passage) => [
    ...namesIn(passage, hidden, model),
    ...ratingsIn(passage, model),
    ...numbersIn(passage, model),
    ...languageFindings(passage.place, passage.sentences),
  ]),
];

/** What the facts know of cases and people and no report may print. */
export const hiddenWordsIn = (recorded: readonly Recorded[]): HiddenWords => {
  const found = recorded.flatMap(({ event }): readonly (string | undefined)[] => {
    if (!isInspectionEvent(event)) return [];
    if (event.type === "InspectionAnnounced") {
      return event.recipients.map(({ text }) => words(text)?.name);
    }
    if (event.type !== "CaseListSubmitted") return [];
    return event.cases.flatMap(({ case: id, text }) => {
      const known = words(text);
      return [id, known?.ref, known?.child, known?.manager];
    });
  });
  return new Set(found.filter((word) => word !== undefined && word.length > 2) as string[]);
};

type Passage = { readonly place: string; readonly sentences: readonly string[] };

/** Everything that a person wrote, sentence by sentence. */
const passagesIn = ({
  sections,
  recommendations,
  standards,
  history,
}: ReportModel): readonly Passage[] => [
  ...sections.map(({ section, markdown }) => ({
    place: sectionTitles[section],
    sentences: proseBlocks(markdown, section).flatMap(wordsOf).flatMap(sentencesOf),
  })),
  ...recommendations.map(({ number, wording }) => ({
    place: `Recommendation ${number}`,
    sentences: sentencesOf(wording),
  })),
  ...standards.flatMap(({ standard, discretion, declined }) => {
    const reason = discretion?.reason ?? declined?.reason;
    return reason === undefined
      ? []
      : [{ place: `${standard}, reason`, sentences: sentencesOf(reason) }];
  }),
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
  framework,
  recommendations,
  facts,
}: ReportModel): readonly Finding[] => {
  const domains = new Set(framework.domains.map(({ number }) => `domain-${number}`));
  const written = new Set<string>(sections.map(({ section }) => section));
  const missing = Section.options
    .filter((section) => !section.startsWith("domain-") || domains.has(section))
    .filter((section) => !written.has(section))
    .map((section): Finding => error(sectionTitles[section], "This section is not written."));
  return [
    ...missing,
    ...sections
      .filter(({ markdown }) => markdown === erasedWords)
      .map(({ section }) =>
        error(sectionTitles[section], "The words of this section were erased."),
      ),
    ...(recommendations.length === 0 ? [error("Recommendations", "There is none.")] : []),
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

/** What looks like a reference or a name, and is none of the words that the report may print. */
const namesIn = (
  { place, sentences }: Passage,
  hidden: HiddenWords,
  model: ReportModel,
): readonly Finding[] =>
  sentences.flatMap((sentence): readonly Finding[] => {
    const pairs = (sentence.match(/(?<=[a-z,;:] )[A-Z][a-z]+ [A-Z][a-z]+/g) ?? []).filter(
      (pair) => !printable(model).includes(pair.toLowerCase()),
    );
    return [
      ...revealing(place, [sentence], hidden),
      ...pairs.map((pair) => warning(place, `“${pair}” could be a name.`)),
    ];
  });

/** Words that are known to be a case's or a person's, or are written like one. */
const revealing = (
  place: string,
  sentences: readonly string[],
  hidden: HiddenWords,
): readonly Finding[] =>
  sentences.flatMap((sentence) => {
    const known = [...hidden].filter((word) => hasWord(sentence, word));
    const references = sentence.match(/\bc\d{4,6}\b|\b[A-Z]{2,}[-/]?\d{3,}\b/g) ?? [];
    const titled = sentence.match(/\b(Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z]\w+/g) ?? [];
    return [
      ...[...new Set([...known, ...references])].map((word) =>
        error(place, `“${word}” is a case or a person.`),
      ),
      ...titled.map((name) => error(place, `“${name}” names a person.`)),
    ];
  });

const hasWord = (sentence: string, word: string): boolean =>
  new RegExp(`(?<![\\w-])${word.replaceAll(/[^\w\s]/g, "\\$&")}(?![\\w-])`, "i").test(sentence);

/** Capitalised words with which a report may speak of bodies, places and its own parts. */
const printable = ({ service, recommendations, facts, standards }: ReportModel): string =>
  [
    service.name,
    ...recommendations.map(({ addressee }) => addressee),
    ...facts.flatMap(({ label, source }) => [label, source]),
    ...standards.map(({ label }) => label),
    ...Rating.options,
    "England and Wales",
    "Youth Justice Board",
    "Chief Inspector",
    "Requires improvement",
  ]
    .join(" | ")
    .toLowerCase();

const ratingWords = /\b(Inadequate|Requires [Ii]mprovement|Good|Outstanding)\b/g;

/** A sentence that gives one standard, or the service overall, a rating that it does not have. */
const ratingsIn = ({ place, sentences }: Passage, model: ReportModel): readonly Finding[] =>
  sentences.flatMap((sentence): readonly Finding[] => {
    const said = [...sentence.matchAll(ratingWords)].map(([word]) => word.toLowerCase());
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
      .map((number) => warning(place, `${number} is no figure of this report: record its source.`)),
  );
};

const isCode = (number: string, { standards }: ReportModel): boolean =>
  standards.some(({ standard }) => standard === number);

const error = (place: string, problem: string): Finding => ({ place, problem, severity: "error" });
const warning = (place: string, problem: string): Finding => ({
  place,
  problem,
  severity: "warning",
});
