/**
 * Copies of the key store, and a new key-encryption key. A copy brings back keys that were lost and
 * none that was destroyed; once the old key-encryption key is gone, older copies open nothing.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { guarded } from "@assay/store/engine/faults.ts";
import { StoreFault } from "@assay/store/port.ts";

import { dataKeysPath, masterKeyOf, masterKeyPath, openKeys } from "./key-folder.ts";
import { masterKeyFrom, type MasterKey, newMasterKey, writeMasterKey } from "./master-key.ts";
import type { KeptKeys, KeyRow } from "./key-store.ts";
import { openSqliteKeys } from "./sqlite-keys.ts";
import { applicationId, rowsIn } from "./sqlite-rows.ts";

type Handed = { readonly secret?: string | undefined };

const refusal = (message: string): StoreFault =>
  new StoreFault("denied", message, { retry: false });

/** Copies the wrapped keys to `file`, which must not exist, beside whoever goes on with them. */
export const backupKeys = (dataDir: string, file: string): { readonly keys: number } => {
  const path = dataKeysPath(dataDir);
  if (!existsSync(path)) throw refusal(`there are no keys at ${path}`);
  return writeCopy(
    file,
    guarded(path, () => rowsAt(path)),
  );
};

/** A copy appears under its name once it is complete. */
export const writeCopy = (file: string, rows: readonly KeyRow[]): { readonly keys: number } => {
  if (existsSync(file)) throw refusal(`${file} is there already: name a file that is not`);
  return guarded(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.partial`;
    rmSync(draft, { force: true });
    // A key of its own: what wraps the keys of a copy is not asked for while it is made.
    const master = newMasterKey();
    const copy = openSqliteKeys({ path: draft, master: () => master });
    copy.merge(rows);
    copy.close();
    renameSync(draft, file);
    return { keys: rows.filter(({ wrapped }) => wrapped !== null).length };
  });
};

/**
 * Takes the keys of a copy into a key store. A key that was destroyed stays so, whichever of the
 * two knows it. Throws a StoreFault unless `master` wraps the keys of the copy.
 */
export const restoreCopy = async (
  file: string,
  into: KeptKeys,
  master: MasterKey,
): Promise<{ readonly restored: number }> => {
  if (!existsSync(file)) throw refusal(`there is nothing at ${file}`);
  const rows = guarded(file, () => rowsAt(file));
  for (const { owner, wrapped } of rows) if (wrapped !== null) master.unwrap(owner, wrapped);
  return { restored: await into.merge(rows) };
};

const rowsAt = (file: string): readonly KeyRow[] => {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    const id = Number(database.prepare("pragma application_id").get()?.["application_id"]);
    if (id !== applicationId) throw refusal(`${file} is no copy of a key store`);
    return rowsIn(database);
  } finally {
    database.close();
  }
};

/** The same for a folder, whose key store is made where there is none. */
export const restoreKeys = async (
  dataDir: string,
  file: string,
  { secret }: Handed = {},
): Promise<{ readonly restored: number }> => {
  if (secret === undefined && !existsSync(masterKeyPath(dataDir))) {
    if (!existsSync(file)) throw refusal(`there is nothing at ${file}`);
    guarded(file, () => rowsAt(file));
    throw refusal(
      `put the key-encryption key of the copy at ${masterKeyPath(dataDir)} first, or hand it over`,
    );
  }
  const store = openKeys(dataDir, { secret });
  try {
    return await restoreCopy(file, store, masterKeyOf(dataDir, { secret }));
  } finally {
    store.close();
  }
};

/**
 * Wraps every key anew. Without `to`, with a key-encryption key made now, in the place of the old
 * one; with it, under a key that is handed over from then on and kept nowhere here.
 */
export const rotateKeys = (
  dataDir: string,
  { secret, to }: Handed & { readonly to?: string | undefined } = {},
): { readonly from: string; readonly to: string; readonly keys: number } => {
  const file = masterKeyPath(dataDir);
  if (secret !== undefined && to === undefined) {
    throw refusal("the key-encryption key is handed over: name the file with the next one (--to)");
  }
  const from = masterKeyOf(dataDir, { secret });
  const next: MasterKey = to === undefined ? newMasterKey() : masterKeyFrom(to);
  const store = openKeys(dataDir, { secret });
  try {
    if (to === undefined) writeMasterKey(`${file}.next`, next);
    const keys = guarded(dataKeysPath(dataDir), () => store.rewrap(from, next));
    if (to === undefined) renameSync(`${file}.next`, file);
    else rmSync(file, { force: true });
    return { from: from.id, to: next.id, keys };
  } finally {
    store.close();
  }
};
