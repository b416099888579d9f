/**
 * How a rating looks: rising bars, one for the lowest grade of its scale to all for the highest, so
 * that it is known by its shape in any colour or none. Every colour stands 4.5 to 1 or more against
 * white.
 */
import { gradesOf, placeOf, type Rating, type Scale } from "@assay/domain/framework/scale.ts";
import { element, hairline } from "./svg.ts";

/** From the lowest grade to the highest; scales of fewer grades take them at equal steps. */
const tones = [
  "#a3202f",
  "#9c3d17",
  "#9a5200",
  "#6b6a10",
  "#1f6f4a",
  "#1d5a70",
  "#1b3f8b",
] as const;

/** Which of the seven tones a grade has, 1 to 7. */
export const toneOf = (scale: Scale, rating: Rating): number =>
  1 + Math.round((placeOf(scale, rating) * (tones.length - 1)) / (scale.grades.length - 1));

export const ratingColour = (scale: Scale, rating: Rating): string =>
  tones[toneOf(scale, rating) - 1] ?? hairline;

const bar = { step: 6, width: 5, rise: 12 } as const;

export const symbolHeight = 16;
/** As wide as the scale has grades. */
export const symbolWidth = ({ grades }: Scale): number => grades.length * bar.step - 1;

type Look = {
  readonly x: number;
  readonly y: number;
  readonly fill?: string;
  readonly empty?: string;
};

/** The bars of a rating with their top left corner at the point named. */
export const ratingBars = (
  scale: Scale,
  rating: Rating,
  { x, y, fill = ratingColour(scale, rating), empty = hairline }: Look,
): string =>
  gradesOf(scale)
    .map((_, i, { length }) => {
      const height = 4 + (i * bar.rise) / (length - 1);
      return element("rect", {
        x: x + i * bar.step,
        y: y + symbolHeight - height,
        width: bar.width,
        height,
        rx: 1,
        fill: i <= placeOf(scale, rating) ? fill : empty,
      });
    })
    .join("");

/** A symbol beside the rating's own name, so it says nothing itself. */
export const ratingSymbol = (scale: Scale, rating: Rating): string =>
  element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${symbolWidth(scale)} ${symbolHeight}`,
      width: symbolWidth(scale),
      height: symbolHeight,
      "aria-hidden": "true",
      focusable: "false",
    },
    ratingBars(scale, rating, { x: 0, y: 0 }),
  );
