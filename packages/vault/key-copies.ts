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
import { applicationId } from "./sqlite-keys.ts";

type Handed = { readonly secret?: string | undefined };

const refusal = (message: string): StoreFault =>
  new StoreFault("denied", message, { retry: false });

/** Copies the wrapped keys to `file`, which must not exist, beside a running engine. */
export const backupKeys = (dataDir: string, file: string): { readonly keys: number } => {
  const path = dataKeysPath(dataDir);
  if (!existsSync(path)) throw refusal(`there are no keys at ${path}`);
  if (existsSync(file)) throw refusal(`${file} is there already: name a file that is not`);
  return guarded(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.partial`;
    rmSync(draft, { force: true });
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
    try {
      database.prepare("vacuum into ?").run(draft);
    } finally {
      database.close();
    }
    const keys = counted(draft);
    renameSync(draft, file);
    return { keys };
  });
};

const counted = (file: string): number => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const id = Number(database.prepare("pragma application_id").get()?.["application_id"]);
    if (id !== applicationId) throw refusal(`${file} is no copy of a key store`);
    const sql = "select count(*) as n from data_key where wrapped is not null";
    return Number(database.prepare(sql).get()?.["n"]);
  } finally {
    database.close();
  }
};

/**
 * Takes the keys of a copy into the key store, which is made where there is none. A key that was
 * destroyed stays so, whichever of the two knows it. Needs the key-encryption key of the copy.
 */
export const restoreKeys = (
  dataDir: string,
  file: string,
  { secret }: Handed = {},
): { readonly restored: number } => {
  if (!existsSync(file)) throw refusal(`there is nothing at ${file}`);
  guarded(file, () => counted(file));
  if (secret === undefined && !existsSync(masterKeyPath(dataDir))) {
    throw refusal(
      `put the key-encryption key of the copy at ${masterKeyPath(dataDir)} first, or hand it over`,
    );
  }
  const store = openKeys(dataDir, { secret });
  try {
    return guarded(dataKeysPath(dataDir), () => {
      const copy = new DatabaseSync(file, { readOnly: true });
      const rows = copy.prepare("select * from data_key").all();
      copy.close();
      const master = masterKeyOf(dataDir, { secret });
      for (const { owner, wrapped } of rows)
        if (wrapped !== null) master.unwrap(String(owner), wrapped as Uint8Array);
      return { restored: store.merge(rows) };
    });
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
