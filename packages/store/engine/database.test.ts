import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { all, idsOf, someEvents } from "../contract/subject.ts";
import { openSqliteStore } from "../sqlite.ts";
import { openSqliteReader } from "../sqlite-reader.ts";
import { openDatabase } from "./database.ts";
import { guarded } from "./faults.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-database-"));
  path = join(folder, "deeper", "events.db");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("data that is open already is refused, here and to another process", async () => {
  const store = openSqliteStore({ path });
  expect(() => openSqliteStore({ path })).toThrow(/another process has this data open/);
  const program = join(import.meta.dirname, "../contract/writer.ts");
  const other = spawnSync(process.execPath, [program, path, "c-"], { encoding: "utf8" });
  expect(other.stderr).toContain("another process has this data open");
  await store.append("c-1", someEvents(1), "none");
  await store.close();
  await openSqliteStore({ path }).close();
});

test("a newer format, another program's data and damage are told apart", () => {
  openDatabase(path).release();
  change("PRAGMA user_version = 99");
  expect(() => openDatabase(path)).toThrow(
    expect.objectContaining({ code: "unsupported", retry: false }),
  );
  rmSync(path);
  change("CREATE TABLE theirs (x)");
  expect(() => openDatabase(path)).toThrow(expect.objectContaining({ code: "unsupported" }));
  writeFileSync(path, "this is not a database, but it is long enough to look at".repeat(100));
  expect(() => openDatabase(path)).toThrow(expect.objectContaining({ code: "corrupt" }));
});

test("a failed opening leaves no lock behind", () => {
  openDatabase(path).release();
  change("PRAGMA user_version = 99");
  expect(() => openDatabase(path)).toThrow();
  change("PRAGMA user_version = 1");
  openDatabase(path).release();
});

test("a folder that cannot be made is a fault that says which", () => {
  writeFileSync(join(folder, "file"), "");
  const impossible = join(folder, "file", "events.db");
  expect(() => openDatabase(impossible)).toThrow(expect.objectContaining({ code: "unavailable" }));
});

test("a full disk refuses appends, keeps what is there and goes on once there is room", async () => {
  const small = openSqliteStore({ path, maxBytes: 400_000 });
  const kept = someEvents(3);
  await small.append("c-1", kept, "none");
  const large = { ...someEvents(1)[0]!, data: { text: "x".repeat(500_000) } };
  const refused = small.append("c-1", [large], 2);
  await expect(refused).rejects.toMatchObject({ code: "disk-full", retry: false });
  expect(idsOf(await all(small.read("c-1")))).toEqual(idsOf(kept));
  expect(await small.append("c-1", someEvents(1), 2)).toMatchObject({ revision: 3 });
  await small.close();
  const roomy = openSqliteStore({ path });
  expect(await roomy.append("c-1", [large], 3)).toMatchObject({ revision: 4 });
  await roomy.close();
});

test("data that may only be read is a fault of its own", () => {
  openDatabase(path).release();
  const readOnly = new DatabaseSync(path, { readOnly: true });
  const write = (): void => readOnly.exec("INSERT INTO streams (name) VALUES ('a')");
  expect(() => guarded(path, write)).toThrow(expect.objectContaining({ code: "read-only" }));
  readOnly.close();
});

test("an event can be neither changed nor removed", async () => {
  const store = openSqliteStore({ path });
  await store.append("c-1", someEvents(1), "none");
  await store.close();
  expect(() => change("UPDATE events SET data = '{}'")).toThrow(/never changed/);
  expect(() => change("DELETE FROM events")).toThrow(/never removed/);
});

const change = (sql: string): void => {
  const database = new DatabaseSync(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
};

test("a process that ends while it closes leaves no mark without a log", async () => {
  const store = openSqliteStore({ path });
  await store.append("c-1", someEvents(2), "none");
  expect(existsSync(`${path}.open`)).toBe(true);
  const marked: boolean[] = [];
  const spy = vi.spyOn(DatabaseSync.prototype, "close");
  spy.mockImplementation(function (this: DatabaseSync) {
    marked.push(existsSync(`${path}.open`));
    spy.mockRestore();
    this.close();
  });
  await store.close();
  expect(marked).toEqual([false]);
});

test("a log that went missing with what was recorded last is noticed, in words", async () => {
  const store = openSqliteStore({ path });
  await store.append("c-1", someEvents(2), "none");
  const elsewhere = join(folder, "copied", "events.db");
  for (const end of ["", "-wal", ".open"]) cpSync(`${path}${end}`, `${elsewhere}${end}`);
  await store.close();
  expect(existsSync(`${path}.open`)).toBe(false);
  await openSqliteStore({ path }).close();

  rmSync(`${elsewhere}-wal`);
  for (const open of [openSqliteStore, ({ path: at }: { path: string }) => openSqliteReader(at)])
    expect(() => open({ path: elsewhere })).toThrow(
      expect.objectContaining({
        code: "other-store",
        message: expect.stringMatching(
          /events\.db-wal is missing.* remove .*events\.db\.open/,
        ) as string,
      }),
    );
  rmSync(`${elsewhere}.open`);
  const accepted = openSqliteStore({ path: elsewhere });
  expect(await all(accepted.read("c-1"))).toEqual([]);
  await accepted.close();
});
