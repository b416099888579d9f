import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";

import { all, someEvents } from "./contract/subject.ts";
import { openSqliteReader } from "./sqlite-reader.ts";
import { openSqliteStore } from "./sqlite.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-reader-"));
  path = join(folder, "events.sqlite");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("it reads what the owner wrote, while the owner goes on writing", async () => {
  const store = openSqliteStore({ path });
  await store.append("panel-a", someEvents(3), "none");
  const reader = openSqliteReader(path);
  expect(await all(reader.read("panel-a"))).toEqual(await all(store.read("panel-a")));
  await store.append("panel-a", someEvents(2), 2);
  await store.append("fieldwork-a", someEvents(200), "none");
  expect(await all(reader.read("panel-a"))).toHaveLength(5);
  for (const direction of ["forwards", "backwards"] as const) {
    for (const options of [{}, { prefixes: ["panel-"] }, { limit: 3 }, { prefixes: [] }]) {
      const asked = { direction, ...options };
      expect(await all(reader.readAll(asked))).toEqual(await all(store.readAll(asked)));
    }
    for (const options of [{ from: 1 }, { limit: 2 }, { from: 3, limit: 70 }]) {
      const asked = { direction, ...options };
      expect(await all(reader.read("fieldwork-a", asked))).toEqual(
        await all(store.read("fieldwork-a", asked)),
      );
    }
  }
  expect(reader.end()).toBe("205");
  reader.close();
  await store.close();
});

test("it reads a store that nobody has open, and leaves it as it was", async () => {
  const store = openSqliteStore({ path });
  await store.append("panel-a", someEvents(3), "none");
  await store.close();
  const reader = openSqliteReader(path);
  expect(await all(reader.read("panel-a"))).toHaveLength(3);
  expect(await all(reader.read("panel-none"))).toEqual([]);
  reader.close();
  const again = openSqliteStore({ path });
  await again.append("panel-a", someEvents(1), 2);
  await again.close();
});

test("where there is no store it says so and makes none", () => {
  expect(() => openSqliteReader(path)).toThrow(`nothing at ${path}`);
  writeFileSync(path, "not a database, only words, but more of them than a header has in bytes");
  expect(() => openSqliteReader(path)).toThrow(/not a file of Assay's/);
  rmSync(path);
  new DatabaseSync(path).exec("CREATE TABLE others (id INTEGER)");
  expect(() => openSqliteReader(path)).toThrow(/not an event store/);
});
