/**
 * How the cases were chosen, for the methodology annexe: sizes and margins, what could have steered
 * the draw, the two samples in numbers.
 */
import { samplingOf } from "@assay/domain/framework/format-1-cases.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import { renewalInWords } from "@assay/domain/sampling/certificate-page.ts";
import type { ReportModel } from "../model.ts";
import type { PopulationFacts } from "../sample-facts.ts";
import { type Block, heading, paragraph, say, type Table } from "./blocks.ts";
import { capitalised, counted, listed } from "./wording.ts";

/** Where no cases are sampled: what the judgements rest on. */
const evidencePart = (model: ReportModel): readonly Block[] => {
  const { meetings, documents, surveys } = model.sample;
  const seen = [
    meetings > 0 ? counted(meetings, "meeting") : "",
    documents > 0 ? counted(documents, "document") : "",
    ...surveys.map(
      ({ survey, responded }) =>
        `${counted(responded, "answer")} to the ${surveyName(model, survey)}`,
    ),
  ].filter((part) => part !== "");
  return seen.length === 0
    ? []
    : [
        heading(3, "method-evidence", "Evidence"),
        paragraph(`The inspection rests on ${listed(seen)}.`),
      ];
};

const surveyName = ({ framework }: ReportModel, survey: string): string =>
  framework.surveys.find(({ id }) => id === survey)?.label ?? survey;

export const samplePart = (model: ReportModel): readonly Block[] => {
  if (model.framework.populations.length === 0) return evidencePart(model);
  const sampling = samplingOf(model.framework);
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
      `The size of the sample of court disposals follows from a margin of error of ${margin} ` +
        `percentage points at ${confidenceOf(sampling.size.z)}% confidence, corrected for the ` +
        "number of eligible cases, unless it is said below that it was set. The two samples " +
        `stand to each other as ${sampling.proportion.court} to ` +
        `${sampling.proportion.outOfCourt}. Each was drawn at random, balanced on ${balance}, ` +
        `with at most ${sampling.maxPerCaseManager} cases from one case manager where the size ` +
        "allowed it. Questions that concern some of the cases have wider margins: each stands " +
        "beside its number. They are those of a simple random sample.",
    ),
    ...conductBlocks(model),
    sampleTable(model),
    ...([model.sample.court, model.sample.outOfCourt] as const).flatMap(windowBlock),
    ...(also.length > 0 ? [paragraph(`The inspection also rests on ${listed(also)}.`)] : []),
    ...surveys.map(({ survey, invited, responded }) =>
      paragraph(
        `${surveyName(model, survey)}: ${responded} of ${invited} ` +
          "people who were asked replied.",
      ),
    ),
  ];
};

/** What could have steered the draw, and what was done against it. */
const conductBlocks = ({ sample }: ReportModel): readonly Block[] => {
  const { conduct, court, outOfCourt } = sample;
  const { beaconRound: round, renewals = [], countersigned } = conduct ?? {};
  const answered = court.goneWithAnswers + outOfCourt.goneWithAnswers;
  const sentences = [
    "Whoever has the list of cases can draw the same sample again from the sampling certificate.",
    countersigned === undefined
      ? "The service has not said that it did."
      : `The service did so on ${dayInWords(countersigned.on)} and got ` +
        `${countersigned.equal ? "the same cases" : "other cases"}.`,
    ...(round
      ? [`The seed takes in round ${round.round} of drand, which nobody could know in advance.`]
      : []),
    ...renewals.map(
      ({ on, because }) =>
        `A new secret number was committed to on ${dayInWords(on)}, because ` +
        `${renewalInWords[because]}.`,
    ),
    ...(answered > 0
      ? [
          `${capitalised(counted(answered, "case"))} left the sample after answers were recorded, ` +
            "as a second person approved. The answers stay on record and do not count.",
        ]
      : []),
    ...[court, outOfCourt].flatMap(sizeAndChances),
  ];
  return [paragraph(sentences.join(" "))];
};

const sizeAndChances = (facts: PopulationFacts): readonly string[] => {
  const { override, unequal, label } = facts;
  const called = label.toLowerCase();
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  return [
    ...(override
      ? [
          `A person set the size of the sample of ${called} to ` +
            `${override.size}: ${override.reason.replace(/\.$/, "")}.`,
        ]
      : []),
    ...(unequal
      ? [
          `Of ${called}, cases of managers who hold many had a lower chance ` +
            `of being drawn (${percent(unequal.lowest)} at the lowest, others ` +
            `${percent(unequal.common)}). Percentages count each case once all the same, because ` +
            "the rules rate counted cases.",
        ]
      : []),
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
  const rows: readonly [string, (facts: PopulationFacts) => number | string][] = [
    ["Eligible cases", ({ eligible }) => eligible],
    ["Drawn", ({ drawn }) => drawn],
    ["Replaced by a reserve", ({ replaced }) => replaced],
    ["Withdrawn", ({ withdrawn }) => withdrawn],
    ["Assessed", ({ assessed }) => assessed],
    ["Margin of error, in points", ({ margin }) => margin?.toFixed(1) ?? "–"],
  ];
  return {
    kind: "table",
    id: "table-sample",
    caption: "Cases in the two samples",
    columns: [
      { label: "Cases", numeric: false },
      { label: sample.court.label, numeric: true },
      { label: sample.outOfCourt.label, numeric: true },
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
  const { window, label, shortfall } = facts;
  if (!window) return [];
  const widened =
    window.widened > 0 ? " The usual window was widened, because it held too few cases." : "";
  const short =
    shortfall > 0
      ? ` ${capitalised(counted(shortfall, "case"))} fewer than asked for: all were taken.`
      : "";
  return [
    paragraph(
      `${label}: cases from ${window.from} to ` +
        `${window.to} months before fieldwork, from ${dayInWords(window.first)} to ` +
        `${dayInWords(window.last)}.${widened}${short} ${mixOf(facts)}`,
    ),
  ];
};

const mixOf = ({ mix }: PopulationFacts): string =>
  mix.length > 0
    ? `Assessed: ${listed(mix.map(({ words, cases }) => counted(cases, words.one, words.many)))}.`
    : "";
