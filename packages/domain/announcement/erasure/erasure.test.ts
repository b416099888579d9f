import { people } from "@assay/spec/people.ts";
import { type Refusals, testRefusals } from "@assay/spec/refusals.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { reconstructedStory } from "@assay/spec/story.ts";
import { describe, expect, it } from "vitest";

import { dayInEngland } from "../../kernel/instants.ts";
import type { ErasureRefusal } from "./commands.ts";

const erase = {
  type: "EraseCase",
  of: "c0001",
  ground: "legal-obligation",
  reason: "A court ordered it.",
} as const;

const table: Refusals<ErasureRefusal> = {
  NotOnTheCaseList: [
    { at: "scheduled", by: people.head, ask: erase, says: { case: "c0001" } },
    { at: "closed", by: people.head, ask: { ...erase, of: "c9999" } },
  ],
  StillKept: [
    {
      at: "concluded",
      by: people.head,
      ask: { type: "EraseCaseWords" },
      says: { until: "publication" },
    },
    { at: "closed", by: people.head, ask: { type: "EraseCaseList" } },
    {
      at: "closed",
      story: reconstructedStory,
      by: people.head,
      ask: { type: "EraseCaseWords" },
      when: "2040-01-01T00:00:00.000Z",
    },
  ],
};

testRefusals(table);

describe("one case", () => {
  it("is erased on another ground too, at any time, each ground once", () => {
    const world = worldAt("listed");
    const again = { ...erase, reason: "The family asked as well." } as const;
    const recorded = (asked: typeof erase | typeof again) => world.tell(people.head, asked).length;
    expect([erase, erase, again, again].map(recorded)).toEqual([1, 0, 1, 0]);
    world.tell(people.head, { type: "CancelInspection", reason: "Another inquiry goes first." });
    world.moveTo("2026-01-01T00:00:00.000Z");
    expect(world.facts("erasure").map(({ type }) => type)).toEqual([
      "CaseErased",
      "CaseErased",
      "CaseListErased",
      "CaseWordsErased",
    ]);
    expect(world.tell(people.head, { ...erase, of: "c0002" })).toHaveLength(1);
  });
});

describe("the time for keeping", () => {
  it("ends by itself, first for the case list, then for the words", () => {
    const world = worldAt("closed");
    const published = dayInEngland(
      world.facts().find(({ type }) => type === "ReportPublished")!.at,
    );
    world.moveTo("2026-01-01T00:00:00.000Z");
    const erased = world.facts("erasure");
    const until = (years: number): string =>
      `${Number(published.slice(0, 4)) + years}${published.slice(4)}`;
    expect(erased).toMatchObject([
      { type: "CaseListErased", by: { role: "system" }, keptMonths: 12 },
      { type: "CaseWordsErased", by: { role: "system" }, keptMonths: 24 },
    ]);
    expect(erased.map(({ at }) => at.slice(0, 10))).toEqual([until(1), until(2)]);
    expect(world.owed().filter(({ key }) => key.startsWith("erase/"))).toEqual([]);
  });

  it("is counted from the cancellation where nothing was published", () => {
    const world = worldAt("opened");
    world.tell(people.head, { type: "CancelInspection", reason: "Another inquiry goes first." });
    world.moveTo("2026-01-01T00:00:00.000Z");
    expect(world.facts("erasure").map(({ type }) => type)).toEqual([
      "CaseListErased",
      "CaseWordsErased",
    ]);
  });

  it("does not run for made-up cases", () => {
    const world = worldAt("closed", reconstructedStory);
    world.moveTo("2040-01-01T00:00:00.000Z");
    expect(world.facts("erasure")).toEqual([]);
  });
});
