/** How grades are combined, in words: the rule of a document as a reader meets it. */
import type { Combine, Count, Limit } from "../framework/combining.ts";
import type { Framework } from "../framework/document.ts";
import type { Scale } from "../framework/scale.ts";
import { scaleNamed } from "../framework/standards.ts";
import { counted, listed } from "../kernel/wording.ts";
import { bandsInWords } from "./explain-words.ts";

/** How the overall rating comes about, in whole sentences. */
export const overallRuleInWords = (framework: Framework): string => {
  const { overall, standards } = framework;
  if (!overall) return "This framework has no overall rating.";
  const scales = standards.filter(({ scored }) => scored).map(({ scale }) => scale);
  const parts = {
    what: overall.of === "standards" ? "standard" : "domain",
    scale: scaleNamed(framework, scales[0] ?? overall.scale),
  };
  return combiningInWords(
    overall.combine,
    { ...parts, result: scaleNamed(framework, overall.scale) },
    overall.limits,
  );
};

type Parts = { readonly what: string; readonly scale: Scale; readonly result: Scale };

export const combiningInWords = (
  combine: Combine,
  parts: Parts,
  limits: readonly Limit[] = [],
): string =>
  [wayInWords(combine, parts), ...limits.map((limit) => limitInWords(limit, parts.what))].join(" ");

const wayInWords = (combine: Combine, { what, scale, result }: Parts): string => {
  const below = (next: number): string => String(next - 1);
  const points = listed(scale.grades.map(({ label, points: worth }) => `${label} ${worth}`));
  switch (combine.by) {
    case "people":
      return "People decide it, on everything before them.";
    case "lowest":
      return `The lowest rating of any ${what} decides.`;
    case "sum":
      return (
        `Every ${what} counts the same: ${points}. A total of ` +
        `${bandsInWords({ scale: result, bands: combine.bands }, below)}. ` +
        `No single ${what} overrides the total.`
      );
    case "mean":
      return (
        `Every ${what} counts the same: ${points}. A mean of ` +
        `${bandsInWords({ scale: result, bands: combine.bands }, (next) => `under ${next}`)}.`
      );
    case "share-of-points":
      return (
        `Every ${what} counts the same: ${points}. Of the points possible, in per cent, ` +
        `${bandsInWords({ scale: result, bands: combine.bands }, below)}.`
      );
    case "first-rule":
      return (
        combine.rules
          .map(({ grade, where }) => `${grade}, where ${countsInWords(where, what)}`)
          .join("; ") + `; otherwise ${combine.otherwise}.`
      );
  }
};

export const limitInWords = ({ where, atMost }: Limit, what: string): string =>
  `Where ${countsInWords(where, what)}, it is no better than ${atMost}.`;

const countsInWords = (where: readonly Count[], what: string): string =>
  listed(
    where.map(({ grades, of, atLeast, atMost }) => {
      const least = atLeast ?? (atMost === undefined ? 1 : 0);
      const among = of ? ` of ${listed(of)}` : "";
      const graded = `rated ${grades.join(" or ")}`;
      if (atMost === 0) return `no ${what}${among} is ${graded}`;
      const most = atMost === undefined ? "" : ` and at most ${atMost}`;
      return `at least ${counted(least, what)}${among}${most} ${least === 1 ? "is" : "are"} ${graded}`;
    }),
  );
