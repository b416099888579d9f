/** How the report puts days, counts, rules and names into words. British English throughout. */
import type { Rating } from "@assay/domain/framework/scale.ts";

import type { Framework } from "@assay/domain/framework/document.ts";
import { sectionLabel } from "@assay/domain/framework/outline.ts";

const numerals = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

/** Small numbers as words, others as figures. */
export const inWords = (count: number): string => numerals[count] ?? String(count);

/** "a case", "an order". */
export const withArticle = (noun: string): string =>
  `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;

/** Whole numbers with a comma every three digits, others with their own decimals. */
export const figure = (value: number): string =>
  value.toLocaleString("en-GB", { maximumFractionDigits: 20 });

/** A figure with its unit, where that is a sign. */
export const inUnit = (value: number, unit: string): string =>
  unit === "%" ? `${figure(value)}%` : figure(value);

/** A figure with its unit. */
export const figureWithUnit = ({
  value,
  unit,
}: {
  readonly value: number;
  readonly unit: string;
}): string =>
  unit === "%" ? `${figure(value)}%` : `${figure(value)} ${value === 1 ? one(unit) : unit}`.trim();

/** "cases" as "case", "children" as "child"; short units such as "ms" have no singular. */
const one = (unit: string): string =>
  unit.replace(/\bchildren$/, "child").replace(/(?<=\p{L}{3}[^s])s$/u, "");

/** A percentage as tables print it: at most one decimal, as the ruleset's rounding leaves it. */
export const percentage = (percent: number | undefined): string =>
  percent === undefined ? "–" : `${Math.round(percent * 10) / 10}%`;

export const ratingName = (rating: Rating | undefined): string => rating ?? "Not rated";

/** A section's title: the outline's, or the domain's number and name. */
export const sectionTitle = (framework: Framework, section: string): string =>
  sectionLabel(framework, section) ?? section;

export const triggerWords: Readonly<Record<string, string>> = {
  "near-boundary": "the deciding percentage was close to a boundary",
  "one-case": "a different judgement in one case would have changed the rating",
  "small-sample": "the rating rested on a small number of cases",
};
