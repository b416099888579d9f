/**
 * The methodology annexe, generated from the framework and the ruleset that the inspection pinned.
 * Nothing in it is typed, so it cannot say another number than the one that was used.
 */
import { Rating, type Ruleset } from "@assay/domain/framework/ruleset.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import type { ReportModel } from "../model.ts";
import { type Block, bullets, heading, type Inline, paragraph, say, type Table } from "./blocks.ts";
import { samplePart } from "./methodology-sample.ts";
import { capitalised, counted, inWords, listed } from "./wording.ts";

export const methodologyBlocks = (model: ReportModel): readonly Block[] => [
  ...standardsPart(model),
  ...samplePart(model),
  ...judgementPart(model),
  ...ratingPart(model),
  ...overallPart(model),
];

const standardsPart = ({ framework, standards }: ReportModel): readonly Block[] => {
  const scored = standards.filter((standard) => standard.scored);
  const unscored = standards.filter((standard) => !standard.scored);
  const people = standards.filter(({ judged }) => judged === "by-people").length;
  return [
    heading(3, "method-standards", "Standards"),
    paragraph(
      `This inspection used the framework “${framework.label}”, in force from ` +
        `${dayInWords(framework.from)}. It rated ${inWords(standards.length)} standards in ` +
        `${inWords(new Set(standards.map(({ domain }) => domain)).size)} domains. ` +
        `Inspectors judged ${inWords(people)} of them from evidence as a whole and ` +
        `${inWords(standards.length - people)} from the cases that they assessed.`,
    ),
    ...(unscored.length > 0
      ? [
          paragraph(
            `${capitalised(listed(unscored.map(({ standard }) => standard)))} ` +
              `${unscored.length === 1 ? "is" : "are"} rated but not scored: ` +
              `${inWords(scored.length)} standards count towards the score.`,
          ),
        ]
      : []),
  ];
};

const judgementPart = ({ percentages, framework }: ReportModel): readonly Block[] => [
  heading(3, "method-judgement", "Judging a case"),
  paragraph(
    "For each case an inspector read the file, spoke to the case manager and answered yes or no " +
      "to each key question that concerned the case: was the work sufficient? Prompts guide the " +
      "judgement; a key question is judged as a whole and never computed from its prompts. A " +
      "case counts only where a key question concerned it, and the notes under the tables say where.",
  ),
  paragraph(
    percentages
      ? "Tables print percentages, because " +
          `${framework.ruleset.report.percentagesFromCases} cases or more were assessed.`
      : "Tables print numbers of cases and not percentages, because fewer than " +
          `${framework.ruleset.report.percentagesFromCases} cases were assessed.`,
  ),
];

const ratingPart = ({ framework, standards }: ReportModel): readonly Block[] => {
  const { ruleset } = framework;
  if (!standards.some(({ judged }) => judged === "by-cases")) return [];
  const { discretion } = ruleset;
  return [
    heading(3, "method-ratings", "From cases to ratings"),
    paragraph(
      "A key question’s percentage is the number of relevant cases with sufficient work over the " +
        `number of relevant cases, ${roundingWords[ruleset.rounding]}. The lowest percentage of ` +
        "a standard’s key questions decides the rating:",
    ),
    bandTable({
      id: "table-bands",
      caption: "Ratings by lowest percentage",
      unit: "Lowest percentage",
      floors: ruleset.bands,
      top: 100,
      suffix: "%",
      scores: ruleset.scores,
    }),
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
};

const roundingWords: Readonly<Record<Ruleset["rounding"], string>> = {
  "half-up": "rounded to the nearest whole number, halves up",
  "half-even": "rounded to the nearest whole number, halves to the even one",
  down: "rounded down to a whole number",
  none: "not rounded",
};

const overallPart = ({ framework, result, standards }: ReportModel): readonly Block[] => {
  const { ruleset } = framework;
  const scored = standards.filter(({ scored: counts }) => counts).length;
  const top = Math.max(...Object.values(ruleset.scores));
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
      floors: ruleset.overallBands,
      top: result.maxScore,
      suffix: "",
      scores: undefined,
    }),
    paragraph("No single standard overrides the total."),
  ];
};

type Bands = {
  readonly id: string;
  readonly caption: string;
  readonly unit: string;
  readonly floors: Ruleset["bands"];
  readonly top: number;
  readonly suffix: string;
  readonly scores: Ruleset["scores"] | undefined;
};

const bandTable = ({ id, caption, unit, floors, top, suffix, scores }: Bands): Table => ({
  kind: "table",
  id,
  caption,
  columns: [
    { label: "Rating", numeric: false },
    { label: unit, numeric: true },
    ...(scores ? [{ label: "Score", numeric: true }] : []),
  ],
  rows: Rating.options.toReversed().map((rating, i, all) => {
    const above = all[i - 1];
    const last = above === undefined ? top : floors[above] - 1;
    return [
      [{ kind: "rating", rating } satisfies Inline],
      [say(`${floors[rating]}${suffix} to ${last}${suffix}`)],
      ...(scores ? [[say(String(scores[rating]))]] : []),
    ];
  }),
  notes: [],
});
