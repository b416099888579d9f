/** `assay send` and `assay do`: any command there is, to a running engine. */
import { identifyingInWords } from "@assay/domain/kernel/identifying.ts";
import { isBeyond } from "@assay/domain/kernel/stream.ts";
import { categoryTaking, stepOf } from "@assay/domain/steps.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import {
  type Engine,
  engineOf,
  type Outcome,
  throughEngine,
  type ToEngine,
  type Unstamped,
} from "./engine.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { jsonOf } from "./input.ts";
import { readJson } from "@assay/host/json-text.ts";

export const addSend = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "send <FILE>",
    summary: "Sends a command, or a list of them in order, to a running engine.",
    about:
      "A command is an object with its type and what the type asks for. With an id (a UUID) of its\n" +
      "own it is carried out once, however often it is sent. A list goes on after a refusal, and\n" +
      "ends with 1 when there was one. - reads what is piped in.",
    examples: [
      "send announce.json --as scheduler",
      "send commands.json --as lead-inspector --json",
    ],
  });
  throughEngine(jsonOption(command), terminal).action(
    async (name: string, options: ForMachines & ToEngine) => {
      const { value } = await jsonOf(name, terminal);
      const engine = engineOf(options, terminal);
      const several = Array.isArray(value);
      const outcomes: object[] = [];
      for (const each of (several ? value : [value]) as readonly unknown[]) {
        const asked = commandIn(each);
        const outcome = await sent(engine, asked);
        outcomes.push({ type: asked.command.type, ...outcome });
        if (!options.json) terminal.out(`${outcomeLine(asked.command.type, outcome)}\n`);
      }
      if (options.json) terminal.out(jsonLine(several ? outcomes : outcomes[0]));
      if (outcomes.some((each) => !(each as Outcome).accepted)) finish(1);
    },
  );
};

export const addDo = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "do <ID> <COMMAND>",
    summary: "Asks one thing of an inspection, a programme or a framework, by the command's name.",
    about:
      "ID is the inspection's, or for other commands the programme's or framework's. What else the\n" +
      "command asks for is given as JSON: assay commands COMMAND says what that is.",
    examples: [
      "do cycle-4 ConfirmSchedule --as head-of-programme",
      'do north-vale-2026 PostponeInspection --with \'{"reason": "Flood"}\' --as head-of-programme',
    ],
  })
    .option("--with <JSON>", "what the command asks for besides", "{}")
    .option(
      "--insist",
      "also where Assay would ask, as before a draw from a list with repetitions",
    );
  throughEngine(jsonOption(command), terminal).action(
    async (
      id: string,
      type: string,
      options: ForMachines & ToEngine & { readonly with: string },
    ) => {
      if (stepOf(type) === undefined)
        throw new WrongUsage(
          `There is no command ${type}. assay commands lists them with what they ask for.`,
        );
      const given = readJson(options.with);
      if (!given.ok || typeof given.value !== "object" || given.value === null)
        throw new WrongUsage(`--with takes a JSON object, not ${options.with}`);
      const about = { [wholeOf(type)]: id };
      const asked = { ...about, ...given.value, type };
      const outcome = await engineOf(options, terminal).send(asked);
      terminal.out(options.json ? jsonLine(outcome) : `${outcomeLine(type, outcome)}\n`);
      if (!outcome.accepted) finish(1);
    },
  );
};

/** What a command of this type is about, by the name under which it names it. */
const wholeOf = (type: string): "framework" | "programme" | "inspection" => {
  const category = categoryTaking(type) ?? "";
  return isBeyond(category) ? category : "inspection";
};

type Asked = { readonly command: Unstamped; readonly id: string | undefined };

const commandIn = (value: unknown): Asked => {
  const { id, ...command } = (value ?? {}) as { readonly id?: unknown; readonly type?: unknown };
  if (typeof command.type !== "string")
    throw new Refused("A command is an object with a type, such as ConfirmSchedule.");
  return { command: command as Unstamped, id: typeof id === "string" ? id : undefined };
};

const sent = async (engine: Engine, { command, id }: Asked): Promise<Outcome> =>
  engine.send(command, id);

export const outcomeLine = (type: string, outcome: Outcome): string => {
  if (!outcome.accepted) return `${type}: refused. ${outcome.detail}`;
  const { events, stream, revision, warnings = [] } = outcome;
  if (events === 0) return `${type}: accepted; nothing had to change.`;
  const done = `${type}: accepted; ${events} ${events === 1 ? "event" : "events"}, ${stream}@${revision}.`;
  const warned = warnings.map((each) => `  Warning: ${identifyingInWords(each)}.`);
  return [done, ...warned].join("\n");
};
