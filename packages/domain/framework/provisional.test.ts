import { describe, expect, it } from "vitest";

import { underKind } from "./kind.ts";
import { provisionalIn, provisionalOn } from "./provisional.ts";
import { youthJustice2025 } from "./shipped.ts";

const said = (at: string, framework = youthJustice2025) => ({
  ...framework,
  provisional: [{ at: [at], what: "It", why: "Because" }],
});
const subjects = [
  ...youthJustice2025.standards.map(({ code }) => code),
  ...youthJustice2025.domains.map(({ number }) => String(number)),
  "overall",
];
const marked = (at: string, framework = youthJustice2025): readonly string[] =>
  subjects.filter((subject) => provisionalOn(said(at, framework), subject).length > 0);

const onCases = youthJustice2025.standards
  .filter(({ judged }) => judged === "by-cases")
  .map(({ code }) => code);
const codeAt = (at: number): string => youthJustice2025.standards[at]!.code;

describe("a provisional setting stands beside what it decides", () => {
  it.each([
    ["standards.0.label", [codeAt(0), "overall"]],
    ["standards.6.combine", [codeAt(6), "overall"]],
    ["overall.combine", ["overall"]],
    ["caseBands.ratings", [...onCases, codeAt(6), "overall"]],
    ["ruleset.rounding", [...onCases, codeAt(6), "overall"]],
    ["ruleset.discretion.withinPoints", [...onCases, "overall"]],
    ["populations.0.windows", [...onCases, "overall"]],
    ["populations.1", [codeAt(6), "overall"]],
    ["ruleset.timetable", []],
    ["requests", []],
    ["from", []],
  ])("%s", (at, expected) => {
    expect(marked(at)).toEqual(expected);
  });

  it("beside a domain's rating, too, and beside an overall rating that is made of domains", () => {
    const { scale } = youthJustice2025.standards[0]!;
    const domains = youthJustice2025.domains.map((domain) => ({
      ...domain,
      rating: { scale, combine: { by: "lowest" as const } },
    }));
    const overall = { ...youthJustice2025.overall!, of: "domains" as const };
    const graded = { ...youthJustice2025, domains, overall };
    expect(marked("standards.6", graded)).toEqual([
      codeAt(6),
      String(youthJustice2025.standards[6]!.domain),
      "overall",
    ]);
    expect(marked("domains.1.rating.combine", graded)).toEqual(["2", "overall"]);
  });
});

it("follows a standard to its place under a kind of inspection, and goes with one left out", () => {
  const under = (at: string) => underKind(said(at), "children-and-victims");
  expect(provisionalOn(under("standards.6.combine"), codeAt(6))).toHaveLength(1);
  expect(provisionalOn(under("standards.6.combine"), codeAt(3))).toEqual([]);
  expect(under("standards.0").provisional).toEqual([]);
  expect(under("domains.1").provisional).toMatchObject([{ at: ["domains.0"] }]);
  expect(under("overall").provisional).toMatchObject([{ at: ["overall"] }]);
});

it("is found by the part of the document in which it stands", () => {
  expect(provisionalIn(said("ruleset.timetable.panel"), "ruleset.timetable")).toHaveLength(1);
  expect(provisionalIn(said("populations"), "populations.1")).toHaveLength(1);
  expect(provisionalIn(said("populations.10"), "populations.1")).toEqual([]);
});
