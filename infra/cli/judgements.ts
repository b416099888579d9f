/**
 * `assay judgements`: the sheet that inspectors keep, checked and imported; and offline batches.
 */
import { identifyingInRequest, identifyingInWords } from "@assay/domain/kernel/identifying.ts";
import { judgementContext } from "@assay/domain/tracking/judgement-context.ts";
import { judgementTemplate, readJudgements } from "@assay/intake/judgement-file.ts";
import type { Command } from "commander";

import { uncleanList } from "./case-list.ts";
import {
  type Context,
  type ForMachines,
  giveFile,
  introduce,
  jsonLine,
  jsonOption,
} from "./command.ts";
import { engineOf, throughEngine, type ToEngine } from "./engine.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { bytesOf, jsonOf } from "./input.ts";
import { readingData } from "./records.ts";
import { inspectionFrom } from "./tracking.ts";
import type { Terminal } from "./terminal.ts";

export const addJudgements = (program: Command, context: Context): void => {
  const group = introduce(program, {
    name: "judgements",
    summary: "Judgements from a sheet, or recorded without a connection.",
    examples: [
      "judgements template > judgements.csv",
      "judgements check north-vale-2026 judgements.csv",
      "judgements import north-vale-2026 judgements.csv --as iris/inspector",
      "judgements batch recorded.json --as iris/inspector",
    ],
  });
  const template = introduce(group, {
    name: "template",
    summary: "Prints the sheet's header (CSV): a row for each case and question.",
    examples: ["judgements template > judgements.csv"],
  });
  jsonOption(template).action(({ json }: ForMachines) =>
    giveFile(context.terminal, { json, format: "csv", content: judgementTemplate }),
  );
  addCheck(group, context);
  addImport(group, context);
  addBatch(group, context);
};

/** The sheet's judgements. Throws Refused with every problem at its place. */
const readSheet = async (
  id: string,
  name: string,
  { options, terminal }: { readonly options: FromData; readonly terminal: Terminal },
) => {
  const { known } = await inspectionFrom(id, options, terminal);
  const context = judgementContext(known);
  if (!context) throw new Refused(`The sample of ${id} has not been drawn yet.`);
  const bytes = await bytesOf(name, terminal);
  const read = readJudgements(bytes, context);
  if (!read.accepted) throw uncleanList(name, read.problems);
  return { ...read, bytes };
};

const addCheck = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "check <ID> <FILE>",
    summary: "Checks a sheet (CSV or JSON) against an inspection and names every problem at once.",
    about: "Words that could tell who somebody is are named too: take them out before you import.",
    examples: ["judgements check north-vale-2026 judgements.csv --json"],
  });
  readingData(jsonOption(command), terminal).action(
    async (id: string, name: string, options: ForMachines & FromData) => {
      const { judgements, ignored } = await readSheet(id, name, { options, terminal });
      const cases = new Set(judgements.map((each) => each.case)).size;
      const warnings = judgements.flatMap((each) =>
        identifyingInRequest(each).map((found) => ({
          ...{ case: each.case, question: each.question },
          ...found,
        })),
      );
      const told = { accepted: true, judgements: judgements.length, cases, ignored, warnings };
      const said = [
        `${judgements.length} judgements on ${cases} cases, nothing wrong.`,
        ...warnings.map((each) => `  ${placeOf(each)}: ${identifyingInWords(each)}.`),
        "",
      ].join("\n");
      terminal.out(options.json ? jsonLine(told) : said);
    },
  );
};

type Result = {
  readonly outcome: string;
  readonly events?: number;
  readonly detail?: string;
  readonly warnings?: readonly { readonly kind: string; readonly words: string }[];
  readonly [name: string]: unknown;
};

const addImport = (group: Command, { terminal, finish }: Context): void => {
  const command = introduce(group, {
    name: "import <ID> <FILE>",
    summary: "Records a sheet's judgements: nothing until it is clean, then each as a command.",
    about: "Each is recorded in the name given with --as, whose cases they must be.",
    examples: ["judgements import north-vale-2026 judgements.csv --as iris/inspector"],
  });
  readingData(throughEngine(jsonOption(command), terminal), terminal).action(
    async (id: string, name: string, options: ForMachines & FromData & ToEngine) => {
      const { bytes } = await readSheet(id, name, { options, terminal });
      const sheet = Buffer.from(bytes).toString("base64");
      const path = `/api/v1/inspections/${encodeURIComponent(id)}/judgements`;
      const answer = await engineOf(options, terminal).post(path, { sheet });
      tellResults(answer, options, { terminal, finish });
    },
  );
};

const addBatch = (group: Command, { terminal, finish }: Context): void => {
  const command = introduce(group, {
    name: "batch <FILE>",
    summary: "Sends fieldwork's commands that were recorded elsewhere, in their order.",
    about:
      "A list of commands, each with id (a UUID), at (when it was done) and what it asks. Sent\n" +
      "again it changes nothing. A judgement in conflict with one that came between is reported\n" +
      "and left to a person; it holds up no other.",
    examples: ["judgements batch recorded.json --as iris/inspector"],
  });
  throughEngine(jsonOption(command), terminal).action(
    async (name: string, options: ForMachines & ToEngine) => {
      const { value } = await jsonOf(name, terminal);
      const answer = await engineOf(options, terminal).post("/api/v1/batches", value);
      tellResults(answer, options, { terminal, finish });
    },
  );
};

const tellResults = (
  answer: unknown,
  { json }: ForMachines,
  { terminal, finish }: Context,
): void => {
  const { results } = answer as { readonly results: readonly Result[] };
  const wrong = results.filter(({ outcome }) => outcome !== "accepted");
  const recorded = results.reduce((sum, { events = 0 }) => sum + events, 0);
  if (json) terminal.out(jsonLine(answer));
  else
    terminal.out(
      [
        `${results.length} sent: ${results.length - wrong.length} accepted, ` +
          `${recorded} facts in all, ${wrong.length} not accepted.`,
        ...wrong.map((each) =>
          `  ${placeOf(each)}: ${each.outcome}. ${each.detail ?? ""}`.trimEnd(),
        ),
        ...results.flatMap((each) =>
          (each.warnings ?? []).map((found) => `  ${placeOf(each)}: ${identifyingInWords(found)}.`),
        ),
        "",
      ].join("\n"),
    );
  if (wrong.length > 0) finish(1);
};

const placeOf = ({ case: one, question, id }: Readonly<Record<string, unknown>>): string =>
  [one, question].filter(Boolean).join(" ") || String(id);
