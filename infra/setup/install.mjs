/**
 * Installs the packages that the lockfile names, once, however many scripts ask at the same time.
 * It needs Node 20 and npm: pnpm comes through `npx`, the pinned Node comes as a package.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const pnpm = "pnpm@12.21.0";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const binaries = join(root, "node_modules/.bin");
export const runtime = join(
  root,
  "node_modules/node/bin",
  process.platform === "win32" ? "node.exe" : "node",
);

const scratch = join(root, ".cache");
const lock = join(scratch, "installing");
/** Inside `node_modules`, so that it goes when they go. */
const stamp = join(root, "node_modules/.assay-installed");

const wanted = () => {
  const hash = createHash("sha256");
  for (const name of ["pnpm-lock.yaml", "pnpm-workspace.yaml"]) {
    hash.update(readFileSync(join(root, name)));
  }
  return hash.digest("hex");
};

const isInstalled = () =>
  existsSync(runtime) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted();

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** The lock appears with its owner's id already in it, so it can be told from a dead one's. */
const take = () => {
  mkdirSync(scratch, { recursive: true });
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
};

const owner = () => {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch {
    return undefined;
  }
};

/** True when the lock is ours; false when somebody else installed while we waited. */
const takeOrWait = async () => {
  for (let waits = 0; !take(); waits += 1) {
    const other = owner();
    if (other !== undefined && !isAlive(other)) rmSync(lock, { force: true });
    else {
      if (waits === 0) console.error("Assay: waiting for another script to finish installing ...");
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    if (isInstalled()) return false;
  }
  return true;
};

/** npm and pnpm keep their caches in the home folder; without one they get a place of ours. */
const environment = () => {
  const env = { ...process.env, CI: "true" };
  try {
    accessSync(homedir(), constants.W_OK);
  } catch {
    env.HOME = join(scratch, "home");
    mkdirSync(env.HOME, { recursive: true });
  }
  return env;
};

/** Shows where pnpm has got to: in place on a terminal, else a line every ten seconds. */
const reporter = () => {
  let shown = 0;
  const inPlace = process.stderr.isTTY;
  return {
    show: (line) => {
      if (!line.startsWith("Progress:")) return;
      const now = Date.now();
      if (!inPlace && now - shown < 10_000) return;
      shown = now;
      const text = `  ${line.replace("Progress: ", "")}`;
      process.stderr.write(inPlace ? `\r\u001b[2K${text.slice(0, 78)}` : `${text}\n`);
    },
    end: () => {
      if (inPlace) process.stderr.write("\r\u001b[2K");
    },
  };
};

/** Runs pnpm; resolves with its status and the end of what it said. */
const runPnpm = () =>
  new Promise((resolve, reject) => {
    const child = spawn(
      "npx",
      ["--yes", pnpm, "install", "--frozen-lockfile", "--reporter=append-only"],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: environment(),
        shell: process.platform === "win32",
      },
    );
    const said = [];
    const { show, end } = reporter();
    const hear = (chunk) => {
      for (const line of String(chunk).split("\n").filter(Boolean)) {
        said.push(line);
        show(line);
      }
      said.splice(0, said.length - 40);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("close", (status) => {
      end();
      resolve({ status, said });
    });
  });

const advice = (said) =>
  said.some((line) => line.includes("OUTDATED_LOCKFILE"))
    ? `A package.json asks for what pnpm-lock.yaml does not have. Run: npx ${pnpm} install`
    : "Check that this machine reaches the npm registry (npm ping) and has space left,\n" +
      "then run the same command again: it continues where it stopped.";

const install = async () => {
  const began = Date.now();
  console.error("Assay: installing what is missing (once, about half a minute) ...");
  const { status, said } = await runPnpm().catch((error) => {
    const hint = error.code === "ENOENT" ? " Install npm: it comes with Node." : "";
    throw new Error(`Assay could not start npx (${error.message}).${hint}`, { cause: error });
  });
  if (status !== 0) {
    throw new Error(
      `${said.join("\n")}\n\nAssay could not install its packages (pnpm ended with ${status}).\n` +
        advice(said),
    );
  }
  if (!existsSync(runtime)) {
    throw new Error("pnpm finished without the pinned Node. Remove node_modules; try again.");
  }
  writeFileSync(stamp, wanted());
  console.error(`Assay: installed in ${Math.round((Date.now() - began) / 1000)} s.`);
};

export const ensureInstalled = async () => {
  if (isInstalled() || !(await takeOrWait())) return;
  try {
    if (!isInstalled()) await install();
  } finally {
    if (owner() === process.pid) rmSync(lock, { force: true });
  }
};
