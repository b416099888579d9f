import { rmSync } from "node:fs";
import { join } from "node:path";

import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { afterEach, beforeEach, expect, it } from "vitest";

import { lastPosition } from "./subscription.ts";
import { friday, Stage } from "./contract/vigil-stage.ts";
import { vigilService } from "./contract/vigil.ts";

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});
afterEach(() => stage.close());

const told = async (): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of stage.store.readAll()) events.push(...page);
  return events;
};

/** A store with these events, as they were. */
const storeOf = async (events: readonly StoredEvent[]): Promise<EventStore> => {
  const store = createMemoryStore();
  for (const { stream, revision, id, type, data, metadata } of events)
    await store.append(
      stream,
      [{ id, type, data, metadata }],
      revision === 0 ? "none" : revision - 1,
    );
  return store;
};

const threeFacts = async (): Promise<readonly StoredEvent[]> => {
  const service = await stage.start();
  await stage.openVigil(friday);
  for (const name of ["ada", "ben"]) await stage.joinVigil(name);
  await stage.idle();
  await stage.stop(service);
  return told();
};

it("is refused in words: a store of an earlier day, one without its end, another one", async () => {
  const events = await threeFacts();
  const others = { ...events[2]!, id: "0d5a3a0e-6a52-4b8c-9a53-6f1f5a0c0002" };
  for (const held of [events.slice(0, 2), [], [...events.slice(0, 2), others]]) {
    const store = await storeOf(held);
    await expect(stage.start(vigilService, { store })).rejects.toMatchObject({
      code: "other-store",
      message: expect.stringMatching(/vigil\.sqlite was made from panel-p1@2, .*-wal/) as string,
    });
  }
});

it("is the same store when it went on, and another may be begun with where that is meant", async () => {
  const events = await threeFacts();
  const same = await stage.start(vigilService, { store: await storeOf(events) });
  await stage.stop(same);
  for (const end of ["", "-wal", "-shm"])
    rmSync(join(stage.dataDir, `vigil.sqlite${end}`), { force: true });
  const store = await storeOf(events.slice(0, 2));
  const anew = await stage.start(vigilService, { store });
  await anew.settled();
  expect(anew.database.position("reactor")).toBe(await lastPosition(store, undefined));
});
