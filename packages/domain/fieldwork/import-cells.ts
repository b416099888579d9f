/** How one cell of a judgements sheet is read: words in any capitals, nothing guessed. */
import type { Framework } from "../framework/document.ts";
import { caseKeyQuestions } from "../framework/standards.ts";
import { QuestionCode } from "../kernel/codes.ts";
import type { Answer } from "./assessment/events.ts";
import { plain } from "../sampling/import-values.ts";

export const judgementColumns = [
  "case",
  "question",
  "answer",
  "rationale",
  "evidence",
  "reason",
] as const;
export type JudgementColumn = (typeof judgementColumns)[number];

/** The header that the template gives each column; `evidence` and `reason` may be left out. */
export const judgementHeaders: Readonly<Record<JudgementColumn, string>> = {
  case: "Case",
  question: "Question",
  answer: "Answer",
  rationale: "Rationale",
  evidence: "Evidence",
  reason: "Reason for change",
};

export const optionalColumns: readonly JudgementColumn[] = ["evidence", "reason"];

/** Other names, without spaces and punctuation. */
const synonyms: Readonly<Record<JudgementColumn, string>> = {
  case: "caseref casereference caseid caseno casenumber ref reference",
  question: "questioncode code keyquestion prompt keyquestionorprompt questionno",
  answer: "judgement yesno yn sufficient met",
  rationale: "comment comments note notes commentary explanation",
  evidence: "evidencereference source sources",
  reason: "changereason reasonforchange whychanged",
};

const columnByName: ReadonlyMap<string, JudgementColumn> = new Map(
  judgementColumns.flatMap((column) =>
    [column, plain(judgementHeaders[column]), ...synonyms[column].split(" ")].map(
      (name) => [name, column] as const,
    ),
  ),
);

export const judgementColumnNamed = (header: string): JudgementColumn | undefined =>
  columnByName.get(plain(header));

/**
 * `2.1.1`, `2.1.1a`, `Q2.1.1(a)`, as the framework writes it; undefined for what is no code, such
 * as a date made of it.
 */
export const readQuestion = (text: string, framework: Framework): string | undefined => {
  const codes = caseKeyQuestions(framework).flatMap(({ keyQuestion: { code, prompts } }) => [
    code,
    ...prompts.map((prompt) => prompt.code),
  ]);
  const given = bare(text);
  const found = [given, given.replace(/^q/, "")].flatMap((each) =>
    codes.filter((code) => bare(code) === each),
  );
  return found[0] ?? (isDate.test(given) ? undefined : QuestionCode.safeParse(text.trim()).data);
};

const isDate = /^\d{1,2}\.\d{1,2}\.\d{2,4}$/;

/** Without what people write around a code, or between it and its letter. */
const bare = (code: string): string =>
  code
    .toLowerCase()
    .replaceAll(/[\s()]/g, "")
    .replace(/\.([a-z]{1,2})$/, "$1");

const answers: ReadonlyMap<string, Answer> = new Map([
  ...["yes", "y", "sufficient", "met", "1", "true"].map((word) => [word, "yes"] as const),
  ...["no", "n", "insufficient", "notmet", "notsufficient", "0", "false"].map(
    (word) => [word, "no"] as const,
  ),
  ...["na", "notapplicable"].map((word) => [word, "not-applicable"] as const),
]);

export const readAnswer = (text: string): Answer | undefined => answers.get(plain(text));
