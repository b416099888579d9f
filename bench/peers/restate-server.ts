/**
 * A Restate server to throw away: the one on PATH, or the pinned one from npm, whose binary comes
 * inside the package. It is fetched on first use, because it is larger than all else together.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { freePort, stopChild } from "../recording/loopback.ts";

export const restateVersion = "1.7.12";

export type RestateServer = {
  readonly ingress: string;
  readonly admin: string;
  readonly close: () => Promise<void>;
};

/** Throws, with the reason, where there is none for this machine. */
export const startRestateServer = async (folder: string): Promise<RestateServer> => {
  const [node, ingress, admin] = [await freePort(), await freePort(), await freePort()];
  const at = (port: number): string => `127.0.0.1:${port}`;
  const server = spawn(findServer(), ["--base-dir", join(folder, "restate")], {
    stdio: "ignore",
    env: {
      PATH: "/usr/bin:/bin",
      RESTATE_LISTEN_MODE: "tcp",
      RESTATE_BIND_ADDRESS: at(node),
      RESTATE_ADVERTISED_ADDRESS: `http://${at(node)}`,
      RESTATE_INGRESS__BIND_ADDRESS: at(ingress),
      RESTATE_ADMIN__BIND_ADDRESS: at(admin),
      RESTATE_LOG_SERVER__ROCKSDB_DISABLE_WAL_FSYNC: "false",
      RESTATE_DISABLE_TELEMETRY: "true",
      RESTATE_LOG_FILTER: "error",
    },
  });
  const healthy = async (address: string): Promise<boolean> =>
    (await fetch(address).catch(() => undefined))?.ok ?? false;
  const addresses = [`http://${at(admin)}/health`, `http://${at(ingress)}/restate/health`];
  for (const address of addresses)
    for (let tries = 0; !(await healthy(address)); tries += 1) {
      if (tries > 600 || server.exitCode !== null) {
        await stopChild(server, "SIGKILL");
        throw new Error("the Restate server did not start");
      }
      await pause(100);
    }
  return {
    ingress: `http://${at(ingress)}`,
    admin: `http://${at(admin)}`,
    close: () => stopChild(server, "SIGTERM"),
  };
};

const findServer = (): string => {
  // oxlint-disable-next-line node/no-process-env -- where programs are is the machine's to say
  const places = (process.env["PATH"] ?? "").split(delimiter);
  const onPath = places.map((place) => join(place, "restate-server")).find(existsSync);
  return onPath ?? fetched();
};

const fetched = (): string => {
  const folder = join(import.meta.dirname, "../../.cache/restate", restateVersion);
  const machine = `${process.platform}-${process.arch}`;
  const binary = `node_modules/@restatedev/restate-server-${machine}/bin/restate-server`;
  const path = join(folder, binary);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    console.log(`fetching the Restate server ${restateVersion} from npm, once ...`);
    const wanted = `@restatedev/restate-server@${restateVersion}`;
    const given = ["install", "--prefix", folder, "--no-save", "--ignore-scripts", wanted];
    execFileSync("npm", given, { stdio: "pipe" });
  }
  if (!existsSync(path)) throw new Error(`npm has no Restate server for ${machine}`);
  return path;
};
