import { people, service, team } from "@assay/spec/people.ts";
import { fieldworkDays, nonce } from "@assay/spec/story.ts";
import { createWorld } from "@assay/spec/world.ts";
import { describe, expect, it } from "vitest";

import { commitmentTo } from "../sampling/stream.ts";
import { inspectionUnder } from "./decide.ts";

const schedule = {
  type: "ScheduleInspection",
  service,
  framework: "yos-2018",
  fieldwork: fieldworkDays,
  team,
} as const;

describe("a framework version that is no longer known", () => {
  it("cannot be announced under, nor do new days follow from it", () => {
    const world = createWorld();
    world.tell(people.scheduler, { ...schedule });
    const rules = inspectionUnder([]);
    const fact = world.facts("inspection")[0]!;
    const state = rules.evolve(rules.initial, fact as Parameters<typeof rules.evolve>[1]);
    const { at, by } = fact;
    const announce = { type: "AnnounceInspection", at, by: people.scheduler, recipients: [] };
    const command = { ...announce, inspection: world.inspection, commitment: commitmentTo(nonce) };
    expect(by).toEqual(people.scheduler);
    const moved = { ...command, type: "RescheduleInspection", fieldwork: fieldworkDays };
    expect(rules.decide(moved as Parameters<typeof rules.decide>[0], state, [])).toMatchObject({
      refusal: { reason: "UnknownFramework", known: [] },
    });
    expect(rules.decide(command as Parameters<typeof rules.decide>[0], state, [])).toMatchObject({
      refusal: { reason: "UnknownFramework", known: [] },
    });
  });
});
