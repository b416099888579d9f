/**
 * The door to every npm script: `node infra/setup/run.mjs PROGRAM [ARGUMENTS]`. It installs what is
 * missing, then hands over to the pinned Node. It is plain JavaScript for Node 20 and needs nothing
 * installed, because it is what installs.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";

import { binaries, ensureInstalled, root, runtime } from "./install.mjs";

const fail = (message) => {
  console.error(`\n${message}`);
  process.exit(1);
};

const [program, ...given] = process.argv.slice(2);
if (!program) fail("Usage: node infra/setup/run.mjs PROGRAM [ARGUMENTS]");
const [major] = process.versions.node.split(".");
if (Number(major) < 20) fail(`Assay needs Node 20 or later to begin; this is ${process.version}.`);
await ensureInstalled().catch((error) => fail(error.message));

/** Our own programs run on the pinned Node, which strips their types; others as linked. */
const isOurs = program.endsWith(".ts");
const executable = isOurs ? runtime : join(binaries, program);
const leading = isOurs ? ["--disable-warning=ExperimentalWarning", join(root, program)] : [];
if (isOurs && !existsSync(join(root, program))) fail(`There is no ${program} in this checkout.`);

const child = spawn(executable, [...leading, ...given], {
  stdio: "inherit",
  shell: process.platform === "win32" && !isOurs,
  env: { ...process.env, PATH: [binaries, process.env.PATH].join(delimiter) },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => fail(`Assay could not start ${program}: ${error.message}`));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  if (signal && signal !== "SIGINT" && signal !== "SIGTERM") {
    console.error(`${program} was ended by ${signal}.`);
  }
});
