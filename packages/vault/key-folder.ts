/**
 * The keys of a data folder: a folder of their own in it, so that copies of the data can be made
 * without them. The key-encryption key is there too, unless whoever runs Assay hands one over.
 */
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { StoreFault } from "@assay/store/port.ts";

import {
  claimMasterKey,
  type MasterKey,
  masterKeyFrom,
  newMasterKey,
  readMasterKey,
} from "./master-key.ts";
import { openSqliteKeys, type SqliteKeys } from "./sqlite-keys.ts";

export const keysFolder = (dataDir: string): string => join(dataDir, "keys");
export const dataKeysPath = (dataDir: string): string =>
  join(keysFolder(dataDir), "data-keys.sqlite");
export const masterKeyPath = (dataDir: string): string =>
  join(keysFolder(dataDir), "key-encryption-key");

/** `secret`: the key-encryption key, where it is handed over; it is not written down then. */
type Handed = { readonly secret?: string | undefined };

/** Both are made at the first start. Throws a StoreFault when one is there without the other. */
export const openKeys = (dataDir: string, { secret }: Handed = {}): SqliteKeys => {
  const path = dataKeysPath(dataDir);
  if (secret === undefined && !existsSync(path)) claimMasterKey(masterKeyPath(dataDir));
  return openSqliteKeys({ path, master: () => masterKeyOf(dataDir, { secret }) });
};

/** For those who only read, such as an auditor's command: it makes nothing and changes nothing. */
export const openKeysToRead = (dataDir: string, { secret }: Handed = {}): SqliteKeys => {
  const path = dataKeysPath(dataDir);
  return existsSync(path)
    ? openSqliteKeys({ path, master: () => masterKeyOf(dataDir, { secret }), readOnly: true })
    : openThrowawayKeys();
};

/** For an engine that keeps nothing. */
export const openThrowawayKeys = (): SqliteKeys => {
  const master = newMasterKey();
  return openSqliteKeys({ path: ":memory:", master: () => master });
};

/** The key-encryption key of a folder. A change of it that was cut off is finished first. */
export const masterKeyOf = (dataDir: string, { secret }: Handed): MasterKey => {
  const file = masterKeyPath(dataDir);
  if (secret === undefined) {
    finishRotation(dataDir);
    return readMasterKey(file);
  }
  if (!existsSync(file)) return masterKeyFrom(secret);
  const message =
    `a key-encryption key was handed over, and there is one at ${file} as well: ` +
    "move to the one with `assay vault rotate --to`, or take the other away";
  throw new StoreFault("denied", message, { retry: false });
};

/** All keys are wrapped by one: either by the next already, or still by the former. */
const finishRotation = (dataDir: string): void => {
  const file = masterKeyPath(dataDir);
  if (!existsSync(`${file}.next`) || !existsSync(dataKeysPath(dataDir))) return;
  const next = readMasterKey(`${file}.next`);
  const database = new DatabaseSync(dataKeysPath(dataDir), { readOnly: true, timeout: 5000 });
  const row = database.prepare("select 1 from data_key where master = ?").get(next.id);
  database.close();
  if (row !== undefined) renameSync(`${file}.next`, file);
};
