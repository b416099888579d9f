import { describe, expect, it } from "vitest";

import { askedOf, senderOf, sendSpecimen, stageOf } from "./specimen.ts";
import { specimens } from "./specimens.ts";

describe.each(Object.entries(specimens))("%s", (_, specimen) => {
  it("records something where it is in place", () => {
    const answer = sendSpecimen(specimen, stageOf(specimen));
    expect(answer.accepted && answer.events.length).toBeGreaterThan(0);
  });

  it("is harmless when it is sent again", () => {
    const world = stageOf(specimen);
    const [by, asked] = [senderOf(specimen, world), askedOf(specimen, world)];
    world.ask(by, asked, specimen.when);
    const before = world.records.length;
    world.ask(by, asked, specimen.when);
    expect(world.records.length).toBe(before);
  });
});
