import { caseRulesOf, standardIn } from "@assay/domain/framework/standards.ts";
import { yos2021 } from "@assay/domain/framework/shipped.ts";
import { describe, expect, it } from "vitest";

import type { ReportModel } from "../model.ts";
import { barChart, caseloadIn, comparisonsIn } from "./facts-chart.ts";
import { keyQuestionsChart } from "./key-questions-chart.ts";
import { ratingBars, ratingColour } from "./rating-looks.ts";
import { ratingsChart } from "./ratings-chart.ts";
import { scoreChart } from "./score-chart.ts";
import { label, shortened, takenApart } from "./svg.ts";
import { yearsChart } from "./years-chart.ts";

const { domains } = yos2021;
const scale = yos2021.scales[0]!;
const rules = caseRulesOf(yos2021, standardIn(yos2021, "2.1")!);
const { combine } = yos2021.overall!;
const total = { scale, bands: "bands" in combine ? combine.bands : {} };
const colour = (rating: string): string => ratingColour(scale, rating);
const attribute = (tag: string, name: string): string =>
  new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";

/** Every text that is seen, with its place. */
const texts = (svg: string): readonly string[] =>
  [...svg.matchAll(/(<text [^>]*>)([^<]*)<\/text>/g)].map(
    ([, tag = "", said = ""]) => `${attribute(tag, "x")},${attribute(tag, "y")} ${said}`,
  );

/** Every rectangle of a colour: where it begins, and its width and height. */
const rects = (svg: string, fill: string): readonly string[] =>
  [...svg.matchAll(/<rect [^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => attribute(tag, "fill") === fill)
    .map((tag) => ["x", "y", "width", "height"].map((name) => attribute(tag, name)).join(","));

const said = (svg: string): readonly string[] =>
  texts(svg).map((text) => text.replace(/^\S+ /, ""));

describe("the score on its scale", () => {
  const model = {
    result: { score: 18, maxScore: 36, overall: "Requires improvement" },
  } as unknown as ReportModel;
  const svg = scoreChart(model, total, "Eighteen of thirty-six.");

  it("names each band by the scores that lie in it", () => {
    expect(said(svg)).toEqual([
      "Inadequate",
      "0 to 6",
      "Requires improvement",
      "7 to 18",
      "Good",
      "19 to 30",
      "Outstanding",
      "31 to 36",
      "18",
    ]);
  });

  it("marks the score within its band, and that band alone in full colour", () => {
    // 37 steps over 432 points from 4: 7 begins at 85.73 and 19 at 225.84; 18 lies in the middle
    // of its step, at 220.
    expect(rects(svg, colour("Requires improvement"))).toEqual(["86.73,50,138.11,22"]);
    expect(rects(svg, `${colour("Inadequate")}33`)).toEqual(["5,50,79.73,22"]);
    expect(rects(svg, `${colour("Outstanding")}33`)).toEqual(["366.95,50,68.05,22"]);
    expect(rects(svg, "#ffffff")).toEqual(["218.5,48,3,26"]);
    expect(texts(svg).at(-1)).toBe("220,28 18");
    expect(svg).toContain('d="M 212 38 L 228 38 L 220 49 Z"');
  });

  it("says itself what it shows", () => {
    expect(svg).toContain('<title id="chart-score-title">Score of 18 out of 36</title>');
    expect(svg).toContain('<desc id="chart-score-desc">Eighteen of thirty-six.</desc>');
    expect(svg).toContain('aria-labelledby="chart-score-title chart-score-desc"');
    expect(svg).toContain('viewBox="0 0 440 118"');
  });
});

describe("a rating's symbol", () => {
  it.each([
    ["Inadequate", 1],
    ["Requires improvement", 2],
    ["Good", 3],
    ["Outstanding", 4],
  ] as const)("of %s has %i rising bars", (rating, filled) => {
    const svg = ratingBars(scale, rating, { x: 10, y: 20, fill: "full", empty: "none" });
    const bars = ["10,32,5,4", "16,28,5,8", "22,24,5,12", "28,20,5,16"];
    expect(rects(svg, "full")).toEqual(bars.slice(0, filled));
    expect(rects(svg, "none")).toEqual(bars.slice(filled));
  });
});

describe("figures as bars", () => {
  const facts = [
    { name: "rate", label: "Reoffending", value: 40, unit: "%" },
    { name: "rateNational", label: "National", value: 20, unit: "%" },
    { name: "open", label: "Open cases", value: 120, unit: "cases" },
    { name: "children", label: "Children", value: 90, unit: "children" },
  ] as unknown as Parameters<typeof comparisonsIn>[0];

  it("stand beside the national ones, in per cent where they are", () => {
    const groups = comparisonsIn(facts);
    const svg = barChart({ id: "a", title: "t", description: "d", groups });
    expect(texts(svg)).toEqual(["0,16 Reoffending", "378,36 40%", "0,57 National", "193,77 20%"]);
    expect(rects(svg, "#14213d")).toEqual(["0,22,370,18"]);
    expect(rects(svg, "#7c8aa5")).toEqual(["0,63,185,18"]);
  });

  it("count cases and children without a sign of per cent", () => {
    const group = caseloadIn(facts, ["cases", "children"])!;
    const svg = barChart({ id: "a", title: "t", description: "d", groups: [group] });
    expect(said(svg)).toEqual(["Open cases", "120", "Children", "90"]);
    expect(rects(svg, "#14213d")).toEqual(["0,22,370,18", "0,63,277.5,18"]);
    expect(caseloadIn(facts.slice(0, 3), ["cases", "children"])).toBeUndefined();
  });

  it("stand under the name of their group", () => {
    const bars = [{ label: "One", value: 0, own: true }];
    const groups = [{ title: "Staff", unit: "", bars }];
    const svg = barChart({ id: "a", title: "t", description: "d", groups });
    expect(texts(svg)).toEqual(["0,20 Staff", "0,42 One", "10,62 0"]);
    expect(rects(svg, "#14213d")).toEqual(["0,48,2,18"]);
    expect(svg).toContain('viewBox="0 0 440 83"');
  });
});

describe("ratings year by year", () => {
  const counts = { Inadequate: 1, "Requires improvement": 0, Good: 2, Outstanding: 7 };
  const year = { label: "2021", counts, total: 10 } as const;
  const one = { Inadequate: 0, "Requires improvement": 0, Good: 1, Outstanding: 0 };
  const years = [year, { label: "2022", counts: one, total: 1 }] as never;
  const svg = yearsChart({ id: "a", title: "t", description: "d", scale, years });

  it("has a key of the four ratings in two columns, the best first", () => {
    expect(texts(svg).slice(0, 4)).toEqual([
      "74,15 Outstanding",
      "256,15 Good",
      "74,39 Requires improvement",
      "256,39 Inadequate",
    ]);
    expect(rects(svg, colour("Inadequate"))).toContain("226,38,5,4");
    expect(rects(svg, colour("Outstanding"))).toContain("44,14,5,4");
  });

  it("shows each rating's share and its count", () => {
    expect(texts(svg).slice(4)).toEqual([
      "0,78 2021",
      "86,78 7",
      "314.2,78 2",
      "353.7,78 1",
      "380,78 10 reports",
      "0,120 2022",
      "86,120 1",
      "380,120 1 report",
    ]);
    expect(rects(svg, colour("Outstanding"))).toContain("45,58,226.2,30");
    expect(rects(svg, colour("Good"))).toContain("273.2,58,63.2,30");
    expect(rects(svg, colour("Inadequate"))).toContain("338.4,58,30.6,30");
    expect(rects(svg, colour("Good"))).toContain("45,100,324,30");
  });
});

describe("the ratings at a glance", () => {
  const rated = (standard: string, domain: number, rating?: string) =>
    ({ standard, domain, label: `About ${standard}`, rating }) as never;
  const model = {
    service: { name: "Sandford" },
    framework: { ...yos2021, domains },
    standards: [rated("1.1", 1, "Good"), rated("2.1", 2), rated("2.2", 2, "Inadequate")],
  } as unknown as ReportModel;
  const svg = ratingsChart(model, "d");

  it("has the standards of each domain below its name, and passes over an empty domain", () => {
    const rows = said(svg).slice(5);
    expect(rows).toEqual([
      `1. ${domains[0]!.label}`,
      "1.1 About 1.1",
      `2. ${domains[1]!.label}`,
      "2.1 About 2.1",
      "Not rated",
      "2.2 About 2.2",
    ]);
  });

  it("fills the cell below the rating's name", () => {
    expect(texts(svg).slice(0, 5)).toEqual([
      "225,28 Inadequate",
      "286,15 Requires",
      "286,28 improvement",
      "347,28 Good",
      "408,28 Outstanding",
    ]);
    expect(rects(svg, colour("Good"))).toEqual(["318,66,58,23"]);
    expect(rects(svg, colour("Inadequate"))).toEqual(["196,154,58,23"]);
  });
});

describe("key questions against the bands", () => {
  const question = (keyQuestion: string, percent: number | undefined, lowest = false) => ({
    keyQuestion,
    label: "Asked",
    percent,
    relevant: 10,
    yes: 6,
    lowest,
  });
  const keyQuestions = [
    question("2.1.1", 64, true),
    question("2.1.2", 65),
    question("2.1.3", undefined),
  ];
  const draw = (percentages: boolean) =>
    keyQuestionsChart({
      id: "a",
      title: "t",
      description: "d",
      standards: [{ standard: "2.1", label: "Assessment", keyQuestions }] as never,
      bands: rules,
      percentages,
    });

  it("marks the bands' boundaries in per cent", () => {
    const { bands } = rules;
    const at = (floor: number): number => 204 + 1.8 * floor;
    expect(texts(draw(true)).slice(0, 3)).toEqual(
      [bands["Requires improvement"]!, bands["Good"]!, bands["Outstanding"]!].map(
        (floor) => `${at(floor)},36 ${floor}%`,
      ),
    );
  });

  it("says the share in per cent, or in cases where they are few", () => {
    expect(said(draw(true)).slice(3)).toEqual([
      "2.1 Assessment",
      "2.1.1 Asked",
      "64%",
      "2.1.2 Asked",
      "65%",
      "2.1.3 Asked",
      "no relevant case",
    ]);
    expect(said(draw(false)).slice(3)).toEqual([
      "2.1 Assessment",
      "2.1.1 Asked",
      "6 of 10",
      "2.1.2 Asked",
      "6 of 10",
      "2.1.3 Asked",
      "no relevant case",
    ]);
  });

  it("draws each bar as long as its share, in the colour of its band", () => {
    expect(rects(draw(true), colour("Requires improvement"))).toContain("204,78,115.2,14");
    expect(rects(draw(true), colour("Good"))).toContain("204,102,117,14");
  });
});

describe("words in a drawing", () => {
  it("are shortened between two characters, by the room that they take", () => {
    expect(shortened("Planning", 8)).toBe("Planning");
    expect(shortened("Planning ahead", 8)).toBe("Planni…");
    expect(shortened("汉字汉字汉字", 8)).toBe("汉字汉…");
    expect(shortened("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 8)).toBe("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧…");
    expect(shortened("ภาษาไทยภาษาไทย", 8)).toBe("ภาษาไท…");
  });

  it("are taken out for whoever sets them, as they were written", () => {
    const svg = `<svg width="440"><rect/>${label(1.5, 2, `<"&amp;' বাংলা`, { anchor: "end" })}</svg>`;
    expect(takenApart(svg)).toEqual({
      width: 440,
      shapes: '<svg width="440"><rect/></svg>',
      labels: [
        {
          ...{ x: 1.5, y: 2, size: 15, weight: 400, fill: "#14213d", anchor: "end" },
          text: `<"&amp;' বাংলা`,
        },
      ],
    });
  });
});
