/** The command line as tests use it: at a terminal that keeps what it is told. */
import type { Instant } from "@assay/domain/kernel/instants.ts";

import { run } from "../program.ts";
import type { Terminal } from "../terminal.ts";

/** Where it stands, where that matters, and what is typed in. */
export type Standing = Partial<Terminal> & { readonly typed?: string };

export const atTerminal = async (args: readonly string[], standing: Standing = {}) => {
  let [out, err] = ["", ""];
  const usual: Terminal = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    stdin: async () => new TextEncoder().encode(standing.typed),
    pathOf: (name) => name,
    dataDir: "data",
    engine: { url: "http://127.0.0.1:1" },
    colour: false,
    screen: false,
    now: () => "2026-01-01T00:00:00.000Z" as Instant,
    width: 100,
  };
  // What is read late, as settings are, stays so.
  const terminal = Object.defineProperties(usual, Object.getOwnPropertyDescriptors(standing));
  const status = await run(args, terminal);
  return { status, out, err };
};
