/** The total score on its scale, with the bands of the overall ratings. */
import { type Bands, bandsIn } from "@assay/domain/ratings/percent.ts";
import type { ReportModel } from "../model.ts";
import { ratingColour } from "./rating-looks.ts";
import { drawing, element, ink, label } from "./svg.ts";

const width = 440;
const height = 118;
const scale = { left: 4, right: 436, top: 50, height: 22 };

export const scoreChart = ({ result }: ReportModel, total: Bands, description: string): string => {
  const { score, maxScore, overall } = result;
  const steps = maxScore + 1;
  const x = (value: number): number => scale.left + ((scale.right - scale.left) * value) / steps;
  const bands = bandsIn(total).flatMap(({ grade: rating, floor, next = steps }) => {
    const colour = ratingColour(total.scale, rating);
    const [from, to] = [x(floor), x(next)];
    const middle = (from + to) / 2;
    return [
      element("rect", {
        x: from + 1,
        y: scale.top,
        width: to - from - 2,
        height: scale.height,
        rx: 3,
        fill: rating === overall ? colour : `${colour}33`,
      }),
      label(middle, scale.top + 40, rating, {
        size: 12.5,
        weight: rating === overall ? 700 : 400,
        fill: colour,
        anchor: "middle",
      }),
      label(middle, scale.top + 55, `${floor} to ${next - 1}`, {
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
