/**
 * The systems that Assay is measured beside. They are installed when a measurement first asks for
 * them, from a lockfile of their own, because they are many and nothing else needs them.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import type { Recorder } from "./recording/recorder.ts";
import type { Histories, Programme } from "./replay/programme.ts";

export type Peers = {
  readonly startAct: (folder: string) => Promise<Recorder>;
  readonly startDbos: (database: string) => Promise<Recorder>;
  readonly startEmmettOnPostgres: (database: string) => Promise<Recorder>;
  readonly startEmmettOnSqlite: (folder: string) => Promise<Recorder>;
  readonly startRestate: (folder: string) => Promise<Recorder>;
  readonly fillEmmett: (folder: string, histories: Histories) => Promise<Programme>;
};

export const loadPeers = async (): Promise<Peers> => {
  const root = join(import.meta.dirname, "..");
  const install = [join(root, "infra/setup/run.mjs"), "--install", "bench/peers"];
  execFileSync(process.execPath, install, { stdio: "inherit" });
  // Not a literal: the types of what may not be installed are checked in that folder.
  const contenders = new URL("peers/contenders.ts", import.meta.url).href;
  const { peers } = (await import(contenders)) as { readonly peers: Peers };
  return peers;
};
