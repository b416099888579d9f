import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { carry } from "./carry.ts";
import { startEngine } from "./engine.ts";
import { examplePlots } from "./examples.ts";
import { createSteppedClock } from "@assay/host/clock.ts";
import { createLog } from "@assay/host/log.ts";
import { readStream } from "@assay/host/read-inspection.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

import { integrityInWords, watchIntegrity } from "@assay/publication/integrity-watch.ts";
import { checkpointAfter, type Ledger } from "@assay/publication/ledger-keeper.ts";
import { openLedger } from "@assay/publication/publishing.ts";

let folder: string;
let ledger: Ledger;
let events: readonly StoredEvent[];
const [plot] = examplePlots();

/** A store that says what `change` makes of every event. */
const storeSaying = async (change: (event: StoredEvent) => StoredEvent[]): Promise<EventStore> => {
  const store = createMemoryStore();
  const revisions = new Map<string, number>();
  for (const event of events.flatMap(change)) {
    const revision = revisions.get(event.stream);
    await store.append(event.stream, [event], revision ?? "none");
    revisions.set(event.stream, (revision ?? -1) + 1);
  }
  return store;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-integrity-"));
  ledger = await openLedger(folder);
  const clock = createSteppedClock("2018-01-01T00:00:00.000Z" as Instant);
  const log = createLog({ service: "test", level: "silent" });
  const engine = await startEngine({ dataDir: undefined, clock, log });
  await carry({ engine, clock, plots: [plot!] });
  const all: StoredEvent[] = [];
  for await (const page of engine.store.readAll()) all.push(...page);
  const published = (await readStream(engine.store, `publication-${plot!.inspection}`)).find(
    ({ type }) => type === "ReportPublished",
  );
  await checkpointAfter(published!, { inspection: plot!.inspection, events: all }, ledger);
  events = all;
  await engine.close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it("finds nothing wrong with a store that says what was signed", async () => {
  const watched = await watchIntegrity(await storeSaying((event) => [event]), ledger);
  expect(integrityInWords(watched)).toBe(
    "The store holds what 1 signed checkpoints over 1 inspections say.",
  );
});

it("names a judgement that was changed", async () => {
  const judgement = events.find(({ type }) => type === "JudgementRecorded")!;
  const changed = await storeSaying((event) =>
    event.id === judgement.id ? [{ ...event, data: { ...event.data, answer: "no" } }] : [event],
  );
  const [watched] = await watchIntegrity(changed, ledger);
  expect(watched?.tampering).toMatchObject([
    { kind: "checkpoint-broken" },
    { kind: "changed", event: { id: judgement.id } },
  ]);
});

it("names an event that is gone", async () => {
  const last = events.findLast(({ type }) => type === "AssessmentConfirmed")!;
  const shorter = await storeSaying((event) => (event.id === last.id ? [] : [event]));
  const [watched] = await watchIntegrity(shorter, ledger);
  expect(watched?.tampering).toContainEqual(
    expect.objectContaining({ kind: "missing", event: expect.objectContaining({ id: last.id }) }),
  );
});
