import { expect, it } from "vitest";

import { everyPhase } from "../kernel/chart.ts";
import { lifecycleChart, type LifecyclePhase, lifecycleStages } from "./machine.ts";
import { stageOf } from "./stage.ts";

const phases = everyPhase(lifecycleChart) as readonly LifecyclePhase[];
const named = (part: string | object): string =>
  typeof part === "string" ? part : Object.entries(part).flat().join(".");
const standing = ["known", "kept", "under-way"];

it.each([
  ["active", standing],
  ["postponed", ["known", "kept"]],
  ["cancelled", ["known"]],
])("what is %s is, at any stage, no more than that", (name, tags) => {
  const found = phases.filter(({ value }) => value.standing === name);
  expect(found.length).toBeGreaterThan(8);
  for (const phase of found)
    expect(standing.filter((tag) => phase.tags.has(tag as never))).toEqual(tags);
});

it("says at each stage what commands may ask of it", () => {
  const told = phases
    .filter(({ value }) => value.standing === "active")
    .map(({ value, tags }): readonly [string, string] => [
      named(value.progress),
      [...tags]
        .filter((tag) => !standing.includes(tag))
        .toSorted()
        .join(" "),
    ]);
  const before = "before-fieldwork before-panel";
  const after = "announced in-fieldwork rateable ready";
  expect(Object.fromEntries(told)).toEqual({
    scheduled: `${before} unpublished`,
    "announced.awaited": `announced ${before} unpublished`,
    "announced.ready": `announced ${before} ready unpublished`,
    "sampled.drawn": `announced ${before} unpublished`,
    "sampled.notified": `announced ${before} ready unpublished`,
    fieldwork: "announced before-panel in-fieldwork ready unpublished",
    panel: `${after} unpublished`,
    report: `${after} unpublished`,
    published: after,
    closed: after,
  });
});

/** The fact that leads to each stage. */
const leading = {
  announced: "InspectionAnnounced",
  sampled: "SampleDrawn",
  fieldwork: "FieldworkOpened",
  panel: "FieldworkClosed",
  report: "RatingsConcluded",
  published: "ReportPublished",
  closed: "InspectionClosed",
} as const;

it("goes forwards only, whatever fact arrives late", () => {
  for (const phase of phases.filter(({ value }) => value.standing === "active")) {
    const here = lifecycleStages.indexOf(stageOf(phase) as never);
    for (const [stage, type] of Object.entries(leading)) {
      const there = lifecycleStages.indexOf(stage as never);
      const next = lifecycleChart.next(phase, { type });
      expect(stageOf(next), `${type} at ${stageOf(phase)}`).toBe(
        lifecycleStages[Math.max(here, there)],
      );
      if (there <= here) expect(next).toBe(phase);
    }
  }
});

it("is ready for fieldwork once its sample is notified, or is not required", () => {
  const after = (...types: readonly string[]): LifecyclePhase =>
    types.reduce<LifecyclePhase>(
      (phase, type) => lifecycleChart.next(phase, { type }),
      lifecycleChart.initial,
    );
  const announced = ["InspectionScheduled", "InspectionAnnounced"];
  expect(after(...announced).hasTag("ready")).toBe(false);
  expect(after(...announced, "SampleNotRequired").hasTag("ready")).toBe(true);
  expect(after(...announced, "SampleDrawn").hasTag("ready")).toBe(false);
  expect(after(...announced, "SampleDrawn", "SampleNotified").hasTag("ready")).toBe(true);
});
