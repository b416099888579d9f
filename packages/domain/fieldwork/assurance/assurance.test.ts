import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type Answered, emptyFile, type Given } from "../../briefing/case-file.ts";
import { caseIdOf, Digest, InspectionId, PersonId } from "../../kernel/ids.ts";
import { Instant } from "../../kernel/instants.ts";
import { chooseSecondMarkings, dipSample } from "./choose.ts";
import {
  agreementReport,
  driftOf,
  type MarkedTwice,
  markedTwiceIn,
  trendOf,
} from "./marked-twice.ts";

const inspection = InspectionId.parse("sandford-2021");
const person = (id: string) => PersonId.parse(id);
const [ann, bob, cat] = [person("ann"), person("bob"), person("cat")];
const at = Instant.parse("2026-02-03T10:00:00.000Z");

const marked = (
  question: string,
  [first, one]: readonly [PersonId, "yes" | "no"],
  [second, other]: readonly [PersonId, "yes" | "no"],
  when: string = at,
): MarkedTwice => ({
  inspection,
  case: caseIdOf(1),
  question,
  first: { by: first, answer: one },
  second: { by: second, answer: other },
  at: Instant.parse(when),
});

describe("agreement", () => {
  const markings = [
    marked("2.1.1", [ann, "yes"], [bob, "yes"]),
    marked("2.1.2", [bob, "yes"], [ann, "no"]),
    marked("3.2.1", [ann, "no"], [bob, "yes"]),
    marked("3.2.2", [ann, "no"], [cat, "no"]),
  ];

  it("is counted over all, for each standard and for each pair, whoever marked first", () => {
    const { all, standards, pairs } = agreementReport(markings);
    expect(all).toMatchObject({ count: 4, agreed: 2, share: { value: 0.5 } });
    expect(standards.map(({ standard, agreement }) => [standard, agreement.count])).toEqual([
      ["2.1", 2],
      ["3.2", 2],
    ]);
    expect(pairs.map(({ people, agreement }) => [people.join(), agreement.agreed])).toEqual([
      ["ann,bob", 1],
      ["ann,cat", 1],
    ]);
    // Ann said yes, no, no where Bob said yes, yes, yes: pe = 1/3.
    expect(pairs[0]!.agreement.kappa!.value).toBeCloseTo(0, 12);
  });

  it("counts the key questions of a second marking that is complete", () => {
    const given = (by: PersonId, answer: "yes" | "no" | "not-applicable") => ({ by, answer, at });
    const answered = (...all: readonly (readonly [question: string, given: Given])[]) =>
      all.reduce<Answered | undefined>(
        (before, [question, each]) => ({ question, given: each, before }),
        undefined,
      );
    const second = {
      by: bob,
      completed: true,
      answered: answered(
        ["2.1.1", given(bob, "no")],
        ["2.1.1a", given(bob, "not-applicable")],
        ["2.1.2", given(bob, "yes")],
      ),
    };
    const first = answered(["2.1.1", given(ann, "yes")], ["2.1.1a", given(ann, "yes")]);
    const file = { ...emptyFile, answered: first, second };
    expect(markedTwiceIn(inspection, caseIdOf(1), file)).toEqual([
      marked("2.1.1", [ann, "yes"], [bob, "no"]),
    ]);
    const unfinished = { ...file, second: { ...second, completed: false } };
    expect(markedTwiceIn(inspection, caseIdOf(1), unfinished)).toEqual([]);
    expect(markedTwiceIn(inspection, caseIdOf(1), { ...file, second: undefined })).toEqual([]);
  });
});

describe("drift", () => {
  it("is told by quarter, with a falling trend below nought", () => {
    const months = ["01", "04", "07", "10"];
    const markings = months.flatMap((month, quarter) =>
      Array.from({ length: 40 }, (_, i) =>
        marked(
          "2.1.1",
          [ann, "yes"],
          [bob, i < 38 - 8 * quarter ? "yes" : "no"],
          `2026-${month}-05T10:00:00.000Z`,
        ),
      ),
    );
    const { quarters, trend } = driftOf(markings);
    expect(quarters.map(({ quarter, share }) => [quarter, share.value])).toEqual([
      ["2026-Q1", 0.95],
      ["2026-Q2", 0.75],
      ["2026-Q3", 0.55],
      ["2026-Q4", 0.35],
    ]);
    expect(trend).toBeLessThan(-5);
    expect(driftOf(markings.slice(0, 40)).trend).toBeUndefined();
  });

  it("has the square that Agresti prints for alcohol and malformation", () => {
    // Agresti, Categorical Data Analysis, 2002, section 5.3.5: z squared 6.57.
    const groups = [
      { score: 0, count: 17_114, agreed: 48 },
      { score: 0.5, count: 14_502, agreed: 38 },
      { score: 1.5, count: 793, agreed: 5 },
      { score: 4, count: 127, agreed: 1 },
      { score: 7, count: 38, agreed: 1 },
    ];
    expect(trendOf(groups)! ** 2).toBeCloseTo(6.57, 2);
  });
});

const seeds = fc
  .array(fc.constantFrom(..."0123456789abcdef"), { minLength: 64, maxLength: 64 })
  .map((digits) => Digest.parse(digits.join("")));
const cases = fc
  .integer({ min: 0, max: 60 })
  .map((count) => Array.from({ length: count }, (_, i) => caseIdOf(i + 1)));
const percents = fc.integer({ min: 0, max: 100 });

describe("what is looked at again", () => {
  it("is the share, rounded up, and whatever is flagged, in whatever order the cases come", () => {
    fc.assert(
      fc.property(seeds, cases, percents, (seed, ids, percent) => {
        const all = ids.map((id, i) => ({ case: id, flagged: i % 7 === 0 }));
        const chosen = dipSample({ seed, cases: all, percent });
        const share = chosen.filter(({ because }) => because === "share");
        expect(share).toHaveLength(Math.ceil((ids.length * percent) / 100));
        const named = new Set(chosen.map((each) => each.case));
        expect(named.size).toBe(chosen.length);
        expect(all.every((each) => !each.flagged || named.has(each.case))).toBe(true);
        const turned = dipSample({ seed, cases: all.toReversed(), percent });
        expect(new Set(turned.map((each) => each.case))).toEqual(named);
      }),
    );
  });

  it("takes each case as often as any other, over many seeds", () => {
    const ids = Array.from({ length: 10 }, (_, i) => ({ case: caseIdOf(i + 1), flagged: false }));
    const times = new Map<string, number>();
    for (let i = 0; i < 2000; i += 1) {
      const seed = Digest.parse(i.toString(16).padStart(64, "0"));
      for (const { case: id } of dipSample({ seed, cases: ids, percent: 30 })) {
        times.set(id, (times.get(id) ?? 0) + 1);
      }
    }
    // 600 expected of each, with a standard deviation of 20.5.
    for (const count of times.values()) expect(Math.abs(count - 600)).toBeLessThan(90);
  });

  it("is never marked again by whoever assessed it, and evenly by the others", () => {
    fc.assert(
      fc.property(seeds, cases, percents, (seed, ids, percent) => {
        const markers = [ann, bob, cat];
        const all = ids.map((id, i) => ({ case: id, assessors: [markers[i % 3]!] }));
        const chosen = chooseSecondMarkings({ seed, cases: all, percent, markers });
        expect(chosen).toHaveLength(Math.ceil((ids.length * percent) / 100));
        for (const { case: id, to } of chosen) {
          expect(all.find((each) => each.case === id)!.assessors).not.toContain(to);
        }
        const others = [person("dan"), person("eve"), person("fay")];
        const apart = chooseSecondMarkings({ seed, cases: all, percent, markers: others });
        const loads = others.map((each) => apart.filter(({ to }) => to === each).length);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
    const own = [{ case: caseIdOf(1), assessors: [ann] }];
    const seed = Digest.parse("0".repeat(64));
    expect(chooseSecondMarkings({ seed, cases: own, percent: 100, markers: [ann] })).toEqual([]);
  });
});
