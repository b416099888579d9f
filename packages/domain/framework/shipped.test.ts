import { describe, expect, it } from "vitest";

import { overallOf } from "../ratings/overall.ts";
import { finiteSize } from "../sampling/sizes.ts";
import { FrameworkDocument } from "./document.ts";
import { underKind } from "./kind.ts";
import { versionOn } from "./versions.ts";
import { youthJustice2025 as framework } from "./shipped.ts";

it("is a sound document, with every provisional setting where it says", () => {
  expect(FrameworkDocument.safeParse(framework).error?.issues ?? []).toEqual([]);
  const moved = { ...framework, provisional: [{ at: ["overall.bands"], what: "Bands", why: "?" }] };
  expect(FrameworkDocument.safeParse(moved).error?.issues).toMatchObject([
    { path: ["provisional", 0, "at", 0] },
  ]);
});

it("is in force from its first day on", () => {
  expect(versionOn("2025-03-31" as never)?.id).toBe("yos-2021");
  expect(versionOn("2025-04-01" as never)?.id).toBe(framework.id);
});

describe("its kinds of inspection", () => {
  it("rate children and victims alone, or the service too", () => {
    const codes = (kind?: string) => underKind(framework, kind).standards.map(({ code }) => code);
    expect(codes()).toEqual(["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "V1"]);
    expect(codes("children-and-victims")).toEqual(["2.1", "2.2", "2.3", "V1"]);
  });

  it("give the mean of what they rate", () => {
    const rated = { "2.1": "Good", "2.2": "Good", "2.3": "Good", V1: "Inadequate" };
    const shorter = underKind(framework, "children-and-victims");
    expect(overallOf(shorter, rated).overall).toBe("Good");
    const lower = { ...rated, "2.3": "Requires improvement" };
    expect(overallOf(shorter, lower).overall).toBe("Requires improvement");
    expect(overallOf(framework, rated).overall).toBeUndefined();
  });
});

it.each([
  ["children", 15, 14],
  ["children", 200, 91],
  ["children", 1000, 91],
  ["children", 6, 6],
  ["victims", 10, 10],
  ["victims", 400, 24],
])("draws so many of %s: of %i, %i", (name, eligible, drawn) => {
  const { size } = framework.populations.find((each) => each.name === name)!;
  if (size.by !== "confidence") throw new Error("drawn by confidence");
  expect(finiteSize(eligible, size)).toBe(drawn);
});
