import { describe, expect, it } from "vitest";

import { stages, worldAt } from "./stages.ts";
import { plainStory } from "./story.ts";

describe("a story", () => {
  it.each(["yos-2018", "yos-2021"] as const)("comes to its end under %s", (framework) => {
    const story = { ...plainStory, framework };
    expect(worldAt("closed", story).facts("publication").at(-1)?.type).toBe("InspectionClosed");
  });

  it("has more facts at each stage than at the one before", () => {
    const counts = stages.map((stage) => worldAt(stage).records.length);
    expect(counts.slice(1).every((count, i) => count > counts[i]!)).toBe(true);
  });

  it("goes on in a fork without touching the world that it came from", () => {
    const world = worldAt("signed");
    const before = world.records.length;
    world.fork().moveTo("2021-09-01T09:00:00.000Z");
    expect(world.records.length).toBe(before);
  });
});
