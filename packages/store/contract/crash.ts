/** Runs the writer as a process of its own and kills it, for stores that outlive a process. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { Acknowledged, Moment } from "./writer.ts";

export const crashWriter = async (asked: {
  /** A sqlite database or a connection string. */
  readonly store: string;
  readonly prefix: string;
  readonly moment: Moment;
}): Promise<readonly Acknowledged[]> => {
  const program = join(import.meta.dirname, "writer.ts");
  const child = spawn(process.execPath, [program, asked.store, asked.prefix, asked.moment], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [stream = "", revision = ""] = line.split(" ");
    acknowledged.push({ stream, revision: Number(revision) });
    if (asked.moment === "anytime" && acknowledged.length === 40) child.kill("SIGKILL");
  }
  await exited;
  return acknowledged;
};
