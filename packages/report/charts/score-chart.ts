/** The total score on its scale, with the bands of the overall ratings. */
import { Rating } from "@assay/domain/framework/ruleset.ts";
import type { ReportModel } from "../model.ts";
import { ratingColour } from "./rating-looks.ts";
import { drawing, element, ink, label } from "./svg.ts";

const width = 440;
const height = 118;
const scale = { left: 4, right: 436, top: 50, height: 22 };

export const scoreChart = ({ result, framework }: ReportModel, description: string): string => {
  const { score, maxScore, overall } = result;
  const floors = framework.ruleset.overallBands;
  const steps = maxScore + 1;
  const x = (value: number): number => scale.left + ((scale.right - scale.left) * value) / steps;
  const bands = Rating.options.flatMap((rating, i) => {
    const next = Rating.options[i + 1];
    const end = next === undefined ? steps : floors[next];
    const [from, to] = [x(floors[rating]), x(end)];
    const middle = (from + to) / 2;
    return [
      element("rect", {
        x: from + 1,
        y: scale.top,
        width: to - from - 2,
        height: scale.height,
        rx: 3,
        fill: rating === overall ? ratingColour[rating] : `${ratingColour[rating]}33`,
      }),
      label(middle, scale.top + 40, rating, {
        size: 12.5,
        weight: rating === overall ? 700 : 400,
        fill: ratingColour[rating],
        anchor: "middle",
      }),
      label(middle, scale.top + 55, `${floors[rating]} to ${end - 1}`, {
        size: 12,
        anchor: "middle",
      }),
    ];
  });
  const at = x(score + 0.5);
  const marker = element("path", {
    d: `M ${at - 8} 38 L ${at + 8} 38 L ${at} 49 Z`,
    fill: ink,
  });
  const title = `Score of ${score} out of ${maxScore}`;
  return drawing({ id: "chart-score", width, height, title, description }, [
    ...bands,
    marker,
    element("rect", {
      x: at - 1.5,
      y: scale.top - 2,
      width: 3,
      height: scale.height + 4,
      fill: "#ffffff",
    }),
    label(at, 28, String(score), { size: 26, weight: 700, anchor: "middle" }),
  ]);
};
