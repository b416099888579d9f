/**
 * Who may seal commands on this machine: the console and the story's teller for people, each
 * service for its own duties. The keys are made at the first start and kept in the folder's
 * `secrets`.
 */
import { join } from "node:path";

import type { Edge } from "@assay/host/seal.ts";
import { openKeyring } from "@assay/ledger/keys.ts";

export const steps = ["announcement", "fieldwork", "panel", "publication"] as const;

/** A step's service, or the console, which has none. */
export const serviceNames = [...steps, "console"] as const;
export type ServiceName = (typeof serviceNames)[number];

export type Edges = {
  readonly teller: Edge;
  /** What every service is given as `TRUSTED_EDGES`. */
  readonly trusted: string;
};

const folderOf = (dataDir: string, name: string): string => join(dataDir, "secrets", "edges", name);

export const edgeKeyFile = (dataDir: string, service: ServiceName): string =>
  join(folderOf(dataDir, service), "signing-key.pem");

export const openEdges = async (dataDir: string): Promise<Edges> => {
  const keyringOf = (name: string) => openKeyring(folderOf(dataDir, name), name);
  const teller = await keyringOf("teller");
  const console = await keyringOf("console");
  const services = await Promise.all(steps.map(keyringOf));
  const lines = [
    ...[teller, console].flatMap(({ keys }) => keys.map((key) => `people ${key}`)),
    ...services.flatMap(({ keys }) => keys.map((key) => `duties ${key}`)),
  ];
  return { teller: teller.signer, trusted: lines.join("\n") };
};
