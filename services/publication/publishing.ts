/** The publisher on one data folder: its keys, its records, and where the public reads. */
import { join } from "node:path";

import type { Reaction } from "@assay/host/definition.ts";
import { keyringFrom, openKeyring } from "@assay/ledger/keys.ts";
import { openRecordFolder } from "@assay/ledger/record-folder.ts";
import { publishInto } from "@assay/report/publish-folder.ts";
import type { EventStore } from "@assay/store/port.ts";

import { copierOf } from "./copies.ts";
import { type PublishingConfig, readPublishing } from "./config.ts";
import { erasureCertificates } from "./erasure-certificates.ts";
import type { Ledger } from "./ledger-keeper.ts";
import { type Outlet, publisherOf } from "./publisher.ts";

/** The name under which an engine signs that nobody has named. */
const unnamedAuthority = "assay.example";

export const siteFolder = (dataDir: string): string => join(dataDir, "site");
/** Drafts and embargoed copies, for whoever sends them on: never to be served. */
export const copiesFolder = (dataDir: string): string => join(dataDir, "copies");
export const recordsFolder = (dataDir: string): string => join(dataDir, "ledger");
export const erasuresFolder = (dataDir: string): string => join(dataDir, "ledger", "erasures");
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

/** What is done about each draft and each published version, with this ledger. */
export const publishing =
  (dataDir: string, ledger: Ledger, config: PublishingConfig = readPublishing({})) =>
  (store: EventStore): readonly Reaction[] => {
    const publisher = { name: config.PUBLISHER_NAME, url: config.PUBLISHER_URL };
    return [
      publisherOf({ store, ledger, put: outletOf(dataDir, config), publisher }),
      erasureCertificates({ store, ledger, folder: erasuresFolder(dataDir) }),
      copierOf({ store, folder: copiesFolder(dataDir), publisher }),
    ];
  };

/** The storage's client is a large module, which only those load who have a bucket. */
const outletOf = (dataDir: string, config: PublishingConfig): Outlet => {
  const { SITE_BUCKET, S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret } = config;
  if (SITE_BUCKET === undefined) {
    return (versions, pages) => publishInto(siteFolder(dataDir), versions, pages);
  }
  const settings = {
    bucket: SITE_BUCKET,
    prefix: config.SITE_PREFIX,
    region: config.S3_REGION,
    endpoint: config.S3_ENDPOINT,
    pathStyle: config.S3_PATH_STYLE === "yes",
    ...(id && secret && { credentials: { accessKeyId: id, secretAccessKey: secret } }),
  };
  const load = async () => {
    const { openBucket, publishIntoBucket } = await import("@assay/report/publish-bucket.ts");
    return { bucket: openBucket(settings), publish: publishIntoBucket };
  };
  let loaded: ReturnType<typeof load> | undefined;
  return async (versions, pages) => {
    const { bucket, publish } = await (loaded ??= load());
    await publish(bucket, versions, pages);
  };
};
