/**
 * Stores as former code wrote them, each an export under `golden/stores`. Another is added with
 * each release: run that release's `npm start` on an empty data folder, then `assay export FILE`,
 * and keep it here as DAY.ndjson.gz. None is ever changed or taken away.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { createMemoryStore } from "@assay/store/memory.ts";
import { afterAll, expect, it } from "vitest";

import { checkUpgrade } from "./check-upgrade.ts";
import { stepsToday } from "./code.ts";
import { importStore } from "./transfer.ts";

const stores = join(import.meta.dirname, "golden/stores");
const folder = mkdtempSync(join(tmpdir(), "assay-former-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opened = async (name: string) => {
  const file = join(folder, "export.ndjson");
  writeFileSync(file, gunzipSync(readFileSync(join(stores, name))));
  const store = createMemoryStore();
  const { events } = await importStore(store, file);
  return { store, events };
};

it.each(readdirSync(stores))("the store of %s goes on under this code", async (name) => {
  const { store, events } = await opened(name);
  const report = await checkUpgrade(store);
  expect(report).toEqual({ replayed: report.replayed, events, stranded: [] });
  // An inspection in each of the twelve stages, and a programme.
  expect(report.replayed).toBeGreaterThanOrEqual(13);
});

it.each(["ScheduleProposed", "PanelConvened", "ReportPublished", "InspectionAnnounced"])(
  "a former store is stranded by code that no longer reads %s",
  async (type) => {
    const { store } = await opened("2026-11-30.ndjson.gz");
    const steps = stepsToday.map((step) => ({
      ...step,
      read: (event: Parameters<typeof step.read>[0]) =>
        event.type === type ? { unreadable: "a member is missing" } : step.read(event),
    }));
    const { stranded } = await checkUpgrade(store, { steps });
    expect(stranded.length).toBeGreaterThan(0);
    const kinds = stranded.flatMap(({ breaks }) => breaks.map(({ kind }) => kind));
    expect(kinds).toContain("unreadable");
  },
);
