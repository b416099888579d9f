/**
 * Who may seal commands on this machine: the story's teller for people, each service for its own
 * duties. The keys are made at the first start and kept in the folder's `secrets`.
 */
import { join } from "node:path";

import type { Edge } from "@assay/host/seal.ts";
import { openKeyring } from "@assay/ledger/keys.ts";

export const steps = ["announcement", "fieldwork", "panel", "publication"] as const;
export type Step = (typeof steps)[number];

export type Edges = {
  readonly teller: Edge;
  /** What every service is given as `TRUSTED_EDGES`. */
  readonly trusted: string;
};

const folderOf = (dataDir: string, name: string): string => join(dataDir, "secrets", "edges", name);

export const edgeKeyFile = (dataDir: string, step: Step): string =>
  join(folderOf(dataDir, step), "signing-key.pem");

export const openEdges = async (dataDir: string): Promise<Edges> => {
  const keyringOf = (name: string) => openKeyring(folderOf(dataDir, name), name);
  const teller = await keyringOf("teller");
  const services = await Promise.all(steps.map(keyringOf));
  const lines = [
    ...teller.keys.map((key) => `people ${key}`),
    ...services.flatMap(({ keys }) => keys.map((key) => `duties ${key}`)),
  ];
  return { teller: teller.signer, trusted: lines.join("\n") };
};
