/** The node as a process of its own, for tests that kill it. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type SpawnedNode = {
  readonly url: string;
  readonly port: number;
  /** Ends it as the power does. */
  kill(): Promise<void>;
  /** Ends it as an operator does; the answer is its exit status. */
  stop(): Promise<number | null>;
};

export const spawnNode = async (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<SpawnedNode> => {
  const program = join(import.meta.dirname, "../main.ts");
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const url = await firstLine(child);
  const end = (signal: NodeJS.Signals): Promise<number | null> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
      child.once("exit", (status) => resolve(status));
      child.kill(signal);
    });
  return {
    url,
    port: Number(new URL(url.replace("esdb:", "http:")).port),
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
  };
};

const firstLine = async (child: ChildProcess): Promise<string> => {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  throw new Error("the node did not start");
};
