/**
 * The methodology annexe, generated from the framework and the ruleset that the inspection pinned.
 * Nothing in it is typed, so it cannot say another number than the one that was used.
 */
import { Rating, type Ruleset } from "@assay/domain/framework/ruleset.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import { isCustody } from "@assay/domain/framework/case-profile.ts";
import type { ReportModel } from "../model.ts";
import type { PopulationFacts } from "../sample-facts.ts";
import { type Block, bullets, heading, type Inline, paragraph, say, type Table } from "./blocks.ts";
import {
  capitalised,
  counted,
  disposalNames,
  inWords,
  listed,
  populationNames,
} from "./wording.ts";

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

const samplePart = (model: ReportModel): readonly Block[] => {
  const { sampling } = model.framework.ruleset;
  const margin = Math.round(sampling.size.margin * 1000) / 10;
  const balance = listed(sampling.balancedOn.map((each) => balanceNames[each]));
  const { interviews, meetings, documents, surveys } = model.sample;
  const also = [
    interviews > 0 ? counted(interviews, "interview") + " with case managers" : "",
    meetings > 0 ? counted(meetings, "meeting") : "",
    documents > 0 ? counted(documents, "document") : "",
  ].filter((part) => part !== "");
  return [
    heading(3, "method-sample", "Cases"),
    paragraph(
      "The size of the sample of court disposals gives a margin of error of " +
        `${margin} percentage points at ${confidenceOf(sampling.size.z)}% ` +
        "confidence, corrected for the number of eligible cases. The two samples stand to each " +
        `other as ${sampling.proportion.court} to ${sampling.proportion.outOfCourt}. Each was ` +
        `drawn at random, balanced on ${balance}, ` +
        `with at most ${sampling.maxPerCaseManager} cases from one case manager where the size ` +
        "allowed it. Anyone who has the list of cases can draw the same sample again from the " +
        "sampling certificate.",
    ),
    sampleTable(model),
    ...([model.sample.court, model.sample.outOfCourt] as const).flatMap(windowBlock),
    ...(also.length > 0 ? [paragraph(`The inspection also rests on ${listed(also)}.`)] : []),
    ...surveys.map(({ survey, invited, responded }) =>
      paragraph(
        `${survey === "staff" ? "Staff" : "Children’s"} survey: ${responded} of ${invited} ` +
          "people who were asked replied.",
      ),
    ),
  ];
};

/** The confidence, in per cent, whose two-sided standard normal quantile is z: 100·erf(z/√2). */
const confidenceOf = (z: number): number => {
  const x = z / Math.SQRT2;
  let term = x;
  let sum = x;
  for (let n = 1; n < 60; n += 1) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return Math.round((200 / Math.sqrt(Math.PI)) * sum);
};

const balanceNames = {
  gender: "gender",
  disposal: "type of disposal",
  rosh: "risk of serious harm",
  safety: "safety and wellbeing",
} as const;

const sampleTable = ({ sample }: ReportModel): Table => {
  const rows: readonly [string, (facts: PopulationFacts) => number][] = [
    ["Eligible cases", ({ eligible }) => eligible],
    ["Drawn", ({ drawn }) => drawn],
    ["Replaced by a reserve", ({ replaced }) => replaced],
    ["Withdrawn", ({ withdrawn }) => withdrawn],
    ["Assessed", ({ assessed }) => assessed],
  ];
  return {
    kind: "table",
    id: "table-sample",
    caption: "Cases in the two samples",
    columns: [
      { label: "Cases", numeric: false },
      { label: "Court disposals", numeric: true },
      { label: "Out-of-court disposals", numeric: true },
    ],
    rows: rows.map(([label, of]) => [
      [say(label)],
      [say(String(of(sample.court)))],
      [say(String(of(sample.outOfCourt)))],
    ]),
    notes: [],
  };
};

const windowBlock = (facts: PopulationFacts): readonly Block[] => {
  const { window, population, shortfall } = facts;
  if (!window) return [];
  const widened =
    window.widened > 0 ? " The usual window was widened, because it held too few cases." : "";
  const short =
    shortfall > 0
      ? ` ${capitalised(counted(shortfall, "case"))} fewer than asked for: all were taken.`
      : "";
  return [
    paragraph(
      `${capitalised(populationNames[population])}: disposals made ${window.from} to ` +
        `${window.to} months before fieldwork, from ${dayInWords(window.first)} to ` +
        `${dayInWords(window.last)}.${widened}${short} ${mixOf(facts)}`,
    ),
  ];
};

/** Custodial sentences together and broad: a kind of which there is one might name a child. */
const mixOf = ({ population, disposals }: PopulationFacts): string => {
  if (population === "court") {
    const custody = disposals
      .filter(({ disposal }) => isCustody(disposal))
      .reduce((sum, { cases }) => sum + cases, 0);
    const community = disposals.reduce((sum, { cases }) => sum + cases, 0) - custody;
    return `Assessed: ${counted(community, "community sentence")} and ${counted(custody, "custodial sentence")}.`;
  }
  const parts = disposals.map(
    ({ disposal, cases }) => `${disposalNames[disposal].toLowerCase()} ${cases}`,
  );
  return parts.length > 0 ? `Assessed: ${listed(parts)}.` : "";
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
