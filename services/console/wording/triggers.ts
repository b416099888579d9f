/** Why a panel may exercise discretion on a standard, in whole sentences. */
import type { DiscretionSettings } from "@assay/domain/framework/ruleset.ts";
import type { MetTrigger } from "@assay/domain/ratings/rate.ts";

export const triggerInWords = (
  met: MetTrigger,
  discretion: DiscretionSettings,
): readonly string[] => {
  switch (met.trigger) {
    case "near-boundary":
      return met.near.map(({ boundary, points }) => {
        const side = points < 0 ? `${count(-points, "point")} below` : aboveOr(points);
        return (
          `The deciding percentage, ${met.percent}%, is ${side} the boundary at ${boundary}%; ` +
          `within ${discretion.withinPoints} points counts as near.`
        );
      });
    case "one-case":
      return met.flips.map(
        ({ keyQuestion, from, to, rating }) =>
          `One ${from} on ${keyQuestion} turned into ${to} would give ${rating} by the rule.`,
      );
    case "small-sample":
      return met.keyQuestions.map(
        ({ keyQuestion, relevant }) =>
          `${keyQuestion} decides, and rests on ${count(relevant, "case")}; ` +
          `${discretion.smallSample} or fewer count as small.`,
      );
  }
};

export const triggerNames = {
  "near-boundary": "Near a boundary",
  "one-case": "One case decides",
  "small-sample": "Small sample",
} as const;

const aboveOr = (points: number): string =>
  points === 0 ? "exactly at" : `${count(points, "point")} above`;

const count = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? "" : "s"}`;
