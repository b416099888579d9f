import { draw } from "@assay/spec/before-fieldwork.ts";
import { people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { plainRows, plainStory } from "@assay/spec/story.ts";
import { expect, it } from "vitest";

import { beforeDraw, listToDrawFrom } from "./before-draw.ts";
import { heldIn } from "../contract/held-in.ts";
import type { Viewer } from "./viewer.ts";

const rows = plainRows.map((row, at) => {
  if (at === 0) return { ...row, restricted: true };
  return at === 1 ? { ...row, disposalDay: "2019-01-01" } : row;
});
const sizes = { court: { size: 5, reason: "Agreed with the service." } };
const analyst: Viewer = { kind: "person", actor: people.analyst, name: "Analyst" };

it("tells before a draw exactly what is drawn from then", () => {
  const world = worldAt("listed", { ...plainStory, rows });
  const told = (all = beforeDraw(heldIn(world))) =>
    all?.map(({ name, size, eligible }) => ({ name, size, eligible }));
  const before = beforeDraw(heldIn(world))!;
  expect(before.map(({ because }) => because)).toEqual([
    expect.stringContaining("/ 6), rounded up: "),
    expect.stringContaining("cases of Court"),
  ]);
  expect(before[0]?.excluded).toEqual([
    "1 case left out, because its record may not be read",
    "1 case left out, because its day is outside the window",
  ]);
  const list = listToDrawFrom(heldIn(world), analyst, before);
  expect(list.map(({ stands }) => stands)).toEqual([
    "Left out: its record may not be read",
    "Left out: its day is outside the window",
    ...rows.slice(2).map(() => "May be drawn"),
  ]);
  const expected = told();
  draw(world);
  const held = heldIn(world);
  expect(beforeDraw(held)).toBeUndefined();
  const drawn = Object.entries(held.announcement.draw!.populations).map(([name, part]) => ({
    ...{ name, size: part.sample.length, eligible: part.eligible },
  }));
  expect(drawn).toEqual(expected);
});

it("tells a size that was set with its reason", () => {
  const world = worldAt("announced");
  world.tell(people.analyst, { type: "SetSampleSizes", overrides: sizes });
  world.tell(people.provider, { type: "SubmitCaseList", rows: plainRows });
  const [court] = beforeDraw(heldIn(world))!;
  expect(court?.size).toBe(5);
  expect(court?.because).toContain("Set to 5: Agreed with the service.");
});

it("tells nothing of a list that has not come, or whose references the viewer may not know", () => {
  expect(beforeDraw(heldIn(worldAt("announced")))).toBeUndefined();
  const held = heldIn(worldAt("listed"));
  const publicly: Viewer = { kind: "public" };
  expect(listToDrawFrom(held, publicly, beforeDraw(held)!)).toEqual([]);
});
