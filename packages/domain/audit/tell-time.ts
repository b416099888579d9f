/** How a rating came about over time, in words. */
import type { Instant } from "../kernel/instants.ts";
import type { HistoryStep, RatingThen } from "./as-at.ts";
import { counted } from "../kernel/wording.ts";
import { momentInWords } from "./explain-words.ts";
import { type Explanation, node } from "./explanation.ts";

/** Each change of one standard's rating, in order. */
export const tellHistory = (standard: string, steps: readonly HistoryStep[]): Explanation => {
  const own = steps.filter((step) => step.standard === standard);
  return node(
    "rating",
    `${standard} changed ${counted(own.length, "time")}.`,
    [],
    own.map(({ at, act, place, from, to }) => {
      const when = momentInWords(at as Instant);
      const before = from ? `${thenInWords(from)} → ` : "";
      return node("score", `${when}, ${act}: ${before}${thenInWords(to)}.`, [place]);
    }),
  );
};

const deciding: Readonly<Record<RatingThen["decidedBy"], string>> = {
  rule: "by the rule",
  discretion: "by discretion",
  panel: "decided by the panel",
  adopted: "as published, unexplained",
  "not-rated": "not rated",
  undecided: "undecided",
};

const thenInWords = ({ rating, decidedBy, proposed }: RatingThen): string => {
  if (decidedBy === "undecided") return proposed ? `${proposed} proposed` : "undecided";
  return rating ? `${rating} (${deciding[decidedBy]})` : "not rated";
};
