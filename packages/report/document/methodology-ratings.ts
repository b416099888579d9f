/** How ratings come about, for the methodology annexe: from cases, by discretion, and overall. */
import { overallRuleInWords } from "@assay/domain/audit/explain-combining.ts";
import type { Ruleset } from "@assay/domain/framework/ruleset.ts";
import { pointsOf } from "@assay/domain/framework/scale.ts";
import { caseRulesOf, standardIn } from "@assay/domain/framework/standards.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { type Bands, bandsIn } from "@assay/domain/ratings/percent.ts";
import { type ReportModel, totalBands } from "../model.ts";
import { type Block, bullets, heading, type Inline, paragraph, say, type Table } from "./blocks.ts";
import { counted, listed } from "@assay/domain/kernel/wording.ts";
import { inWords } from "./wording.ts";

export const ratingPart = ({ framework, standards }: ReportModel): readonly Block[] => {
  const { ruleset } = framework;
  const onCases = standards.filter(({ keyQuestions }) => keyQuestions.length > 0);
  if (onCases.length === 0) return [];
  const { discretion } = ruleset;
  const byScale = new Map(
    onCases.map(({ standard }) => {
      const rules = caseRulesOf(framework, standardIn(framework, standard)!);
      return [rules.scale.id, rules] as const;
    }),
  );
  const several = byScale.size > 1;
  return [
    heading(3, "method-ratings", "From cases to ratings"),
    paragraph(
      "A key question’s percentage is the number of relevant cases with sufficient work over the " +
        `number of relevant cases, ${roundingWords[ruleset.rounding]}. The lowest percentage of ` +
        "a standard’s key questions decides the rating:",
    ),
    ...[...byScale.values()].map((rules, place) =>
      bandTable({
        id: place === 0 ? "table-bands" : `table-bands-${place + 1}`,
        caption: `Ratings by lowest percentage${several ? `: ${rules.scale.label}` : ""}`,
        unit: "Lowest percentage",
        bands: rules,
        top: 100,
        suffix: "%",
        scored: hasScore(framework),
      }),
    ),
    ...(discretion ? discretionBlocks(discretion) : []),
  ];
};

const discretionBlocks = (discretion: NonNullable<Ruleset["discretion"]>): readonly Block[] => [
  paragraph(
    `In ${listed(discretion.domains.map((domain) => `domain ${inWords(domain)}`))} the ratings ` +
      "panel may exercise professional discretion where one of these holds:",
  ),
  bullets([
    `the lowest percentage is within ${counted(discretion.withinPoints, "point")} of a boundary`,
    "a different judgement in one case would change the rating",
    `the rating rests on ${inWords(discretion.smallSample)} cases or fewer`,
  ]),
  paragraph(
    `It may move the rating by ${counted(discretion.maxBands, "band")} at most, up or down, ` +
      "and always gives its reason, which is printed with the rating.",
  ),
];

const roundingWords: Readonly<Record<Ruleset["rounding"], string>> = {
  "half-up": "rounded to the nearest whole number, halves up",
  "half-even": "rounded to the nearest whole number, halves to the even one",
  down: "rounded down to a whole number",
  none: "not rounded",
};

export const overallPart = (model: ReportModel): readonly Block[] => {
  const { framework, result, standards } = model;
  const total = totalBands(model);
  if (!total) {
    return [
      heading(3, "method-overall", "The overall rating"),
      paragraph(overallRuleInWords(framework)),
    ];
  }
  const scored = standards.filter(({ scored: counts }) => counts).length;
  const top = Math.max(...total.scale.grades.map(({ points }) => points));
  return [
    heading(3, "method-overall", "The overall rating"),
    paragraph(
      `Each of the ${inWords(scored)} scored standards scores 0 to ${top}. The scores are added ` +
        `up without weights, so that the total runs from 0 to ${result.maxScore}:`,
    ),
    bandTable({
      id: "table-overall-bands",
      caption: "Overall ratings by total score",
      unit: "Total score",
      bands: total,
      top: result.maxScore,
      suffix: "",
      scored: false,
    }),
    paragraph("No single standard overrides the total."),
  ];
};

type BandTable = {
  readonly id: string;
  readonly caption: string;
  readonly unit: string;
  readonly bands: Bands;
  readonly top: number;
  readonly suffix: string;
  /** Whether each grade's points stand beside it. */
  readonly scored: boolean;
};

const bandTable = ({ id, caption, unit, bands, top, suffix, scored }: BandTable): Table => ({
  kind: "table",
  id,
  caption,
  columns: [
    { label: "Rating", numeric: false },
    { label: unit, numeric: true },
    ...(scored ? [{ label: "Score", numeric: true }] : []),
  ],
  rows: bandsIn(bands)
    .toReversed()
    .map(({ grade, floor, next }) => [
      [{ kind: "rating", rating: grade, scale: bands.scale } satisfies Inline],
      [say(`${floor}${suffix} to ${next === undefined ? top : next - 1}${suffix}`)],
      ...(scored ? [[say(String(pointsOf(bands.scale, grade) ?? 0))]] : []),
    ]),
  notes: [],
});
