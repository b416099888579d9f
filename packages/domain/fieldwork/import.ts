/**
 * From a sheet of judgements, one row for each case and question, to answers that can be recorded:
 * all of them, or every problem at once with its place and nothing at all.
 */
import type { Answer } from "./assessment/events.ts";
import type { Population } from "../framework/case-profile.ts";
import type { Framework } from "../framework/document.ts";
import { populationNamed } from "../framework/populations.ts";
import { keyQuestionIn } from "../framework/standards.ts";
import { isPrompt, keyQuestionOf } from "../kernel/codes.ts";
import type { CaseId } from "../kernel/ids.ts";
import { headedBy } from "../sampling/import-header.ts";
import type { Problem, TableRecord } from "../sampling/table-record.ts";
import { unguarded } from "../sampling/import-values.ts";
import {
  type JudgementColumn,
  judgementColumnNamed,
  judgementColumns,
  judgementHeaders,
  optionalColumns,
  readAnswer,
  readQuestion,
} from "./import-cells.ts";

/** What `RecordJudgement` is to be told, besides who and when. */
export type ImportedJudgement = {
  readonly case: CaseId;
  readonly question: string;
  readonly answer: Answer;
  readonly rationale?: string;
  readonly evidence?: readonly string[];
  readonly reason?: string;
};

export type JudgementProblem = Omit<Problem, "code"> & {
  readonly code:
    | Exclude<Problem["code"], "repeated-reference">
    | "not-in-the-sample"
    | "unknown-question"
    | "not-in-the-population"
    | "not-relevant"
    | "not-applicable-not-allowed"
    | "rationale-required"
    | "answered-twice";
};

export type ImportedJudgements =
  | {
      readonly accepted: true;
      readonly judgements: readonly ImportedJudgement[];
      /** Headers of columns that were not read. */
      readonly ignored: readonly string[];
    }
  | { readonly accepted: false; readonly problems: readonly JudgementProblem[] };

export type JudgementContext = {
  readonly framework: Framework;
  /** The cases that are being assessed. */
  readonly sample: ReadonlyMap<CaseId, { readonly population: Population }>;
  /** By the names that a sheet may use: a case's own id always is one of them. */
  readonly references: ReadonlyMap<string, CaseId>;
  /** The relevant key questions of the cases whose scope is recorded; others are not held to it. */
  readonly relevant: ReadonlyMap<CaseId, ReadonlySet<string>>;
};

/** As long as a rationale or a reason may be, and as many rows as one sheet may have. */
const LONGEST = 20_000;
const MOST_ROWS = 100_000;
const MOST_EVIDENCE = 20;

export const importJudgements = (
  records: readonly TableRecord[],
  context: JudgementContext,
): ImportedJudgements => {
  const isKnown = (text: string) => judgementColumnNamed(unguarded(text)) !== undefined;
  const { header, body, problems: above } = headedBy(records, isKnown);
  if (!header || body.length === 0) return rejectedJudgements([whole(1, "empty-list", asked)]);
  const { places, ignored, problems } = placesIn(header);
  if (body.length > MOST_ROWS) {
    const line = body[MOST_ROWS]!.line;
    return rejectedJudgements([whole(line, "too-many-rows", `at most ${MOST_ROWS} rows`)]);
  }
  const read = body.map((record) => readRow({ record, header, places }, context));
  const inRows = [...read.flatMap((row) => row.problems), ...twice(read)];
  const found = [...above, ...problems, ...inRows];
  if (found.length > 0) return rejectedJudgements(found.toSorted((a, b) => a.line - b.line));
  return { accepted: true, judgements: read.map(({ judgement }) => judgement!), ignored };
};

export const rejectedJudgements = (problems: readonly JudgementProblem[]): ImportedJudgements => ({
  accepted: false,
  problems,
});

const asked = "a header and at least one judgement";

const whole = (
  line: number,
  code: JudgementProblem["code"],
  expected: string,
): JudgementProblem => ({
  line,
  column: undefined,
  header: undefined,
  value: "",
  expected,
  code,
});

type Places = ReadonlyMap<JudgementColumn, number>;

const placesIn = (header: TableRecord) => {
  const places = new Map<JudgementColumn, number>();
  const ignored: string[] = [];
  const problems: JudgementProblem[] = [];
  for (const [index, text] of header.cells.entries()) {
    const column = judgementColumnNamed(unguarded(text));
    if (column === undefined) {
      if (text.trim() !== "") ignored.push(text.trim());
    } else if (places.has(column)) {
      const expected = `one column for ${judgementHeaders[column]}`;
      const place = { column: index + 1, header: text.trim(), value: text };
      problems.push({ ...whole(header.line, "repeated-column", expected), ...place });
    } else places.set(column, index);
  }
  for (const column of judgementColumns) {
    if (places.has(column) || optionalColumns.includes(column)) continue;
    const name = judgementHeaders[column];
    problems.push({ ...whole(header.line, "missing-column", `a column ${name}`), header: name });
  }
  return { places, ignored, problems };
};

type Row = {
  readonly record: TableRecord;
  readonly header: TableRecord;
  readonly places: Places;
};

type ReadRow = {
  readonly judgement: ImportedJudgement | undefined;
  readonly problems: readonly JudgementProblem[];
  readonly at: (code: JudgementProblem["code"], expected: string) => JudgementProblem;
};

const readRow = ({ record, header, places }: Row, context: JudgementContext): ReadRow => {
  const cell = (column: JudgementColumn): string =>
    unguarded(record.cells[places.get(column) ?? -1] ?? "").trim();
  const say = (
    column: JudgementColumn,
    code: JudgementProblem["code"],
    expected: string,
  ): JudgementProblem => {
    const index = places.get(column);
    const place =
      index === undefined ? {} : { column: index + 1, header: header.cells[index]!.trim() };
    return { ...whole(record.line, code, expected), ...place, value: cell(column) };
  };
  const id = context.references.get(cell("case")) ?? (cell("case").toLowerCase() as CaseId);
  const question = readQuestion(cell("question"), context.framework);
  const answer = readAnswer(cell("answer"));
  const evidence = cell("evidence")
    .split(/[;\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== "");
  // That a column is missing is said once, and not for each row.
  const problems = [
    ...(places.has("case") ? caseProblems(id, cell("case"), context, say) : []),
    ...(places.has("question") ? questionProblems(id, question, context, say) : []),
    ...(places.has("answer") ? answerProblems(answer, question, cell, say) : []),
    ...longTexts(cell, evidence, say),
  ].filter(({ column }) => column !== undefined);
  const known = problems.length === 0 && question !== undefined && answer !== undefined;
  return {
    problems,
    at: (code, expected) => say("question", code, expected),
    judgement: known
      ? {
          case: id,
          question,
          answer,
          ...(cell("rationale") !== "" && { rationale: cell("rationale") }),
          ...(evidence.length > 0 && { evidence }),
          ...(cell("reason") !== "" && { reason: cell("reason") }),
        }
      : undefined,
  };
};

type Say = (
  column: JudgementColumn,
  code: JudgementProblem["code"],
  expected: string,
) => JudgementProblem;

const caseProblems = (
  id: CaseId,
  text: string,
  { sample }: JudgementContext,
  say: Say,
): readonly JudgementProblem[] => {
  if (sample.has(id)) return [];
  return text === ""
    ? [say("case", "required", "the case's reference")]
    : [say("case", "not-in-the-sample", "a case of the sample")];
};

const codes = "a question such as 2.1.1 or 2.1.1a; where a date stands, Excel made it of the code";

const questionProblems = (
  id: CaseId,
  question: string | undefined,
  { framework, sample, relevant }: JudgementContext,
  say: Say,
): readonly JudgementProblem[] => {
  if (question === undefined) return [say("question", "not-recognised", codes)];
  const located = keyQuestionIn(framework, keyQuestionOf(question));
  const known =
    located &&
    (!isPrompt(question) || located.keyQuestion.prompts.some(({ code }) => code === question));
  if (!known) {
    return [say("question", "unknown-question", `a question of ${framework.id} asked of cases`)];
  }
  const population = sample.get(id)?.population;
  if (population !== undefined && population !== located.keyQuestion.population) {
    const { many } = populationNamed(framework, population).words.case;
    const expected = `a question asked of ${many}`;
    return [say("question", "not-in-the-population", expected)];
  }
  return (relevant.get(id)?.has(keyQuestionOf(question)) ?? true)
    ? []
    : [say("question", "not-relevant", "a question that the case's scope makes relevant")];
};

const answerProblems = (
  answer: Answer | undefined,
  question: string | undefined,
  cell: (column: JudgementColumn) => string,
  say: Say,
): readonly JudgementProblem[] => {
  if (answer === undefined) {
    const code = cell("answer") === "" ? "required" : "not-recognised";
    return [say("answer", code, "one of: yes, no, not applicable")];
  }
  if (question === undefined || isPrompt(question)) return [];
  if (answer === "not-applicable") {
    return [say("answer", "not-applicable-not-allowed", "yes or no: this is a key question")];
  }
  return answer === "no" && cell("rationale") === ""
    ? [say("rationale", "rationale-required", "why the answer to a key question is no")]
    : [];
};

const longTexts = (
  cell: (column: JudgementColumn) => string,
  evidence: readonly string[],
  say: Say,
): readonly JudgementProblem[] => [
  ...(["rationale", "reason"] as const)
    .filter((column) => cell(column).length > LONGEST)
    .map((column) => say(column, "too-long", `at most ${LONGEST} characters`)),
  ...(evidence.length > MOST_EVIDENCE || evidence.some((each) => each.length > 500)
    ? [say("evidence", "too-long", `at most ${MOST_EVIDENCE} pointers of 500 characters`)]
    : []),
];

/** Two answers to one question about one case: neither is taken for the right one. */
const twice = (rows: readonly ReadRow[]): readonly JudgementProblem[] => {
  const first = new Map<string, number>();
  return rows.flatMap(({ judgement, at }) => {
    if (!judgement) return [];
    const key = `${judgement.case} ${judgement.question}`;
    const line = at("answered-twice", "").line;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, line);
    return earlier === undefined
      ? []
      : [at("answered-twice", `one answer for this case: line ${earlier} has one too`)];
  });
};
