/** What changes which frameworks hold, and what would change under another one. */
import { dossierOf } from "@assay/domain/audit/dossier.ts";
import { underFramework } from "@assay/domain/audit/under-framework.ts";
import type { Hypothesis } from "@assay/domain/audit/what-if.ts";
import { compareFrameworks, type Difference } from "@assay/domain/framework/compare.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { engineOf, throughEngine, type ToEngine, type Unstamped } from "./engine.ts";
import type { FromData } from "./event-store.ts";
import { documentIn, frameworkGiven } from "./frameworks-known.ts";
import { everythingIn, readingData, withStore } from "./records.ts";
import { outcomeLine } from "./send.ts";
import { wrap } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export const addFrameworkChanges = (group: Command, context: Context): void => {
  addAdopt(group, context);
  addWithdraw(group, context);
  addCompare(group, context);
  addTrial(group, context);
};

type Changing = ForMachines & ToEngine;

const tell = async ({ terminal }: Context, options: Changing, command: Unstamped) => {
  const outcome = await engineOf(options, terminal).tell(command);
  terminal.out(options.json ? jsonLine(outcome) : `${outcomeLine(command.type, outcome)}\n`);
};

const addAdopt = (group: Command, context: Context): void => {
  const { terminal } = context;
  const command = introduce(group, {
    name: "adopt <FILE>",
    summary: "Adopts a framework in a running engine: inspections may be announced under it.",
    about:
      "The document is kept whole. One that was adopted is never replaced: a document that says\n" +
      "something else needs an id of its own.",
    examples: ["framework adopt yos-2027.json --as head-of-programme"],
  });
  throughEngine(jsonOption(command), terminal).action(async (name: string, options: Changing) => {
    const { framework, document, digest } = await documentIn(name, terminal);
    const asked = { type: "AdoptFramework", framework: framework.id, document, digest };
    await tell(context, options, asked);
  });
};

const addWithdraw = (group: Command, context: Context): void => {
  const command = introduce(group, {
    name: "withdraw <ID>",
    summary: "Withdraws a framework: no more inspections are scheduled or announced under it.",
    about: "Inspections that were announced under it go on.",
    examples: ['framework withdraw yos-2018 --reason "Replaced" --as head-of-programme'],
  }).requiredOption("--reason <WORDS>", "why");
  throughEngine(jsonOption(command), context.terminal).action(
    async (framework: string, options: Changing & { readonly reason: string }) => {
      const { reason } = options;
      await tell(context, options, { type: "WithdrawFramework", framework, reason });
    },
  );
};

const addCompare = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "compare <A> <B>",
    summary: "What differs between two frameworks; each is an id or a file.",
    examples: ["framework compare yos-2018 yos-2021", "framework compare yos-2021 mine.json"],
  });
  readingData(jsonOption(command), terminal).action(
    async (a: string, b: string, options: ForMachines & FromData) => {
      const [one, other] = [
        await frameworkGiven(a, options, terminal),
        await frameworkGiven(b, options, terminal),
      ];
      const found = compareFrameworks(one.framework, other.framework);
      terminal.out(options.json ? jsonLine(found) : differencesSaid(found, terminal));
    },
  );
};

const differencesSaid = (found: readonly Difference[], { width }: Terminal): string => {
  if (found.length === 0) return "They do not differ.\n";
  const said = found.map(({ place, before, after }) =>
    [
      place.join(" › "),
      ...(before === undefined ? [] : [wrap(`first: ${before}`, width)]),
      ...(after === undefined ? [] : [wrap(`second: ${after}`, width)]),
    ].join("\n"),
  );
  return `${said.join("\n\n")}\n`;
};

type Tried = { readonly inspection: string } & ReturnType<typeof underFramework>;

const addTrial = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "what-if <ID|FILE>",
    summary: "Every stored inspection as this framework would rate it: what would change.",
    about:
      "An inspection is rated anew where its answers fit: its questions are asked there of the\n" +
      "same cases. Where they do not, it is named with the reason. Nothing is recorded.",
    examples: ["framework what-if yos-2021", "framework what-if mine.json --json"],
  });
  readingData(jsonOption(command), terminal).action(
    async (given: string, options: ForMachines & FromData) => {
      const { framework } = await frameworkGiven(given, options, terminal);
      const all = await withStore(options, terminal, everythingIn);
      const tried = [...all].map(([inspection, records]): Tried => ({
        inspection,
        ...underFramework(dossierOf(records), framework),
      }));
      terminal.out(options.json ? jsonLine(tried) : triedSaid(tried, framework.id));
    },
  );
};

const triedSaid = (tried: readonly Tried[], id: string): string => {
  if (tried.length === 0) return "No inspection is stored.\n";
  const lines = tried.map((each) =>
    each.fits
      ? `${each.inspection}: ${changesSaid(each.hypothesis)}`
      : `${each.inspection} ${each.because}`,
  );
  return `Hypothetical: as ${id} would rate them.\n${lines.join("\n")}\n`;
};

const changesSaid = ({ standards, actual, supposed }: Hypothesis): string => {
  const moved = standards
    .filter(({ changed }) => changed)
    .map(
      ({ standard, actual: was, supposed: would }) =>
        `${standard} ${was?.rating ?? "not rated"} → ${would?.rating ?? "not rated"}`,
    );
  const overall =
    actual.overall === supposed.overall
      ? []
      : [`overall ${actual.overall ?? "none"} → ${supposed.overall ?? "none"}`];
  const said = [...moved, ...overall];
  return said.length === 0 ? "nothing would change" : said.join(", ");
};
