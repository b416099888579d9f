/** `assay report`: a draft before it moves on, its factual-accuracy round, and any form of it. */
import { accuracyPage, accuracyRoundOf } from "@assay/report/accuracy.ts";
import { renderMarkdown } from "@assay/report/markdown.ts";
import { type ReportModel, reportModelOf } from "@assay/report/model.ts";
import { openDataOf } from "@assay/report/open-data.ts";
import { type Edition, type Recorded, ReportFault } from "@assay/report/recorded.ts";
import { reviewOf } from "@assay/report/review.ts";
import type { Command } from "commander";

import {
  type Context,
  type ForMachines,
  giveFile,
  introduce,
  jsonLine,
  jsonOption,
} from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { readingData, recordsOf, withStore } from "./records.ts";
import { table } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

export const addReport = (program: Command, context: Context): void => {
  const group = introduce(program, {
    name: "report",
    summary: "A report: what holds its draft back, what changed, and the report itself.",
    examples: [checkExample, "report print peterborough-2020 --edition draft"],
  });
  addCheck(group, context);
  addSuggest(group, context);
  addChanges(group, context);
  addPrint(group, context);
};

const checkExample = "report check peterborough-2020";

type Options = ForMachines & FromData;

const recordedIn = async (
  id: string,
  options: FromData,
  terminal: Terminal,
): Promise<readonly Recorded[]> => withStore(options, terminal, (reader) => recordsOf(reader, id));

/** Runs what may find that there is no such edition, and refuses then. */
const made = <Result>(id: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (error instanceof ReportFault) throw new Refused(`${id}: ${error.message}.`);
    throw error;
  }
};

const addCheck = (group: Command, { terminal, finish }: Context): void => {
  const command = introduce(group, {
    name: "check <ID>",
    summary: "What the checks find in the draft: errors, what was excused, warnings, and hints.",
    about: "An error keeps the draft from being sent, closed, signed or issued. Ends with 1 then.",
    examples: [checkExample],
  });
  readingData(jsonOption(command), terminal).action(async (id: string, options: Options) => {
    const recorded = await recordedIn(id, options, terminal);
    const { findings } = made(id, () => reviewOf(recorded));
    const rows = findings.map(({ severity, place, problem, reason }) => [
      severity,
      place,
      reason === undefined ? problem : `${problem} Excused: ${reason}`,
    ]);
    const heads = [{ head: "How bad" }, { head: "Where" }, { head: "What" }];
    const plain = rows.length === 0 ? "Nothing." : table(heads, rows, inkOf(terminal));
    terminal.out(options.json ? jsonLine(findings) : `${plain}\n`);
    if (findings.some(({ severity }) => severity === "error")) finish(1);
  });
};

const addSuggest = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "suggest <ID>",
    summary: "First words for the report's sections, made from the numbers.",
    examples: ["report suggest peterborough-2020"],
  });
  readingData(jsonOption(command), terminal).action(async (id: string, options: Options) => {
    const recorded = await recordedIn(id, options, terminal);
    const { suggestions } = made(id, () => reviewOf(recorded));
    const pages = suggestions.map(({ section, markdown }) => `## ${section}\n\n${markdown}\n`);
    terminal.out(options.json ? jsonLine(suggestions) : pages.join("\n"));
  });
};

const addChanges = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "changes <ID>",
    summary: "The factual-accuracy round: comments, answers, and what changed since the draft.",
    examples: ["report changes peterborough-2020"],
  });
  readingData(jsonOption(command), terminal).action(async (id: string, options: Options) => {
    const round = accuracyRoundOf(await recordedIn(id, options, terminal));
    terminal.out(options.json ? jsonLine(round) : accuracyPage(round));
  });
};

/** The typesetter is a large module, which only those load who ask for a PDF. */
const formNames = ["md", "json", "pdf"] as const;
const forms: Readonly<
  Record<(typeof formNames)[number], (model: ReportModel) => Promise<string | Uint8Array>>
> = {
  md: async (model) => renderMarkdown(model),
  json: async (model) => jsonLine(openDataOf(model)),
  pdf: async (model) => {
    const { renderPdf } = await import("@assay/report/pdf.ts");
    return renderPdf(model, { name: "Assay", url: "https://assay.example/" });
  },
};

type PrintOptions = Options & {
  readonly edition: string;
  readonly form: string;
  readonly out?: string;
};

const addPrint = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "print <ID>",
    summary: "The report as Markdown, JSON or PDF: the draft, or a published version.",
    about: "A draft says on every page that it is one.",
    examples: [
      "report print peterborough-2020",
      "report print peterborough-2020 --edition draft --form pdf --out draft.pdf",
    ],
  })
    .option("--edition <E>", "draft, embargoed, or a published version's number", "draft")
    .option("--form <F>", `of ${formNames.join(", ")}`, "md")
    .option("--out <FILE>", "write it there; a PDF needs this");
  readingData(jsonOption(command), terminal).action(async (id: string, options: PrintOptions) => {
    const { out } = options;
    const form = formNames.find((each) => each === options.form);
    const edition = editionOf(options.edition);
    if (!form) throw new WrongUsage(`--form is one of ${formNames.join(", ")}.`);
    if (form === "pdf" && out === undefined) throw new WrongUsage("Say with --out where it goes.");
    const recorded = await recordedIn(id, options, terminal);
    const content = await forms[form](made(id, () => reportModelOf(recorded, edition)));
    await giveFile(terminal, { ...options, format: form, content });
  });
};

const editionOf = (given: string): Edition => {
  if (given === "draft" || given === "embargoed") return given;
  const version = Number(given);
  if (Number.isInteger(version) && version > 0) return version;
  throw new WrongUsage("--edition is draft, embargoed, or the number of a published version.");
};
