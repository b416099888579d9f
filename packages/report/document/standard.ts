/**
 * One standard's part of a domain's chapter: its rating and what decided it, the table of its key
 * questions, and the tables of their prompts, with a note wherever a rule leaves cases out.
 */
import { combiningInWords } from "@assay/domain/audit/explain-combining.ts";
import { confidenceIn } from "@assay/domain/framework/populations.ts";
import { textAbout } from "@assay/domain/framework/outline.ts";
import { keyQuestionIn, scaleNamed, standardIn } from "@assay/domain/framework/standards.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { marginOf } from "@assay/domain/sampling/margin.ts";
import { printsAnswers, type ReportModel, scaleIn } from "../model.ts";
import { fillingOf } from "../references.ts";
import type { KeyQuestionResult, PromptResult, StandardResult } from "../results.ts";
import {
  type Block,
  bullets,
  type Column,
  heading,
  type Inline,
  type Note,
  paragraph,
  say,
  type Table,
} from "./blocks.ts";
import { sectionBlocks } from "./section.ts";
import { listed } from "@assay/domain/kernel/wording.ts";
import { percentage, triggerWords } from "./wording.ts";
import { provisionalMark } from "./provisional.ts";

export const standardBlocks = (model: ReportModel, standard: StandardResult): readonly Block[] => [
  heading(3, standardId(standard), `${standard.standard} ${standard.label}`),
  ratingLine(model, standard),
  ...reasonsFor(model, standard),
  ...sectionBlocks(model, textAbout("standard", standard.standard), 3),
  ...(standard.judged === "by-cases" ? [] : consideredBlocks(model, standard)),
  ...standard.considered.flatMap((question) => questionText(model, question)),
  ...keyQuestionBlocks(model, standard),
  ...standard.keyQuestions.flatMap((question) => [
    ...questionText(model, question),
    ...(printsAnswers(model) && question.prompts.some(({ relevant }) => relevant > 0)
      ? [promptTable(model, question)]
      : []),
  ]),
];

/** What was written about a key question, under a heading of its own. */
const questionText = (
  model: ReportModel,
  { keyQuestion, label }: { readonly keyQuestion: string; readonly label: string },
): readonly Block[] => {
  const id = textAbout("question", keyQuestion);
  const blocks = sectionBlocks(model, id, 4);
  return blocks.length === 0 ? [] : [heading(4, id, `${keyQuestion} ${label}`), ...blocks];
};

const standardId = ({ standard }: StandardResult): string => `standard-${idOf(standard)}`;

const idOf = (code: string): string => code.replaceAll(".", "-");

const ratingLine = (
  model: ReportModel,
  { standard, rating, score, scored }: StandardResult,
): Block =>
  paragraph(
    { kind: "strong", children: [say("Rating: ")] },
    { kind: "rating", rating, scale: scaleIn(model, standard) },
    !scored && hasScore(model.framework)
      ? " (not scored)"
      : score !== undefined && hasScore(model.framework)
        ? ` (score ${score})`
        : "",
    ...provisionalMark(model, standard),
  );

/** Discretion exercised, declined, or a published difference that nobody explained. */
export const reasonsFor = (model: ReportModel, standard: StandardResult): readonly Block[] => {
  const filling = fillingOf(model);
  const { discretion, declined, decidedBy, rule, rating } = standard;
  if (discretion) {
    return [
      paragraph(
        { kind: "strong", children: [say("Professional discretion. ")] },
        `The rule gives ${discretion.from}. The panel moved the rating ${discretion.direction} ` +
          `to ${discretion.to}. It could do so because ${because(discretion.triggers)}. ` +
          "Its reason: ",
        ...filling(sentence(discretion.typed)),
      ),
    ];
  }
  if (decidedBy === "adopted")
    return [{ kind: "notice", children: [say(adoptedWords(rule, rating))] }];
  if (!declined) return [];
  return [
    paragraph(
      `The panel considered professional discretion, because ${because(declined.triggers)}, and ` +
        "did not exercise it. Its reason: ",
      ...filling(sentence(declined.typed)),
    ),
  ];
};

export const adoptedWords = (rule: string | undefined, rating: string | undefined): string =>
  `The published rating, ${rating ?? "not rated"}, differs from the rule, which gives ` +
  `${rule ?? "no rating"}, and the published report gives no reason.`;

const because = (triggers: readonly string[]): string =>
  listed(triggers.map((trigger) => triggerWords[trigger] ?? trigger));

const sentence = (text: string): string =>
  /[.!?\]]$/.test(text.trim()) ? text : `${text.trim()}.`;

const consideredBlocks = (
  model: ReportModel,
  { judged, considered, standard }: StandardResult,
): readonly Block[] => {
  const named = listed(considered.map(({ keyQuestion, label }) => `${label} (${keyQuestion})`));
  if (judged === "by-people") {
    if (model.reconstruction) {
      return [paragraph(`By the framework it is judged as a whole, from evidence on ${named}.`)];
    }
    return [paragraph(`Inspectors judged this standard as a whole, from evidence on ${named}.`)];
  }
  const { framework } = model;
  const made = standardIn(framework, standard);
  if (made?.judged !== "by-questions") return [];
  const own = scaleNamed(framework, made.scale);
  return [
    paragraph(
      "The rating is made of those of its key questions. " +
        combiningInWords(
          made.combine,
          { what: "key question", scale: own, result: own },
          made.limits,
        ),
    ),
    ...(considered.length > 0
      ? [
          bullets(
            considered.map(
              ({ keyQuestion, label, rating }) =>
                `${keyQuestion} ${label}: ${rating ?? "judged with the others"}`,
            ),
          ),
        ]
      : []),
  ];
};

const columnsFor = ({ printed, counts }: ReportModel, first: string): readonly Column[] => [
  { label: first, numeric: false },
  ...(counts ? [{ label: "Relevant cases", numeric: true }] : []),
  ...(printed.numbers ? [{ label: "Number yes", numeric: true }] : []),
  ...(printed.percentages ? [{ label: "Percentage yes", numeric: true }] : []),
];

type Counted = Pick<PromptResult, "relevant" | "yes" | "percent">;

/** Numbers, percentages or both; the lowest stands out. */
const cellsFor = (
  { printed, counts }: ReportModel,
  { relevant, yes, percent }: Counted,
  lowest: boolean,
): readonly (readonly Inline[])[] => {
  const given = (text: string): readonly Inline[] => [
    lowest ? { kind: "lowest", text } : say(text),
  ];
  return [
    ...(counts ? [[say(String(relevant))]] : []),
    ...(printed.numbers ? [given(String(yes))] : []),
    ...(printed.percentages ? [given(percentage(percent))] : []),
  ];
};

/** As a table, or by their names alone where nothing of the answers is printed. */
const keyQuestionBlocks = (model: ReportModel, standard: StandardResult): readonly Block[] => {
  const { keyQuestions } = standard;
  if (keyQuestions.length === 0) return [];
  if (printsAnswers(model)) return [keyQuestionTable(model, standard)];
  return [
    paragraph("Key questions that were answered for each case:"),
    bullets(keyQuestions.map(({ keyQuestion, label }) => `${keyQuestion} ${label}`)),
  ];
};

const keyQuestionTable = (model: ReportModel, standard: StandardResult): Table => {
  const id = `table-${idOf(standard.standard)}`;
  const sampled = model.sample.populations.length > 0;
  const notes = notesOn(standard.keyQuestions, id);
  return {
    kind: "table",
    id,
    caption: `${standard.standard} ${standard.label}: sufficient work by key question`,
    columns: [
      ...columnsFor(model, "Key question"),
      ...(sampled ? [{ label: "Margin of error, in points", numeric: true }] : []),
    ],
    rows: standard.keyQuestions.map((question) => [
      [
        say(`${question.keyQuestion} ${question.label}`),
        ...notes
          .filter(({ relevance }) => relevance === question.relevance)
          .map(({ note }): Inline => ({ kind: "mark", mark: note.mark, note: note.id })),
      ],
      ...cellsFor(model, question, question.lowest),
      ...(sampled ? [[say(marginFor(model, question.keyQuestion, question.relevant))]] : []),
    ]),
    notes: [
      ...notes.map(({ note }) => note),
      ...(standard.judged === "by-cases" ? [boldNote(id)] : []),
      ...(sampled ? [marginNote(id)] : []),
    ],
  };
};

const marginNote = (id: string): Note => ({
  id: `${id}-margin`,
  mark: "",
  children: [
    say(
      "The margin of error follows from the number of relevant cases and from how many of " +
        "the eligible cases were assessed. The methodology gives its confidence.",
    ),
  ],
});

/** How far the share may lie from that among all eligible cases that the question concerns. */
const marginFor = (
  { sample, framework }: ReportModel,
  keyQuestion: string,
  relevant: number,
): string => {
  const population = keyQuestionIn(framework, keyQuestion)?.keyQuestion.population;
  const facts = sample.populations.find((each) => each.population === population);
  const settings = framework.populations.find(({ name }) => name === population);
  const confidence = settings && confidenceIn(settings);
  if (!facts || !confidence) return "–";
  const { assessed, eligible } = facts;
  return marginOf({ relevant, assessed, eligible }, confidence)?.toFixed(1) ?? "–";
};

const boldNote = (id: string): Note => ({
  id: `${id}-bold`,
  mark: "",
  children: [say("The lowest percentage, in bold, decides the rating that the rule gives.")],
});

/** One note for each rule that leaves cases out, in the order of the questions. */
const notesOn = (
  questions: readonly KeyQuestionResult[],
  table: string,
): readonly { readonly relevance: string; readonly note: Note }[] => {
  const rules = [...new Set(questions.flatMap(({ relevance }) => relevance ?? []))];
  return rules.map((relevance, i) => {
    const mark = String.fromCodePoint(97 + i);
    return { relevance, note: { id: `${table}-note-${mark}`, mark, children: [say(relevance)] } };
  });
};

const promptTable = (
  model: ReportModel,
  { keyQuestion, label, prompts }: KeyQuestionResult,
): Table => {
  const id = `table-${idOf(keyQuestion)}`;
  const some = prompts.some(({ whereApplicable }) => whereApplicable);
  const note: Note = {
    id: `${id}-note`,
    mark: "†",
    children: [say("Where applicable: cases to which the prompt did not apply are left out.")],
  };
  return {
    kind: "table",
    id,
    dense: true,
    caption: `${keyQuestion} ${label}: what inspectors looked for`,
    columns: columnsFor(model, "Prompt"),
    rows: prompts.map((prompt) => [
      [
        say(`${prompt.prompt} ${prompt.label}`),
        ...(prompt.whereApplicable
          ? [{ kind: "mark", mark: note.mark, note: note.id } as const]
          : []),
      ],
      ...cellsFor(model, prompt, false),
    ]),
    notes: some ? [note] : [],
  };
};
