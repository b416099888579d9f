/** `assay commands`: every command that an engine takes, and what each asks for. */
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { engineOf, throughEngine, type ToEngine } from "./engine.ts";
import { WrongUsage } from "./failure.ts";
import { table, wrap } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

/** As far as the engine's description of itself is read here. */
type Schema = {
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly examples?: readonly unknown[];
};

type Described = {
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>> & {
      readonly Command: { readonly oneOf: readonly { readonly $ref: string }[] };
    };
  };
};

export const addCommands = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "commands [COMMAND]",
    summary: "Every command that an engine takes; or what one of them asks for, with an example.",
    examples: ["commands", "commands PostponeInspection", "commands DrawSample --json"],
  });
  throughEngine(jsonOption(command), terminal).action(
    async (name: string | undefined, options: ForMachines & ToEngine) => {
      const told = (await engineOf(options, terminal).open("/api/openapi.json")) as Described;
      const { schemas } = told.components;
      const names = schemas.Command.oneOf.map(({ $ref }) => $ref.split("/").at(-1)!);
      if (name === undefined) {
        const all = names.map((each) => ({
          command: each,
          what: schemas[each]?.description ?? "",
        }));
        terminal.out(options.json ? jsonLine(all) : `${listOf(all, terminal)}\n`);
        return;
      }
      const schema = names.includes(name) ? schemas[name] : undefined;
      if (!schema)
        throw new WrongUsage(`There is no command ${name}. There are: ${names.join(", ")}.`);
      terminal.out(options.json ? jsonLine(schema) : `${pageOf(name, schema, terminal)}\n`);
    },
  );
};

type Listed = { readonly command: string; readonly what: string };

const listOf = (all: readonly Listed[], terminal: Terminal): string =>
  table(
    [{ head: "Command" }, { head: "What is recorded" }],
    all.map(({ command, what }) => [command, wrap(what, Math.max(30, terminal.width - 28))]),
    inkOf(terminal),
  );

/** Said by ID, not by --with. */
const wholes = ["inspection", "programme", "framework"];

const pageOf = (name: string, schema: Schema, terminal: Terminal): string => {
  const { properties = {}, required = [], examples = [] } = schema;
  const whole = wholes.find((each) => required.includes(each)) ?? "inspection";
  const fields = Object.entries(properties).filter(([each]) => each !== "type" && each !== whole);
  const widest = Math.max(0, ...fields.map(([each]) => each.length));
  const rows = fields.map(([each, field]) => [
    each,
    required.includes(each) ? "yes" : "no",
    wrap(
      [field.description, choiceOf(field)].filter(Boolean).join(" "),
      terminal.width - widest - 12,
    ),
  ]);
  const { type: _, [whole]: id, ...rest } = (examples[0] ?? {}) as Record<string, unknown>;
  const asked = fields.length > 0 ? ` --with '${JSON.stringify(rest)}'` : "";
  const ink = inkOf(terminal);
  return [
    `${ink.bold(name)}: ${schema.description ?? ""}`,
    fields.length > 0
      ? table([{ head: "Field" }, { head: "Needed" }, { head: "What it holds" }], rows, ink)
      : `It asks for nothing but the ${whole}.`,
    `For example:\n  assay do ${String(id)} ${name}${asked}`,
  ].join("\n\n");
};

const choiceOf = ({ enum: choice }: Schema): string | undefined =>
  choice && `One of: ${choice.join(", ")}.`;
