import { describe, expect, it } from "vitest";

import { compareFrameworks } from "./compare.ts";
import type { Framework } from "./document.ts";
import { knownById } from "./versions.ts";

const one = knownById("yos-2021")!.framework;
const changed = (change: (document: any) => void): Framework => {
  const document = structuredClone(one);
  change(document);
  return document;
};

describe("two frameworks", () => {
  it("that are the same do not differ", () => {
    expect(compareFrameworks(one, structuredClone(one))).toEqual([]);
  });

  it("differ where a part is added, removed or says something else, and nowhere else", () => {
    const [first, second] = one.standards;
    const other = changed((document) => {
      document.standards.splice(0, 1);
      document.standards[0].label = "Otherwise";
      document.scales[0].grades.push({ label: "Excellent", points: 4, short: "E" });
      document.ruleset.panel.leadVotes = !one.ruleset.panel.leadVotes;
    });
    expect(compareFrameworks(one, other)).toEqual([
      {
        place: ["scales", "ratings Ratings", "grades"],
        kind: "added",
        after: "Excellent",
      },
      { place: ["standards"], kind: "removed", before: `${first!.code} ${first!.label}` },
      {
        place: ["standards", `${second!.code} Otherwise`, "label"],
        kind: "changed",
        before: second!.label,
        after: "Otherwise",
      },
      {
        place: ["ruleset", "panel", "lead votes"],
        kind: "changed",
        before: one.ruleset.panel.leadVotes ? "yes" : "no",
        after: one.ruleset.panel.leadVotes ? "no" : "yes",
      },
    ]);
  });

  it("differ in an order that was turned round", () => {
    const other = changed((document) => document.report.sections.reverse());
    expect(compareFrameworks(one, other)).toMatchObject([
      { place: ["report", "sections"], kind: "changed" },
    ]);
  });

  it("say a part that one of them does not have", () => {
    const other = changed((document) => delete document.overall);
    expect(compareFrameworks(one, other)).toMatchObject([{ place: ["overall"], kind: "removed" }]);
  });
});
