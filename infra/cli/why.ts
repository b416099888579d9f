/** `assay why`: a rating explained in words, down to each judgement that decided it. */
import { why, type WhyRefusal } from "@assay/domain/audit/explain.ts";
import { render } from "@assay/domain/audit/explanation.ts";
import { FrameworkId } from "@assay/domain/kernel/ids.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { readAdoption } from "./read-frameworks.ts";
import { readingData, recordsOf, withStore } from "./records.ts";
import { placeNumber } from "./numbers.ts";

type Options = ForMachines &
  FromData & {
    readonly conclusion?: string;
    readonly facts?: boolean;
    readonly words?: boolean;
  };

export const addWhy = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "why <ID> <SUBJECT>",
    summary: "Why a rating is what it is: SUBJECT is a standard, a domain, overall, or a case.",
    about:
      "From the rating down to each judgement: rule, key question, cases, who judged and when,\n" +
      "and what each answer replaced. For a case: why it is in the sample.",
    examples: [
      "why peterborough-2020 3.1",
      "why milton-keynes-2021 overall --facts",
      "why peterborough-2020 c0007 --json",
    ],
  })
    .option("--facts", "name the events behind each sentence, as stream@revision")
    .option("--conclusion <N>", "of the panel's conclusions, the first being 1 (default: the last)")
    .option("--words", "show what people wrote about cases, too");
  readingData(jsonOption(command), terminal).action(
    async (id: string, subject: string, options: Options) => {
      const conclusion = placeNumber("--conclusion", options.conclusion);
      const [records, adopted] = await withStore(options, terminal, async (reader) => {
        const found = await recordsOf(reader, id);
        const announced = found.find(({ event }) => event.type === "InspectionAnnounced")?.event;
        if (announced?.type !== "InspectionAnnounced") return [found, undefined] as const;
        const { version, digest } = announced.framework;
        const pinned = { id: FrameworkId.parse(version.id), digest };
        return [found, await readAdoption(reader, pinned)] as const;
      });
      const found = why(records, subject.toLowerCase(), {
        caseText: options.words === true,
        adopted,
        ...(conclusion !== undefined && { conclusion }),
      });
      if (!found.explained) throw new Refused(inWords(id, subject, found.refusal));
      const { explanation } = found;
      const plain = (): string =>
        render(explanation, { as: "plain", facts: options.facts === true });
      terminal.out(options.json ? jsonLine(explanation) : plain());
    },
  );
};

const inWords = (id: string, subject: string, refusal: WhyRefusal): string => {
  switch (refusal.reason) {
    case "NotAnnounced":
      return `${id} has no ratings yet: its rules are fixed when it is announced.`;
    case "NoSuchConclusion":
      return `The panel on ${id} has concluded ${refusal.conclusions} times.`;
    case "UnknownStandard":
      return (
        `${id} has no standard ${subject}. ` +
        `Ask for ${refusal.standards.join(", ")}, for overall, or for a case such as c0001.`
      );
    case "UnknownCase":
      return `${id} has no case ${subject}. Its cases: assay events ${id} --type SampleDrawn.`;
  }
};
