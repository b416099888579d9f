import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Position, StoredEvent } from "@assay/store/port.ts";
import { storeOver } from "@assay/store/over.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { openDatabase } from "@assay/host/database.ts";
import { eventsOf } from "@assay/spec/logged.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { pagesAround } from "@assay/report/site.ts";
import { afterAll, expect, it } from "vitest";

import { openPublished } from "./published.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const world = worldAt("published");
const inspection = String(world.inspection);
const folder = mkdtempSync(join(tmpdir(), "assay-published-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A store in which the same inspection was published under each of these names. */
const storeOf = async (...names: readonly string[]) => {
  const inner = createMemoryStore();
  for (const name of names)
    for (const { stream, revision, type, data, metadata } of eventsOf(world)) {
      const renamed = JSON.parse(JSON.stringify(data).replaceAll(inspection, name)) as typeof data;
      const event = { id: crypto.randomUUID(), type, data: renamed, metadata: { ...metadata } };
      const to = stream.replace(inspection, name);
      await inner.append(to, [event], revision === 0 ? "none" : revision - 1);
    }
  const read: string[] = [];
  const store = storeOver(inner, {
    read: (stream, options) => {
      read.push(stream);
      return inner.read(stream, options);
    },
  });
  const stored: StoredEvent[] = [];
  for await (const page of inner.readAll()) stored.push(...page);
  return { store, stored, read, end: stored.at(-1)!.position };
};

const opened = (store: Awaited<ReturnType<typeof storeOf>>["store"], path: string, code: string) =>
  openPublished({ store, publisher, database: openDatabase(path), code });

it("reads what is new, and keeps the rest over a start", async () => {
  const path = join(folder, "kept.sqlite");
  const { store, stored, read, end } = await storeOf("first-2020", "second-2020");
  const of = (name: string): Position =>
    stored.findLast(({ stream }) => stream.includes(name))!.position;
  const before = opened(store, path, "this code");
  const shelf = await before.shelfAt(of("first-2020"));
  expect(shelf.latest.map((model) => model.inspection)).toEqual(["first-2020"]);
  await before.close();
  read.length = 0;
  const after = opened(store, path, "this code");
  const both = await after.shelfAt(end);
  expect(both.latest.map((model) => model.inspection)).toEqual(["first-2020", "second-2020"]);
  expect(read).toContain("panel-second-2020");
  expect(read).not.toContain("panel-first-2020");
  expect((await after.shelfAt(of("first-2020"))).versions).toEqual(shelf.versions);
  await after.close();
});

it("is made again by other code, and for another store", async () => {
  const path = join(folder, "again.sqlite");
  const { store, read, end } = await storeOf("first-2020");
  const before = opened(store, path, "this code");
  const shelf = await before.shelfAt(end);
  before.keepRendered();
  expect(before.isRendered()).toBe(true);
  await before.close();
  read.length = 0;
  const other = opened(store, path, "other code");
  expect(other.isRendered()).toBe(false);
  expect(await other.shelfAt(end)).toEqual(shelf);
  expect(read).toContain("publication-first-2020");
  await other.close();
  const elsewhere = await storeOf("elsewhere-2020");
  const moved = opened(elsewhere.store, path, "other code");
  const found = await moved.shelfAt(elsewhere.end);
  expect(found.versions.map((model) => model.inspection)).toEqual(["elsewhere-2020"]);
  await moved.close();
});

it("gives the same pages as the reports whole, and of one report those that show it", async () => {
  const { store, end } = await storeOf("first-2020", "second-2020");
  const published = opened(store, ":memory:", "this code");
  const shelf = await published.shelfAt(end);
  const all = pagesAround(shelf).map(({ path }) => path);
  const some = pagesAround(shelf, "second-2020").map(({ path }) => path);
  expect(some).toContain("reports/second-2020/index.html");
  expect(some).toContain("index.html");
  expect(all.filter((path) => !some.includes(path)).toSorted()).toEqual(
    all.filter((path) => path.startsWith("reports/first-2020/")).toSorted(),
  );
  const whole = new Map(pagesAround(shelf).map(({ path, body }) => [path, body]));
  for (const { path, body } of pagesAround(shelf, "second-2020"))
    expect(body).toEqual(whole.get(path));
  await published.close();
});
