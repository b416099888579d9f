/** Servers of other makers: where they are on this machine, run in the foreground, ended again. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";

/** Debian keeps servers where only root's PATH looks. */
const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];

/** Undefined where it is not installed. */
export const programNamed = (name: string): string | undefined =>
  folders.map((folder) => join(folder, name)).find((file) => existsSync(file));

export type Running = { readonly close: () => Promise<void> };

type Starting = {
  readonly program: string;
  readonly args: readonly string[];
  /** The port of this machine at which it then listens. */
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
};

/** Resolves once it listens; rejects with what it said when it ends before. */
export const runProgram = async (starting: Starting): Promise<Running> => {
  const { program, args, port, environment } = starting;
  const env = { ...process.env, ...environment };
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => (said += text.toString()));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { close: () => closed(child, ended) };
};

const closed = async (child: ChildProcess, ended: Promise<void>): Promise<void> => {
  child.kill("SIGTERM");
  await ended;
};

export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
