/** What changes a programme, each as a command to a running engine. */
import { offeredOf } from "@assay/domain/announcement/offered.ts";
import { schedulingOf, usualFramework } from "@assay/domain/announcement/programme/state.ts";
import { versionOn, versions } from "@assay/domain/framework/versions.ts";
import { type Day, dayInEngland, endOfDay } from "@assay/domain/kernel/instants.ts";
import type { ServiceId } from "@assay/domain/kernel/ids.ts";
import { addWorkingDays } from "@assay/domain/kernel/working-days.ts";
import { placementsTold } from "@assay/domain/tracking/programme.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { engineOf, throughEngine, type ToEngine, type Unstamped } from "./engine.ts";
import type { FromData } from "./event-store.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { adoptionsIn } from "./frameworks-known.ts";
import { jsonOf } from "./input.ts";
import { programmeIn, rowsOf } from "./programme-input.ts";
import { readingData } from "./records.ts";
import { outcomeLine } from "./send.ts";

type Options = ForMachines & ToEngine;

export const addProgrammeCommands = (group: Command, context: Context): void => {
  addOpen(group, context);
  addImport(group, context, imports.enrol);
  addImport(group, context, imports.register);
  addPlain(group, context, plain.propose);
  addPlain(group, context, plain.confirm);
  addChange(group, context);
  addRelease(group, context);
  addBlackout(group, context);
  addSchedule(group, context);
};

/** Sends one command and says what came of it. */
const tell = async ({ terminal }: Context, options: Options, command: Unstamped): Promise<void> => {
  const outcome = await engineOf(options, terminal).tell(command);
  terminal.out(options.json ? jsonLine(outcome) : `${outcomeLine(command.type, outcome)}\n`);
};

const addOpen = (group: Command, context: Context): void => {
  const command = introduce(group, {
    name: "open <ID>",
    summary: "Opens a programme: its name and its first and last day.",
    about: "Planning rules are ours unless a JSON file gives others; programme show prints them.",
    examples: [
      'programme open cycle-4 --name "Fourth cycle" --from 2026-04-01 --to 2030-03-31 ' +
        "--as head-of-programme",
    ],
  })
    .requiredOption("--name <NAME>", "what it is called")
    .requiredOption("--from <DAY>", "its first day")
    .requiredOption("--to <DAY>", "its last day")
    .option("--rules <FILE>", "planning rules (JSON)");
  throughEngine(jsonOption(command), context.terminal).action(
    async (
      programme: string,
      options: Options & Record<"name" | "from" | "to", string> & { readonly rules?: string },
    ) => {
      const { name, from: first, to: last, rules } = options;
      const given = rules ? { rules: (await jsonOf(rules, context.terminal)).value } : {};
      const period = { first, last };
      await tell(context, options, { type: "OpenProgramme", programme, name, period, ...given });
    },
  );
};

const imports = {
  enrol: { name: "enrol", sheet: "services", type: "EnrolServices" },
  register: { name: "register", sheet: "inspectors", type: "RegisterInspectors" },
} as const;

const addImport = (
  group: Command,
  context: Context,
  { name, sheet, type }: (typeof imports)[keyof typeof imports],
): void => {
  const command = introduce(group, {
    name: `${name} <ID> <FILE>`,
    summary: `Imports ${sheet} (CSV or JSON): all of them, or nothing and every problem.`,
    about:
      "Those known already change where the sheet says otherwise; others stay as they are." +
      (sheet === "services"
        ? " A line that names no framework is inspected under the one in force on the programme's " +
          "first day."
        : ""),
    examples: [`programme ${name} cycle-4 ${sheet}.csv --as scheduler`],
  });
  readingData(throughEngine(jsonOption(command), context.terminal), context.terminal).action(
    async (programme: string, file: string, options: Options & FromData) => {
      const { terminal } = context;
      const { rows } = await rowsOf(sheet, file, terminal);
      const named = sheet === "services" ? await usualIn(programme, options, terminal) : {};
      const whole = rows.map((row) => ({ ...named, ...row }));
      await tell(context, options, { type, programme, [sheet]: whole });
    },
  );
};

/** What a line stands for that names no framework. */
const usualIn = async (programme: string, options: FromData, terminal: Context["terminal"]) => {
  const { state } = await programmeIn(programme, options, terminal);
  const offered = offeredOf(await adoptionsIn(options, terminal), versions);
  const usual = usualFramework(state, offered);
  return usual ? { framework: usual.id } : {};
};

const plain = {
  propose: {
    name: "propose",
    type: "ProposeSchedule",
    summary: "Proposes the whole schedule; programme show and programme why tell what and why.",
    as: "scheduler",
  },
  confirm: {
    name: "confirm",
    type: "ConfirmSchedule",
    summary:
      "Confirms the schedule: it holds from now on, and its inspections are scheduled by it.",
    as: "head-of-programme",
  },
} as const;

const addPlain = (
  group: Command,
  context: Context,
  { name, type, summary, as }: (typeof plain)[keyof typeof plain],
): void => {
  const examples = [`programme ${name} cycle-4 --as ${as}`];
  const command = introduce(group, { name: `${name} <ID>`, summary, examples });
  throughEngine(jsonOption(command), context.terminal).action(
    async (programme: string, options: Options) => tell(context, options, { type, programme }),
  );
};

const addChange = (group: Command, context: Context): void => {
  const command = introduce(group, {
    name: "change <ID> <SERVICE>",
    summary: "Places a service otherwise, with a reason; later proposals keep it.",
    about: "What is not given stays as it is. Rules that the change leaves are recorded with it.",
    examples: [
      'programme change cycle-4 service-12 --start 2027-03-22 --end 2027-03-25 --reason "Asked" ' +
        "--as scheduler",
    ],
  })
    .option("--start <DAY>", "first day of fieldwork")
    .option("--end <DAY>", "last day of fieldwork")
    .option("--team <PEOPLE>", "ids with commas between, the lead first")
    .requiredOption("--reason <WORDS>", "why");
  readingData(throughEngine(jsonOption(command), context.terminal), context.terminal).action(
    async (programme: string, service: string, options: Options & FromData & Change) => {
      const { state } = await programmeIn(programme, options, context.terminal);
      const former = state.placements.get(service as ServiceId);
      const team = options.team?.split(",").map((person, place) => ({
        person: person.trim(),
        lead: place === 0,
      }));
      const { start = former?.start, end = former?.end, reason } = options;
      if (!start || !end || !(team ?? former?.team)) {
        throw new WrongUsage(`${service} is placed nowhere yet: give --start, --end and --team.`);
      }
      const placement = { service, start, end, team: team ?? former?.team };
      await tell(context, options, { type: "ChangePlacement", programme, placement, reason });
    },
  );
};

type Change = {
  readonly start?: string;
  readonly end?: string;
  readonly team?: string;
  readonly reason: string;
};

const addRelease = (group: Command, context: Context): void => {
  const command = introduce(group, {
    name: "release <ID> <SERVICE>",
    summary: "Lets the next proposal place a service as it sees fit again.",
    examples: ["programme release cycle-4 service-12 --as scheduler"],
  });
  throughEngine(jsonOption(command), context.terminal).action(
    async (programme: string, service: string, options: Options) =>
      tell(context, options, { type: "ReleasePlacement", programme, service }),
  );
};

const addBlackout = (group: Command, context: Context): void => {
  const command = introduce(group, {
    name: "blackout <ID>",
    summary: "Declares days without fieldwork, for all services or for one; or lifts them.",
    examples: [
      'programme blackout cycle-4 --from 2027-08-02 --to 2027-08-13 --reason "Summer" --as scheduler',
    ],
  })
    .requiredOption("--from <DAY>", "first day")
    .requiredOption("--to <DAY>", "last day")
    .option("--service <SERVICE>", "for this service alone")
    .option("--reason <WORDS>", "why; needed unless it is lifted")
    .option("--lift", "take a declared one back");
  throughEngine(jsonOption(command), context.terminal).action(
    async (programme: string, options: Options & Blackout) => {
      const { from: first, to: last, service, reason, lift } = options;
      const days = { programme, period: { first, last }, ...(service && { service }) };
      if (lift) return tell(context, options, { type: "LiftBlackout", ...days });
      if (!reason) throw new WrongUsage("Give the --reason for a blackout.");
      await tell(context, options, { type: "DeclareBlackout", ...days, reason });
    },
  );
};

type Blackout = {
  readonly from: string;
  readonly to: string;
  readonly service?: string;
  readonly reason?: string;
  readonly lift?: boolean;
};

type Scheduled = {
  readonly due?: boolean;
  readonly framework?: string;
  readonly kind?: string;
};

const addSchedule = (group: Command, context: Context): void => {
  const { terminal, finish } = context;
  const command = introduce(group, {
    name: "schedule <ID> [SERVICE]",
    summary: "Schedules the inspection of a placed service, or with --due every one that is owed.",
    about:
      "Days and team are the placement's; framework and kind are the service's, or else the " +
      "framework in force when it is announced.",
    examples: [
      "programme schedule cycle-4 service-12 --as scheduler",
      "programme schedule cycle-4 --due --as scheduler",
    ],
  })
    .option("--due", "every inspection that should be scheduled by today")
    .option("--framework <ID>", "another framework version")
    .option("--kind <ID>", "another of the framework's kinds of inspection");
  readingData(throughEngine(jsonOption(command), terminal), terminal).action(
    async (id: string, service: string | undefined, options: Options & FromData & Scheduled) => {
      const { id: programme, state } = await programmeIn(id, options, terminal);
      if ((service === undefined) !== (options.due === true))
        throw new WrongUsage("Name a service, or give --due.");
      const leadIn = state.rules.leadInWorkingDays;
      const isDue = (start: Day): boolean =>
        endOfDay(addWorkingDays(start, -(leadIn + 10))) <= terminal.now();
      const wanted = placementsTold(programme, state).filter((each) =>
        options.due ? !each.scheduled && isDue(each.start) : each.service === service,
      );
      if (service !== undefined && wanted.length === 0)
        throw new Refused(`${service} is not placed in ${id}.`);
      const engine = engineOf(options, terminal);
      const known = offeredOf(await adoptionsIn(options, terminal), versions);
      const outcomes = [];
      for (const placement of wanted) {
        const announced = addWorkingDays(placement.start, -leadIn);
        const { framework, kind, ...planned } = schedulingOf(state, placement.service)!;
        const ofKind = options.kind ?? (options.framework === undefined ? kind : undefined);
        const asked = {
          ...planned,
          framework: options.framework ?? framework ?? versionOn(announced, known)?.id,
          ...(ofKind !== undefined && { kind: ofKind }),
        };
        const outcome = await engine.send({ type: "ScheduleInspection", ...asked });
        outcomes.push({ inspection: placement.inspection, ...outcome });
        if (!options.json)
          terminal.out(`${placement.inspection}: ${outcomeLine("ScheduleInspection", outcome)}\n`);
      }
      if (options.json) terminal.out(jsonLine(outcomes));
      else if (wanted.length === 0)
        terminal.out(`Nothing is to be scheduled by ${dayInEngland(terminal.now())}.\n`);
      if (outcomes.some(({ accepted }) => !accepted)) finish(1);
    },
  );
};
