import { describe, expect, it } from "vitest";

import { document2018 } from "./shipped.ts";
import { populationsOfFormat1 } from "./format-1-cases.ts";
import { columnsOfFormat1 } from "./format-1.ts";
import { kindOf, populationIn, populationNamed, rowsToldApart } from "./populations.ts";

const settings = {
  columns: columnsOfFormat1,
  populations: populationsOfFormat1(document2018.ruleset.sampling),
};

describe("a row", () => {
  it("belongs to the first population whose condition it meets", () => {
    expect(populationIn(settings, { disposal: "section-250" })).toBe("court");
    expect(populationIn(settings, { disposal: "youth-caution" })).toBe("outOfCourt");
    const [, outOfCourt] = settings.populations;
    const one = { populations: [outOfCourt!] };
    expect(populationIn(one, { disposal: "section-250" })).toBeUndefined();
  });

  it("is called by what tells its population from others", () => {
    expect(kindOf(settings, { disposal: "youth-caution", gender: "male" })).toBe("Youth caution");
    expect(kindOf(settings, {})).toBe("");
  });
});

it("a population that a framework does not have is no population", () => {
  expect(() => populationNamed(settings, "victims")).toThrow("there is no population victims");
});

it("rows are told apart by the columns that conditions ask about", () => {
  const conditions = [
    { name: "restricted", equals: true },
    { not: { name: "rosh", equals: "low" } },
    { name: "ageBand", equals: "10-14" },
  ];
  const rows = rowsToldApart(columnsOfFormat1, conditions);
  expect(rows).toHaveLength(10);
  expect(rows).toContainEqual({ rosh: "very-high", restricted: false });
});
