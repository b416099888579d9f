/** The publisher on one data folder: its keys, its records and the public's folder. */
import { join } from "node:path";

import type { Reaction } from "@assay/host/definition.ts";
import { openKeyring } from "@assay/ledger/keys.ts";
import { openRecordFolder } from "@assay/ledger/record-folder.ts";
import type { SiteSettings } from "@assay/report/shelf.ts";
import type { EventStore } from "@assay/store/port.ts";

import type { Ledger } from "./ledger-keeper.ts";
import { publisher } from "./publisher.ts";

/** The name under which an engine signs that nobody has named. */
const authority = "assay.example";

/** Whose site it is, until somebody says. */
const unnamed: SiteSettings = {
  publisher: { name: "Assay demonstration", url: "https://assay.example/" },
};

export const siteFolder = (dataDir: string): string => join(dataDir, "site");
export const recordsFolder = (dataDir: string): string => join(dataDir, "ledger");
export const keysFolder = (dataDir: string): string => join(dataDir, "secrets", "ledger");

/** Opens keys and records, which are made at the first start. */
export const openLedger = async (dataDir: string): Promise<Ledger> => ({
  keyring: await openKeyring(keysFolder(dataDir), authority),
  records: await openRecordFolder(recordsFolder(dataDir)),
});

export const publishing = async (
  dataDir: string,
  settings: SiteSettings = unnamed,
): Promise<(store: EventStore) => readonly Reaction[]> => {
  const ledger = await openLedger(dataDir);
  return (store) => [publisher({ store, ledger, folder: siteFolder(dataDir), settings })];
};
