import { people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { plainStory } from "@assay/spec/story.ts";
import { describe, expect, it } from "vitest";

import { isIsbn } from "./isbn.ts";

const { lead } = people;
const point = { type: "MakePoint", point: "p-1", kind: "strength", about: "2.1.2" } as const;

describe("points of a report", () => {
  it("are about a standard or question of this inspection, and can be withdrawn once", () => {
    const world = worldAt("drafted", plainStory);
    const made = { ...point, wording: "Safety is seen to." };
    const withdrawn = { type: "WithdrawPoint", point: "p-1", reason: "It is not." } as const;
    expect(world.ask(lead, { ...made, about: "9.9" })).toMatchObject({
      refusal: { reason: "UnknownStandard", standard: "9.9" },
    });
    expect(world.ask(lead, withdrawn)).toMatchObject({ refusal: { reason: "NoPoints" } });
    world.tell(lead, made);
    expect(world.ask(lead, { ...withdrawn, point: "p-2" })).toMatchObject({
      refusal: { reason: "UnknownPoint", point: "p-2" },
    });
    world.tell(lead, { ...made, about: "1.1" });
    world.tell(lead, withdrawn);
    expect(world.facts("publication").slice(-3)).toMatchObject([
      { type: "PointMade", point: "p-1", about: "2.1.2" },
      { type: "PointMade", point: "p-1", about: "1.1" },
      { type: "PointWithdrawn", point: "p-1" },
    ]);
  });

  it("refer to nothing that is not on record", () => {
    const world = worldAt("drafted", plainStory);
    expect(world.ask(lead, { ...point, wording: "It is {{9.9 rating}}." })).toMatchObject({
      refusal: {
        reason: "CannotBeSet",
        findings: [{ place: "This point, line 1", problem: expect.stringContaining("no 9.9") }],
      },
    });
  });
});

it.each([
  ["978-0-306-40615-7", true],
  ["0-306-40615-2", true],
  ["0 8044 2957 X", true],
  ["978-0-306-40615-8", false],
  ["0-306-40615-3", false],
  ["9780306406", false],
])("the ISBN %s is right: %s", (written, right) => expect(isIsbn(written)).toBe(right));
