/**
 * How a rating looks: rising bars, one for Inadequate to four for Outstanding, so that it is known
 * by its shape in any colour or none. Every colour stands 4.5 to 1 or more against white.
 */
import { Rating } from "@assay/domain/framework/ruleset.ts";
import { element, hairline } from "./svg.ts";

export const ratingColour: Readonly<Record<Rating, string>> = {
  Inadequate: "#a3202f",
  "Requires improvement": "#9a5200",
  Good: "#1f6f4a",
  Outstanding: "#1b3f8b",
};

export const symbolWidth = 23;
export const symbolHeight = 16;

/** The bars of a rating with their top left corner at the point named. */
export const ratingBars = (
  rating: Rating,
  {
    x,
    y,
    fill = ratingColour[rating],
    empty = hairline,
  }: {
    readonly x: number;
    readonly y: number;
    readonly fill?: string;
    readonly empty?: string;
  },
): string =>
  Rating.options
    .map((_, i) => {
      const height = 4 + i * 4;
      return element("rect", {
        x: x + i * 6,
        y: y + symbolHeight - height,
        width: 5,
        height,
        rx: 1,
        fill: i <= Rating.options.indexOf(rating) ? fill : empty,
      });
    })
    .join("");

/** A symbol beside the rating's own name, so it says nothing itself. */
export const ratingSymbol = (rating: Rating): string =>
  element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${symbolWidth} ${symbolHeight}`,
      width: symbolWidth,
      height: symbolHeight,
      "aria-hidden": "true",
      focusable: "false",
    },
    ratingBars(rating, { x: 0, y: 0 }),
  );
