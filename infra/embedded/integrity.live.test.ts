import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { createSteppedClock } from "@assay/host/clock.ts";
import { codeFingerprint } from "@assay/host/code.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import {
  type Evidence,
  integrityInWords,
  type Watched,
  watchIntegrity,
} from "@assay/publication/integrity-watch.ts";
import { checkpointAfter } from "@assay/publication/ledger-keeper.ts";
import { openLedger } from "@assay/publication/publishing.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import { openKeysToRead } from "@assay/vault/key-folder.ts";
import { openedReader, sealedStore } from "@assay/vault/sealed-store.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { carry } from "./carry.ts";
import { openCheckBook } from "./check-book.ts";
import { storePath } from "./data-folder.ts";
import { startEngine } from "./engine.ts";
import { examplePlots } from "./examples.ts";
import { lookBack, watchNew } from "./looking-back.ts";

let folder: string;
let evidence: Evidence;
let events: readonly StoredEvent[];
const { inspection, ...plot } = examplePlots()[0]!;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-integrity-"));
  const ledger = await openLedger(folder);
  evidence = ledger;
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const log = createLog({ service: "test", level: "silent" });
  const engine = await startEngine({ dataDir: folder, clock, log });
  await carry({ engine, clock, plots: [{ inspection, ...plot }] });
  events = await readInspection(engine.store, inspection);
  const published = events.find(({ type }) => type === "ReportPublished");
  await checkpointAfter(published!, "published", { inspection, events }, ledger);
  await engine.close();
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the watch says of a copy of the store's file that somebody has edited behind its back. */
const watchedAfter = async (
  tamper: (database: DatabaseSync) => void,
  against: Evidence = evidence,
): Promise<readonly Watched[]> => {
  const path = join(folder, `${crypto.randomUUID()}.sqlite`);
  await copyFile(storePath(folder), path);
  const database = new DatabaseSync(path);
  database.exec("drop trigger events_are_never_changed; drop trigger events_are_never_removed");
  tamper(database);
  database.close();
  const reader = openSqliteReader(path);
  const keys = openKeysToRead(folder);
  try {
    return await watchIntegrity(openedReader(reader, keys), against);
  } finally {
    keys.close();
    reader.close();
  }
};

const found = (event: StoredEvent, kind: string) =>
  expect.objectContaining({ kind, event: expect.objectContaining({ id: event.id }) });

const position = ({ position: at }: StoredEvent): number => Number(at);

describe("the integrity watch on the store's own file", () => {
  it("finds nothing wrong with what was signed, and counts what came after", async () => {
    const watched = await watchedAfter(() => undefined);
    expect(watched).toMatchObject([{ inspection, checkpoints: 1, tampering: [] }]);
    expect(watched[0]!.unsigned).toBeGreaterThan(0);
    expect(integrityInWords(watched)).toBe(
      "The store holds what 1 signed checkpoints over 1 inspections say.",
    );
  });

  it("names a judgement whose answer was turned round", async () => {
    const judgement = events.find(
      ({ type, data }) => type === "JudgementRecorded" && data["answer"] === "yes",
    )!;
    const [watched] = await watchedAfter((database) => {
      database
        .prepare("update events set data = replace(data, '\"yes\"', '\"no\"') where position = ?")
        .run(position(judgement));
    });
    expect(watched?.tampering).toMatchObject([
      { kind: "checkpoint-broken" },
      { kind: "changed", event: { id: judgement.id } },
    ]);
    expect(integrityInWords([watched!])).toContain(
      `TAMPERED ${inspection}: changed: JudgementRecorded ${judgement.id}`,
    );
  });

  it("names an event that is gone", async () => {
    const last = events.findLast(({ type }) => type === "AssessmentConfirmed")!;
    const [watched] = await watchedAfter((database) => {
      database.prepare("delete from events where position = ?").run(position(last));
    });
    expect(watched?.tampering).toContainEqual(found(last, "missing"));
  });

  it("names an event that was moved to another place", async () => {
    const moved = events.find(({ type }) => type === "PanelConvened")!;
    const later = events.find(({ type }) => type === "DraftSent")!;
    const [watched] = await watchedAfter((database) => {
      const move = database.prepare("update events set position = ? where position = ?");
      move.run(-1, position(moved));
      for (let at = position(moved) + 1; at <= position(later); at += 1) move.run(at - 1, at);
      move.run(position(later), -1);
    });
    expect(watched?.tampering).toContainEqual(found(moved, "reordered"));
  });

  /** A copy of that event at the place behind it, under an id of its own. */
  const slippedIn = (event: StoredEvent, id: string) => (database: DatabaseSync) => {
    const at = position(event);
    database.exec(
      `update events set position = -position - 1 where position > ${at};
       update events set position = -position where position < 0;
       insert into events select ${at} + 1, stream, 9999, '${id}', type, created, json, data,
         metadata from events where position = ${at}`,
    );
  };

  it("names an event that was slipped in among recorded ones", async () => {
    const confirmed = events.find(({ type }) => type === "AssessmentConfirmed")!;
    const id = crypto.randomUUID();
    const [watched] = await watchedAfter(slippedIn(confirmed, id));
    expect(watched?.tampering).toContainEqual(
      expect.objectContaining({ kind: "added", event: expect.objectContaining({ id }) }),
    );
  });

  it("names an event whose sealed words were copied from elsewhere", async () => {
    const judged = events.find(({ type, data }) => type === "JudgementRecorded" && data["text"])!;
    const id = crypto.randomUUID();
    const [watched] = await watchedAfter(slippedIn(judged, id));
    expect(watched?.tampering).toContainEqual(
      expect.objectContaining({ kind: "added", event: expect.objectContaining({ id }) }),
    );
  });

  it("says where ratings are concluded and nothing is signed for them", async () => {
    const records = {
      ...evidence.records,
      inspections: () => Promise.resolve([]),
      read: () => Promise.resolve(undefined),
    };
    const watched = await watchedAfter(() => undefined, { ...evidence, records });
    expect(integrityInWords(watched)).toContain(
      `NOT SIGNED ${inspection}: no checkpoint stands for its ratings.`,
    );
  });
});

describe("what a start checks", () => {
  /** All that the process beside the work says. */
  const lookedBack = async (): Promise<readonly string[]> => {
    const said: string[] = [];
    const looking = lookBack(folder, evidence, (text) => said.push(text));
    await looking.begin();
    await looking.ended();
    return said;
  };
  const onStore = async <Result>(work: (store: EventStore) => Promise<Result>) => {
    const keys = openKeysToRead(folder);
    const store = sealedStore(openSqliteStore({ path: storePath(folder) }), keys);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const whatIsNew = () => onStore((store) => watchNew(folder, store, evidence));
  const kept = () => {
    const book = openCheckBook(folder);
    const found = book.all().find(({ name }) => name === `inspection-${inspection}`);
    book.close();
    return found;
  };

  it("is everything beside the work, and what is over once for each code", async () => {
    expect(await whatIsNew()).toEqual([]);
    expect(await lookedBack()).toEqual([
      "The store holds what 1 signed checkpoints over 1 inspections say.",
    ]);
    expect(kept()).toMatchObject({ over: true, concluded: true, code: codeFingerprint() });
  });

  it("is what was signed since then before anything is served", async () => {
    const state = kept()?.held;
    const database = new DatabaseSync(storePath(folder));
    const [judged, , third] = events.filter(({ type }) => type === "JudgementRecorded");
    database.exec("drop trigger events_are_never_changed; drop trigger events_are_never_removed");
    database.prepare("delete from events where position = ?").run(position(third!));
    expect(await whatIsNew()).toEqual([]);
    await evidence.records.write((await evidence.records.read(inspection))!);
    const [differing] = await whatIsNew();
    expect(differing?.tampering).toContainEqual(found(third!, "missing"));
    expect(kept()?.held).toBe(state);
    database.prepare("delete from events where position = ?").run(position(judged!));
    database.close();
    expect((await lookedBack()).join("\n")).toContain(`TAMPERED ${inspection}: missing`);
  });

  it("names a record whose inspection the store does not hold at all", async () => {
    const record = (await evidence.records.read(inspection))!;
    await evidence.records.write({ ...record, inspection: "elsewhere-2020" });
    expect((await lookedBack()).join("\n")).toContain("TAMPERED elsewhere-2020: missing");
  });

  it("says where this code reads otherwise what is over, at every start", async () => {
    await onStore(async (store) => {
      const strange = { id: crypto.randomUUID(), type: "PanelAdjourned", data: {}, metadata: {} };
      let last = -1;
      for await (const page of store.read(`panel-${inspection}`)) last = page.at(-1)!.revision;
      await store.append(`panel-${inspection}`, [strange], last);
    });
    const otherCode = openCheckBook(folder);
    otherCode.keepCode(`inspection-${inspection}`, "other code");
    otherCode.close();
    const otherwise = expect.stringContaining(`OTHERWISE ${inspection}: unreadable`) as string;
    expect(await lookedBack()).toContainEqual(otherwise);
    expect(await lookedBack()).toContainEqual(otherwise);
  });
});
