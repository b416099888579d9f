/** Which mutants the compiler refuses. It is asked in a copy of the code. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { mutated } from "./mutations.ts";
import type { Mutant } from "./trial.ts";

const root = join(import.meta.dirname, "../..");
const copy = join(root, ".cache/mutants/copy");
const tsc = join(root, "node_modules/.bin/tsc");

const notCopied = new Set(["node_modules", "data", "build", "coverage", ".git", ".cache"]);

const copied = (): void => {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const entry of readdirSync(root).filter((name) => !notCopied.has(name)))
    cpSync(join(root, entry), join(copy, entry), { recursive: true, verbatimSymlinks: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
};

/** Those of these files in which the compiler finds a fault. */
const faulty = (files: readonly string[]): ReadonlySet<string> => {
  const project = join(copy, "mutants.json");
  writeFileSync(project, JSON.stringify({ extends: "./tsconfig.json", include: [], files }));
  const { stdout } = spawnSync(tsc, ["--pretty", "false", "-p", project], {
    cwd: copy,
    encoding: "utf8",
  });
  const faults = [...stdout.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file]) => file!);
  return new Set(faults.filter((file) => files.includes(file)));
};

/** Mutants of different files are compiled together, and each answers for its own file. */
export const refusedByTypes = (mutants: readonly Mutant[]): ReadonlySet<Mutant> => {
  const refused = new Set<Mutant>();
  if (mutants.length > 0) copied();
  let left = mutants;
  while (left.length > 0) {
    const together = [...new Map(left.map((mutant) => [mutant.file, mutant])).values()];
    for (const { file, ...mutation } of together)
      writeFileSync(join(copy, file), mutated(readFileSync(join(root, file), "utf8"), mutation));
    const faults = faulty(together.map(({ file }) => file));
    for (const mutant of together) if (faults.has(mutant.file)) refused.add(mutant);
    for (const { file } of together)
      writeFileSync(join(copy, file), readFileSync(join(root, file)));
    left = left.filter((mutant) => !together.includes(mutant));
  }
  return refused;
};
