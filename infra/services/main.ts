/** `npm run services`: the distributed engine on one machine, with the examples carried through. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

import type { Start } from "@assay/embedded/arguments.ts";
import { createLog, logTo } from "@assay/host/log.ts";
import { runUntilStopped } from "@assay/host/run.ts";

import { help, readArguments } from "./arguments.ts";
import { readConfig } from "./config.ts";
import { type Closing, startDistributed } from "./distributed.ts";
import { readable } from "./lines.ts";
import type { Say } from "./topology.ts";

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Everything goes into the file as it is, and onto the screen as a person reads it. */
const logInto = (dataDir: string): Say => {
  const file = logTo(join(dataDir, "assay.log"));
  return (name, line) => {
    file.write(`${name.padEnd(12)} ${line}\n`);
    if (name !== "nats") print(`${name.padEnd(12)} ${readable(line)}`);
  };
};

const closeAll = async (open: readonly Closing[]): Promise<void> => {
  for (const one of [...open]) await one.close();
};

/**
 * While it starts, a signal undoes what has been started so far. It goes on listening, because a
 * signal that nobody listens for would end this process and leave the servers behind.
 */
const interruptible = async (open: readonly Closing[], work: Promise<void>): Promise<boolean> => {
  let interrupt!: () => void;
  const interrupted = new Promise<true>((resolve) => (interrupt = () => resolve(true)));
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  if (!(await Promise.race([work.then(() => false), interrupted]))) return true;
  work.catch(() => undefined);
  await closeAll(open);
  return false;
};

const run = async ({ dataDir: given, empty, port }: Start) => {
  const config = readConfig(process.env);
  const dataDir = resolve(given);
  mkdirSync(dataDir, { recursive: true });
  const options = {
    ...{ dataDir, say: logInto(dataDir), print, path: config.PATH, empty, port },
    eventStoreUrl: config.EVENTSTORE_URL,
    masterKey: config.ASSAY_KEY_ENCRYPTION_KEY,
  };
  const open: Closing[] = [];
  try {
    if (!(await interruptible(open, startDistributed(options, open)))) return 130;
  } catch (error) {
    await closeAll(open);
    throw error;
  }
  return runUntilStopped(createLog({ service: "services", level: "silent" }), open);
};

const given = readArguments(process.argv.slice(2));
if (given.kind === "help") {
  print(help);
} else if (given.kind === "wrong") {
  process.stderr.write(`${given.problem}\n\n${help}\n`);
  process.exitCode = 2;
} else {
  const status = await run(given).catch((error: unknown) => {
    const what = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Assay cannot go on: ${what}\n`);
    return 1;
  });
  process.exit(status);
}
