/** Runs the tests below a folder that can reach a mutated file, and says whether one fails. */
import { spawn } from "node:child_process";
import { join } from "node:path";

import type { Mutation } from "./mutations.ts";

export type Mutant = Mutation & { readonly file: string };
/** `killed`: a test failed. `endless`: the tests did not end in time, which is also found. */
export type Outcome = "killed" | "endless" | "survived" | "untested";

const root = join(import.meta.dirname, "../..");
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const config = join(import.meta.dirname, "vitest.config.ts");

export type Tests = {
  readonly below: string;
  readonly live?: boolean;
  readonly seconds?: number;
};

/** Without a mutation the tests have to pass: else nothing that is found means anything. */
export const tryOut = async (
  { file, ...mutation }: { readonly file: string } & Partial<Mutation>,
  { below, live = false, seconds = live ? 600 : 240 }: Tests,
): Promise<Outcome> => {
  const given = ["related", file, "--run", "--config", config, "--dir", join(root, below)];
  const child = spawn(process.execPath, [vitest, ...given], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    env: {
      ...process.env,
      NO_COLOR: "1",
      ASSAY_MUTATION_KINDS: live ? "live" : "fast",
      ASSAY_MUTATION: JSON.stringify(mutation.kind === undefined ? {} : { file, ...mutation }),
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => (said += data.toString()));
  let endless = false;
  const limit = setTimeout(() => {
    endless = true;
    process.kill(-child.pid!, "SIGKILL");
  }, seconds * 1000);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearTimeout(limit);
  if (endless) return "endless";
  if (/No (affected )?test files found/.test(said)) return "untested";
  return status === 0 ? "survived" : "killed";
};
