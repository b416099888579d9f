/** `assay what-if`: ratings as they would be if something were otherwise. Nothing is recorded. */
import { dossierOf } from "@assay/domain/audit/dossier.ts";
import { render } from "@assay/domain/audit/explanation.ts";
import { tellHypothesis } from "@assay/domain/audit/tell.ts";
import { type Supposition, whatIf, type WhatIfRefusal } from "@assay/domain/audit/what-if.ts";
import { Answer } from "@assay/domain/fieldwork/assessment/events.ts";
import { Rounding } from "@assay/domain/framework/ruleset.ts";
import { CaseId } from "@assay/domain/kernel/ids.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { frameworkGiven } from "./frameworks-known.ts";
import { knownAt } from "./moments.ts";
import { readingData, recordsOf, withStore } from "./records.ts";
import type { Terminal } from "./terminal.ts";

type Options = ForMachines &
  FromData & {
    readonly answer?: readonly string[];
    readonly without?: readonly string[];
    readonly framework?: string;
    readonly rounding?: string;
    readonly asAt?: string;
  };

export const addWhatIf = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "what-if <ID>",
    summary:
      "The ratings as they would be with other answers, rules or cases. Nothing is recorded.",
    about:
      "Every line says that it is hypothetical. A decision of the panel that no longer fits the\n" +
      "supposed numbers lapses, and the rule's rating stands.",
    examples: [
      "what-if peterborough-2020 --answer c0012:3.1.2=yes",
      "what-if peterborough-2020 --without c0003 c0007",
      "what-if milton-keynes-2021 --rounding down",
      "what-if milton-keynes-2021 --framework yos-2021",
    ],
  })
    .option("--answer <CASE:QUESTION=ANSWER...>", "other answers: yes, no or not-applicable")
    .option("--without <CASE...>", "cases to leave out of the sample")
    .option("--framework <ID|FILE>", "another framework version with its rules: an id, or a file")
    .option("--rounding <HOW>", `percentages by another rounding: ${Rounding.options.join(", ")}`)
    .option("--as-at <MOMENT>", "from what was known at that moment, and nothing later");
  readingData(jsonOption(command), terminal).action(async (id: string, options: Options) => {
    const supposition = await suppositionIn(options, terminal);
    const all = await withStore(options, terminal, (reader) => recordsOf(reader, id));
    const known = options.asAt === undefined ? all : knownAt(all, options.asAt);
    const found = whatIf(dossierOf(known), supposition);
    if (!found.possible) throw new Refused(inWords(id, found.refusal));
    const { hypothesis } = found;
    const told = (): string => render(tellHypothesis(hypothesis), { as: "plain", facts: false });
    terminal.out(options.json ? jsonLine(hypothesis) : told());
  });
};

const suppositionIn = async (options: Options, terminal: Terminal): Promise<Supposition> => {
  const { answer = [], without = [], framework, rounding } = options;
  if (answer.length + without.length === 0 && !framework && !rounding) {
    throw new WrongUsage("Suppose something: --answer, --without, --framework or --rounding.");
  }
  return {
    answers: answer.map(answerIn),
    without: without.map((given) => caseIn("--without", given)),
    ...(framework !== undefined && {
      framework: (await frameworkGiven(framework, options, terminal)).framework,
    }),
    ...(rounding !== undefined && { ruleset: { rounding: roundingIn(rounding) } }),
  };
};

const answerIn = (given: string) => {
  const [, id = "", question = "", said = ""] = /^([^:]+):([^=]+)=(.+)$/.exec(given) ?? [];
  const answer = Answer.safeParse(said.toLowerCase());
  if (!answer.success) {
    const form = `CASE:QUESTION=ANSWER, such as c0012:3.1.2=${Answer.options.join(" or ")}`;
    throw new WrongUsage(`--answer takes ${form}, not ${given}.`);
  }
  return { case: caseIn("--answer", id), question, answer: answer.data };
};

const caseIn = (option: string, given: string): CaseId => {
  const found = CaseId.safeParse(given.toLowerCase());
  if (found.success) return found.data;
  throw new WrongUsage(`${option} takes a case such as c0012, not ${given}.`);
};

const roundingIn = (given: string): Rounding => {
  const found = Rounding.safeParse(given.toLowerCase());
  if (found.success) return found.data;
  throw new WrongUsage(`--rounding takes ${Rounding.options.join(", ")}, not ${given}.`);
};

const inWords = (id: string, refusal: WhatIfRefusal): string => {
  switch (refusal.reason) {
    case "NotAnnounced":
      return `${id} has no ratings yet: its rules are fixed when it is announced.`;
    case "NotInTheSample":
      return `Case ${refusal.case} is not in the sample of ${id}.`;
    case "NotAnswered":
      return (
        `Case ${refusal.case} has no answer to ${refusal.question} that counts, ` +
        `so none can be supposed otherwise. Its answers: ` +
        `assay events ${id} --type JudgementRecorded --case ${refusal.case}.`
      );
  }
};
