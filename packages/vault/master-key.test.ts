import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { masterKeyPath, openKeys, openKeysToRead } from "./key-folder.ts";
import { masterKeyFrom, newMasterKey, readMasterKey, writeMasterKey } from "./master-key.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-keys-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("is made once, for its owner alone, and wraps the same keys after a restart", async () => {
  const first = openKeys(folder);
  const made = (await first.findOrMake(["a-2020.c0001"])).get("a-2020.c0001");
  first.close();
  expect(statSync(masterKeyPath(folder)).mode & 0o777).toBe(0o600);
  const again = openKeys(folder);
  expect((await again.find(["a-2020.c0001"])).get("a-2020.c0001")).toEqual(made);
  again.close();
});

it("is asked for when it is gone, and never made anew over keys that it wrapped", async () => {
  const keys = openKeys(folder);
  await keys.findOrMake(["a-2020"]);
  keys.close();
  rmSync(masterKeyPath(folder));
  expect(() => openKeys(folder)).toThrow(/no key-encryption key at/);
  expect(() => openKeys(folder, { secret: newMasterKey().secret })).toThrow(/are wrapped by the/);
});

it("may be handed over instead, and is then written nowhere", async () => {
  const { secret } = newMasterKey();
  const keys = openKeys(folder, { secret });
  const made = await keys.findOrMake(["a-2020"]);
  keys.close();
  expect(() => readMasterKey(masterKeyPath(folder))).toThrow(/no key-encryption key at/);
  const reader = openKeysToRead(folder, { secret });
  expect(await reader.find(["a-2020"])).toEqual(made);
  reader.close();
});

it("is refused when it is no key, without being quoted", () => {
  expect(() => masterKeyFrom("hunter2")).toThrow(/64 hexadecimal digits/);
  expect(() => masterKeyFrom("hunter2")).not.toThrow(/hunter2/);
});

it("does not unwrap what was wrapped for somebody else", () => {
  const master = newMasterKey();
  const wrapped = master.wrap("a-2020.c0001", Buffer.alloc(32, 1));
  expect(() => master.unwrap("a-2020.c0002", wrapped)).toThrow(/was changed/);
  writeMasterKey(masterKeyPath(folder), master);
  expect(readMasterKey(masterKeyPath(folder)).id).toBe(master.id);
});

it("unwraps into memory of its own, so that a kept key keeps nothing else", () => {
  const master = newMasterKey();
  const key = Buffer.alloc(32, 1);
  const unwrapped = master.unwrap("a-2020.c0001", master.wrap("a-2020.c0001", key));
  expect(unwrapped).toEqual(key);
  expect(unwrapped.buffer.byteLength).toBe(32);
});
