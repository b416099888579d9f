/** Proofs as the publisher leaves them: the ledger in a folder, and the bundles on the site. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { knownKeys } from "@assay/ledger/keys.ts";
import { openRecordFolder } from "@assay/ledger/record-folder.ts";

import type { Proofs } from "./proofs.ts";

export type ProofFolders = {
  /** Records of what was signed, with the authority's public keys; no private key is there. */
  readonly ledger: string;
  readonly site: string;
};

export const proofsIn = async ({ ledger, site }: ProofFolders): Promise<Proofs> => {
  const records = await openRecordFolder(ledger);
  return {
    keys: async () => (await knownKeys(ledger)).keys,
    record: (inspection) => records.read(inspection),
    bundles: async (inspection) => {
      const bundles = await publishedBundles(site, inspection);
      return Promise.all(
        bundles.map(async ({ version, path }) => ({ version, content: await readFile(path) })),
      );
    },
  };
};

export type PublishedBundle = { readonly version: number; readonly path: string };

/**
 * The audit bundles of an inspection's published versions, as the public finds them on the site;
 * the first version first. None where nothing was published, or where the id is none.
 */
export const publishedBundles = async (
  site: string,
  inspection: string,
): Promise<readonly PublishedBundle[]> => {
  if (!/^[a-z0-9-]+$/.test(inspection)) return [];
  const report = join(site, "reports", inspection);
  const names = existsSync(report) ? await readdir(report) : [];
  return names
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map((name) => ({ version: Number(name), path: join(report, name, "audit-bundle.json") }))
    .filter(({ path }) => existsSync(path))
    .toSorted((a, b) => a.version - b.version);
};
