/** The ratings at a glance: a row for each standard, a column for each rating. */
import { gradesOf, placeOf, type Scale } from "@assay/domain/framework/scale.ts";
import { type ReportModel, scaleIn } from "../model.ts";
import { ratingBars, ratingColour, symbolHeight, symbolWidth } from "./rating-looks.ts";
import { drawing, element, hairline, label, pale, quiet, shortened } from "./svg.ts";

const width = 440;
const left = 196;
const rowHeight = 27;
const headHeight = 36;
const domainHeight = 28;

export const ratingsChart = (model: ReportModel, description: string): string => {
  const parts: string[] = [];
  let y = 0;
  let shown: Scale | undefined;
  for (const { number, label: name } of model.framework.domains) {
    const rows = model.standards.filter(({ domain }) => domain === number);
    if (rows.length === 0) continue;
    for (const [i, row] of rows.entries()) {
      const scale = scaleIn(model, row.standard);
      if (scale !== shown) {
        parts.push(...headParts(scale, y));
        y += headHeight;
        shown = scale;
      }
      if (i === 0) {
        parts.push(label(0, y + 20, `${number}. ${name}`, { size: 14, weight: 700 }));
        y += domainHeight;
      }
      parts.push(...rowParts(row, scale, y));
      y += rowHeight;
    }
    y += 6;
  }
  const title = `Ratings of ${model.service.name} at a glance`;
  return drawing({ id: "chart-ratings", width, height: y, title, description }, parts);
};

/** One column for each grade. */
const columnsOf = ({ grades }: Scale) => {
  const step = (width - left) / grades.length;
  return { step, width: step - 3 };
};

const centreOf = (scale: Scale, column: number): number => {
  const { step, width: wide } = columnsOf(scale);
  return left + column * step + wide / 2;
};

/** A grade's name over its column: in as many lines as it has words where it is long. */
const headParts = (scale: Scale, top: number): readonly string[] =>
  scale.grades.flatMap(({ label: grade, short }, i) => {
    const room = columnsOf(scale).width / 5.2;
    const words = grade.length <= room ? [grade] : grade.split(" ");
    const fits = words.length <= 2 && words.every((word) => word.length <= room);
    const lines = fits ? words : [short];
    return lines.map((line, n) =>
      label(centreOf(scale, i), top + headHeight - 8 - (lines.length - 1 - n) * 13, line, {
        size: 10.5,
        weight: 700,
        fill: ratingColour(scale, grade),
        anchor: "middle",
      }),
    );
  });

const rowParts = (
  { standard, label: name, rating }: ReportModel["standards"][number],
  scale: Scale,
  y: number,
): readonly string[] => {
  const { step, width: wide } = columnsOf(scale);
  const grades = gradesOf(scale);
  const cells = grades.map((option, i) =>
    element("rect", {
      x: left + i * step,
      y: y + 2,
      width: wide,
      height: rowHeight - 4,
      rx: 3,
      fill: option === rating ? ratingColour(scale, option) : pale,
    }),
  );
  const at = rating === undefined ? undefined : placeOf(scale, rating);
  return [
    element("line", { x1: 0, y1: y, x2: width, y2: y, stroke: hairline, "stroke-width": 1 }),
    label(0, y + 18, `${standard} ${shortened(name, 29)}`, { size: 13 }),
    ...cells,
    ...(rating && at !== undefined
      ? [
          ratingBars(scale, rating, {
            x: centreOf(scale, at) - symbolWidth(scale) / 2,
            y: y + (rowHeight - symbolHeight) / 2,
            fill: "#ffffff",
            empty: "#ffffff59",
          }),
        ]
      : [
          label(centreOf(scale, (grades.length - 1) / 2), y + 18, "Not rated", {
            size: 13,
            fill: quiet,
            anchor: "middle",
          }),
        ]),
  ];
};
