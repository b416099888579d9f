/**
 * A PostgreSQL cluster to throw away: Debian's or anybody's binaries, an unprivileged user, a free
 * loopback port, data in a temporary folder, and durability as it is meant to be.
 */
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { freePort, stopChild } from "./loopback.ts";

export type Postgres = {
  readonly version: string;
  /** Makes an empty database and answers with where it is. */
  readonly database: (name: string) => string;
  readonly close: () => Promise<void>;
};

/** Undefined where its binaries cannot be found. */
export const startPostgres = async (folder: string): Promise<Postgres | undefined> => {
  const binaries = findBinaries();
  if (binaries === undefined) return undefined;
  const data = join(folder, "postgres");
  mkdirSync(data, { mode: 0o700 });
  const owner = unprivileged();
  const options = { cwd: data, ...owner };
  if (owner !== undefined) {
    chownSync(folder, owner.uid, owner.gid);
    chownSync(data, owner.uid, owner.gid);
  }
  const runs = (program: string, ...given: readonly string[]): string =>
    execFileSync(join(binaries, program), given, { ...options, encoding: "utf8", stdio: "pipe" });
  runs("initdb", "-D", data, "-U", "assay", "--auth=trust", "--encoding=UTF8", "--no-locale");
  const port = await freePort();
  const settings = [
    ["listen_addresses", "127.0.0.1"],
    ["unix_socket_directories", ""],
    ["fsync", "on"],
    ["synchronous_commit", "on"],
    ["max_connections", "100"],
  ].flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const given = ["-D", data, "-p", String(port), ...settings];
  const server = spawn(join(binaries, "postgres"), given, { ...options, stdio: "ignore" });
  const at = ["-h", "127.0.0.1", "-p", String(port), "-U", "assay"];
  for (let tries = 0; !answers(() => runs("pg_isready", ...at)); tries += 1) {
    if (tries > 600 || server.exitCode !== null) throw new Error("PostgreSQL did not start");
    await pause(100);
  }
  return {
    version: runs("postgres", "--version").trim(),
    database: (name) => {
      runs("createdb", ...at, name);
      return `postgresql://assay@127.0.0.1:${port}/${name}`;
    },
    // Its children end with it on SIGINT ("fast shutdown").
    close: () => stopChild(server, "SIGINT"),
  };
};

const answers = (asked: () => unknown): boolean => {
  try {
    asked();
    return true;
  } catch {
    return false;
  }
};

const findBinaries = (): string | undefined => {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const newest = versions.toSorted((a, b) => Number(b) - Number(a));
  // oxlint-disable-next-line node/no-process-env -- where programs are is the machine's to say
  const onPath = (process.env["PATH"] ?? "").split(delimiter);
  return [...newest.map((version) => join(debian, version, "bin")), ...onPath].find(
    (place) => existsSync(join(place, "initdb")) && existsSync(join(place, "postgres")),
  );
};

/** PostgreSQL refuses to run as root: then it is somebody who may do nothing else. */
const unprivileged = (): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  const found = ["postgres", "nobody"]
    .map((name) => users.find((each) => each.startsWith(`${name}:`)))
    .find((each) => each !== undefined);
  if (found === undefined) throw new Error("no unprivileged user to run PostgreSQL as");
  const [, , uid, gid] = found.split(":");
  return { uid: Number(uid), gid: Number(gid) };
};
