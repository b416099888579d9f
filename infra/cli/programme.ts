/** `assay programme`: a cycle of inspections from its import lists to the schedule that holds. */
import {
  placementsTold,
  programmeState,
  type ProgrammeTold,
  programmeTold,
} from "@assay/domain/tracking/programme.ts";
import type { Command } from "commander";

import {
  type Context,
  type ForMachines,
  giveFile,
  introduce,
  jsonLine,
  jsonOption,
} from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { owedPage } from "./inspections.ts";
import { addProgrammeCommands } from "./programme-commands.ts";
import { programmeIn, rowsOf, sheetNamed, type sheets } from "./programme-input.ts";
import { programmesIn, readingData, withStore } from "./records.ts";
import { pairs, table, wrap } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

type Options = ForMachines & FromData;

export const addProgramme = (program: Command, context: Context): void => {
  const group = introduce(program, {
    name: "programme",
    summary: "A cycle of inspections: its services, its inspectors and its schedule.",
    about: "Checking and reading need no engine; what changes anything goes to a running one.",
    examples: [
      "programme template services > services.csv",
      "programme enrol cycle-4 services.csv --as scheduler",
      "programme propose cycle-4 --as scheduler",
      "programme why cycle-4 service-12",
    ],
  });
  addTemplate(group, context);
  addCheck(group, context);
  addList(group, context);
  addShow(group, context);
  addWhy(group, context);
  addProgrammeCommands(group, context);
};

const addTemplate = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "template <SHEET>",
    summary: "Prints a worked example (CSV): made-up services, or inspectors, of a whole country.",
    examples: ["programme template services > services.csv", "programme template inspectors"],
  });
  jsonOption(command).action((kind: string, { json }: ForMachines) =>
    giveFile(terminal, { json, format: "csv", content: sheetNamed(kind).text() }),
  );
};

const addCheck = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "check <SHEET> <FILE>",
    summary: "Checks services or inspectors (CSV or JSON) and names every problem, all at once.",
    about:
      "Each problem has its line, column, value and what is expected. - reads what is piped in.",
    examples: ["programme check services services.csv", "programme check inspectors - --json"],
  });
  jsonOption(command).action(async (kind: string, name: string, { json }: ForMachines) => {
    sheetNamed(kind);
    const { rows, ignored } = await rowsOf(kind as keyof typeof sheets, name, terminal);
    const told = { accepted: true, rows: rows.length, ignored };
    const passed = ignored.length > 0 ? ` Not read: ${ignored.join(", ")}.` : "";
    terminal.out(json ? jsonLine(told) : `${rows.length} ${kind}, nothing wrong.${passed}\n`);
  });
};

const addList = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "list",
    summary: "Every programme in the store, and how far it is.",
    examples: ["programme list", "programme list --json"],
  });
  readingData(jsonOption(command), terminal).action(async (options: Options) => {
    const all = await withStore(options, terminal, programmesIn);
    const told = [...all].map(([id, facts]) =>
      programmeTold(id, programmeState(facts), terminal.now()),
    );
    const brief = told.map(({ placements, rules: _rules, ...rest }) => ({
      ...rest,
      placements: placements.length,
    }));
    terminal.out(options.json ? jsonLine(brief) : listPage(told, terminal));
  });
};

const listPage = (told: readonly ProgrammeTold[], terminal: Terminal): string => {
  if (told.length === 0) return "No programme has been opened.\n";
  const columns = [
    { head: "Programme" },
    { head: "Name" },
    { head: "From" },
    { head: "To" },
    { head: "Phase" },
    { head: "Services", align: "right" },
    { head: "Placed", align: "right" },
    { head: "Scheduled", align: "right" },
  ] as const;
  const rows = told.map(({ programme, name, period, phase, services, placements }) => [
    programme,
    name,
    period?.first ?? "–",
    period?.last ?? "–",
    phase,
    String(services),
    String(placements.length),
    String(placements.filter(({ scheduled }) => scheduled).length),
  ]);
  return `${table(columns, rows, inkOf(terminal))}\n`;
};

const addShow = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "show <ID>",
    summary: "The schedule as it stands, what is left out and why, and what is owed.",
    examples: ["programme show cycle-4", "programme show cycle-4 --json"],
  });
  readingData(jsonOption(command), terminal).action(async (id: string, options: Options) => {
    const { id: programme, state } = await programmeIn(id, options, terminal);
    const told = programmeTold(programme, state, terminal.now());
    terminal.out(options.json ? jsonLine(told) : showPage(told, terminal));
  });
};

const showPage = (told: ProgrammeTold, terminal: Terminal): string => {
  const ink = inkOf(terminal);
  const { quality, period } = told;
  const beside = ({ value, bound }: { readonly value: number; readonly bound: number }): string =>
    `${value} (no schedule could have less than ${bound})`;
  const facts = pairs([
    ["Name", told.name],
    ["Runs", period ? `${period.first} to ${period.last}` : "–"],
    ["Phase", told.phase],
    ["Services", String(told.services)],
    ["Inspectors", String(told.inspectors)],
    ...(quality
      ? ([
          ["Left out", beside(quality.leftOut)],
          ["Risk × weeks waited", beside(quality.waiting)],
          [
            "Busiest person’s weeks",
            `${quality.busiest.value} (at least ${quality.busiest.bound})`,
          ],
        ] as const)
      : []),
  ]);
  const columns = [
    { head: "Fieldwork" },
    { head: "Service" },
    { head: "Name" },
    { head: "Lead" },
    { head: "Team" },
    { head: "" },
  ] as const;
  const rows = told.placements.map(({ start, end, service, name, team, scheduled, decided }) => [
    `${start} – ${end}`,
    service,
    name,
    team.find(({ lead }) => lead)?.person ?? "–",
    team.flatMap(({ person, lead }) => (lead ? [] : [person])).join(", "),
    scheduled ? "scheduled" : decided === "by-a-person" ? "by a person" : "",
  ]);
  const left = told.leftOut.map(({ name, why }) => wrap(`${name}: ${why}`, terminal.width));
  const parts = [
    ink.bold(told.programme),
    facts,
    rows.length > 0 ? table(columns, rows, ink) : "Nothing is placed yet.",
    left.length > 0 ? `${ink.bold("Left out")}\n${left.join("\n")}` : "",
    told.owed.length > 10
      ? `${owedPage(told.owed.slice(0, 10), ink)}\n… and ${told.owed.length - 10} more (--json).`
      : owedPage(told.owed, ink),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
};

const addWhy = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "why <ID> <SERVICE>",
    summary: "Why a service is inspected when it is, and by whom; or why it is left out.",
    examples: ["programme why cycle-4 service-12"],
  });
  readingData(jsonOption(command), terminal).action(
    async (id: string, service: string, options: Options) => {
      const { id: programme, state } = await programmeIn(id, options, terminal);
      const placed = placementsTold(programme, state).find((each) => each.service === service);
      const told = programmeTold(programme, state, terminal.now());
      const left = told.leftOut.find((each) => each.service === service);
      if (!placed && !left) throw new Refused(`${service} is not placed in ${id}.`);
      if (options.json) return terminal.out(jsonLine(placed ?? left));
      const head = placed
        ? `${placed.name}: ${placed.start} to ${placed.end}\n` +
          `Team: ${placed.team.map(({ person, lead }) => (lead ? `${person} (lead)` : person)).join(", ")}\n`
        : `${left!.name}: left out\n`;
      terminal.out(`${head}${wrap((placed ?? left)!.why, terminal.width)}\n`);
    },
  );
};
