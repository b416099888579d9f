/** The ratings at a glance: a row for each standard, a column for each rating. */
import { Rating } from "@assay/domain/framework/ruleset.ts";
import type { ReportModel } from "../model.ts";
import { ratingBars, ratingColour, symbolHeight, symbolWidth } from "./rating-looks.ts";
import { drawing, element, hairline, label, pale, quiet, shortened } from "./svg.ts";

const width = 440;
const columns = { left: 196, step: 61, width: 58 };
const rowHeight = 27;
const headHeight = 36;
const domainHeight = 28;

const heads: Readonly<Record<Rating, readonly string[]>> = {
  Inadequate: ["Inadequate"],
  "Requires improvement": ["Requires", "improvement"],
  Good: ["Good"],
  Outstanding: ["Outstanding"],
};

export const ratingsChart = (model: ReportModel, description: string): string => {
  const parts: string[] = [];
  Rating.options.forEach((rating, i) => {
    const lines = heads[rating];
    lines.forEach((line, n) => {
      const y = headHeight - 8 - (lines.length - 1 - n) * 13;
      parts.push(
        label(centreOf(i), y, line, {
          size: 10.5,
          weight: 700,
          fill: ratingColour[rating],
          anchor: "middle",
        }),
      );
    });
  });
  let y = headHeight;
  for (const { number, label: name } of model.framework.domains) {
    const rows = model.standards.filter(({ domain }) => domain === number);
    if (rows.length === 0) continue;
    parts.push(label(0, y + 20, `${number}. ${name}`, { size: 14, weight: 700 }));
    y += domainHeight;
    for (const row of rows) {
      parts.push(...rowParts(row, y));
      y += rowHeight;
    }
    y += 6;
  }
  const title = `Ratings of ${model.service.name} at a glance`;
  return drawing({ id: "chart-ratings", width, height: y, title, description }, parts);
};

const centreOf = (column: number): number =>
  columns.left + column * columns.step + columns.width / 2;

const rowParts = (
  { standard, label: name, rating }: ReportModel["standards"][number],
  y: number,
): readonly string[] => {
  const cells = Rating.options.map((option, i) =>
    element("rect", {
      x: columns.left + i * columns.step,
      y: y + 2,
      width: columns.width,
      height: rowHeight - 4,
      rx: 3,
      fill: option === rating ? ratingColour[option] : pale,
    }),
  );
  const at = rating && Rating.options.indexOf(rating);
  return [
    element("line", { x1: 0, y1: y, x2: width, y2: y, stroke: hairline, "stroke-width": 1 }),
    label(0, y + 18, `${standard} ${shortened(name, 29)}`, { size: 13 }),
    ...cells,
    ...(rating && at !== undefined
      ? [
          ratingBars(rating, {
            x: centreOf(at) - symbolWidth / 2,
            y: y + (rowHeight - symbolHeight) / 2,
            fill: "#ffffff",
            empty: "#ffffff59",
          }),
        ]
      : [label(centreOf(1.5), y + 18, "Not rated", { size: 13, fill: quiet, anchor: "middle" })]),
  ];
};
