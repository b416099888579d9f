/**
 * A standard's key questions on the scale of per cent, with the bands and their boundaries, so that
 * one sees how near to another rating the deciding percentage is.
 */
import type { CaseRules } from "@assay/domain/framework/standards.ts";
import { type Band, bandsIn, boundariesOf } from "@assay/domain/ratings/percent.ts";
import type { RatedStandard } from "@assay/domain/ratings/rate.ts";

import { toneClass } from "../wording/names.ts";
import { element, label, picture, type Svg } from "./svg.ts";

const scale = { left: 58, width: 560, top: 34, row: 34 } as const;

const x = (percent: number): number => scale.left + (percent / 100) * scale.width;

export const drawBands = (board: RatedStandard, rules: CaseRules): Svg => {
  const rows = board.keyQuestions.length;
  const bottom = scale.top + rows * scale.row;
  const decides = board.percent === undefined ? "not rated" : `${board.percent}% decides`;
  return picture(
    {
      width: scale.left + scale.width + 60,
      height: bottom + 26,
      title: `${board.standard}: ${decides}${board.rule ? `, ${board.rule} by rule` : ""}`,
      className: "bands",
    },
    ...bandsIn(rules).map((band) => zone(band, rules, bottom)),
    ...nearZones(rules, bottom),
    ...boundariesOf(rules).map((floor) => boundary(floor, bottom)),
    ...board.keyQuestions.map((question, place) => {
      const y = scale.top + place * scale.row + scale.row / 2;
      const lowest = board.lowest.includes(question.keyQuestion);
      const code = label({ x: 4, y: y + 5, class: "bands-code" }, question.keyQuestion);
      if (question.percent === undefined)
        return element(
          "g",
          {},
          code,
          label({ x: x(2), y: y + 5, class: "bands-none" }, "no relevant case"),
        );
      const text = `${question.percent}% · ${question.yes} of ${question.relevant}`;
      const left = question.percent > 72;
      return element(
        "g",
        { class: lowest ? "bands-question bands-question--lowest" : "bands-question" },
        code,
        element("line", { x1: x(0), y1: y, x2: x(question.percent), y2: y }),
        element("circle", { cx: x(question.percent), cy: y, r: lowest ? 8 : 6 }),
        label(
          {
            x: x(question.percent) + (left ? 0 : 13),
            y: left ? y - 10 : y + 5,
            "text-anchor": left ? "end" : "start",
          },
          text,
        ),
      );
    }),
  );
};

const zone = (
  { grade, floor, next = 100 }: Band,
  { scale: grades }: CaseRules,
  bottom: number,
): Svg => {
  const [from, to] = [x(floor), x(next)];
  const middle = (from + to) / 2;
  return element(
    "g",
    { class: `bands-zone ${toneClass(grades, grade)}` },
    element("rect", {
      x: from,
      y: scale.top - 6,
      width: to - from,
      height: bottom - scale.top + 12,
    }),
    ...linesOf(grade, to - from).map((line, i, { length }) =>
      label(
        { x: middle, y: scale.top - 11 - (length - 1 - i) * 12, "text-anchor": "middle" },
        line,
      ),
    ),
  );
};

/** In two lines where one is too long for its band. */
const linesOf = (grade: string, room: number): readonly string[] => {
  const [first = grade, ...rest] = grade.split(" ");
  return grade.length * 7 <= room || rest.length === 0 ? [grade] : [first, rest.join(" ")];
};

/** Where a percentage is near enough to a boundary for discretion. */
const nearZones = (rules: CaseRules, bottom: number): readonly Svg[] => {
  const { discretion } = rules;
  if (!discretion) return [];
  return boundariesOf(rules).map((floor) =>
    element("rect", {
      class: "bands-near",
      x: x(floor - discretion.withinPoints),
      y: scale.top - 6,
      width: x(floor + discretion.withinPoints) - x(floor - discretion.withinPoints),
      height: bottom - scale.top + 12,
    }),
  );
};

const boundary = (floor: number, bottom: number): Svg =>
  element(
    "g",
    { class: "bands-boundary" },
    element("line", { x1: x(floor), y1: scale.top - 6, x2: x(floor), y2: bottom + 6 }),
    label({ x: x(floor), y: bottom + 21, "text-anchor": "middle" }, `${floor}%`),
  );
