/** Overall ratings year by year: a bar for each, its parts as long as their share of reports. */
import { gradesOf, type Rating, type Scale } from "@assay/domain/framework/scale.ts";
import type { RatingCounts } from "../annual.ts";
import { counted } from "@assay/domain/kernel/wording.ts";
import { ratingBars, ratingColour, symbolHeight, symbolWidth } from "./rating-looks.ts";
import { drawing, element, label, quiet } from "./svg.ts";

const width = 440;
const bars = { left: 44, right: 370, height: 30 };
const rowHeight = 42;
const headHeight = 58;

export type YearsChart = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly scale: Scale;
  /** From top to bottom. */
  readonly years: readonly RatingCounts[];
};

export const yearsChart = (chart: YearsChart): string => {
  const height = headHeight + chart.years.length * rowHeight + 2;
  const rows = chart.years.flatMap((year, i) =>
    rowParts(year, chart.scale, headHeight + i * rowHeight),
  );
  return drawing({ ...chart, width, height }, [...keyParts(chart.scale), ...rows]);
};

/** What the parts mean: each rating by its symbol and its name. */
const bestFirst = (scale: Scale): readonly Rating[] => gradesOf(scale).toReversed();

const keyParts = (scale: Scale): readonly string[] => {
  const columns = [bars.left, bars.left + 182];
  return bestFirst(scale).flatMap((rating, i) => [
    ratingBars(scale, rating, { x: columns[i % 2]!, y: 2 + 24 * Math.floor(i / 2) }),
    label(columns[i % 2]! + symbolWidth(scale) + 7, 15 + 24 * Math.floor(i / 2), rating, {
      size: 13,
      weight: 700,
      fill: ratingColour(scale, rating),
    }),
  ]);
};

const rowParts = (
  { label: year, counts, total }: RatingCounts,
  scale: Scale,
  y: number,
): readonly string[] => {
  const unit = total === 0 ? 0 : (bars.right - bars.left) / total;
  let x = bars.left;
  const parts = bestFirst(scale).flatMap((rating) => {
    const from = x;
    const count = counts[rating] ?? 0;
    const long = count * unit;
    x += long;
    return count === 0 ? [] : partOf(scale, rating, { count, from, long, y });
  });
  return [
    label(0, y + 20, year, { weight: 700 }),
    ...parts,
    label(bars.right + 10, y + 20, counted(total, "report"), { size: 13, fill: quiet }),
  ];
};

type Place = {
  readonly count: number;
  readonly from: number;
  readonly long: number;
  readonly y: number;
};

/** The count and the symbol, where there is room for them; the table has every number. */
const partOf = (
  scale: Scale,
  rating: Rating,
  { count, from, long, y }: Place,
): readonly string[] => {
  const white = { size: 14, weight: 700, fill: "#ffffff" } as const;
  const middle = y + (bars.height - symbolHeight) / 2;
  return [
    element("rect", {
      x: from + 1,
      y,
      width: Math.max(1, long - 2),
      height: bars.height,
      rx: 3,
      fill: ratingColour(scale, rating),
    }),
    ...(long >= 60
      ? [
          ratingBars(scale, rating, {
            x: from + 10,
            y: middle,
            fill: "#ffffff",
            empty: "#ffffff55",
          }),
        ]
      : []),
    ...(long >= 60 ? [label(from + 42, y + 20, String(count), white)] : []),
    ...(long >= 18 && long < 60
      ? [label(from + long / 2, y + 20, String(count), { ...white, anchor: "middle" })]
      : []),
  ];
};
