import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { Rating } from "../framework/scale.ts";
import { caseRulesOf, caseStandards } from "../framework/standards.ts";
import { yos2018 } from "../framework/shipped.ts";
import { judgePublished } from "./moved.ts";
import { overallOf } from "./overall.ts";
import { rateStandard } from "./rate.ts";

const Published = z.object({
  score: z.int(),
  overall: Rating,
  domainOne: z.record(z.string(), Rating),
  discretion: z.record(z.string(), z.object({ from: Rating, to: Rating, reason: z.string() })),
  standards: z.record(
    z.string(),
    z.object({
      rating: Rating,
      keyQuestions: z.record(z.string(), z.object({ relevant: z.int(), yes: z.int() })),
    }),
  ),
});

const load = (id: string) =>
  Published.parse(
    JSON.parse(readFileSync(new URL(`../../../examples/${id}.json`, import.meta.url), "utf8")),
  );

const replay = (id: string) => {
  const report = load(id);
  return caseStandards(yos2018).map((standard) => {
    const published = report.standards[standard.code]!;
    const counts = standard.keyQuestions.map(({ code, name }) => ({
      keyQuestion: code,
      ...published.keyQuestions[name]!,
    }));
    const rated = rateStandard(standard, counts, caseRulesOf(yos2018, standard));
    const verdict = judgePublished(
      rated,
      { rating: published.rating, discretion: report.discretion[standard.code] },
      caseRulesOf(yos2018, standard),
    );
    return { code: standard.code, published: published.rating, rated, ...verdict };
  });
};

describe.each([
  { id: "peterborough-2020", score: 29, exception: { "3.1": "unexplained" } },
  { id: "milton-keynes-2021", score: 23, exception: { "3.3": "recorded" } },
])("$id", ({ id, score, exception }) => {
  it("follows the rule but for what the report is known to have moved", () => {
    const moved = replay(id).filter(({ verdict }) => verdict !== "equal");
    expect(Object.fromEntries(moved.map(({ code, verdict }) => [code, verdict]))).toEqual(
      exception,
    );
    for (const each of moved) {
      expect(each.move).toMatchObject({ bands: 1, direction: "up" });
      expect(each.rated.triggers.length).toBeGreaterThan(0);
    }
  });

  it("comes to the published score and overall rating", () => {
    const report = load(id);
    const ratings = Object.fromEntries(replay(id).map(({ code, published }) => [code, published]));
    expect(overallOf(yos2018, { ...report.domainOne, ...ratings })).toMatchObject({
      score,
      maxScore: 36,
      overall: "Good",
      notRated: [],
    });
    expect(report).toMatchObject({ score, overall: "Good" });
  });
});

it("finds the triggers that the numbers of Milton Keynes 3.2 meet, where nothing was moved", () => {
  const found = replay("milton-keynes-2021").find(({ code }) => code === "3.2")!;
  expect(found.rated).toMatchObject({ rule: "Inadequate", percent: 40, lowest: ["3.2.3"] });
  expect(found.rated.triggers.map(({ trigger }) => trigger)).toEqual(["one-case", "small-sample"]);
});
