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
import {
  masterKeyFrom,
  type MasterKey,
  newMasterKey,
  unwrapped,
  writeMasterKey,
} from "./master-key.ts";
import type { KeptKeys, KeyRow } from "./key-store.ts";
import { openSqliteKeys } from "./sqlite-keys.ts";
import { applicationId, rowsIn } from "./sqlite-rows.ts";

type Handed = { readonly secret?: string | undefined };

const refusal = (message: string): StoreFault =>
  new StoreFault("denied", message, { retry: false });

/** How many keys are in a copy, and whose the key-encryption key does not open. */
type Copied = { readonly keys: number; readonly shut: readonly string[] };

/** Copies the wrapped keys to `file`, which must not exist, beside whoever goes on with them. */
export const backupKeys = (dataDir: string, file: string, handed: Handed = {}): Copied => {
  const path = dataKeysPath(dataDir);
  if (!existsSync(path)) throw refusal(`there are no keys at ${path}`);
  const rows = guarded(path, () => rowsAt(path));
  return writeCopy(file, { rows, master: masterKeyOf(dataDir, handed) });
};

const shutTo = (master: MasterKey, rows: readonly KeyRow[]): readonly string[] =>
  rows.flatMap(({ owner, wrapped }) =>
    wrapped !== null && unwrapped(master, owner, wrapped) === undefined ? [owner] : [],
  );

/** A copy appears under its name once it is complete; each of its keys was opened. */
export const writeCopy = (
  file: string,
  { rows, master }: { readonly rows: readonly KeyRow[]; readonly master: MasterKey },
): Copied => {
  if (existsSync(file)) throw refusal(`${file} is there already: name a file that is not`);
  return guarded(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.partial`;
    rmSync(draft, { force: true });
    // A key of its own: what wraps the keys of a copy is not asked for while it is made.
    const other = newMasterKey();
    const copy = openSqliteKeys({ path: draft, master: () => other });
    copy.merge(rows);
    copy.close();
    renameSync(draft, file);
    const keys = rows.filter(({ wrapped }) => wrapped !== null).length;
    return { keys, shut: shutTo(master, rows) };
  });
};

export type Restored = { readonly restored: number; readonly shut: readonly string[] };

/**
 * Takes the keys of a copy into a key store. A key that was destroyed stays so, whichever of the
 * two knows it, and one that `master` does not open stays out. Throws a StoreFault where it opens
 * none.
 */
export const restoreCopy = async (
  file: string,
  into: KeptKeys,
  master: MasterKey,
): Promise<Restored> => {
  if (!existsSync(file)) throw refusal(`there is nothing at ${file}`);
  const rows = guarded(file, () => rowsAt(file));
  const shut = new Set(shutTo(master, rows));
  const kept = rows.filter(({ wrapped }) => wrapped !== null);
  if (shut.size > 0 && shut.size === kept.length) master.unwrap(kept[0]!.owner, kept[0]!.wrapped!);
  const open = rows.filter(({ owner }) => !shut.has(owner));
  return { restored: await into.merge(open), shut: [...shut] };
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
): Promise<Restored> => {
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

/** Whoever runs meanwhile would open nothing afterwards. */
const besideFirst =
  "the next key-encryption key has to be handed over beside the one in use first, on a line of " +
  "its own, to every service and to this command";

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
  if (secret !== undefined && from.wrappingBy(next.id) === undefined) throw refusal(besideFirst);
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
