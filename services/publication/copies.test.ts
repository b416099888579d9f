import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { currentVersion } from "@assay/domain/upcasters.ts";
import { people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import type { World } from "@assay/spec/world.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { copierOf } from "./copies.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "assay-copies-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Lets the copier see everything that the world recorded, in its order, twice. */
const copy = async (world: World): Promise<void> => {
  const store = createMemoryStore();
  const revisions = new Map<string, number>();
  for (const { stream, fact } of world.records) {
    const { type, ...data } = fact;
    const revision = revisions.get(stream) ?? -1;
    const event = { id: randomUUID(), type, data, metadata: { version: currentVersion(type) } };
    await store.append(stream, [event], revision < 0 ? "none" : revision);
    revisions.set(stream, revision + 1);
  }
  const events: StoredEvent[] = [];
  for await (const page of store.readAll({ prefixes: ["publication-"] })) events.push(...page);
  const copier = copierOf({ store, folder, publisher });
  /** It sends no commands. */
  const bus = undefined as never;
  for (const event of [...events, ...events]) await copier.react(event, bus, event.position);
};

const sets = (world: World): readonly string[] =>
  readdirSync(join(folder, world.inspection)).toSorted();

it("marks the service's copy of the draft with its name and the day it is due back", async () => {
  const world = worldAt("shared");
  await copy(world);
  const [draft] = sets(world);
  expect(draft).toMatch(/^draft-\d+$/);
  const [service] = readdirSync(join(folder, world.inspection, draft!));
  const page = readFileSync(join(folder, world.inspection, draft!, service!, "index.html"), "utf8");
  expect(page).toMatch(/Draft for checking of facts, to be returned by 28 June 2021\. Copy for /);
  expect(page).toContain('name="robots" content="noindex"');
});

it("makes a copy for each recipient, and new ones when the moment changes", async () => {
  const world = worldAt("signed");
  world.tell(people.officer, {
    type: "SetEmbargo",
    publishAt: "2021-08-31T23:01:00.000Z",
    recipients: [
      { body: "The ministry", name: "The minister" },
      { body: "The press", name: "A news desk" },
    ],
  });
  world.moveTo("2021-08-27T09:00:00.000Z");
  const change = { type: "ChangeEmbargo", reason: "An election" } as const;
  world.tell(people.chief, { ...change, publishAt: "2021-09-01T08:30:00.000Z" });
  world.settle();
  world.moveTo("2021-08-30T09:00:00.000Z");
  await copy(world);
  const [, first, second] = sets(world);
  const names = ["1-the-ministry", "2-the-press"];
  expect(readdirSync(join(folder, world.inspection, first!)).toSorted()).toEqual(names);
  const read = (set: string, name: string): string =>
    readFileSync(join(folder, world.inspection, set, name, "index.html"), "utf8");
  expect(read(first!, names[1]!)).toContain(
    "Under embargo until 00:01 on 1 September 2021. Copy 2 of 2, for A news desk, The press.",
  );
  expect(read(second!, names[0]!)).toContain("until 09:30 on 1 September 2021. Copy 1 of 2, for");
});
