/** Where things stand in a data folder, for those who read it beside the engine. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

export const storePath = (dataDir: string): string => join(dataDir, "events.sqlite");

/** What signs who looked at what; both belong into every backup. */
export const accessKeysFolder = (dataDir: string): string => join(dataDir, "secrets", "access-log");

export type PublishedBundle = { readonly version: number; readonly path: string };

/**
 * The audit bundles of an inspection's published versions, as the public finds them on the site;
 * the first version first. None where nothing was published, or where the id is none.
 */
export const publishedBundles = async (
  dataDir: string,
  inspection: string,
): Promise<readonly PublishedBundle[]> => {
  if (!/^[a-z0-9-]+$/.test(inspection)) return [];
  const report = join(dataDir, "site", "reports", inspection);
  const names = existsSync(report) ? await readdir(report) : [];
  return names
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map((name) => ({ version: Number(name), path: join(report, name, "audit-bundle.json") }))
    .filter(({ path }) => existsSync(path))
    .toSorted((a, b) => a.version - b.version);
};
