/** Where a framework's document says what a command that was refused went by. */
import type { Framework } from "@assay/domain/framework/document.ts";
import type { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import type { AnyCommand } from "@assay/domain/steps.ts";

/** The part of the document by which a command of that type is judged. */
const parts: Partial<Readonly<Record<AnyCommand["type"], string>>> = {
  ScheduleInspection: "kinds",
  AnnounceInspection: "letter.offices",
  SetSampleSizes: "populations",
  SubmitCaseList: "columns",
  SatisfyRequest: "requests",
  DrawSample: "populations",
  NotifySample: "populations",
  RecordScope: "caseFacts",
  JudgeClassification: "caseTallies",
  LogEvidence: "evidenceKinds",
  CloseFieldwork: "standards",
  ConvenePanel: "ruleset.panel",
  ConcludePanel: "ruleset.panel",
  DecideOverall: "overall",
  DraftSection: "report.sections",
  SendDraft: "report",
  SignOffReport: "report",
  SetEmbargo: "ruleset.report.publicationTime",
};

type Told = Readonly<Record<string, unknown>>;

export const placeOfRefusal = (
  { command }: CommandEnvelope,
  refusal: unknown,
  framework: Framework,
): string => {
  const told = { ...(command as Told), ...(refusal as Told) };
  const { problems } = told;
  const [first] = Array.isArray(problems) ? (problems as readonly Told[]) : [];
  const all: Told = { ...told, ...first };
  return (
    among("columns", framework.columns, ["name", all["column"]]) ??
    among("caseFacts", framework.caseFacts, ["name", all["fact"]]) ??
    questionPlace(framework, all["keyQuestion"] ?? all["question"]) ??
    among("standards", framework.standards, ["code", all["standard"]]) ??
    among("requests", framework.requests, ["id", all["request"]]) ??
    among("report.sections", framework.report.sections, ["id", all["section"]]) ??
    among("caseTallies", framework.caseTallies, ["name", all["of"]]) ??
    parts[command.type as AnyCommand["type"]] ??
    "id"
  );
};

const among = (
  path: string,
  list: readonly object[],
  [key, value]: readonly [key: string, value: unknown],
): string | undefined => {
  const at = value === undefined ? -1 : list.findIndex((each) => (each as Told)[key] === value);
  return at < 0 ? undefined : `${path}.${at}`;
};

/** A key question, or the one of a prompt. */
const questionPlace = ({ standards }: Framework, code: unknown): string | undefined => {
  if (typeof code !== "string") return undefined;
  for (const [i, { keyQuestions }] of standards.entries()) {
    const at = keyQuestions.findIndex((each) => code === each.code || isPromptOf(code, each.code));
    if (at >= 0) return `standards.${i}.keyQuestions.${at}`;
  }
  return undefined;
};

const isPromptOf = (code: string, question: string): boolean =>
  code.startsWith(question) && /^[a-z]+$/.test(code.slice(question.length));
