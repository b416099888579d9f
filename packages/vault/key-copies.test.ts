import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { backupKeys, restoreKeys, rotateKeys } from "./key-copies.ts";
import { dataKeysPath, masterKeyPath, openKeys } from "./key-folder.ts";
import type { Keys } from "./key-store.ts";
import { newMasterKey, writeMasterKey } from "./master-key.ts";

const at = "2026-01-02T03:04:05.678Z";
const owners = ["a-2020", "a-2020.words.c0001", "a-2020.list.c0001"];
let folder: string;
let copy: string;
let made: Keys;

const found = async (secret?: string): Promise<Keys> => {
  const keys = openKeys(folder, { secret });
  const all = await keys.find(owners);
  keys.close();
  return all;
};

const destroy = async (): Promise<void> => {
  const keys = openKeys(folder);
  await keys.destroy({ owners: [{ one: "a-2020.words.c0001" }], at });
  keys.close();
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-key-copies-"));
  copy = join(folder, "copy.keys");
  const keys = openKeys(folder);
  made = await keys.findOrMake(owners);
  keys.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("brings keys back that were lost", async () => {
  expect(backupKeys(folder, copy)).toEqual({ keys: 3, shut: [] });
  expect(() => backupKeys(folder, copy)).toThrow(/is there already/);
  rmSync(dataKeysPath(folder));
  expect(await restoreKeys(folder, copy)).toEqual({ restored: 3, shut: [] });
  expect(await found()).toEqual(made);
});

it("brings back no key that was destroyed, here or in the copy", async () => {
  backupKeys(folder, copy);
  await destroy();
  expect(await restoreKeys(folder, copy)).toEqual({ restored: 0, shut: [] });
  expect((await found()).get("a-2020.words.c0001")).toBe("destroyed");
  const later = join(folder, "later.keys");
  backupKeys(folder, later);
  rmSync(dataKeysPath(folder));
  await restoreKeys(folder, copy);
  await restoreKeys(folder, later);
  expect((await found()).get("a-2020.words.c0001")).toBe("destroyed");
});

it("takes no copy without its key-encryption key, nor one that is something else", async () => {
  backupKeys(folder, copy);
  rmSync(dataKeysPath(folder));
  const former = readFileSync(masterKeyPath(folder));
  rmSync(masterKeyPath(folder));
  await expect(restoreKeys(folder, copy)).rejects.toThrow(
    /put the key-encryption key of the copy at/,
  );
  writeMasterKey(masterKeyPath(folder), newMasterKey());
  await expect(restoreKeys(folder, copy)).rejects.toThrow(/wrapped by another key/);
  writeFileSync(masterKeyPath(folder), former);
  writeFileSync(join(folder, "no.keys"), "no database");
  await expect(restoreKeys(folder, join(folder, "no.keys"))).rejects.toThrow(
    /is damaged or not|no copy/,
  );
});

it("wraps every key anew, so that older copies open nothing once the old key is gone", async () => {
  backupKeys(folder, copy);
  const { from, to, keys } = rotateKeys(folder);
  expect({ keys, same: from === to }).toEqual({ keys: 3, same: false });
  expect(await found()).toEqual(made);
  rmSync(dataKeysPath(folder));
  await expect(restoreKeys(folder, copy)).rejects.toThrow(/wrapped by another key/);
});

it("finishes a change of the key-encryption key that was cut off", async () => {
  const former = readFileSync(masterKeyPath(folder));
  rotateKeys(folder);
  renameSync(masterKeyPath(folder), `${masterKeyPath(folder)}.next`);
  writeFileSync(masterKeyPath(folder), former);
  expect(await found()).toEqual(made);
});

it("moves to a key-encryption key that is handed over, and keeps it nowhere", async () => {
  const { secret } = newMasterKey();
  rotateKeys(folder, { to: secret });
  expect(() => openKeys(folder)).toThrow(/no key-encryption key at/);
  expect(await found(secret)).toEqual(made);
  expect(() => rotateKeys(folder, { secret })).toThrow(/name the file with the next one/);
});

it("serves a process that goes on meanwhile", async () => {
  const running = openKeys(folder);
  rotateKeys(folder);
  expect(await running.find(owners)).toEqual(made);
  running.close();
});

it("copies what does not open as well, says whose it is, and brings back the rest", async () => {
  const keys = openKeys(folder);
  const wrapped = newMasterKey().wrap("a-2020", Buffer.alloc(32));
  keys.sqlite.prepare("update data_key set wrapped = ? where owner = 'a-2020'").run(wrapped);
  keys.close();
  expect(backupKeys(folder, copy)).toEqual({ keys: 3, shut: ["a-2020"] });
  rmSync(dataKeysPath(folder));
  expect(await restoreKeys(folder, copy)).toEqual({ restored: 2, shut: ["a-2020"] });
  const restored = await found();
  expect(restored.get("a-2020.list.c0001")).toEqual(made.get("a-2020.list.c0001"));
  expect(restored.has("a-2020")).toBe(false);
});

it("is exchanged beside a process that accepts both, whose next keys the new one wraps", async () => {
  const [former, next] = [newMasterKey().secret, newMasterKey().secret];
  rotateKeys(folder, { to: former });
  expect(() => rotateKeys(folder, { secret: former, to: next })).toThrow(/beside the one in use/);
  const both = `${former}\n${next}`;
  const running = openKeys(folder, { secret: both });
  const behind = openKeys(folder, { secret: former });
  expect(await running.find(owners)).toEqual(made);
  expect(rotateKeys(folder, { secret: both, to: next })).toMatchObject({ keys: 3 });
  const later = await running.findOrMake(["b-2020"]);
  await expect(behind.findOrMake(["c-2020"])).rejects.toThrow(/are wrapped by/);
  running.close();
  behind.close();
  const alone = openKeys(folder, { secret: next });
  expect(await alone.find(owners)).toEqual(made);
  expect(await alone.find(["b-2020"])).toEqual(later);
  alone.close();
});
