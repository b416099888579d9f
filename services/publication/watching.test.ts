import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createMemoryBus } from "@assay/bus/memory.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { recordCopy } from "@assay/host/copies.ts";
import type { Beside } from "@assay/host/definition.ts";
import { createLog } from "@assay/host/log.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { originOf } from "@assay/ledger/checkpoint.ts";
import {
  authority,
  inspection,
  keyring,
  storyCheckpoints,
  storyEvents,
} from "@assay/ledger/golden/story.ts";
import { recordOf } from "@assay/ledger/integrity.ts";
import { logOf } from "@assay/ledger/log.ts";
import { openRecordFolder, type RecordFolder } from "@assay/ledger/record-folder.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { afterAll, expect, it } from "vitest";

import { watching } from "./watching.ts";

const at = "2026-11-23T09:00:00.000Z" as Instant;
const later = "2026-11-24T09:00:00.000Z" as Instant;
const log = createLog({ service: "test", level: "silent" });
const folder = mkdtempSync(join(tmpdir(), "assay-watching-"));
afterAll(() => rmSync(folder, { recursive: true }));

const begunOn = async (records: RecordFolder) => {
  const store = createMemoryStore();
  const evidence = { keyring, records };
  const begin = () => watching({ store, evidence, log }).begin!(createMemoryBus());
  return { store, begin };
};

const toldBy = async (beside: Beside): Promise<string> => {
  const metrics = createMetrics();
  beside.measure!(metrics);
  return metrics.registry.metrics();
};

it("tells how old the newest copies are, and that there are none on record", async () => {
  const { store, begin } = await begunOn(await openRecordFolder(join(folder, "none")));
  const first = begin();
  await expect.poll(() => first.neighbours!()).toMatchObject({ integrity: "ok" });
  expect(first.neighbours!()).toMatchObject({ "copy of the keys": "none on record" });
  expect(await toldBy(first)).toContain("assay_integrity_broken 0");
  await first.close();
  await recordCopy(store, "keys", at);
  await recordCopy(store, "data", at);
  await recordCopy(store, "keys", later);
  const second = begin();
  await expect
    .poll(() => second.neighbours!())
    .toMatchObject({ "copy of the data": at, "copy of the keys": later });
  const seconds = Date.parse(later) / 1000;
  expect(await toldBy(second)).toContain(`assay_copied_timestamp_seconds{of="keys"} ${seconds}`);
  await second.close();
});

it("tells when what was signed is not stored", async () => {
  const signed = logOf(inspection, storyEvents());
  const checkpoints = storyCheckpoints(signed);
  const records = await openRecordFolder(join(folder, "signed"));
  await records.write(recordOf(signed, { origin: originOf(authority, inspection), checkpoints }));
  const { begin } = await begunOn(records);
  const beside = begin();
  await expect.poll(() => beside.neighbours!()).toMatchObject({ integrity: "broken" });
  expect(await toldBy(beside)).toContain("assay_integrity_broken 1");
  await beside.close();
});
