import { exampleFile } from "@assay/spec/examples.ts";
import { describe, expect, it } from "vitest";

import { PublishedInspection, readPublished } from "../reconstruction/published-file.ts";
import { auditPublished } from "./published.ts";

const audit = (file: unknown) => {
  const found = auditPublished(PublishedInspection.parse(file));
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.value;
};

type Example = {
  score: number;
  discretion: Record<string, unknown>;
  outOfCourt: { cases: number };
  standards: Record<string, { rating: string; keyQuestions: Record<string, { yes: number }> }>;
};
const example = (id: string): Example => structuredClone(exampleFile(id)) as Example;

describe("an audit of a published report", () => {
  it("finds that Peterborough's 3.1 was moved and nothing explains it", () => {
    const found = audit(example("peterborough-2020"));
    expect(found.followed).toEqual({ ratings: 7, of: 8 });
    expect(found.standards.find(({ standard }) => standard === "3.1")).toMatchObject({
      rule: "Requires improvement",
      published: "Good",
      verdict: "unexplained",
      moved: 1,
      reason: null,
      problems: [{ reason: "NoDiscretionRecorded" }],
    });
    expect(found).toMatchObject({
      clean: false,
      score: { printed: 29, computed: 29, equal: true },
      overall: { printed: "Good", computed: "Good", equal: true },
    });
  });

  it("finds that Milton Keynes's 3.3 was moved and is on record", () => {
    const found = audit(example("milton-keynes-2021"));
    const moved = found.standards.filter(({ verdict }) => verdict !== "equal");
    expect(moved).toMatchObject([{ standard: "3.3", verdict: "recorded", moved: 1 }]);
    expect(found.clean).toBe(true);
  });

  it("checks the samples against the formula and the proportion", () => {
    const even = { printed: 5, computed: 5, equal: true };
    expect(audit(example("peterborough-2020")).samples).toMatchObject({
      court: { cases: 8, eligible: { from: 8, to: 8 } },
      outOfCourt: { cases: 5, eligible: null, proportion: even },
    });
    const file = example("milton-keynes-2021");
    file.outOfCourt.cases = 9;
    const uneven = { printed: 9, computed: 6, equal: false };
    expect(audit(file).samples["outOfCourt"]?.proportion).toEqual(uneven);
  });

  it("finds a wrong sum", () => {
    const file = example("milton-keynes-2021");
    file.score = 24;
    expect(audit(file)).toMatchObject({ clean: false, score: { computed: 23, equal: false } });
  });

  it("finds a reason that does not fit the numbers", () => {
    const file = example("milton-keynes-2021");
    file.discretion = {
      "3.3": { from: "Requires improvement", to: "Good", reason: "It was below 20 per cent." },
    };
    const standard = audit(file).standards.find((each) => each.standard === "3.3")!;
    expect(standard.doubts).toMatchObject([{ problem: "below-but-none-is" }]);
  });

  it("refuses a file that contradicts itself, with the place", () => {
    const file = example("milton-keynes-2021");
    file.standards["2.1"]!.keyQuestions["desistance"]!.yes = 99;
    const read = readPublished(file);
    const found = read.ok ? auditPublished(read.value) : read;
    expect(found).toMatchObject({
      ok: false,
      problems: [{ place: "standards.2.1.keyQuestions.desistance.yes" }],
    });
  });
});
