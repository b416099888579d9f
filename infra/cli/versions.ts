/** `assay versions`: the report as drafted, published and corrected, each as known on its day. */
import { type KnownVersion, knownVersions } from "@assay/domain/audit/difference.ts";
import { render } from "@assay/domain/audit/explanation.ts";
import { compareVersions, tellVersions } from "@assay/domain/audit/tell-versions.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { readingData, recordsOf, withStore } from "./records.ts";
import { table } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

export const addVersions = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "versions <ID>",
    summary: "The report as drafted, published and corrected, each with what was known that day.",
    about: "Side by side first; then what changed from each version to the next, and by whom.",
    examples: ["versions peterborough-2020", "versions milton-keynes-2021 --json"],
  });
  readingData(jsonOption(command), terminal).action(
    async (id: string, options: ForMachines & FromData) => {
      const records = await withStore(options, terminal, (reader) => recordsOf(reader, id));
      const versions = knownVersions(records);
      if (versions.length === 0) throw new Refused(`No report on ${id} has been drafted yet.`);
      const compared = compareVersions(versions);
      const told = (): string => {
        const words = render(tellVersions(compared), { as: "plain", facts: false });
        return `${sideBySide(versions, terminal)}\n\n${words}`;
      };
      terminal.out(options.json ? jsonLine(compared) : told());
    },
  );
};

const sideBySide = (versions: readonly KnownVersion[], terminal: Terminal): string => {
  const names = versions.map(({ version }) =>
    version === "draft" ? "Draft" : `Version ${version}`,
  );
  const codes = versions.flatMap(({ ratings }) => ratings?.standards ?? []);
  const rows = [...new Set(codes.map(({ standard }) => standard))].toSorted().map((code) => [
    code,
    ...versions.map(({ ratings }) => {
      const found = ratings?.standards.find(({ standard }) => standard === code);
      return found?.rating ?? "not rated";
    }),
  ]);
  const totals = [
    ["Score", ...versions.map(({ ratings }) => String(ratings?.score ?? "–"))],
    ["Overall", ...versions.map(({ ratings }) => ratings?.overall ?? "withheld")],
  ];
  const columns = [{ head: "Standard" }, ...names.map((head) => ({ head }))];
  return table(columns, [...rows, ...totals], inkOf(terminal));
};
