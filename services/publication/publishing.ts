/** The publisher on one data folder: its keys, its records and the public's folder. */
import { join } from "node:path";

import type { Reaction } from "@assay/host/definition.ts";
import { keyringFrom, openKeyring } from "@assay/ledger/keys.ts";
import { openRecordFolder } from "@assay/ledger/record-folder.ts";
import type { SiteSettings } from "@assay/report/shelf.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { Ledger } from "./ledger-keeper.ts";
import { publisher } from "./publisher.ts";

/** The name under which an engine signs that nobody has named. */
const unnamedAuthority = "assay.example";

/** Whose site it is, until somebody says. */
const unnamed: SiteSettings = {
  publisher: { name: "Assay demonstration", url: "https://assay.example/" },
};

export const siteFolder = (dataDir: string): string => join(dataDir, "site");
export const recordsFolder = (dataDir: string): string => join(dataDir, "ledger");
export const keysFolder = (dataDir: string): string => join(dataDir, "secrets", "ledger");

/** A signing key from elsewhere than the folder, with what is known of the keys before it. */
export type HandedKey = {
  /** PKCS#8 in PEM, or the 32-byte seed in base64. */
  readonly privateKey: string;
  readonly former: readonly string[];
  readonly rotations: readonly string[];
};

export type LedgerOptions = Pick<Ledger, "attesters" | "onUnattested"> & {
  /** The name under which the authority signs. */
  readonly authority?: string | undefined;
  readonly key?: HandedKey | undefined;
};

/** Opens keys and records, which are made at the first start unless a key is handed in. */
export const openLedger = async (
  dataDir: string,
  { authority = unnamedAuthority, key, attesters, onUnattested }: LedgerOptions = {},
): Promise<Ledger> => ({
  keyring: key
    ? keyringFrom({ name: authority, ...key })
    : await openKeyring(keysFolder(dataDir), authority),
  records: await openRecordFolder(recordsFolder(dataDir)),
  attesters,
  onUnattested,
});

/** What is done about each published version, with this ledger and on this folder's site. */
export const publishing =
  (dataDir: string, ledger: Ledger, settings: SiteSettings = unnamed) =>
  (store: EventStore): readonly Reaction[] => [
    publisher({ store, ledger, folder: siteFolder(dataDir), settings }),
  ];
