/**
 * Where nats-server is: on PATH, in the project's cache, or else fetched into it. Nothing is
 * installed and nobody needs to be root.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { fetchNatsServer } from "./fetch.ts";

export type FindOptions = {
  /** The folders to look in, as PATH lists them. */
  readonly path: string;
  /** Where a fetched server is kept; by default `.cache/nats` of the project. */
  readonly cacheDir?: string;
  /** Told what is being done, a line at a time. */
  readonly say?: (line: string) => void;
};

/** The path of a nats-server that can be run. Throws `NatsMissing` with what to do about it. */
export const findNatsServer = async (options: FindOptions): Promise<string> => {
  const { path, say = () => {} } = options;
  const cacheDir = options.cacheDir ?? join(import.meta.dirname, "../../.cache/nats");
  const cached = join(cacheDir, binary);
  const found = [...path.split(delimiter).map((folder) => join(folder, binary)), cached].find(
    isExecutable,
  );
  if (found !== undefined) return found;
  say(`nats-server is neither on PATH nor in ${cacheDir}; fetching it`);
  await fetchNatsServer({ to: cached, say });
  return cached;
};

const binary = process.platform === "win32" ? "nats-server.exe" : "nats-server";

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
