/** What is owed by whom over all inspections, who has how much, and the plan both sides see. */
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { isInspectionEvent } from "@assay/domain/announcement/events.ts";
import { lettersTold, planTold, requestsTold } from "@assay/domain/tracking/announcement.ts";
import { type Outline, outlineOf } from "@assay/domain/tracking/outline.ts";
import { type Owed, owedIn, sooner } from "@assay/domain/tracking/owed.ts";
import { knownFrom } from "@assay/domain/tracking/standing.ts";
import { workloadOf } from "@assay/domain/tracking/workload.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { momentIn } from "./moments.ts";
import { everythingIn, readingData, recordsOf, withStore } from "./records.ts";
import { table } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

type Options = ForMachines & FromData;

/** Every inspection in outline. */
export const outlinesIn = async (
  options: FromData,
  terminal: Terminal,
): Promise<readonly Outline[]> => {
  const all = await withStore(options, terminal, everythingIn);
  return [...all].map(([inspection, records]) =>
    outlineOf(inspection, knownFrom(records.map(({ event }) => event))),
  );
};

/** One inspection. Throws Refused where there is none of that name. */
export const inspectionFrom = async (id: string, options: FromData, terminal: Terminal) => {
  const records = await withStore(options, terminal, (reader) => recordsOf(reader, id));
  const facts = records.map(({ event }) => event);
  const inspection = id as InspectionId;
  const known = knownFrom(facts);
  return { inspection, known, outline: outlineOf(inspection, known), facts };
};

export const addDuties = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "duties",
    summary: "What is owed over all inspections, by whom and by when; what is late comes first.",
    examples: ["duties --late", "duties --person inspector-1", "duties --role scheduler --json"],
  })
    .option("--person <ID>", "only what this person owes")
    .option("--role <ROLE>", "only what falls to this role")
    .option("--late", "only what is late");
  readingData(jsonOption(command), terminal).action(async (options: Options & Chosen) => {
    const now = terminal.now();
    const owed = (await outlinesIn(options, terminal))
      .flatMap((each) => owedFor(each, now))
      .filter((each) => matches(each, options))
      .toSorted(sooner);
    terminal.out(options.json ? jsonLine(owed) : dutiesPage(owed, terminal));
  });
};

type Chosen = { readonly person?: string; readonly role?: string; readonly late?: boolean };

type OwedThere = Owed & { readonly inspection: string; readonly service: string };

const owedFor = ({ inspection, service, duties }: Outline, now: Instant): readonly OwedThere[] =>
  owedIn(duties, now).map((each) => ({
    ...each,
    inspection,
    service: service?.name ?? inspection,
  }));

const matches = ({ person, owner, overdue, automatic }: Owed, chosen: Chosen): boolean =>
  !automatic &&
  (chosen.person === undefined || chosen.person === person) &&
  (chosen.role === undefined || chosen.role === owner) &&
  (!chosen.late || overdue);

const dutiesPage = (owed: readonly OwedThere[], terminal: Terminal): string => {
  if (owed.length === 0) return "Nothing is owed.\n";
  const ink = inkOf(terminal);
  const columns = [
    { head: "Due" },
    { head: "Inspection" },
    { head: "Owed" },
    { head: "By" },
    { head: "" },
  ] as const;
  const rows = owed.map(({ due, inspection, what, owner, person, overdue }) => [
    due ? momentIn(due) : "no date",
    inspection,
    what,
    [owner, person].filter(Boolean).join(": "),
    overdue ? ink.red("late") : "",
  ]);
  return `${table(columns, rows, ink)}\n`;
};

export const addWorkload = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "workload",
    summary: "Who has how much: cases, second markings, duties and what of them is late.",
    examples: ["workload", "workload --json"],
  });
  readingData(jsonOption(command), terminal).action(async (options: Options) => {
    const loads = workloadOf(await outlinesIn(options, terminal), terminal.now());
    if (options.json) return terminal.out(jsonLine(loads));
    if (loads.length === 0) return terminal.out("Nobody has anything to do.\n");
    const right = (head: string) => ({ head, align: "right" }) as const;
    const columns = [
      { head: "Person" },
      right("Inspections"),
      right("Leads"),
      right("Weeks"),
      right("Cases"),
      right("Open"),
      right("Second marking"),
      right("Owed"),
      right("Late"),
      { head: "Next" },
    ];
    const rows = loads.map((load) => [
      load.person,
      String(load.inspections.length),
      ...[load.leads, load.weeks, load.cases, load.open].map(String),
      ...[load.secondMarkings, load.owed, load.overdue].map(String),
      load.next ? momentIn(load.next) : "–",
    ]);
    terminal.out(`${table(columns, rows, inkOf(terminal))}\n`);
  });
};

export const addPlan = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "plan <ID>",
    summary:
      "The plan that both sides see: each step, its day, whose it is, and whether it is done.",
    examples: ["plan peterborough-2020"],
  });
  readingData(jsonOption(command), terminal).action(async (id: string, options: Options) => {
    const { known } = await inspectionFrom(id, options, terminal);
    const plan = planTold(known);
    if (options.json) return terminal.out(jsonLine(plan));
    const columns = [{ head: "Day" }, { head: "Step" }, { head: "By" }, { head: "" }] as const;
    const rows = plan.map(({ day, what, by, done }) => [day, what, by, done ? "done" : ""]);
    terminal.out(`${table(columns, rows, inkOf(terminal))}\n`);
  });
};

export const addRequests = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "requests <ID>",
    summary: "What was asked of the service: deadlines, files with their digests, what went back.",
    examples: ["requests peterborough-2020", "requests milton-keynes-2021 --json"],
  });
  readingData(jsonOption(command), terminal).action(async (id: string, options: Options) => {
    const { known, facts } = await inspectionFrom(id, options, terminal);
    const told = requestsTold(known, facts.filter(isInspectionEvent), terminal.now());
    if (options.json) return terminal.out(jsonLine(told));
    if (told.length === 0) return terminal.out("Nothing has been asked of the service yet.\n");
    const ink = inkOf(terminal);
    const columns = [
      { head: "Request" },
      { head: "Due" },
      { head: "" },
      { head: "Files" },
    ] as const;
    const rows = told.map(({ request, due, satisfied, late, chased, received }) => [
      request,
      due,
      [satisfied ? "satisfied" : late ? ink.red("late") : "open", chased ? "chased" : ""]
        .filter(Boolean)
        .join(", "),
      received
        .map(
          ({ name, digest, bytes, at, returned }) =>
            `${name ?? "(erased)"}, ${bytes} bytes, ${momentIn(at)}, SHA-256 ${digest}` +
            (returned ? `\n  sent back: ${returned.reason ?? "(erased)"}` : ""),
        )
        .join("\n") || "–",
    ]);
    terminal.out(`${table(columns, rows, ink)}\n`);
  });
};

export const addLetter = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "letter <ID> [OFFICE]",
    summary: "The letters that announced an inspection, as they were written; 1: one has changed.",
    about:
      "Offices: service-manager, board-chair, local-authority-chief-executive,\ndirector-of-childrens-services.",
    examples: ["letter peterborough-2020 board-chair"],
  });
  readingData(jsonOption(command), terminal).action(
    async (id: string, office: string | undefined, options: Options) => {
      const { facts } = await inspectionFrom(id, options, terminal);
      const letters = lettersTold(facts.filter(isInspectionEvent)).filter(
        (letter) => office === undefined || letter.office === office,
      );
      if (letters.length === 0) throw new Refused(`${id} has no such letter.`);
      if (options.json) return terminal.out(jsonLine(letters));
      terminal.out(
        letters
          .map(({ text, digest, matches: same }) =>
            [text, `SHA-256 ${digest ?? "not recorded"}${same ? "" : ", of another text"}`].join(
              "\n\n",
            ),
          )
          .join(`\n\n${"─".repeat(40)}\n\n`) + "\n",
      );
    },
  );
};
