/**
 * The door to every npm script: it installs what is missing, then hands over to the pinned Node. It
 * is plain JavaScript for Node 20 and needs nothing installed, because it is what installs.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";

import { binaries, ensureInstalled, root, runtime } from "./install.mjs";

const usage = `Usage: node infra/setup/run.mjs [--only-to-run] PROGRAM [ARGUMENTS]
       node infra/setup/run.mjs --install FOLDER

--only-to-run leaves the tools and the test libraries out; --install installs the packages of a
folder that has a lockfile of its own.`;

const fail = (message) => {
  console.error(`\n${message}`);
  process.exit(1);
};

const isTooOld = (major) => Number(process.versions.node.split(".")[0]) < major;

if (isTooOld(20)) fail(`Assay needs Node 20 or later to begin; this is ${process.version}.`);
const onlyToRun = process.argv[2] === "--only-to-run";
const [program, ...given] = process.argv.slice(onlyToRun ? 3 : 2);
if (!program) fail(usage);
const folder = program === "--install" ? given[0] : undefined;
await ensureInstalled({ folder, onlyToRun }).catch((error) => fail(error.message));
if (folder !== undefined) process.exit(0);
if (runtime() === process.execPath && isTooOld(24))
  fail(`There is no Node package for this machine. Install Node 24; this is ${process.version}.`);

/** Our own programs run on the pinned Node, which strips their types; others as linked. */
const isOurs = program.endsWith(".ts");
const executable = isOurs ? runtime() : join(binaries, program);
const leading = isOurs ? ["--disable-warning=ExperimentalWarning", join(root, program)] : [];
if (isOurs && !existsSync(join(root, program))) fail(`There is no ${program} in this checkout.`);

const child = spawn(executable, [...leading, ...given], {
  stdio: "inherit",
  shell: process.platform === "win32" && !isOurs,
  env: {
    // Node keeps what it compiled, so that a process starts in half the time.
    NODE_COMPILE_CACHE: join(root, ".cache/compiled"),
    ...process.env,
    PATH: [binaries, process.env.PATH].join(delimiter),
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => fail(`Assay could not start ${program}: ${error.message}`));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  if (signal && signal !== "SIGINT" && signal !== "SIGTERM") {
    console.error(`${program} was ended by ${signal}.`);
  }
});
