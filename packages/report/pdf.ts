/**
 * The report as a tagged PDF/UA-1 file with bookmarks, title and language, set by Typst in an open
 * typeface. The same model gives the same bytes.
 */
import { readFileSync } from "node:fs";

import { hasScore } from "@assay/domain/ratings/overall.ts";
import { NodeCompiler, type NodeTypstCompileResult } from "@myriaddreamin/typst-ts-node-compiler";

import { documentOf } from "./document/compose.ts";
import { proseBlocks } from "./document/prose.ts";
import type { Publisher } from "./metadata.ts";
import { overallScale, type ReportModel } from "./model.ts";
import { chapterCode, documentCode, literal, ratingCode } from "./typst-blocks.ts";
import { typefacesFor } from "./typefaces.ts";

/** The typesetter refused the report: a defect of ours, or a file that is missing. */
export class TypesettingFault extends Error {
  readonly code = "typesetting";
  readonly retry = false;

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(`the report could not be set: ${problems.join("; ")}`, options);
    this.name = "TypesettingFault";
  }
}

export const renderPdf = (model: ReportModel, publisher: Publisher): Uint8Array =>
  set(typstSource(model, publisher), momentOf(model));

/** Sets one section by itself, as it will stand in the report; throws where it cannot be set. */
export const trySection = (markdown: string): void => {
  const chapter = { id: "section", title: "Section", blocks: proseBlocks(markdown, "section") };
  const opening = '#show: report.with(title: "Section", publisher: "", foot: "", date: none)';
  set([look(), opening, chapterCode(chapter)].join("\n\n"), 0);
};

const look = (): string => readFileSync(new URL("./page/report.typ", import.meta.url), "utf8");

/** `moment` is in seconds since 1970. */
const set = (said: string, moment: number): Uint8Array => {
  const faces = typefacesFor(said);
  const families = `#let families = (${faces.map(({ family }) => literal(family)).join(", ")},)`;
  const fontBlobs = faces.flatMap(({ files }) => [...files()]);
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
  const compiled = compiler.compile({ mainFileContent: `${families}\n${said}` });
  const document = compiled.result;
  if (!document) throw new TypesettingFault(problemsOf(compiler, compiled));
  try {
    return compiler.pdf(document, { pdfStandard: "ua-1", creationTimestamp: moment });
  } catch (cause) {
    throw new TypesettingFault([cause instanceof Error ? cause.message : String(cause)], { cause });
  } finally {
    // Typst remembers whatever it has set, for a next time that never comes.
    compiler.evictCache(0);
  }
};

/** The whole Typst document: how it looks, then what it says. */
export const typstSource = (model: ReportModel, publisher: Publisher): string => {
  const document = documentOf(model);
  const [caption = "", service = ""] = document.title.split(": ", 2);
  const { score, maxScore, overall } = model.result;
  const verdict = { rating: overall, scale: overallScale(model) };
  const particulars = document.particulars.map(
    ({ label, value }) => `(${literal(label)}, ${literal(value)})`,
  );
  return [
    look(),
    `#show: report.with(title: ${literal(document.title)}, ${languageCode(model)}, ` +
      `publisher: ${literal(publisher.name)}, ` +
      `watermark: ${orNone(document.watermark)}, mark: ${orNone(document.mark)}, ` +
      `foot: ${literal(document.title)}, date: ${dateCode(model)})`,
    `#cover(publisher: ${literal(publisher.name)}, caption: ${literal(caption)}, ` +
      `service: ${literal(service)}, particulars: (${particulars.join(", ")},), ` +
      `overall: ${model.framework.overall ? ratingCode(verdict, "16pt") : "none"}, ` +
      `score: ${hasScore(model.framework) ? literal(`${score} out of ${maxScore}`) : "none"})`,
    "#outline(depth: 2)",
    documentCode(document),
    "",
  ].join("\n\n");
};

/** `cy` alone, or a language with its region, such as `en-GB`. */
const languageCode = ({ framework }: ReportModel): string => {
  const [language = "", region] = framework.language.split("-");
  return `language: ${literal(language)}, region: ${orNone(region)}`;
};

const orNone = (words: string | undefined): string =>
  words === undefined ? "none" : literal(words);

const lastDay = ({ dates }: ReportModel): string => dates.published ?? dates.concluded;

const dateCode = (model: ReportModel): string => {
  const [year, month, day] = lastDay(model).split("-").map(Number);
  return `datetime(year: ${year}, month: ${month}, day: ${day})`;
};

/** Seconds since 1970, from the report's own date: no clock is read. */
const momentOf = (model: ReportModel): number => Date.parse(`${lastDay(model)}T00:00:00Z`) / 1000;

const problemsOf = (
  compiler: NodeCompiler,
  compiled: NodeTypstCompileResult,
): readonly string[] => {
  const found = compiled.takeDiagnostics();
  const diagnostics = found ? compiler.fetchDiagnostics(found) : [];
  return diagnostics.map((each) =>
    typeof each === "object" ? JSON.stringify(each) : String(each),
  );
};
