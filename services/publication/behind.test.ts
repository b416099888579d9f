import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createMemoryBus } from "@assay/bus/memory.ts";
import { eventsOf } from "@assay/spec/logged.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { afterAll, expect, it } from "vitest";

import { openLedger, publishing, recordsFolder } from "./publishing.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-behind-"));
afterAll(() => rmSync(folder, { recursive: true }));

const world = worldAt("concluded");
const bus = createMemoryBus();

const openedOn = async (store: ReturnType<typeof createMemoryStore>) => {
  const ledger = await openLedger(folder);
  const [publisher] = publishing(folder, ledger)(store);
  return { publisher: publisher!, record: () => ledger.records.read(world.inspection) };
};

it("signs again what a ledger from an earlier day lacks, though everything was handled", async () => {
  const store = createMemoryStore();
  for (const { stream, revision, id, type, data, metadata } of eventsOf(world)) {
    const event = { id, type, data, metadata: { ...metadata } };
    await store.append(stream, [event], revision === 0 ? "none" : revision - 1);
  }
  const events: StoredEvent[] = [];
  for await (const page of store.readAll()) events.push(...page);
  const first = await openedOn(store);
  const drawn = events.findIndex(({ type }) => type === "NonceRevealed");
  const handle = async (some: readonly StoredEvent[]): Promise<void> => {
    for (const event of some) await first.publisher.react(event, bus, event.position);
  };
  await handle(events.slice(0, drawn + 1));
  cpSync(recordsFolder(folder), join(folder, "copy"), { recursive: true });
  await handle(events.slice(drawn + 1));
  const whole = await first.record();
  expect(whole!.checkpoints.length).toBeGreaterThan(5);

  for (const copy of [join(folder, "copy"), undefined]) {
    rmSync(recordsFolder(folder), { recursive: true });
    if (copy) cpSync(copy, recordsFolder(folder), { recursive: true });
    const again = await openedOn(store);
    const beside = again.publisher.begin?.(bus);
    // Something that calls for no checkpoint comes once what is missing has been signed.
    const next = { ...events[0]!, id: randomUUID(), type: "InspectionRescheduled" };
    await again.publisher.react(next, bus, next.position);
    expect(await again.record()).toEqual(whole);
    await beside?.close();
  }
});
