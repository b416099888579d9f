import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { mapTexts } from "@assay/domain/kernel/text-places.ts";
import { openHistory } from "@assay/embedded/recorded-history.ts";
import { type Database, openDatabase } from "@assay/host/database.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore, ReadAllOptions, StoredEvent } from "@assay/store/port.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { createLibrary } from "./library.ts";
import { inTime } from "./waiting.ts";

describe("outlines in a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-outlines-"));
  const file = join(folder, "views.sqlite");
  let store: EventStore;
  let fresh: unknown;

  const lists = async (of: EventStore, database: Database) => {
    const library = createLibrary(of, database);
    const found = JSON.stringify([...(await library.all()).values()]);
    return { found: JSON.parse(found) as unknown, programmes: await library.programmes() };
  };

  /** Opens the file for as long as the work takes. */
  const within = async <Result>(work: (database: Database) => Promise<Result>): Promise<Result> => {
    const database = openDatabase(file);
    try {
      return await work(database);
    } finally {
      database.close();
    }
  };

  beforeAll(async () => {
    ({ store } = await openHistory());
    ({ found: fresh } = await within((database) => lists(store, database)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are there after a restart, when nothing but what is new is read", async () => {
    const read: ReadAllOptions[] = [];
    const watched: EventStore = {
      ...store,
      read: store.read.bind(store),
      readAll: (options: ReadAllOptions = {}) => {
        read.push(options);
        return store.readAll(options);
      },
    };
    const { found, programmes } = await within((database) => lists(watched, database));
    expect(found).toEqual(fresh);
    expect(programmes.size).toBeGreaterThan(0);
    expect(read.length).toBeGreaterThan(0);
    const whole = read.filter(({ after, prefixes }) => !after && !prefixes?.includes("framework-"));
    expect(whole).toEqual([]);
  });

  it("are made again when other code made them", async () => {
    await within(async (database) => {
      database.sqlite.exec("update made_by set code = 'other'");
      database.sqlite.exec(`update inspection set outline = json_set(outline, '$.stage', 'x')`);
      const library = createLibrary(store, database);
      const all = async () => JSON.stringify([...(await library.all()).values()]);
      await vi.waitFor(async () => expect(await all()).not.toContain('"stage":"x"'), 60_000);
      library.close();
    });
    expect((await within((database) => lists(store, database))).found).toEqual(fresh);
  });

  it("begin anew where the store is another one", async () => {
    const other = join(folder, "other.sqlite");
    const database = openDatabase(other);
    await lists(store, database);
    expect((await lists(createMemoryStore(), database)).found).toEqual([]);
    database.close();
  });

  it("hold no word that people wrote", async () => {
    const words = new Set<string>();
    for await (const page of store.readAll())
      for (const { data } of page)
        mapTexts(data, (text) => {
          for (const value of Object.values(text as object))
            if (typeof value === "string" && value.length > 12) words.add(value);
          return text;
        });
    const kept = await within(async ({ sqlite }) =>
      JSON.stringify([
        sqlite.prepare("select * from inspection").all(),
        sqlite.prepare("select * from cases").all(),
      ]),
    );
    expect(words.size).toBeGreaterThan(20);
    expect([...words].filter((each) => kept.includes(each))).toEqual([]);
  });

  it("show what was recorded a moment ago, of an inspection that is not in memory too", async () => {
    await within(async (database) => {
      const library = createLibrary(store, database);
      const [first] = (await library.all()).values();
      const { inspection } = first!;
      const events: StoredEvent[] = [];
      for await (const page of store.read(`inspection-${inspection}`)) events.push(...page);
      const { data, metadata } = events.find(({ type }) => type === "InspectionScheduled")!;
      const at = "2031-01-01T00:00:00.000Z";
      const event = {
        id: randomUUID(),
        type: "TeamAssigned",
        metadata: { ...metadata, version: 1 },
      };
      const team = [{ person: "somebody-new", role: "lead-inspector" }];
      await store.append(
        `inspection-${inspection}`,
        [{ ...event, data: { at, by: data["by"], team } }],
        events.length - 1,
      );
      const now = (await library.all()).get(inspection)!;
      expect([now.lead, now.changed]).toEqual(["somebody-new", at]);
      expect(now).toEqual(JSON.parse(JSON.stringify(await library.listed(inspection))));
    });
  });
});

it("does not wait for ever for lists that are being made, and says how many are missing", async () => {
  vi.useFakeTimers();
  try {
    const waiting = inTime(new Promise<void>(() => {}), () => ({ missing: 3, all: 7 }));
    const failed = waiting.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await failed).toMatchObject({ missing: 3, all: 7, retry: true });
  } finally {
    vi.useRealTimers();
  }
});
