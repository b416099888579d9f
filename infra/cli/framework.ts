/** `assay framework`: frameworks as data; adopting, comparing and trying one. */
import { caseKeyQuestions, scoredStandards } from "@assay/domain/framework/standards.ts";
import { type Known, knownById } from "@assay/domain/framework/versions.ts";
import { nameInWords } from "@assay/domain/kernel/wording.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { addFrameworkChanges } from "./framework-changes.ts";
import {
  adoptionsIn,
  documentIn,
  frameworkGiven,
  frameworksIn,
  type Placed,
} from "./frameworks-known.ts";
import { readingData } from "./records.ts";
import { pairs, table } from "./table.ts";
import { inkOf, progressOn, type Terminal } from "./terminal.ts";

export const addFramework = (program: Command, context: Context): void => {
  const group = introduce(program, {
    name: "framework",
    summary: "Frameworks: the list, one as data; checking, adopting, comparing and trying one.",
    examples: ["framework list", "framework show yos-2021", "framework adopt yos-2027.json"],
  });
  addList(group, context);
  addShow(group, context);
  addCheck(group, context);
  addFrameworkChanges(group, context);
};

type Options = ForMachines & FromData;

const addList = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "list",
    summary: "The frameworks that come with Assay, and those that were adopted.",
    examples: ["framework list", "framework list --data /srv/assay --json"],
  });
  readingData(jsonOption(command), terminal).action(async (options: Options) => {
    const adoptions = await adoptionsIn(options, terminal);
    const known = await frameworksIn(options, terminal);
    const listed = known.map((each) => ({
      ...summaryOf(each),
      use: useOf(adoptions.get(each.framework.id)),
    }));
    const heads = ["Framework", "From", "Name", "Use"].map((head) => ({ head }));
    const rows = listed.map(({ id, from, label, use }) => [id, from, label, use]);
    terminal.out(options.json ? jsonLine(listed) : `${table(heads, rows, inkOf(terminal))}\n`);
  });
};

type Adoption =
  Awaited<ReturnType<typeof adoptionsIn>> extends ReadonlyMap<string, infer Held> ? Held : never;

const useOf = (adoption: Adoption | undefined): "comes with Assay" | "adopted" | "withdrawn" => {
  if (adoption?.withdrawn) return "withdrawn";
  return adoption?.adopted ? "adopted" : "comes with Assay";
};

const addShow = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "show <ID|FILE>",
    summary: "A framework: its standards, key questions and prompts. --json: the document itself.",
    examples: ["framework show yos-2021", "framework show yos-2018 --json > yos-2018.json"],
  });
  readingData(jsonOption(command), terminal).action(async (id: string, options: Options) => {
    const version = await frameworkGiven(id, options, terminal);
    terminal.out(options.json ? jsonLine(version.document) : versionPage(version, terminal));
  });
};

const addCheck = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "check <FILE>",
    summary: "Whether a document (JSON) fits, and an inspection under it can be carried through.",
    about:
      "A made-up inspection of each kind goes from its announcement to a published report, on a\n" +
      "throwaway store. Every fault is told with its line and column.",
    examples: ["framework check yos-2027.json"],
  });
  readingData(jsonOption(command), terminal).action(async (name: string, options: Options) => {
    const given = await documentIn(name, terminal);
    const before = knownById(given.framework.id, await frameworksIn(options, terminal));
    if (before && before.digest !== given.digest)
      throw new Refused(
        `${given.framework.id} is the id of another framework, which is never replaced. ` +
          "Give this one an id of its own, such as the next version's.",
      );
    if (!before) await tried(name, given, terminal);
    const told = { accepted: true, known: before !== undefined, ...summaryOf(given) };
    const said = before
      ? "is known already"
      : "fits: a made-up inspection of each kind was carried to a published report";
    terminal.out(options.json ? jsonLine(told) : `${told.id} ${said}.\n\n${facts(given)}\n`);
  });
};

/** Throws Refused with what no inspection under it could go through. */
const tried = async (name: string, given: Placed, terminal: Terminal): Promise<void> => {
  const { tryOut } = await import("@assay/embedded/trial.ts");
  const progress = progressOn(terminal);
  let sent = 0;
  const onCommand = (): void => {
    sent += 1;
    if (sent % 20 === 1) progress.show(`Carrying made-up inspections: ${sent} commands`);
  };
  const faults = await tryOut({ known: given, onCommand }).finally(progress.end);
  if (faults.length === 0) return;
  throw new Refused(
    `${name} fits, and no inspection under it could be carried through:`,
    faults.map(({ path, problem }) => ({ place: given.placeOf(path), problem })),
  );
};

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
  pairs(
    Object.entries(summaryOf(version)).map(([name, value]) => [nameInWords(name), String(value)]),
  );

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
