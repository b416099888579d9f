import { caseRulesOf, standardIn } from "@assay/domain/framework/standards.ts";
import { yos2021 } from "@assay/domain/framework/shipped.ts";
import type { Day } from "@assay/domain/kernel/instants.ts";
import { describe, expect, it } from "vitest";

import { drawBalance } from "./balance-chart.ts";
import { drawBands } from "./bands.ts";
import { drawProgramme } from "./gantt.ts";
import { drawPlan } from "./plan.ts";

const day = (text: string): Day => text as Day;
const attribute = (tag: string, name: string): string =>
  new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";

/** Every text that is seen, with its place. */
const texts = (svg: unknown): readonly string[] =>
  [...String(svg).matchAll(/(<text [^>]*>)([^<]*)<\/text>/g)].map(
    ([, tag = "", said = ""]) => `${attribute(tag, "x")},${attribute(tag, "y")} ${said}`,
  );

/** Every rectangle of a class: where it begins, and its width and height. */
const rects = (svg: unknown, className: string): readonly string[] =>
  [...String(svg).matchAll(/<rect [^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => attribute(tag, "class") === className)
    .map((tag) => ["x", "y", "width", "height"].map((name) => attribute(tag, name)).join(","));

describe("a sample beside the eligible cases", () => {
  const line = (categoryLabel: string, populationShare: number, sampleShare: number) => {
    const labels = { variableLabel: "Gender", categoryLabel };
    return { variable: "gender", ...labels, populationShare, sampleShare } as never;
  };
  const svg = drawBalance([line("Female", 0.25, 0.2), line("Other", 0, 0.5)], "t");

  it("has both shares in per cent, the eligible cases' first", () => {
    expect(texts(svg).map((text) => text.replace(/^\S+ /, ""))).toEqual([
      "eligible cases",
      "sample",
      "Gender",
      "Female",
      "25% / 20%",
      "Other",
      "0% / 50%",
    ]);
  });

  it("draws bars as long as the shares, and none for nothing", () => {
    expect(rects(svg, "balance-population").slice(1)).toEqual(["190,46,95,10", "190,76,0,10"]);
    expect(rects(svg, "balance-sample").slice(1)).toEqual(["190,57,76,10", "190,87,190,10"]);
  });
});

describe("key questions on the scale of per cent", () => {
  const question = (keyQuestion: string, percent: number | undefined) =>
    ({ keyQuestion, percent, yes: 6, relevant: 10 }) as never;
  const board = {
    standard: "2.1",
    percent: 60,
    rule: "Requires improvement",
    lowest: ["2.1.1"],
    keyQuestions: [question("2.1.1", 60), question("2.1.2", 80), question("2.1.3", undefined)],
  } as never;
  const rules = caseRulesOf(yos2021, standardIn(yos2021, "2.1")!);
  const svg = drawBands(board, rules);

  it("has each share, its count, and what decides", () => {
    expect(String(svg)).toContain("2.1: 60% decides, Requires improvement by rule");
    // 5.6 points for one per cent, from 58.
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        "407,56 60% · 6 of 10",
        "506,75 80% · 6 of 10",
        "69.2,124 no relevant case",
      ]),
    );
  });

  it("marks each boundary, and how near to it discretion begins", () => {
    const { bands, discretion } = rules;
    const floors = [bands["Requires improvement"]!, bands["Good"]!, bands["Outstanding"]!];
    const x = (percent: number): number => Math.round((58 + 5.6 * percent) * 10) / 10;
    expect(texts(svg)).toEqual(
      expect.arrayContaining(floors.map((floor) => `${x(floor)},157 ${floor}%`)),
    );
    const starts = rects(svg, "bands-near").map((each) => Number(each.split(",")[0]));
    expect(starts).toEqual(floors.map((floor) => x(floor - discretion!.withinPoints)));
  });
});

describe("the programme on one time line", () => {
  const timetable = {
    announcement: day("2021-04-19"),
    fieldworkStart: day("2021-05-17"),
    fieldworkEnd: day("2021-05-21"),
    panel: day("2021-06-11"),
    publication: day("2021-08-13"),
    actionPlan: day("2021-09-10"),
  } as never;
  const row = { name: "Sandford", href: "/", timetable, late: true, resting: false };
  const svg = String(drawProgramme([row], day("2021-05-01")));

  it("has each stretch begin where the one before ends", () => {
    // 96 points for 30.44 days, from the day of the announcement at 190.
    const kinds = ["before", "fieldwork", "panel", "report", "after"];
    expect(kinds.flatMap((kind) => rects(svg, `gantt-bar gantt-bar--${kind}`))).toEqual([
      "190,42,88.3,18",
      "278.3,42,12.6,18",
      "290.9,42,66.2,18",
      "357.1,42,198.7,18",
      "555.8,42,88.3,18",
    ]);
  });

  it("names the months, and marks today", () => {
    const months = texts(svg).filter((text) => /,20 /.test(text));
    expect(months.map((text) => text.replace(/^\S+ /, ""))).toEqual([
      "May 2021",
      "Jun 2021",
      "Jul 2021",
      "Aug 2021",
      "Sep 2021",
    ]);
    expect(svg).toContain('class="gantt-today" x1="227.8" y1="24" x2="227.8" y2="68"');
  });

  it("says what each stretch is, and who is late", () => {
    expect(svg).toContain("Fieldwork: 17 May 2021 to 21 May 2021");
    expect(svg).toContain("gantt-name--late");
    expect(svg).not.toContain("gantt-row--resting");
    expect(svg).toContain("The programme: 1 inspections");
  });
});

describe("a proposed schedule", () => {
  const placed = [
    { name: "A", start: day("2021-05-17"), end: day("2021-05-21"), decided: "by-rule" },
    { name: "B", start: day("2021-06-07"), end: day("2021-06-11"), decided: "by-a-person" },
  ] as const;
  const svg = drawPlan(placed, day("2021-05-20"));

  it("has a mark for each fieldwork, from its first day to its last", () => {
    // 22 points for a week, three days before the first.
    expect(rects(svg, "gantt-bar gantt-bar--fieldwork")).toEqual(["199.4,34,15.7,16"]);
    expect(rects(svg, "gantt-bar gantt-bar--panel")).toEqual(["265.4,60,15.7,16"]);
    expect(String(svg)).toContain("A: 17 May 2021 to 21 May 2021");
  });

  it("shows today where it lies within", () => {
    expect(String(svg)).toContain("gantt-today");
    expect(String(drawPlan(placed, day("2022-05-20")))).not.toContain("gantt-today");
  });
});
