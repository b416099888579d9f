import { cpSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { assay } from "@assay/domain/kernel/actor.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { compareAccessLog, watchAccessLog } from "./access-heads.ts";
import { AccessEntry, openAccessLog } from "./access-log.ts";
import { askOfAside, readAsides } from "./aside-book.ts";
import { createLog } from "./log.ts";

const signer = signerFrom("access-log", Buffer.alloc(32, 9).toString("base64"));
const log = createLog({ service: "t", level: "silent" });
const at = "2026-11-25T09:00:00.000Z" as Instant;
const clock = { now: () => at };

const entry = AccessEntry.parse({
  ...{ at, act: "looked", person: "iris", role: "inspector", what: "/inspections", status: 200 },
  ...{ correlationId: "3f0c6f3a-6f0a-4a9e-8d5e-4d5f1f0c9b11", from: "127.0.0.1" },
});

describe("an access log beside its store", () => {
  let folder: string;
  let file: string;
  let store: EventStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-heads-"));
    file = join(folder, "access-log.sqlite");
    store = createMemoryStore();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A start, so many requests, and an end. */
  const session = async (requests = 0, notedIn = file): Promise<void> => {
    const accessLog = openAccessLog({ file: notedIn, signer });
    const watched = { accessLog, file, store, clock, log };
    await compareAccessLog(watched);
    await Promise.all(Array.from({ length: requests }, () => accessLog.note(entry)));
    await watchAccessLog(watched).stop();
    accessLog.close();
  };
  const found = async (): Promise<readonly string[]> =>
    (await readAsides(store)).map(({ reason }) => reason.replace(/ Bring.*/, ""));
  const copy = (from: string, to: string): void => {
    for (const end of ["", "-wal", "-shm"]) rmSync(`${to}${end}`, { force: true });
    cpSync(from, to);
  };

  it("is the same after it went on, and its heads are few", async () => {
    for (const requests of [3, 0, 5]) await session(requests);
    expect(await found()).toEqual([]);
    const heads = [];
    for await (const page of store.read("office-access-logs")) heads.push(...page);
    expect(heads.map(({ data }) => data["size"])).toEqual([3, 8]);
  });

  it("is told where it was put back to an earlier day, until the right one is back", async () => {
    await session(3);
    copy(file, join(folder, "earlier"));
    await session(4);
    copy(file, join(folder, "right"));
    copy(join(folder, "earlier"), file);
    for (const requests of [1, 1]) await session(requests);
    expect(await found()).toEqual([
      `the access log in ${file} has 3 entries, and its first 7 entries were signed by ${at}: it ` +
        "was put back to an earlier day, or lost what was written last, as when its -wal is missing.",
    ]);
    copy(join(folder, "right"), file);
    await session(1);
    expect(await found()).toEqual([]);
  });

  it("is told where it has other entries, and goes on once somebody accepted that", async () => {
    await session(3);
    copy(file, join(folder, "earlier"));
    await session(4);
    copy(join(folder, "earlier"), file);
    const alone = openAccessLog({ file, signer });
    await Promise.all(Array.from({ length: 9 }, () => alone.note(entry)));
    alone.close();
    await session();
    expect(await found()).toEqual([
      `the access log in ${file} has other entries than those that were signed by ${at}.`,
    ]);
    const [{ item } = { item: "" }] = await readAsides(store);
    const asked = {
      service: "console",
      item,
      at,
      by: assay,
      act: "skip",
      reason: "burnt",
    } as const;
    expect(await askOfAside(store, asked)).toBe(true);
    for (const requests of [2, 2]) await session(requests);
    expect(await found()).toEqual([]);
  });

  it("is told where it is gone and another one was begun, and where the right one is back", async () => {
    await session(3);
    renameSync(file, join(folder, "right"));
    for (const requests of [1, 1]) await session(requests);
    expect(await found()).toEqual([
      `the access log in ${file} is gone: its first 3 entries were signed by ${at}, and another ` +
        "one was begun there.",
    ]);
    copy(join(folder, "right"), file);
    await session();
    expect(await found()).toEqual([]);
  });

  it("is no other one because a second console has its own", async () => {
    const accessLog = openAccessLog({ file: join(folder, "second"), signer });
    await session(2);
    await accessLog.note(entry);
    await compareAccessLog({ accessLog, file: join(folder, "second"), store, clock, log });
    accessLog.close();
    await session(2);
    expect(await found()).toEqual([]);
  });
});
