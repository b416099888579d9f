/** One of our programs as a child process, whose lines are handed on and whose end is awaited. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { inherited } from "./config.ts";
import type { Running } from "./supervise.ts";

export type Program = {
  /** From the root of the repository. */
  readonly path: string;
  /** The code's folder; this one by default. */
  readonly code?: string | undefined;
  readonly args?: readonly string[];
  /** Added to what this process was given. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Given each line that it prints. */
  readonly line: (line: string) => void;
};

const root = join(import.meta.dirname, "../..");

/** How long a child may take to drain, in milliseconds, before it is ended. */
const patience = 25_000;

/**
 * In a process group of its own, so that Ctrl+C reaches the supervisor alone, which then stops its
 * children in order. With the supervisor gone the channel between them closes, and they drain.
 */
export const startProgram = (program: Program): Running => {
  const flags = ["--disable-warning=ExperimentalWarning", join(program.code ?? root, program.path)];
  const child = spawn(process.execPath, [...flags, ...(program.args ?? [])], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
    env: { ...inherited(), ...program.environment },
  });
  for (const output of [child.stdout, child.stderr])
    createInterface({ input: output! }).on("line", program.line);
  const ended = endOf(child);
  endWithUs(child, ended);
  return {
    pid: child.pid!,
    ended,
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), patience);
      await ended;
      clearTimeout(timer);
    },
  };
};

const children = new Set<ChildProcess>();

const endAll = (): void => {
  for (const child of children) child.kill("SIGKILL");
};

/** However this process ends by itself, no child is left behind. */
const endWithUs = (child: ChildProcess, ended: Promise<void>): void => {
  if (children.size === 0) process.on("exit", endAll);
  children.add(child);
  void ended.then(() => {
    children.delete(child);
    if (children.size === 0) process.off("exit", endAll);
  });
};

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once("close", () => resolve()).once("error", () => resolve());
  });
