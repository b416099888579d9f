/**
 * How the cases were chosen, for the methodology annexe: sizes and margins, what could have steered
 * the draw, the samples in numbers.
 */
import { capitalised, counted, dayInWords, listed } from "@assay/domain/kernel/wording.ts";
import { renewalInWords } from "@assay/domain/sampling/certificate-page.ts";
import type { ReportModel } from "../model.ts";
import type { PopulationFacts } from "../sample-facts.ts";
import { type Block, bullets, heading, paragraph, say, type Table } from "./blocks.ts";
import { samplesInWords, samplingInWords } from "./sampling-words.ts";

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

/** Of a report that others published: what it says of its evidence, and no more. */
const publishedPart = ({ said }: NonNullable<ReportModel["reconstruction"]>): readonly Block[] => [
  heading(3, "method-evidence", "Evidence"),
  ...(said.length > 0
    ? [
        paragraph("The published report says of its evidence:"),
        bullets(said.map(({ label, value }) => `${label}: ${value}`)),
      ]
    : []),
  paragraph("How its cases were chosen, and from how many, is not known here."),
];

export const samplePart = (model: ReportModel): readonly Block[] => {
  const { framework, sample } = model;
  if (model.reconstruction) return publishedPart(model.reconstruction);
  if (framework.populations.length === 0) return evidencePart(model);
  const { words } = framework;
  const { interviews, meetings, documents, surveys } = sample;
  const also = [
    interviews > 0 ? `${counted(interviews, "interview")} with ${words.worker.many}` : "",
    meetings > 0 ? counted(meetings, "meeting") : "",
    documents > 0 ? counted(documents, "document") : "",
  ].filter((part) => part !== "");
  return [
    heading(3, "method-sample", capitalised(words.case.many)),
    paragraph(samplingInWords(framework).join(" ")),
    ...conductBlocks(model),
    sampleTable(model),
    ...sample.populations.flatMap((facts) => windowBlock(facts, words.case.many)),
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
const conductBlocks = ({ sample, framework }: ReportModel): readonly Block[] => {
  const { conduct, populations } = sample;
  const { beaconRound: round, renewals = [], countersigned } = conduct ?? {};
  const answered = populations.reduce((sum, each) => sum + each.goneWithAnswers, 0);
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
    ...populations.flatMap((facts) => sizeAndChances(facts, framework.words.worker.many)),
  ];
  return [paragraph(sentences.join(" "))];
};

const sizeAndChances = (facts: PopulationFacts, workers: string): readonly string[] => {
  const { override, unequal, words } = facts;
  const called = words.case.many;
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
          `Of ${called}, those of ${workers} who hold many had a lower chance ` +
            `of being drawn (${percent(unequal.lowest)} at the lowest, others ` +
            `${percent(unequal.common)}). Percentages count each case once all the same, because ` +
            "the rules rate counted cases.",
        ]
      : []),
  ];
};

const sampleTable = ({ sample: { populations }, framework }: ReportModel): Table => {
  const cases = capitalised(framework.words.case.many);
  const rows: readonly [string, (facts: PopulationFacts) => number | string][] = [
    ["Eligible", ({ eligible }) => eligible],
    ["Drawn", ({ drawn }) => drawn],
    ["Replaced by a reserve", ({ replaced }) => replaced],
    ["Withdrawn", ({ withdrawn }) => withdrawn],
    ["Assessed", ({ assessed }) => assessed],
    ["Margin of error, in points", ({ margin }) => margin?.toFixed(1) ?? "–"],
  ];
  return {
    kind: "table",
    id: "table-sample",
    caption: `${cases} in ${samplesInWords(populations.length)}`,
    columns: [
      { label: cases, numeric: false },
      ...populations.map(({ label }) => ({ label, numeric: true })),
    ],
    rows: rows.map(([label, of]) => [
      [say(label)],
      ...populations.map((facts) => [say(String(of(facts)))]),
    ]),
    notes: [],
  };
};

const windowBlock = (facts: PopulationFacts, cases: string): readonly Block[] => {
  const { window, label, shortfall } = facts;
  if (!window) return [];
  const widened =
    window.widened > 0 ? ` The usual window was widened, because it held too few ${cases}.` : "";
  const short =
    shortfall > 0
      ? ` ${capitalised(counted(shortfall, "case"))} fewer than asked for: all were taken.`
      : "";
  return [
    paragraph(
      `${label}: ${cases} from ${window.from} to ` +
        `${window.to} months before fieldwork, from ${dayInWords(window.first)} to ` +
        `${dayInWords(window.last)}.${widened}${short} ${mixOf(facts)}`,
    ),
  ];
};

const mixOf = ({ mix }: PopulationFacts): string =>
  mix.length > 0
    ? `Assessed: ${listed(mix.map(({ words, cases }) => counted(cases, words.one, words.many)))}.`
    : "";
