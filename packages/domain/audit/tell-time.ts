/** A rating as it stood at a moment, and how it came about over time, in words. */
import type { Instant } from "../kernel/instants.ts";
import type { AsAt, HistoryStep, RatingThen } from "./as-at.ts";
import { counted } from "../kernel/wording.ts";
import { momentInWords, standingInWords } from "./explain-words.ts";
import { type Explanation, node } from "./explanation.ts";
import { tellStandard } from "./tell.ts";

/** What was known, what had been concluded, and what the answers known then come to. */
export const tellAsAt = ({ events, last, standing, computed, published }: AsAt): Explanation => {
  if (!last) return node("rating", "Nothing had been recorded yet.");
  const known = `${counted(events, "fact")} had been recorded`;
  const until = `the last, ${last.type}, on ${momentInWords(last.at as Instant)}`;
  const report = published === null ? "Nothing was public." : `Version ${published} was public.`;
  const concluded = standing
    ? `The panel's ratings stood at ${standing.score}, ${standing.overall ?? "no overall rating"}` +
      `${standing.reopened ? ", and it sat again on some of them" : ""}.`
    : "The panel had not concluded.";
  const total = computed
    ? [
        node(
          "score",
          `The answers known then come to ${standingInWords(computed)}` +
            `${standing ? "" : "; that is provisional"}.`,
          [],
          computed.standards.map((standard) => tellStandard({ ...standard, equal: true })),
        ),
      ]
    : [];
  const places = [standing?.place];
  return node(
    "rating",
    `${known}, ${until}. ${report}`,
    [last],
    [node("conclusion", concluded, places), ...total],
  );
};

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
