/** `assay audit-published`: a published report as the subject of an audit. */
import { render } from "@assay/domain/audit/explanation.ts";
import { auditPublished } from "@assay/domain/audit/published.ts";
import { tellPublished } from "@assay/domain/audit/tell.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { jsonOf } from "./input.ts";
import { placeNumber } from "./numbers.ts";
import { publishedIn } from "./published.ts";

type Options = ForMachines & {
  readonly court?: string;
  readonly outOfCourt?: string;
  readonly draws?: string;
};

export const addAuditPublished = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "audit-published <FILE>",
    summary: "Audits a published report: ratings by rule or moved, reasons, sums and samples.",
    about:
      "FILE is JSON as in examples/; - reads what is piped in.\n" +
      "Ends with 1 when the printed sums differ from what its ratings give.",
    examples: [
      "audit-published examples/peterborough-2020.json",
      "audit-published examples/milton-keynes-2021.json --court 31 --json",
    ],
  })
    .option("--court <N>", "how many court cases were eligible, where that is known")
    .option("--out-of-court <N>", "how many out-of-court cases were eligible")
    .option("--draws <N>", "draws by which firmness is estimated (default: 2000)");
  jsonOption(command).action(async (name: string, options: Options) => {
    const court = placeNumber("--court", options.court);
    const outOfCourt = placeNumber("--out-of-court", options.outOfCourt);
    const draws = placeNumber("--draws", options.draws);
    const input = await jsonOf(name, terminal);
    const read = publishedIn(input.value);
    const audit = read.ok
      ? auditPublished(read.file, {
          eligible: {
            ...(court !== undefined && { court }),
            ...(outOfCourt !== undefined && { outOfCourt }),
          },
          ...(draws !== undefined && { draws }),
        })
      : read;
    if (!audit.ok) throw input.refusal(`${name} is no published inspection:`, audit.problems);
    const { value } = audit;
    const told = (): string => render(tellPublished(value), { as: "plain", facts: false });
    terminal.out(options.json ? jsonLine(value) : told());
    const { score, maxScore, overall } = value;
    if (![score, maxScore, overall].every(({ equal }) => equal)) finish(1);
  });
};
