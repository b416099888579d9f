/** The publisher on one data folder: its keys, its records, and where the public reads. */
import { join } from "node:path";

import { codeFingerprint, fingerprintOf } from "@assay/host/code.ts";
import { openDerived } from "@assay/host/database.ts";
import type { Reaction } from "@assay/host/definition.ts";
import {
  keepKeyring,
  knownKeys,
  openKeyring,
  type PublicFile,
  signerFrom,
  tellKeys,
} from "@assay/ledger/keys.ts";
import type { Signer } from "@assay/ledger/note.ts";
import { openRecordFolder } from "@assay/ledger/record-folder.ts";
import { signerAt, type SigningAgent } from "@assay/ledger/signing-agent.ts";
import { codeFolder } from "@assay/report/code.ts";
import { openTypesetter, type Typesetter } from "@assay/report/typesetter.ts";
import type { Publisher } from "@assay/report/metadata.ts";
import type { BucketSettings } from "@assay/report/publish-bucket.ts";
import { publishInto } from "@assay/report/publish-folder.ts";
import { siteIn } from "@assay/report/site-folder.ts";
import type { EventStore } from "@assay/store/port.ts";

import { type PublishingConfig, readPublishing } from "./config.ts";
import { erasureCertificates } from "./erasure-certificates.ts";
import type { Evidence } from "./integrity-watch.ts";
import type { Ledger } from "./ledger-keeper.ts";
import { openPublished } from "./published.ts";
import { type Outlet, publisherOf } from "./publisher.ts";

/** The name under which an engine signs that nobody has named. */
const unnamedAuthority = "assay.example";

export const siteFolder = (dataDir: string): string => join(dataDir, "site");
export const recordsFolder = (dataDir: string): string => join(dataDir, "ledger");
export const erasuresFolder = (dataDir: string): string => join(dataDir, "ledger", "erasures");
export const keysFolder = (dataDir: string): string => join(dataDir, "secrets", "ledger");

/** A signing key from elsewhere than the folder, with what is known of the keys before it. */
export type HandedKey = {
  /** PKCS#8 in PEM, the 32-byte seed in base64, or the agent that signs with it. */
  readonly key: string | SigningAgent;
  readonly former: PublicFile | undefined;
};

export type LedgerOptions = Pick<Ledger, "attesters" | "onUnattested"> & {
  /** The name under which the authority signs. */
  readonly authority?: string | undefined;
  readonly handed?: HandedKey | undefined;
  /** Whether a key is made where there is none; by default where nothing was signed yet. */
  readonly mayMakeKey?: boolean;
};

/** Opens keys and records, which are made at the first start unless a key is handed in. */
export const openLedger = async (
  dataDir: string,
  { authority = unnamedAuthority, handed, attesters, onUnattested, mayMakeKey }: LedgerOptions = {},
): Promise<Ledger> => {
  const records = await openRecordFolder(recordsFolder(dataDir));
  const mayMake = mayMakeKey ?? (await records.inspections()).length === 0;
  const folder = keysFolder(dataDir);
  const keyring = handed
    ? await keepKeyring(folder, signerOf(authority, handed), handed.former)
    : await openKeyring(folder, authority, { mayMake });
  await tellKeys(recordsFolder(dataDir), keyring);
  return { keyring, records, attesters, onUnattested };
};

const signerOf = (authority: string, { key }: HandedKey): Signer =>
  typeof key === "string" ? signerFrom(authority, key) : signerAt(authority, key);

/** The name and the key that the settings hand in; nothing where they hand in none. */
export const signingIn = (
  config: PublishingConfig,
): Pick<LedgerOptions, "authority" | "handed"> => {
  const { AUTHORITY: authority, SIGNING_AGENT: socket, SIGNING_PUBLIC_KEY: publicKey } = config;
  const key = socket && publicKey ? { socket, publicKey } : config.SIGNING_KEY;
  return { authority, handed: key ? { key, former: config.FORMER_KEYS } : undefined };
};

/** What everything that was signed is held against, for those who only read. */
export const evidenceOf = async (dataDir: string): Promise<Evidence> => ({
  keyring: await knownKeys(keysFolder(dataDir)),
  records: await openRecordFolder(recordsFolder(dataDir)),
});

/** Milliseconds that a witness or a timestamping authority has for one answer. */
const patience = 10_000;

/** Whom the settings name to attest checkpoints; undefined where they name nobody. */
export const attestersIn = ({ WITNESSES = [], TIMESTAMP_URL }: PublishingConfig) =>
  WITNESSES.length > 0 || TIMESTAMP_URL !== undefined
    ? { witnesses: WITNESSES, timestamper: TIMESTAMP_URL, patience }
    : undefined;

/** What is done about each draft and each published version, with this ledger. */
export const publishing =
  (dataDir: string, ledger: Ledger, config: PublishingConfig = readPublishing({})) =>
  (store: EventStore): readonly Reaction[] => {
    const publisher = publisherIn(config);
    const { put, begin } = outletOf(siteFolder(dataDir), config);
    const damaged = (why: string): void => process.emitWarning(why);
    const database = openDerived(join(dataDir, "published.sqlite"), damaged);
    const published = openPublished({
      ...{ store, publisher, database },
      code: `${codeFingerprint()} ${fingerprintOf(codeFolder)}`,
    });
    return [
      alongside(publisherOf({ store, ledger, put, publisher, published }), begin),
      erasureCertificates({ store, ledger, folder: erasuresFolder(dataDir) }),
    ];
  };

/** The reaction, and what else goes on beside it. */
const alongside = (reaction: Reaction, more: Reaction["begin"]): Reaction => ({
  ...reaction,
  begin: (bus) => {
    const own = reaction.begin?.(bus);
    const other = more?.(bus);
    return { ...own, close: async () => void (await Promise.all([own?.close(), other?.close()])) };
  },
});

const publisherIn = (config: PublishingConfig): Publisher => ({
  name: config.PUBLISHER_NAME,
  url: config.PUBLISHER_URL,
  contact: config.PUBLISHER_CONTACT,
  console: config.CONSOLE_URL?.replace(/\/$/, ""),
});

/** What checks and sets reports, as they will appear on this site. */
export const typesetterOf = (config: PublishingConfig): Typesetter =>
  openTypesetter({ publisher: publisherIn(config) });

/** Where the public reads, in words. */
export const siteInWords = (dataDir: string, config: PublishingConfig): string => {
  const { SITE_BUCKET: bucket, SITE_PREFIX: prefix, S3_ENDPOINT: endpoint } = config;
  if (bucket === undefined) return siteFolder(dataDir);
  const at = endpoint === undefined ? "" : ` at ${endpoint}`;
  return `the bucket ${bucket}/${prefix}${at}, with a copy in ${siteFolder(dataDir)}`;
};

/** How long a bucket that could not be filled rests, in milliseconds. */
const rest = 60_000;

/** The site is in its folder; where a bucket is named, it is put there too, from the start. */
const outletOf = (
  folder: string,
  config: PublishingConfig,
): { readonly put: Outlet } & Pick<Reaction, "begin"> => {
  const inFolder: Outlet = (versions, pages) => publishInto(folder, versions, pages);
  const settings = bucketIn(config);
  if (!settings) return { put: inFolder };
  // The storage's client is a large module, which only those load who have a bucket.
  const load = async () => {
    const { openBucket, publishIntoBucket } = await import("@assay/report/publish-bucket.ts");
    const bucket = openBucket(settings);
    const inBucket: Outlet = (versions, pages) => publishIntoBucket(bucket, versions, pages);
    const { versions, pages } = await siteIn(folder);
    await inBucket(versions, pages);
    return inBucket;
  };
  let filled: ReturnType<typeof load> | undefined;
  const fill = async (): Promise<Outlet> => {
    try {
      return await (filled ??= load());
    } catch (error) {
      filled = undefined;
      throw error;
    }
  };
  const begin = () => {
    let again: NodeJS.Timeout | undefined;
    const trying = (): void => {
      fill().catch(() => void (again = setTimeout(trying, rest)));
    };
    trying();
    return { close: async () => clearTimeout(again) };
  };
  const put: Outlet = async (versions, pages) => {
    const inBucket = await fill();
    await inFolder(versions, pages);
    await inBucket(versions, pages);
  };
  return { put, begin };
};

/** Undefined where none is named. */
const bucketIn = (config: PublishingConfig): BucketSettings | undefined => {
  const { SITE_BUCKET: bucket, S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret } = config;
  if (bucket === undefined) return undefined;
  return {
    bucket,
    prefix: config.SITE_PREFIX,
    region: config.S3_REGION,
    endpoint: config.S3_ENDPOINT,
    pathStyle: config.S3_PATH_STYLE === "yes",
    ...(id && secret && { credentials: { accessKeyId: id, secretAccessKey: secret } }),
  };
};
