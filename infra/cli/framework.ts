/** `assay framework`: the framework versions as data, and whether the parts of a document fit. */
import { caseKeyQuestions, scoredStandards } from "@assay/domain/framework/standards.ts";
import {
  type Known,
  knownById,
  knownFrom,
  schemaFor,
  versions,
  withVersion,
} from "@assay/domain/framework/versions.ts";
import { issuesOf } from "@assay/host/schema.ts";
import type { Command } from "commander";
import { z } from "zod";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { Refused } from "./failure.ts";
import { jsonOf } from "./input.ts";
import { pairs, table } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

export const addFramework = (program: Command, context: Context): void => {
  const group = introduce(program, {
    name: "framework",
    summary: "Framework versions: the list, one as data, or a check of another document.",
    examples: ["framework list", "framework show yos-2021", "framework check yos-2027.json"],
  });
  addList(group, context);
  addShow(group, context);
  addCheck(group, context);
};

const addList = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "list",
    summary: "The versions that this engine knows.",
    examples: ["framework list --json"],
  });
  jsonOption(command).action(({ json }: ForMachines) => {
    const listed = versions.map(summaryOf);
    const columns = [{ head: "Version" }, { head: "From" }, { head: "Name" }] as const;
    const rows = listed.map(({ id, from, label }) => [id, from, label]);
    terminal.out(json ? jsonLine(listed) : `${table(columns, rows, inkOf(terminal))}\n`);
  });
};

const addShow = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "show <ID>",
    summary: "A version: its standards, key questions and prompts. --json: the document itself.",
    examples: ["framework show yos-2021", "framework show yos-2018 --json > yos-2018.json"],
  });
  jsonOption(command).action((id: string, { json }: ForMachines) => {
    const version = knownById(id);
    if (!version) {
      const known = versions.map(({ framework }) => framework.id).join(", ");
      throw new Refused(`There is no framework version ${id}. Known: ${known}.`);
    }
    terminal.out(json ? jsonLine(version.document) : versionPage(version, terminal));
  });
};

const addCheck = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "check <FILE>",
    summary: "Whether the parts of a document (JSON) fit each other; every fault at once.",
    examples: ["framework check yos-2027.json"],
  });
  jsonOption(command).action(async (name: string, { json }: ForMachines) => {
    const input = await jsonOf(name, terminal);
    const version = schemaFor(input.value).safeParse(input.value);
    const known = version.success && isOurs(knownFrom(version.data));
    const problems = version.success
      ? known
        ? []
        : problemsOf(() => withVersion(versions, input.value))
      : problemsIn(version.error);
    if (!version.success || problems.length > 0) {
      throw input.refusal(`${name} cannot be a framework version:`, problems);
    }
    const told = { accepted: true, known, ...summaryOf(knownFrom(version.data)) };
    const said = known
      ? "is known already"
      : "fits: its parts agree with each other. No command adopts a document yet";
    terminal.out(
      json ? jsonLine(told) : `${told.id} ${said}.\n\n${facts(knownFrom(version.data))}\n`,
    );
  });
};

const isOurs = ({ framework, digest }: Known): boolean =>
  knownById(framework.id)?.digest === digest;

const problemsOf = (work: () => unknown) => {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return problemsIn(error);
  }
};

const problemsIn = (error: z.ZodError) =>
  issuesOf(error).map(({ path, message }) => ({
    place: path || "the file",
    problem: message,
  }));

const summaryOf = ({ framework: version, digest }: Known) => ({
  id: version.id,
  from: version.from,
  label: version.label,
  ruleset: version.ruleset.id,
  standards: version.standards.length,
  scored: scoredStandards(version).length,
  keyQuestions: version.standards.reduce((sum, each) => sum + each.keyQuestions.length, 0),
  prompts: caseKeyQuestions(version).reduce(
    (sum, { keyQuestion }) => sum + keyQuestion.prompts.length,
    0,
  ),
  digest,
});

const facts = (version: Known): string =>
  pairs(Object.entries(summaryOf(version)).map(([name, value]) => [inWords(name), String(value)]));

const inWords = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const versionPage = (known: Known, terminal: Terminal): string => {
  const { framework: version } = known;
  const { bold, faint } = inkOf(terminal);
  const lines = version.standards.flatMap((standard) => {
    const people = standard.judged === "by-people" ? ", judged by people" : "";
    const unscored = standard.scored ? "" : ", not scored";
    const heading = bold(`${standard.code} ${standard.label}`);
    return [
      `${heading}${faint(`${people}${unscored}`)}`,
      ...standard.keyQuestions.flatMap((question) => [
        `  ${question.code} ${question.label}`,
        ...("prompts" in question ? question.prompts : []).map(
          ({ code, label, whereApplicable }) =>
            `    ${code} ${label}${whereApplicable ? " (where applicable)" : ""}`,
        ),
      ]),
    ];
  });
  return `${facts(known)}\n\n${lines.join("\n")}\n`;
};
