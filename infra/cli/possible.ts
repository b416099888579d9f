/** `assay possible`: what somebody may ask now, and what has to happen before the rest. */
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { engineOf, throughEngine, type ToEngine } from "./engine.ts";
import { table, wrap } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

type Possible = {
  readonly now: readonly string[];
  readonly refused: readonly {
    readonly command: string;
    readonly because: string;
    readonly from?: string;
  }[];
};

export const addPossible = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "possible <ID> [CASE]",
    summary: "What you may ask of an inspection or of one of its cases now, and what not yet.",
    examples: [
      "possible north-vale-2026 --as scheduler",
      "possible north-vale-2026 c0007 --as ivan/inspector --json",
    ],
  });
  throughEngine(jsonOption(command), terminal).action(
    async (id: string, of: string | undefined, options: ForMachines & ToEngine) => {
      const about = of === undefined ? "" : `/cases/${encodeURIComponent(of)}`;
      const path = `/api/v1/inspections/${encodeURIComponent(id)}${about}`;
      const { possible } = (await engineOf(options, terminal).get(path)) as {
        readonly possible: Possible;
      };
      terminal.out(options.json ? jsonLine(possible) : `${pageOf(possible, terminal)}\n`);
    },
  );
};

const pageOf = ({ now, refused }: Possible, terminal: Terminal): string => {
  const ink = inkOf(terminal);
  const widest = Math.max(0, ...refused.map(({ command }) => command.length));
  const rows = refused.map(({ command, because, from }) => [
    command,
    wrap(
      from === undefined ? because : `${because} Planned for ${from}.`,
      Math.max(30, terminal.width - widest - 2),
    ),
  ]);
  return [
    now.length > 0 ? `${ink.bold("Possible now")}\n${now.join("\n")}` : "Nothing is possible now.",
    ...(rows.length > 0 ? [table([{ head: "Not now" }, { head: "Because" }], rows, ink)] : []),
  ].join("\n\n");
};
