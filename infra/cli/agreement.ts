/** `assay agreement`: how far first and second markings agree, each framework by itself. */
import type { Agreement, Estimate } from "@assay/domain/fieldwork/assurance/coefficients.ts";
import { type AgreementTold, agreementTold } from "@assay/domain/tracking/fieldwork.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { readingData } from "./records.ts";
import { table } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";
import { inspectionFrom, outlinesIn } from "./tracking.ts";

type Options = ForMachines & FromData;

export const addAgreement = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "agreement [ID]",
    summary:
      "How far first and second markings agree, per standard and pair, and whether it drifts.",
    about:
      "Percentage (Wilson's interval), Cohen's kappa and Gwet's AC1, each at 95%. Without an ID\n" +
      "over all inspections, each framework by itself. It measures and decides nothing.",
    examples: ["agreement peterborough-2020", "agreement --json"],
  });
  readingData(jsonOption(command), terminal).action(
    async (id: string | undefined, options: Options) => {
      const told = agreementTold(
        id === undefined
          ? await outlinesIn(options, terminal)
          : [(await inspectionFrom(id, options, terminal)).outline],
      );
      terminal.out(options.json ? jsonLine(told) : agreementPage(told, terminal));
    },
  );
};

const agreementPage = ({ frameworks }: AgreementTold, terminal: Terminal): string =>
  frameworks.length === 0
    ? "Nothing has been marked twice to the end.\n"
    : frameworks.map((each) => agreementUnder(each, terminal)).join("\n");

const agreementUnder = (
  { framework, all, standards, pairs, drift }: AgreementTold["frameworks"][number],
  terminal: Terminal,
): string => {
  const ink = inkOf(terminal);
  const columns = [
    { head: "" },
    { head: "Answers", align: "right" },
    { head: "Agreed" },
    { head: "Kappa" },
    { head: "AC1" },
  ] as const;
  const line = (name: string, { count, share, kappa, ac1 }: Agreement) => [
    name,
    String(count),
    share ? `${percent(share.value)} (${percent(share.low)}–${percent(share.high)})` : "–",
    range(kappa),
    range(ac1),
  ];
  const rows = [
    line("All", all),
    ...standards.map(({ standard, agreement }) => line(standard, agreement)),
    ...pairs.map(({ people, agreement }) => line(people.join(" and "), agreement)),
  ];
  const quarters = drift.quarters.map(
    ({ quarter, count, share }) => `${quarter}: ${percent(share.value)} of ${count}`,
  );
  const trend =
    drift.trend === undefined
      ? "No trend can be told yet."
      : `Trend z = ${drift.trend.toFixed(2)}: ${trendSaid(drift.trend)}.`;
  const head = ink.bold(framework.label);
  return `${head}\n${table(columns, rows, ink)}\n\n${quarters.join("; ")}. ${trend}\n`;
};

const percent = (share: number): string => `${Math.round(share * 100)}%`;

const range = (estimate: Estimate | undefined): string =>
  estimate
    ? `${estimate.value.toFixed(2)} (${estimate.low.toFixed(2)} to ${estimate.high.toFixed(2)})`
    : "–";

const trendSaid = (trend: number): string => {
  if (trend < -1.96) return "agreement falls";
  return trend > 1.96 ? "agreement rises" : "no change that chance would not explain";
};
