/** The phrases of an explanation: dates, counts, reasons and rules as people say them. */
import type { DiscretionSettings, Rounding } from "../framework/ruleset.ts";
import type { CaseRules } from "../framework/standards.ts";
import { type Bands, bandsIn } from "../ratings/percent.ts";
import type { Actor } from "../kernel/actor.ts";
import { dayInEngland, type Instant, timeInEngland } from "../kernel/instants.ts";
import { counted, dayInWords, listed, personName } from "../kernel/wording.ts";
import type { ReplacementReason } from "../announcement/events.ts";
import type { MetTrigger } from "../ratings/rate.ts";
import type { ExclusionReason } from "../sampling/eligibility.ts";

/** Day and time as they were in England. */
export const momentInWords = (at: Instant): string =>
  `${dayInWords(dayInEngland(at))} at ${timeInEngland(at)}`;

/** "by Iris (inspector) on 18 May 2021 at 10:00"; whom the post names is not told it twice. */
export const byWhom = ({ by, at }: { readonly by: Actor; readonly at: Instant }): string => {
  const role = by.id.startsWith(by.role) ? "" : ` (${by.role.replaceAll("-", " ")})`;
  return `by ${personName(by.id)}${role} on ${momentInWords(at)}`;
};

export const quoted = (words: string): string =>
  /^\[.*\]$/.test(words) ? words : `“${words.trim()}”`;

/** A percentage with as many decimals as it needs, two at most. */
export const percentInWords = (percent: number): string =>
  `${Number.isInteger(percent) ? percent : percent.toFixed(2)}%`;

export const answerInWords = { yes: "yes", no: "no", "not-applicable": "not applicable" } as const;

export const replacementInWords: Readonly<Record<ReplacementReason, string>> = {
  "not-eligible": "it turned out not to be eligible",
  "record-restricted": "its record may not be read",
  "serious-incident-review": "it is under review after a serious incident",
  "conflict-of-interest": "there was a conflict of interest",
  "file-unavailable": "its file was not available",
};

export const ineligibleInWords: Readonly<Record<ExclusionReason, string>> = {
  restricted: "its record may not be read",
  "outside-window": "its day is outside the window",
  "not-started": "work on it had not begun",
  duplicate: "the same case is on the list earlier",
};

const roundingInWords: Readonly<Record<Rounding, string>> = {
  "half-up": "Percentages are rounded to the nearest whole per cent, halves up.",
  "half-even": "Percentages are rounded to the nearest whole per cent, halves to the even number.",
  down: "Percentages are rounded down to whole per cents.",
  none: "Percentages are compared as they are, without rounding.",
};

/** "under 50 Poor, 50 to 64 Fair, …, 80 or more Very good". */
export const bandsInWords = (bands: Bands, gap: (below: number) => string): string =>
  bandsIn(bands)
    .map(({ grade, floor, next }, i) => {
      if (next === undefined) return `${floor} or more ${grade}`;
      return i === 0 ? `under ${next} ${grade}` : `${floor} to ${gap(next)} ${grade}`;
    })
    .join(", ");

export const ruleInWords = (rules: CaseRules): string => {
  const { rounding } = rules;
  const gap = (below: number): string =>
    rounding === "none" ? `just under ${below}` : String(below - 1);
  return (
    "The key question with the lowest percentage of sufficient cases decides: " +
    `${bandsInWords(rules, gap)}. ${roundingInWords[rounding]}`
  );
};

/** Why a trigger is met, as a whole sentence. */
export const triggerInWords = (met: MetTrigger, discretion: DiscretionSettings): string => {
  switch (met.trigger) {
    case "near-boundary": {
      const { withinPoints } = discretion;
      const near = met.near.map(({ boundary, points }) => distanceInWords(points, boundary));
      return (
        `The lowest percentage, ${percentInWords(met.percent)}, is ${listed(near)}; ` +
        `discretion is open within ${withinPoints} points.`
      );
    }
    case "one-case": {
      const flips = met.flips.map(
        ({ keyQuestion, from, to, rating }) =>
          `one “${from}” on ${keyQuestion} turned to “${to}” would give ${rating}`,
      );
      return `A different judgement in one case would change the rating: ${listed(flips)}.`;
    }
    case "small-sample": {
      const small = met.keyQuestions.map(
        ({ keyQuestion, relevant }) => `${keyQuestion} on ${counted(relevant, "case")}`,
      );
      return (
        `The rating rests on few cases: ${listed(small)}; ` +
        `discretion is open at ${discretion.smallSample} or fewer.`
      );
    }
  }
};

const distanceInWords = (points: number, boundary: number): string => {
  if (points === 0) return `exactly on the boundary of ${boundary}%`;
  return `${pointsInWords(Math.abs(points))} ${points < 0 ? "below" : "above"} ${boundary}%`;
};

/** Percentage points, with two decimals where they are not whole. */
export const pointsInWords = (points: number): string =>
  `${Number.isInteger(points) ? points : points.toFixed(2)} ${points === 1 ? "point" : "points"}`;

/** A total and the overall rating; a framework without scores has no total. */
export const standingInWords = ({
  score,
  maxScore,
  overall,
}: {
  readonly score: number;
  readonly maxScore: number;
  readonly overall?: string | null | undefined;
}): string => {
  const rating = overall ?? "no overall rating";
  return maxScore > 0 ? `${score} of ${maxScore}, ${rating}` : rating;
};
