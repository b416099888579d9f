/** A domain's key questions: shares of cases with sufficient work, against the rating bands. */
import { type Bands, bandOf, bandsIn } from "@assay/domain/ratings/percent.ts";
import { percentage } from "../document/wording.ts";
import type { KeyQuestionResult, StandardResult } from "../results.ts";
import { ratingBars, ratingColour, symbolWidth } from "./rating-looks.ts";
import { drawing, element, hairline, label, pale, quiet, shortened } from "./svg.ts";

const width = 440;
const bars = { left: 204, right: 384, height: 14 };
const rowHeight = 24;
const headHeight = 48;
const standardHeight = 28;

export type KeyQuestionChart = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly standards: readonly StandardResult[];
  readonly bands: Bands;
  readonly percentages: boolean;
};

export const keyQuestionsChart = (chart: KeyQuestionChart): string => {
  const { standards, bands } = chart;
  const parts: string[] = [];
  let y = headHeight;
  for (const { standard, label: name, keyQuestions } of standards) {
    parts.push(label(0, y + 20, `${standard} ${name}`, { size: 14, weight: 700 }));
    y += standardHeight;
    for (const question of keyQuestions) {
      parts.push(...rowParts(question, y, chart));
      y += rowHeight;
    }
    y += 8;
  }
  return drawing({ ...chart, width, height: y + 4 }, [...boundaryParts(bands, y), ...parts]);
};

const x = (percent: number): number => bars.left + ((bars.right - bars.left) * percent) / 100;

/** Each band between its boundaries, under the symbol of its rating. */
const boundaryParts = (bands: Bands, bottom: number): readonly string[] =>
  bandsIn(bands).flatMap(({ grade, floor, next }, i) => {
    const { scale } = bands;
    const from = x(floor);
    const to = next === undefined ? bars.right : x(next);
    return [
      element("rect", {
        x: from,
        y: headHeight - 6,
        width: to - from,
        height: bottom - headHeight + 6,
        fill: i % 2 === 0 ? "#ffffff" : pale,
      }),
      element("line", {
        x1: from,
        y1: headHeight - 10,
        x2: from,
        y2: bottom,
        stroke: hairline,
        "stroke-width": 1,
        "stroke-dasharray": i === 0 ? undefined : "3 3",
      }),
      ratingBars(scale, grade, { x: (from + to - symbolWidth(scale)) / 2, y: headHeight - 46 }),
      ...(i === 0
        ? []
        : [
            label(from, headHeight - 12, `${floor}%`, {
              size: 11,
              fill: quiet,
              anchor: "middle",
            }),
          ]),
    ];
  });

const rowParts = (
  { keyQuestion, label: name, percent, relevant, yes, lowest }: KeyQuestionResult,
  y: number,
  { percentages, bands }: KeyQuestionChart,
): readonly string[] => {
  const weight = lowest ? 700 : 400;
  const named = label(0, y + 13, shortened(`${keyQuestion} ${name}`, 32), { size: 12.5, weight });
  if (percent === undefined) {
    return [named, label(bars.left + 6, y + 13, "no relevant case", { size: 12.5, fill: quiet })];
  }
  return [
    named,
    element("rect", {
      x: bars.left,
      y: y + 2,
      width: Math.max(1, x(percent) - bars.left),
      height: bars.height,
      rx: 2,
      fill: ratingColour(bands.scale, bandOf(percent, bands)),
      "fill-opacity": lowest ? 1 : 0.55,
    }),
    label(bars.right + 8, y + 13, percentages ? percentage(percent) : `${yes} of ${relevant}`, {
      size: 12.5,
      weight,
    }),
  ];
};
