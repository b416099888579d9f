/**
 * Starts a nats-server on this machine alone, for tests, development and `npm run services`. It
 * ends when asked to, or when this process does.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export type NatsOptions = {
  /** The nats-server to run, as `findNatsServer` found it. */
  readonly server: string;
  /** Where it keeps its streams and settings; made when it is missing. */
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly jetstream?: boolean;
  /** Further settings in the server's own configuration language: users, TLS. */
  readonly config?: string;
  /** Given each line that the server logs. */
  readonly log?: (line: string) => void;
};

export type Nats = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
};

export const startNats = async (options: NatsOptions): Promise<Nats> => {
  await mkdir(options.dataDir, { recursive: true });
  const config = join(options.dataDir, "nats.conf");
  await writeFile(config, options.config ?? "");
  const child = spawn(options.server, argumentsOf(options, config), {
    stdio: ["ignore", "ignore", "pipe"],
    // Ctrl+C is for whoever started it, who stops it when nobody needs it any more.
    detached: true,
  });
  const heard = listen(child, options.log);
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  const ended = endOf(child).then(() => void process.off("exit", end));
  const port = await ready(child, options.dataDir, heard);
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    pid: child.pid!,
    ended,
    stop: async () => {
      child.kill("SIGTERM");
      const patience = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(patience);
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
};

const argumentsOf = (
  { dataDir, port, jetstream = false }: NatsOptions,
  config: string,
): readonly string[] => [
  ...["--config", config, "--addr", "127.0.0.1", "--port", String(port === 0 ? -1 : port)],
  ...["--ports_file_dir", dataDir],
  ...(jetstream ? ["--jetstream", "--store_dir", join(dataDir, "jetstream")] : []),
];

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once("exit", () => resolve()).once("error", () => resolve());
  });

/** The last lines it logged, to be shown when it does not start. */
const listen = (child: ChildProcess, log: NatsOptions["log"]): readonly string[] => {
  const last: string[] = [];
  let rest = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      log?.(line);
      last.push(line);
      if (last.length > 5) last.shift();
    }
  });
  return last;
};

/** The server writes down its ports once it listens on them. */
const ready = async (
  child: ChildProcess,
  dataDir: string,
  heard: readonly string[],
): Promise<number> => {
  let failed: Error | undefined;
  child.once("error", (error) => {
    failed = error;
  });
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (failed !== undefined) throw new Error("nats-server cannot be run", { cause: failed });
    if (child.exitCode !== null)
      throw new Error(`nats-server ended with ${child.exitCode}: ${heard.join(" | ")}`);
    const port = child.pid === undefined ? undefined : await portOf(dataDir, child.pid);
    if (port !== undefined) return port;
    await sleep(20);
  }
  child.kill("SIGKILL");
  throw new Error(`nats-server did not listen within ten seconds: ${heard.join(" | ")}`);
};

const portOf = async (dataDir: string, pid: number): Promise<number | undefined> => {
  const file = join(dataDir, `nats-server_${pid}.ports`);
  try {
    const ports = JSON.parse(await readFile(file, "utf8")) as { readonly nats: string[] };
    await rm(file, { force: true });
    return Number(new URL(ports.nats[0]!).port);
  } catch {
    // Not written yet, or not to its end.
    return undefined;
  }
};
