/** `assay permissions`: who may do what, as the role table says. */
import { Role } from "@assay/domain/kernel/actor.ts";
import { permissionsPage } from "@assay/domain/permissions-page.ts";
import { permissionParts, rowOf } from "@assay/domain/permissions.ts";
import type { Grant } from "@assay/domain/kernel/actor.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { table, wrap } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

type Options = ForMachines & { readonly role?: string; readonly markdown?: boolean };
type Row = { readonly part: string; readonly name: string; readonly grants: readonly Grant[] };

const rows: readonly Row[] = Object.entries(permissionParts).flatMap(([part, grants]) =>
  Object.entries<readonly Grant[]>(grants).map(([name, each]) => ({ part, name, grants: each })),
);

export const addPermissions = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "permissions [COMMAND]",
    summary: "Who may send which command and read what; what stands nowhere is refused.",
    examples: ["permissions", "permissions SignOffReport", "permissions --role panel-chair"],
  });
  command
    .option("--role <ROLE>", "what this role may, and under which conditions")
    .option("--markdown", "the whole table as the page docs/permissions.md");
  jsonOption(command).action((name: string | undefined, options: Options) => {
    if (options.markdown) return terminal.out(permissionsPage());
    const shown = chosen(name, options.role);
    if (options.json) return terminal.out(jsonLine(shown));
    terminal.out(`${inParts(shown, terminal)}\n`);
  });
};

const chosen = (name: string | undefined, role: string | undefined): readonly Row[] => {
  const named = rows.filter((row) => name === undefined || row.name === name);
  if (named.length === 0) throw new Refused(`Nothing in the table is called ${name}.`);
  if (role === undefined) return named;
  const parsed = Role.safeParse(role);
  if (!parsed.success)
    throw new WrongUsage(`There is no role ${role}. Roles: ${Role.options.join(", ")}.`);
  return named
    .map((row) => ({ ...row, grants: row.grants.filter((each) => each.role === parsed.data) }))
    .filter(({ grants }) => grants.length > 0);
};

const inParts = (shown: readonly Row[], terminal: Terminal): string => {
  const ink = inkOf(terminal);
  const widest = Math.max(0, ...shown.map(({ name }) => name.length));
  const columns = [{ head: "" }, { head: "Who may" }] as const;
  const parts = [...new Set(shown.map(({ part }) => part))];
  return parts
    .map((part) => {
      const lines = shown
        .filter((row) => row.part === part)
        .map(({ name, grants }) => [
          name.padEnd(widest),
          wrap(rowOf(grants).replaceAll("; ", ";\n"), Math.max(30, terminal.width - widest - 2)),
        ]);
      return `${ink.bold(part)}\n${table(columns, lines).split("\n").slice(2).join("\n")}`;
    })
    .join("\n\n");
};
