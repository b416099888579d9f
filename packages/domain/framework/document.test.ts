import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { FrameworkDocument } from "./document.ts";
import { type CaseValues, holds, type Predicate } from "./predicate.ts";
import { yos2018, yos2021 } from "./shipped.ts";

const sound = () => structuredClone(yos2021);

const problemsOf = (document: unknown): readonly string[] => {
  const read = FrameworkDocument.safeParse(document);
  return read.success
    ? []
    : read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

/** The document with one thing put elsewhere. */
const changed = (change: (document: any) => void): unknown => {
  const document = sound();
  change(document);
  return document;
};

describe("a document of format 1", () => {
  it.each([yos2018, yos2021])("$id is a sound document of format 2", (version) => {
    expect(problemsOf(version)).toEqual([]);
  });
});

describe("parts that do not fit", () => {
  const faults: readonly (readonly [string, (document: any) => void, string])[] = [
    [
      "a scale that is not there",
      (d) => (d.standards[0].scale = "marks"),
      "standards.0.scale: there is no scale marks",
    ],
    [
      "a grade twice",
      (d) => (d.scales[0].grades[1].label = "Good"),
      "scales.0.grades.2: Good appears twice",
    ],
    [
      "better and worth less",
      (d) => (d.scales[0].grades[3].points = 1),
      "scales.0.grades.3.points: a better grade has no fewer points than the one before",
    ],
    [
      "bands that do not rise",
      (d) => (d.caseBands.ratings.Good = 50),
      "caseBands.ratings.Good: bands rise from 0, each above the one before",
    ],
    [
      "a band that is missing",
      (d) => delete d.caseBands.ratings.Good,
      "caseBands.ratings.Good: its band is missing",
    ],
    [
      "bands for cases missing",
      (d) => (d.caseBands = {}),
      "caseBands: bands of percentages are missing for the scale ratings",
    ],
    [
      "a total that cannot be reached",
      (d) => (d.overall.combine.bands.Outstanding = 37),
      "overall.combine.bands.Outstanding: no set of grades gives more than 36",
    ],
    [
      "a column that is not there",
      (d) => (d.populations[0].where = { name: "order", equals: "x" }),
      "populations.0.where: there is no column or fact order",
    ],
    [
      "a value that a column never has",
      (d) => (d.populations[1].where = { name: "disposal", oneOf: ["fine"] }),
      'populations.1.where: disposal is never "fine"',
    ],
    [
      "a part of the sample that no case is in",
      (d) => (d.populations[1].mix[0].where = { name: "disposal", equals: "fine" }),
      'populations.1.mix.0.where: disposal is never "fine"',
    ],
    [
      "cases that are the same by a column that is not there",
      (d) => (d.populations[0].onceFor = ["child", "order"]),
      "populations.0.onceFor.1: there is no column order",
    ],
    [
      "a size that follows itself",
      (d) => (d.populations[1].size.to = "outOfCourt"),
      "populations.1.size.to: the size follows a population that stands before this one",
    ],
    [
      "no reference",
      (d) => delete d.columns[0].purpose,
      "columns: a framework that samples cases needs a column for the reference",
    ],
    [
      "a population that is not there",
      (d) => (d.standards[4].keyQuestions[0].population = "victims"),
      "standards.4.keyQuestions.0.population: there is no population victims",
    ],
    [
      "a key question of another standard",
      (d) => (d.standards[4].keyQuestions[0].code = "3.1.1"),
      "standards.4.keyQuestions.0.code: the code begins with its standard's, 2.1",
    ],
    [
      "a domain that is not listed",
      (d) => (d.standards[0].domain = 7),
      "standards.0.domain: the domain is listed",
    ],
    [
      "a limit to a grade that is not there",
      (d) => (d.overall.limits = [{ where: [{ grades: ["Good"] }], atMost: "Fair" }]),
      "overall.combine: Fair is no grade of the scale ratings",
    ],
    [
      "a limit on a part that does not count",
      (d) => (d.overall.limits = [{ where: [{ grades: ["Good"], of: ["4.1"] }], atMost: "Good" }]),
      "overall.limits.0.where.0.of: there is no part 4.1",
    ],
    [
      "a domain that is called like a standard",
      (d) => {
        d.domains[0].rating = { scale: "ratings", combine: { by: "people" } };
        d.standards[0].code = "1";
      },
      "domains.0.number: a standard has the code 1, by which the domain's rating is known",
    ],
    [
      "a limit on a grade that no part has",
      (d) => (d.overall.limits = [{ where: [{ grades: ["Fair"] }], atMost: "Good" }]),
      "overall.limits.0.where.0.grades: no part has the grade Fair",
    ],
    [
      "a domain that is rated and has no standards",
      (d) =>
        d.domains.push({
          ...{ number: 9, label: "None" },
          rating: { scale: "ratings", combine: { by: "lowest" } },
        }),
      "domains.4.rating.combine: there is nothing to combine",
    ],
    [
      "the lowest of grades of another scale",
      (d) => {
        d.scales.push({ ...d.scales[0], id: "other" });
        d.overall = { ...d.overall, scale: "other", combine: { by: "lowest" } };
      },
      "overall.combine: the lowest is found only among grades of one scale",
    ],
    [
      "a score with a standard that may not apply",
      (d) => {
        const cases = { name: "gender", equals: "female" };
        d.standards[0].appliesWhere = { label: "Where girls are seen", cases };
      },
      "standards.0.scored: a standard that need not apply cannot be scored",
    ],
    [
      "a question with a scale where people grade its standard",
      (d) => (d.standards[0].keyQuestions[0].scale = "ratings"),
      "standards.0.keyQuestions.0.scale: people grade the standard here, not its questions",
    ],
    [
      "questions of one standard on two populations",
      (d) => (d.standards[4].keyQuestions[0].population = "outOfCourt"),
      "standards.4.keyQuestions.1.population: a standard judged on cases asks one population",
    ],
    [
      "a prompt of another key question",
      (d) => (d.standards[4].keyQuestions[0].prompts[0].code = "2.1.2a"),
      "standards.4.keyQuestions.0.prompts.0.code: the code begins with its key question's, 2.1.1",
    ],
    [
      "an overall rating on a scale that is not there",
      (d) => (d.overall.scale = "marks"),
      "overall.scale: there is no scale marks",
    ],
    [
      "windows that do not contain each other",
      (d) => (d.populations[0].windows[1] = { from: 7, to: 12 }),
      "populations.0.windows.1: each window contains the one before",
    ],
  ];

  it.each(faults)("are told with their place: %s", (_, change, problem) => {
    expect(problemsOf(changed(change))).toContain(problem);
  });
});

describe("a condition on a case", () => {
  const values = fc.record({ a: fc.boolean(), b: fc.constantFrom("x", "y", "z") });
  const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
    predicate: fc.oneof(
      { maxDepth: 4 },
      fc.record({ name: fc.constant("a"), equals: fc.boolean() }),
      fc.record({ name: fc.constant("b"), oneOf: fc.subarray(["x", "y"], { minLength: 1 }) }),
      fc.record({ not: tie("predicate") }),
      fc.record({ all: fc.array(tie("predicate"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("predicate"), { minLength: 1, maxLength: 3 }) }),
    ) as fc.Arbitrary<Predicate>,
  }));

  it("follows the rules of negation", () => {
    fc.assert(
      fc.property(values, fc.array(predicate, { minLength: 1, maxLength: 3 }), (of, all) => {
        const found: CaseValues = of;
        const none = all.map((each): Predicate => ({ not: each }));
        expect(holds({ not: { all } }, found)).toBe(holds({ any: none }, found));
        expect(holds({ not: { any: all } }, found)).toBe(holds({ all: none }, found));
      }),
    );
  });

  it("does not hold of a value that is missing", () => {
    expect(holds({ name: "a", equals: false }, {})).toBe(false);
    expect(holds({ name: "b", oneOf: ["x"] }, {})).toBe(false);
  });
});
