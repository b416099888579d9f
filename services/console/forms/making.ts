/** What the console itself puts into a command that a form asks for: files read, chance drawn. */
import { randomBytes } from "node:crypto";

import {
  inspectionFor,
  type ProgrammeState,
  schedulingOf,
  usualFramework,
} from "@assay/domain/announcement/programme/state.ts";
import { pinned } from "@assay/domain/briefing/inspection.ts";
import { ProgrammeId } from "@assay/domain/kernel/ids.ts";
import { readFrameworkDocument } from "@assay/host/framework-file.ts";
import { readCaseList } from "@assay/intake/case-list-file.ts";
import { readFigures } from "@assay/intake/figures-file.ts";
import { readInspectors, readServices } from "@assay/intake/planning-file.ts";

import type { Form as Sent } from "../http/asked.ts";
import { inspectionIn, type Visit } from "../pages/page.ts";
import { frameworksOffered } from "../reading/frameworks.ts";
import type { Offerable } from "../reading/offering.ts";
import { repeatedBefore } from "../reading/warnings.ts";
import { documentProblems, fileProblems } from "../wording/file-problems.ts";
import type { Trouble } from "./attempt.ts";
import { kindChosen } from "./frameworks.ts";

type Made =
  | {
      readonly said: Readonly<Record<string, unknown>>;
      /** Where one is led when it is accepted, if not back to the page. */
      readonly next?: string;
      /** What its writer is told before anything is recorded, and may overrule. */
      readonly doubts?: readonly string[];
    }
  | { readonly troubles: readonly Trouble[] };

type Make = (visit: Visit, form: Sent) => Made | Promise<Made>;

type Table =
  | { readonly accepted: true; readonly rows: readonly unknown[] }
  | { readonly accepted: false; readonly problems: Parameters<typeof fileProblems>[0] };

/** Rows of a file; nothing is sent before every line of it is right. */
const rowsIn =
  (part: string, read: (content: Uint8Array) => Table): Make =>
  async (_, form) => {
    const content = await form.file(part);
    if (!content) return { troubles: [{ text: "Choose the file", field: part }] };
    const table = read(content);
    if (table.accepted) return { said: { [part]: table.rows } };
    return { troubles: fileProblems(table.problems).map((said) => ({ text: said, field: part })) };
  };

/** What names no framework is inspected under the one in force when the programme begins. */
const enrolling: Make = async (visit, form) => {
  const offered = frameworksOffered(await visit.library.frameworks());
  const state = await programmeIn(visit);
  const usual = state && usualFramework(state, offered);
  const named = usual ? { framework: usual.id } : {};
  return rowsIn("services", (content) => {
    const read = readServices(content);
    return read.accepted ? { ...read, rows: read.rows.map((row) => ({ ...named, ...row })) } : read;
  })(visit, form);
};

const programmeIn = async ({ library, parts }: Visit): Promise<ProgrammeState | undefined> => {
  const id = ProgrammeId.safeParse(parts["programme"]);
  return id.success ? (await library.programmes()).get(id.data) : undefined;
};

/** The file is kept before it is on record, so that what is recorded can always be read. */
const submission: Make = async ({ files }, form) => {
  const content = await form.file("digest");
  if (!content) return { troubles: [{ text: "Choose the file to send", field: "digest" }] };
  return {
    said: {
      digest: await files.keep(content),
      bytes: content.length,
      mediaType: form.fileType("digest"),
      name: form.fileName("digest"),
    },
  };
};

/** An inspection is scheduled by its placement, where the form is about one. */
const scheduling: Make = async (visit, form) => {
  const state = await programmeIn(visit);
  const placement = [...(state?.placements.values() ?? [])].find(
    ({ service }) => service === form.value("_placement"),
  );
  const planned = state && placement && schedulingOf(state, placement.service);
  const chosen = kindChosen(form.value("framework"));
  return planned
    ? { said: { ...planned, ...chosen }, next: `/inspections/${inspectionFor(placement)}` }
    : { said: chosen };
};

/** The document is read whole before anything is sent; its id and digest are its own. */
const document: Make = async (_, form) => {
  const field = "document";
  const content = await form.file(field);
  if (!content) return { troubles: [{ text: "Choose the file", field }] };
  const read = readFrameworkDocument(content);
  if (!read.accepted)
    return { troubles: documentProblems(read.problems).map((text) => ({ text, field })) };
  const { document: adopted, digest } = read;
  return { said: { framework: adopted.id, document: adopted, digest } };
};

/** The browser alone makes the seal, so that nobody here knows the score. */
const sealing: Make = (_, form) => {
  if (form.value("seal") !== "") return { said: {} };
  const own = form.names.includes("own");
  return {
    troubles: [
      own
        ? { text: "Your browser has to make the seal, and its JavaScript is switched off" }
        : { text: "Select a rating", field: "own" },
    ],
  };
};

const drawing: Make = async (visit) => ({
  said: {},
  doubts: repeatedBefore("DrawSample", await inspectionIn(visit)),
});

/** Pasted from a spreadsheet, or typed line by line. */
const figureTable: Make = (_, form) => {
  const read = readFigures(form.value("rows"));
  if (read.accepted) return { said: { rows: read.rows } };
  return { troubles: fileProblems(read.problems).map((text) => ({ text, field: "rows" })) };
};

export const making: Readonly<Partial<Record<Offerable, Make>>> = {
  AdoptFramework: document,
  /** Chance's, had here and told to nobody before it is recorded. */
  DrawQualitySample: () => ({ said: { seed: randomBytes(32).toString("hex") } }),
  DrawSample: drawing,
  SubmitCaseList: async (visit, form) => {
    const settings = pinned((await inspectionIn(visit)).announcement.briefing);
    return rowsIn("rows", (content) => readCaseList({ content, settings }))(visit, form);
  },
  EnrolServices: enrolling,
  RecordFigureTable: figureTable,
  RegisterInspectors: rowsIn("inspectors", readInspectors),
  ReceiveSubmission: submission,
  ScheduleInspection: scheduling,
  SealScore: sealing,
};
