import { keyringOf, signerFrom } from "@assay/ledger/keys.ts";
import type { LogRecord } from "@assay/ledger/integrity.ts";
import { eventsOf } from "@assay/spec/logged.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { expect, it } from "vitest";

import { checkpointsOf } from "./checkpoints.ts";

const keyring = keyringOf(signerFrom("assay.example", Buffer.alloc(32, 1).toString("base64")));

/** A published inspection in a store, event by event, and what is signed on the way. */
const told = async () => {
  const store = createMemoryStore();
  const events = eventsOf(worldAt("published"));
  for (const { stream, revision, id, type, data, metadata } of events) {
    const event = { id, type, data, metadata: { ...metadata } };
    await store.append(stream, [event], revision === 0 ? "none" : revision - 1);
  }
  let record: LogRecord | undefined;
  const records = {
    inspections: async () => [],
    read: async () => record,
    write: async (next: LogRecord) => {
      if (disk.full) throw new Error("no room");
      record = next;
    },
  };
  const disk = { full: false };
  const waiting = { signature: new Set<string>(), witness: new Set<string>() };
  const stored: StoredEvent[] = [];
  for await (const page of store.readAll()) stored.push(...page);
  const sign = checkpointsOf(store, { keyring, records, waiting });
  return { stored, sign, waiting, disk, record: () => record };
};

const stagesIn = (record: LogRecord | undefined) => record?.checkpoints.map(({ stage }) => stage);

it("signs from the announcement on, each day of fieldwork among them", async () => {
  const { stored, sign, record } = await told();
  for (const event of stored) await sign(event);
  const stages = stagesIn(record())!;
  expect(stages.slice(0, 3)).toEqual(["announced", "list-received", "sample-drawn"]);
  expect(stages.slice(-5)).toEqual([
    "fieldwork-closed",
    "panel-convened",
    "ratings-concluded",
    "signed-off",
    "published",
  ]);
  const days = stored.filter(({ stream }) => /^(fieldwork|assessment)-/.test(stream));
  const distinct = new Set(days.map(({ data }) => String(data["at"]).slice(0, 10)));
  expect(stages.filter((stage) => stage === "fieldwork-day")).toHaveLength(distinct.size - 1);
});

it("signs nothing twice, and nothing late that is covered already", async () => {
  const { stored, sign, record } = await told();
  const concluded = stored.find(({ type }) => type === "RatingsConcluded")!;
  await sign(concluded);
  expect(stagesIn(record())).toEqual(["ratings-concluded"]);
  for (const event of stored) await sign(event);
  expect(stagesIn(record())).toEqual(["ratings-concluded", "signed-off", "published"]);
});

it("counts what waits for its signature until it is kept", async () => {
  const { stored, sign, waiting, disk } = await told();
  const concluded = stored.find(({ type }) => type === "RatingsConcluded")!;
  disk.full = true;
  await expect(sign(concluded)).rejects.toThrow("no room");
  expect([...waiting.signature]).toEqual([concluded.id]);
  disk.full = false;
  await sign(concluded);
  expect([...waiting.signature]).toEqual([]);
});
