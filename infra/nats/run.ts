/** Runs a program to its end and returns what it printed; an error says what it complained of. */
import { execFile } from "node:child_process";

export const run = (program: string, given: readonly string[], cwd: string): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(program, given, { cwd, timeout: 180_000 }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout + stderr);
      const said = stderr.trim().split("\n").at(-1) ?? "";
      reject(new Error(`${program} ${given.join(" ")} failed: ${said}`, { cause: error }));
    });
  });
