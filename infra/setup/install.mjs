/**
 * Installs the packages that a lockfile names, once, however many scripts ask at the same time:
 * all of them, or only those that Assay runs on. It needs Node 20 and npm: pnpm comes through
 * `npx`, the pinned Node comes as a package, on Linux.
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

const packaged = join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin/node");

/** The pinned Node, or the one that runs this where npm has no package of it. */
export const runtime = () => (existsSync(packaged) ? packaged : process.execPath);

const scratch = join(root, ".cache");
const lock = join(scratch, "installing");

/**
 * What is asked for: the folder whose lockfile counts, and whether tools and test libraries are
 * left out. Its stamp is inside `node_modules`, so that it goes when they go.
 */
const askedFor = ({ folder = ".", onlyToRun = false }) => {
  const place = join(root, folder);
  const stamp = join(place, "node_modules/.assay-installed");
  const hash = createHash("sha256");
  for (const name of ["pnpm-lock.yaml", "pnpm-workspace.yaml"]) {
    hash.update(readFileSync(join(place, name)));
  }
  const digest = hash.digest("hex");
  const [kept, scope] = existsSync(stamp) ? readFileSync(stamp, "utf8").split(" ") : [];
  const hasTools = scope === "all";
  return {
    place,
    isThere: kept === digest && (onlyToRun || hasTools),
    // Tools that are there are kept: nothing is taken from who works on Assay.
    leavesToolsOut: onlyToRun && !hasTools,
    note: (leftOut) => writeFileSync(stamp, `${digest} ${leftOut ? "to-run" : "all"}`),
  };
};

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
const takeOrWait = async (asked) => {
  for (let waits = 0; !take(); waits += 1) {
    const other = owner();
    if (other !== undefined && !isAlive(other)) rmSync(lock, { force: true });
    else {
      if (waits === 0) console.error("Assay: waiting for another script to finish installing ...");
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    if (askedFor(asked).isThere) return false;
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
const runPnpm = ({ place, leavesToolsOut }) =>
  new Promise((resolve, reject) => {
    const given = ["install", "--frozen-lockfile", "--reporter=append-only"];
    const child = spawn("npx", ["--yes", pnpm, ...given, ...(leavesToolsOut ? ["--prod"] : [])], {
      cwd: place,
      stdio: ["ignore", "pipe", "pipe"],
      env: environment(),
      shell: process.platform === "win32",
    });
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

const install = async (wanted) => {
  const began = Date.now();
  console.error("Assay: installing what is missing (once, about half a minute at most) ...");
  const { status, said } = await runPnpm(wanted).catch((error) => {
    const hint = error.code === "ENOENT" ? " Install npm: it comes with Node." : "";
    throw new Error(`Assay could not start npx (${error.message}).${hint}`, { cause: error });
  });
  if (status !== 0) {
    throw new Error(
      `${said.join("\n")}\n\nAssay could not install its packages (pnpm ended with ${status}).\n` +
        advice(said),
    );
  }
  wanted.note(wanted.leavesToolsOut);
  console.error(`Assay: installed in ${Math.round((Date.now() - began) / 1000)} s.`);
};

export const ensureInstalled = async (asked) => {
  if (askedFor(asked).isThere || !(await takeOrWait(asked))) return;
  try {
    const wanted = askedFor(asked);
    if (!wanted.isThere) await install(wanted);
  } finally {
    if (owner() === process.pid) rmSync(lock, { force: true });
  }
};
