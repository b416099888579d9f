/** `assay audit-published`: a published report as the subject of an audit. */
import { render } from "@assay/domain/audit/explanation.ts";
import { auditPublished } from "@assay/domain/audit/published.ts";
import { tellPublished } from "@assay/domain/audit/tell.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { jsonOf } from "./input.ts";
import { publishedIn } from "./published.ts";

export const addAuditPublished = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "audit-published <FILE>",
    summary: "Audits a published report: ratings by rule or moved, reasons, sums and samples.",
    about:
      "FILE is JSON as in examples/; - reads what is piped in.\n" +
      "Ends with 1 when the printed sums differ from what its ratings give.",
    examples: [
      "audit-published examples/peterborough-2020.json",
      "audit-published examples/milton-keynes-2021.json --json",
    ],
  });
  jsonOption(command).action(async (name: string, options: ForMachines) => {
    const input = await jsonOf(name, terminal);
    const read = publishedIn(input.value);
    const audit = read.ok ? auditPublished(read.file) : read;
    if (!audit.ok) throw input.refusal(`${name} is no published inspection:`, audit.problems);
    const { value } = audit;
    const told = (): string => render(tellPublished(value), { as: "plain", facts: false });
    terminal.out(options.json ? jsonLine(value) : told());
    const { score, maxScore, overall } = value;
    if (![score, maxScore, overall].every(({ equal }) => equal)) finish(1);
  });
};
