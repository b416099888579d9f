import { InspectionId } from "@assay/domain/kernel/ids.ts";
import { Day, Instant } from "@assay/domain/kernel/instants.ts";
import { addWorkingDays } from "@assay/domain/kernel/working-days.ts";
import { beforeFieldwork } from "@assay/domain/reconstruction/before-fieldwork.ts";
import { envelopeFor } from "@assay/domain/reconstruction/story.ts";
import { createLibrary } from "@assay/console/reading/library.ts";
import { owedFor, stageOf } from "@assay/console/reading/tracker.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { EventStore } from "@assay/store/port.ts";
import { expect, it } from "vitest";

import { begunAsOf, dayOf } from "./begun.ts";
import { deliver } from "./carry.ts";
import { tellBegun } from "./carry-begun.ts";
import { inStory } from "./carry-examples.ts";

const log = createLog({ service: "test", level: "silent" });
const wednesday = Instant.parse("2026-11-25T07:30:00.000Z");

const sizeOf = async (store: EventStore): Promise<number> => {
  let size = 0;
  for await (const page of store.readAll()) size += page.length;
  return size;
};

it("begins one inspection in each stage, with something for every role to do", async () => {
  await inStory({ dataDir: undefined, log }, async (story) => {
    await tellBegun(story, { examples: [], now: wednesday });
    const { store } = story.engine;
    const all = [...(await createLibrary(store).all()).values()];
    expect(new Set(all.map(stageOf))).toEqual(
      new Set(["scheduled", "announced", "sampled", "fieldwork", "panel", "report", "published"]),
    );
    const owed = all.flatMap((held) => owedFor(held, wednesday));
    for (const role of [
      "scheduler",
      "provider-user",
      "research-analyst",
      "lead-inspector",
      "inspector",
      "panel-chair",
      "chief-inspector",
      "publications-officer",
    ] as const)
      expect(owed.map(({ owner }) => owner)).toContain(role);
    expect(owed.filter(({ late }) => late).map(({ key }) => key)).toContain("send/case-list");
    for await (const page of store.readAll())
      for (const { data } of page) expect(String(data["at"]) <= wednesday).toBe(true);

    const before = await sizeOf(store);
    await tellBegun(story, { examples: [], now: wednesday });
    expect(await sizeOf(store)).toBe(before);

    // What Assay does by itself is caused by something in the inspection's own log.
    const later = Instant.parse("2027-01-25T07:30:00.000Z");
    await story.clock.moveTo(later, () => story.engine.idle());
    let chased = 0;
    for (const { inspection } of all) {
      const log = await readInspection(store, inspection);
      const known = new Set(log.flatMap(({ id, metadata }) => [id, metadata["commandId"]]));
      chased += log.filter(({ type }) => type === "RequestChased").length;
      expect(log.filter(({ metadata }) => !known.has(metadata["causationId"]))).toEqual([]);
    }
    expect(chased).toBeGreaterThan(0);
  });
});

it("leaves a store alone in which somebody has begun work of their own", async () => {
  await inStory({ dataDir: undefined, log }, async (story) => {
    const { store, bus } = story.engine;
    const [begun] = begunAsOf(Day.parse("2026-11-25"));
    const own = { ...begun!.plot, inspection: InspectionId.parse("their-own") };
    const [scheduling] = beforeFieldwork(own);
    const [line] = scheduling!.lanes.flat();
    await deliver(bus, envelopeFor(own, line!, { at: scheduling!.at, place: "0.0" }));
    await tellBegun(story, { examples: ["an-example"], now: wednesday });
    expect(await sizeOf(store)).toBe(1);
  });
});

it("tells on any day of a year, and knows afterwards for which day", () => {
  for (let day = Day.parse("2026-01-02"); day < "2027-01-02"; day = addWorkingDays(day, 9))
    for (const { plot } of begunAsOf(day))
      expect(dayOf(plot.inspection, plot.fieldwork.start)).toBe(day);
});
