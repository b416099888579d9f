/** Asks a second program, in Python, by JSON on its standard input. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Its answer; undefined where this machine has no Python 3. Throws with what it complains of. */
export const answeredInPython = (program: URL, asked: unknown): unknown => {
  const options = { input: JSON.stringify(asked), encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  const run = spawnSync("python3", ["-B", fileURLToPath(program)], options);
  if (run.error) return undefined;
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
};
