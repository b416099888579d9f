/**
 * What a published report says of its inspection, and what the people of its story write: honest
 * about what is made up, and to match which figures.
 */
import type { Reconstruction } from "../announcement/events.ts";
import { capitalised, dayInWords, nameInWords } from "../kernel/wording.ts";
import type { PublishedCounts } from "./counts.ts";
import { printedDays } from "./days.ts";
import type { PublishedInspection, PublishedSample } from "./published-file.ts";
import type { Sayings } from "./sayings.ts";
import type { Figure } from "./story.ts";

export const reconstructionOf = (
  file: PublishedInspection,
  { framework, samples, counted, unrated }: PublishedCounts,
): Reconstruction => ({
  source: `the published report on ${file.service}`,
  fieldwork: file.fieldwork && printedDays(file.fieldwork),
  counts: counted,
  unrated,
  said: [
    ...monthsOf(file),
    ...framework.populations.flatMap(({ name, label }) => {
      const value = sampleInWords(samples[name]);
      return value === "" ? [] : [{ label, value }];
    }),
    ...numbered(`Interviews with ${framework.words.worker.many}`, file.caseManagerInterviews),
    ...numbered("Meetings", file.meetings),
    ...numbered("Recommendations", file.recommendations),
  ],
});

/** Fieldwork of which only months are printed. */
const monthsOf = ({ fieldwork }: PublishedInspection) => {
  if (!fieldwork || printedDays(fieldwork)) return [];
  const { start, end } = fieldwork;
  const value = start === end ? dayInWords(start) : `${dayInWords(start)} to ${dayInWords(end)}`;
  return [{ label: "Fieldwork", value }];
};

const numbered = (label: string, value: number | undefined) =>
  value === undefined ? [] : [{ label, value: String(value) }];

const sampleInWords = (sample: PublishedSample | undefined): string =>
  [
    ...(sample?.cases === undefined ? [] : [`cases: ${sample.cases}`]),
    ...Object.entries(sample?.mix ?? {}).map(([name, cases]) => `${nameInWords(name)}: ${cases}`),
    ...(sample?.window === undefined ? [] : [`window: ${sample.window}`]),
  ].join("; ");

export const publishedSayings = (name: string): Sayings => ({
  judged: () => "Made up to match the published totals.",
  recipient: () => "Not published",
  evidence: () => "The report publishes the rating, not the evidence items.",
  proposed: () => "The rating as it was published.",
  feedback: "What was found, told to the service's managers.",
  discretionDeclined: (published) =>
    `Made up for the replay: the report publishes ${published} and says nothing of discretion.`,
  overall: "As published, although a standard is not rated.",
  section: ({ id, label }) =>
    sections[id] ?? `${label.replace(/^Domain \d+: /, "")}: see the tables of this chapter.`,
  comment: "The service has checked the figures and has nothing to correct.",
  answer: "Thank you. Nothing was changed.",
  figuresFrom: `Published report on ${name}`,
  recommendation: (number) =>
    `Recommendation ${number} of the published report. Its words are not carried here.`,
  action: () => "The service's action is not part of the published report.",
});

const sections: Readonly<Record<string, string>> = {
  foreword: "Assay carried the figures of a published report through an inspection's lifecycle.",
  "executive-summary":
    "The ratings and tables are the published ones. The wording of the report is not reproduced.",
  background: "The single cases are made up to match the published totals.",
  "contextual-facts": "Each figure is given with its source.",
};

export const publishedFigures = ({ caseload = {} }: PublishedInspection): readonly Figure[] => {
  const { asOf = "not stated", ...figures } = caseload;
  return Object.entries(figures).flatMap(([name, value]): readonly Figure[] =>
    typeof value === "number"
      ? [{ name, label: capitalised(nameInWords(name)), value, unit: "cases", asOf }]
      : [],
  );
};
