/** `assay case-list`: the template that a service fills in, and the check of what it sends. */
import { digestOf } from "@assay/domain/sampling/case-list.ts";
import { identifyingInWords } from "@assay/domain/kernel/identifying.ts";
import {
  identifyingInRows,
  repeatedIn,
  repeatedInWords,
} from "@assay/domain/sampling/list-questions.ts";
import type { Problem } from "@assay/domain/sampling/table-record.ts";
import { caseListTemplate } from "@assay/domain/sampling/template.ts";
import { populationIn } from "@assay/domain/framework/populations.ts";
import { readCaseList } from "@assay/intake/case-list-file.ts";
import type { Command } from "commander";

import {
  type Context,
  type ForMachines,
  giveFile,
  introduce,
  jsonLine,
  jsonOption,
} from "./command.ts";
import { Refused } from "./failure.ts";
import { frameworkNamed, frameworkOption, type Under } from "./frameworks-known.ts";
import { bytesOf } from "./input.ts";
import { pairs } from "./table.ts";
import { progressOn, type Terminal } from "./terminal.ts";

export const addCaseList = (program: Command, { terminal }: Context): void => {
  const group = introduce(program, {
    name: "case-list",
    summary: "Case lists: the template to send to a service, and a check of what comes back.",
    examples: ["case-list template > case-list.csv", "case-list check case-list.csv"],
  });
  const template = introduce(group, {
    name: "template",
    summary: "Prints the case list to fill in, with a worked example (CSV).",
    examples: ["case-list template > case-list.csv"],
  });
  frameworkOption(jsonOption(template), terminal).action(async (options: ForMachines & Under) => {
    const content = caseListTemplate((await frameworkNamed(options, terminal)).columns);
    return giveFile(terminal, { json: options.json, format: "csv", content });
  });
  const check = introduce(group, {
    name: "check <FILE>",
    summary: "Checks a case list (CSV or JSON) and names every problem, all at once.",
    about:
      "Each problem has its line, column, value and what is expected. - reads what is piped in.",
    examples: [
      "case-list check --framework yos-2021 examples/case-list/case-list.csv",
      "case-list check list.csv --json",
    ],
  });
  frameworkOption(jsonOption(check), terminal).action(
    async (name: string, options: ForMachines & Under) => {
      const { json } = options;
      const settings = await frameworkNamed(options, terminal);
      const content = await bytesOf(name, terminal);
      const imported = withProgress(terminal, "Checked", (progress) =>
        readCaseList({ content, settings, progress }),
      );
      if (!imported.accepted) throw uncleanList(name, imported.problems);
      const { rows } = imported;
      const counts = Map.groupBy(rows, (row) => populationIn(settings, row));
      const found = settings.populations.map(({ name: population, label }) => ({
        population,
        label,
        cases: counts.get(population)?.length ?? 0,
      }));
      const told = {
        accepted: true,
        rows: rows.length,
        ...Object.fromEntries(found.map(({ population, cases }) => [population, cases])),
        listDigest: digestOf(rows, settings.columns),
      };
      const page = pairs([
        ["Rows", String(rows.length)],
        ...found.map(({ label, cases }): [string, string] => [label, String(cases)]),
        ["Digest", told.listDigest],
      ]);
      const asked = [
        ...repeatedIn(rows, settings).map(repeatedInWords),
        ...identifyingInRows(rows, settings.columns).map(identifyingInWords),
      ];
      terminal.out(json ? jsonLine({ ...told, asked }) : `${page}\n`);
      if (!json) for (const each of asked) terminal.out(`Look again: ${each}.\n`);
    },
  );
};

/** Runs `work` with a bar on the screen for as long as it takes. */
export const withProgress = <Result>(
  terminal: Terminal,
  verb: string,
  work: (progress: (done: number, total: number) => void) => Result,
): Result => {
  const { show, end } = progressOn(terminal);
  try {
    return work((done, total) => {
      const share = total === 0 ? 1 : done / total;
      const bar = "█".repeat(Math.round(share * barWidth)).padEnd(barWidth, "░");
      show(`${verb} ${bar} ${Math.round(share * 100)}%`);
    });
  } finally {
    end();
  }
};

const barWidth = 30;

/** The list's problems in the order of the file. */
export const uncleanList = (
  name: string,
  problems: readonly (Omit<Problem, "code"> & { readonly code: string })[],
): Refused => {
  const sorted = problems.toSorted((a, b) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0));
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new Refused(
    `${name} has ${count}; nothing was imported. Correct them and check again:`,
    sorted.map(({ line, column, header, value, expected, code }) => {
      const where = column === undefined ? "" : `, column ${column}`;
      const named = header ? ` (${header})` : "";
      const found = value === "" ? "" : `${JSON.stringify(value)}: `;
      const problem = `${found}${code.replaceAll("-", " ")}; expected ${expected}`;
      return { place: `line ${line}${where}${named}`, problem };
    }),
  );
};
