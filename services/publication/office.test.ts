import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Instant } from "@assay/domain/kernel/instants.ts";
import { rotateKeyring } from "@assay/ledger/keys.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { holdFolder, takeOffice } from "./office.ts";
import { keysFolder, openLedger } from "./publishing.ts";

let folder: string;
let store: EventStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-office-"));
  store = createMemoryStore();
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const now = () => "2026-01-05T09:00:00.000Z" as Instant;
const authority = "inspectorate.example";
const start = (name: string, begins = false) =>
  takeOffice({ store, folder: at(name), begins, now }, (options) =>
    openLedger(at(name), { ...options, authority }),
  );

it("is one publisher's, over restarts, turned keys and a move to another machine", async () => {
  const first = await start("one");
  expect((await start("one")).keyring.keys).toEqual(first.keyring.keys);
  await rotateKeyring(keysFolder(at("one")), authority, now());
  const turned = await start("one");
  expect(turned.keyring.keys).toHaveLength(2);
  cpSync(at("one"), at("moved"), { recursive: true });
  expect((await start("moved")).keyring.keys).toEqual(turned.keyring.keys);
});

it("is refused to a second one, which makes no key", async () => {
  await start("one");
  await expect(start("two")).rejects.toThrow("another publisher signs for this installation");
  expect(existsSync(keysFolder(at("two")))).toBe(false);
  const second = await start("two", true);
  await expect(start("one")).rejects.toThrow("another publisher");
  expect((await start("two")).keyring.keys).toEqual(second.keyring.keys);
});

it("is held by one process alone, in one folder", async () => {
  const held = await holdFolder(at("one"));
  await expect(holdFolder(at("one"), 0)).rejects.toThrow("another process publishes from");
  const waiting = holdFolder(at("one"));
  held.release();
  (await waiting).release();
});

it("is not gone on with under a new key where the old one is missing", async () => {
  await start("one");
  rmSync(keysFolder(at("one")), { recursive: true });
  await expect(start("one")).rejects.toMatchObject({ code: "key-missing" });
  expect(existsSync(join(keysFolder(at("one")), "signing-key.pem"))).toBe(false);
});

it("goes to one of two that begin at the same moment", async () => {
  const begun = await Promise.allSettled([start("one"), start("two")]);
  expect(begun.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});
