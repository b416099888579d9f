/** Starts an engine in a process of its own and waits for what it says, or kills it before. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import type { Started } from "./start-child.ts";

/** Undefined when it was killed, so many milliseconds after it was ready. */
export const startOn = async (
  dataDir: string,
  killAfter?: number,
): Promise<Started | undefined> => {
  const program = join(import.meta.dirname, "start-child.ts");
  const flags = ["--disable-warning=ExperimentalWarning", program, dataDir];
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  let said: Started | undefined;
  child.on("message", (message) => {
    if (message !== "ready") said = message as Started;
    else if (killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0 && code !== null) throw new Error(`the engine ended with ${code}`);
  return said;
};
