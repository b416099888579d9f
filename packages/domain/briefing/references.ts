/**
 * References in what people write for a report: `{{2.1.2 percent}}` stands for what the record says
 * at that place, and is filled in when the text is read. The grammar is closed: what is not in it
 * is no reference, and two opening braces never stand for themselves.
 */
import { hasScore } from "../ratings/overall.ts";
import type { Framework } from "../framework/document.ts";
import type { Rating } from "../framework/scale.ts";
import { caseQuestionsOf, questionsIn } from "../framework/standards.ts";
import { isPrompt } from "../kernel/codes.ts";

/** What a text refers to. */
export type Reference =
  | {
      readonly kind: "code";
      /** A standard, a key question or a prompt. */
      readonly code: string;
      readonly asked: "percent" | "count" | "rating" | "rule" | "score";
    }
  | { readonly kind: "domain"; readonly number: number }
  | { readonly kind: "overall"; readonly asked: "rating" | "score" }
  | {
      readonly kind: "population";
      readonly name: string;
      readonly asked: "assessed" | "eligible";
    }
  /** A published fact: its value with its unit, or where it comes from and its day. */
  | { readonly kind: "figure"; readonly name: string; readonly asked: "value" | "source" }
  | { readonly kind: "evidence"; readonly item: string };

const grammar = new RegExp(
  "^(?:(?<code>[A-Z0-9.]+[a-z]{0,2}) (?<asked>percent|count|rating|rule|score)|" +
    "domain (?<domain>[0-9]{1,2}) rating|overall (?<overall>rating|score)|" +
    "population (?<population>[A-Za-z0-9]+) (?<size>assessed|eligible)|" +
    "figure (?<figure>[A-Za-z0-9]+)(?<source> source)?|evidence (?<item>[a-z0-9-]+))$",
);

/** What stands between the braces; undefined where it is in none of the grammar's forms. */
const referenceIn = (inside: string): Reference | undefined => {
  const found = grammar.exec(inside.trim().replaceAll(/\s+/g, " "))?.groups;
  if (!found) return undefined;
  const { code, asked, domain, overall, population, size, figure, source, item } = found;
  if (code) return { kind: "code", code, asked: asked as "percent" };
  if (domain) return { kind: "domain", number: Number(domain) };
  if (overall) return { kind: "overall", asked: overall as "rating" };
  if (population) return { kind: "population", name: population, asked: size as "assessed" };
  if (figure) return { kind: "figure", name: figure, asked: source ? "source" : "value" };
  return { kind: "evidence", item: item! };
};

/** Two opening braces with what follows them, up to the closing ones or to the end of the line. */
const braces = /\{\{([^{}\n]*)(\}\})?/g;

/** A text in pieces: what is typed as it stands, and what `fill` makes of each reference. */
export const filledBy = <Piece>(
  text: string,
  fill: (reference: Reference) => Piece | undefined,
): readonly (string | Piece)[] => {
  const pieces: (string | Piece)[] = [];
  let end = 0;
  for (const match of text.matchAll(braces)) {
    const reference = match[2] ? referenceIn(match[1]!) : undefined;
    const piece = reference && fill(reference);
    if (piece === undefined) continue;
    pieces.push(text.slice(end, match.index), piece);
    end = match.index + match[0].length;
  }
  return [...pieces, text.slice(end)].filter((piece) => piece !== "");
};

/** A reference that names nothing, with the line on which it stands and what is wrong. */
export type Misnamed = { readonly line: number; readonly written: string; readonly why: string };

/** Every reference that `names` says is wrong, or that the grammar does not know. */
export const misnamedIn = (
  text: string,
  names: (reference: Reference) => string | undefined,
): readonly Misnamed[] =>
  [...text.matchAll(braces)].flatMap((match) => {
    const reference = match[2] ? referenceIn(match[1]!) : undefined;
    const why = reference
      ? names(reference)
      : match[2]
        ? "is no reference: write one such as {{2.1.2 percent}}, {{2.1 rating}}, " +
          "{{overall rating}} or {{figure name}}"
        : "is not closed by }} on its line";
    return why === undefined
      ? []
      : [{ line: text.slice(0, match.index).split("\n").length, written: match[0], why }];
  });

/** What a reference to the framework's own parts names wrongly; undefined where it names one. */
export const unknownPart = (reference: Reference, framework: Framework): string | undefined => {
  switch (reference.kind) {
    case "code":
      return unknownCode(reference, framework);
    case "domain": {
      const domain = framework.domains.find(({ number }) => number === reference.number);
      if (!domain) return `names nothing: there is no domain ${reference.number}`;
      return domain.rating ? undefined : `names nothing: domain ${domain.number} is not rated`;
    }
    case "overall":
      if (!framework.overall) return "names nothing: there is no overall rating";
      return reference.asked === "rating" || hasScore(framework)
        ? undefined
        : "names nothing: the overall rating is not made of points";
    case "population":
      return framework.populations.some(({ name }) => name === reference.name)
        ? undefined
        : `names nothing: there is no population ${reference.name}`;
    default:
      return undefined;
  }
};

const unknownCode = (
  { code, asked }: Extract<Reference, { kind: "code" }>,
  { standards }: Framework,
): string | undefined => {
  const standard = standards.find((each) => each.code === code);
  if (standard) {
    if (asked === "percent" || asked === "count")
      return `names nothing: ${code} is a standard; a percentage is a key question’s`;
    return asked === "rule" && standard.judged !== "by-cases"
      ? `names nothing: ${code} is not rated by the cases`
      : undefined;
  }
  const onCases = standards.flatMap(caseQuestionsOf);
  const isCounted = onCases.some(
    (each) => each.code === code || each.prompts.some((prompt) => prompt.code === code),
  );
  if (isCounted && (asked === "percent" || asked === "count")) return undefined;
  const isAsked = standards.flatMap(questionsIn).some((each) => each.code === code);
  if (isAsked && asked === "rating") return undefined;
  return isAsked || isCounted
    ? `names nothing: ${code} has no ${asked === "rule" ? "rating by rule" : asked}`
    : `names nothing: there is no ${code} in this inspection`;
};

/**
 * What a reason of the panel names wrongly: it stands with the ratings and may be read without the
 * report, so it refers to them and to key questions alone.
 */
export const unknownToPanel = (reference: Reference, framework: Framework): string | undefined => {
  const { kind } = reference;
  if (kind === "figure" || kind === "evidence" || kind === "population")
    return "is for the report’s text: a reason refers to ratings and to key questions";
  if (kind === "code" && isPrompt(reference.code))
    return "is a prompt: a reason refers to ratings and to key questions";
  return unknownPart(reference, framework);
};

/** Counts of a key question or of a prompt. */
type Counted = {
  readonly relevant: number;
  readonly yes: number;
  readonly percent?: number | undefined;
};

/** What a panel concluded, as far as a text may refer to it. */
export type Results = {
  readonly standards: readonly {
    readonly standard: string;
    readonly rating?: Rating | null | undefined;
    readonly rule?: Rating | null | undefined;
    readonly score?: number | null | undefined;
    readonly keyQuestions: readonly (Counted & {
      readonly keyQuestion: string;
      readonly prompts?: readonly (Counted & { readonly prompt: string })[];
    })[];
    readonly grades?:
      | readonly { readonly keyQuestion: string; readonly rating?: Rating | null | undefined }[]
      | undefined;
  }[];
  readonly domains?:
    | readonly { readonly domain: number; readonly rating?: Rating | null | undefined }[]
    | undefined;
  readonly overall?: Rating | null | undefined;
  readonly score: number;
  readonly maxScore: number;
};

/** What a panel's conclusion says at this place; undefined where it says nothing there. */
export const resultAt = (reference: Reference, results: Results): string | undefined => {
  switch (reference.kind) {
    case "code":
      return codeResult(reference, results);
    case "domain":
      return (
        results.domains?.find(({ domain }) => domain === reference.number)?.rating ?? undefined
      );
    case "overall":
      return reference.asked === "rating"
        ? (results.overall ?? undefined)
        : `${results.score} out of ${results.maxScore}`;
    default:
      return undefined;
  }
};

const codeResult = (
  { code, asked }: Extract<Reference, { kind: "code" }>,
  { standards }: Results,
): string | undefined => {
  const standard = standards.find((each) => each.standard === code);
  if (asked === "score") return standard?.score?.toString();
  if (asked === "rule") return standard?.rule ?? undefined;
  if (asked === "rating") {
    const grades = standards.flatMap((each) => each.grades ?? []);
    const graded = grades.find(({ keyQuestion }) => keyQuestion === code);
    return standard?.rating ?? graded?.rating ?? undefined;
  }
  const counted = standards
    .flatMap(({ keyQuestions }) => keyQuestions)
    .flatMap((each) => [
      { ...each, code: each.keyQuestion },
      ...(each.prompts ?? []).map((prompt) => ({ ...prompt, code: prompt.prompt })),
    ])
    .find((each) => each.code === code);
  if (counted?.percent === undefined) return undefined;
  return asked === "percent"
    ? `${Math.round(counted.percent * 10) / 10}%`
    : `${counted.yes} of ${counted.relevant}`;
};

/** A reason with its references filled in. */
export const withResults = (text: string, results: Results): string =>
  filledBy(text, (reference) => resultAt(reference, results)).join("");
