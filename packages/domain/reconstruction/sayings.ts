/** What the people of a story write: honest about what is made up, and to match which figures. */
import type { Plot } from "./story.ts";

export type Sayings = {
  /** The rationale of every judgement. */
  readonly judged: string;
  readonly recipient: string;
  readonly evidence: string;
  readonly proposed: string;
  readonly foreword: string;
  readonly summary: string;
  readonly background: string;
  readonly figuresFrom: string;
  readonly recommendation: (number: number) => string;
  readonly action: string;
};

const published = (name: string): Sayings => ({
  judged: "Made up to match the published totals.",
  recipient: "Not published",
  evidence: "The report publishes the rating, not the evidence items.",
  proposed: "The rating as it was published.",
  foreword: "Assay carried the figures of a published report through an inspection's lifecycle.",
  summary:
    "The ratings and tables are the published ones. The wording of the report is not reproduced.",
  background: "The single cases are made up to match the published totals.",
  figuresFrom: `Published report on ${name}`,
  recommendation: (number) =>
    `Recommendation ${number} of the published report. Its words are not carried here.`,
  action: "The service's action is not part of the published report.",
});

const madeUp = (): Sayings => ({
  judged: "Made up, so that the console can be tried out.",
  recipient: "A made-up name",
  evidence: "A made-up item, so that the console can be tried out.",
  proposed: "Made up: what the evidence shows meets most of the characteristics.",
  foreword: "This service does not exist. Everything in this report is made up.",
  summary: "The ratings follow from made-up judgements, by the same rules as any others.",
  background: "A small service that was made up, so that the console can be tried out.",
  figuresFrom: "Made up",
  recommendation: (number) =>
    number === 1
      ? "Make sure that every plan says what is done when a risk rises."
      : "Record with the people concerned what each review changed.",
  action: "Managers check every plan within ten days and record what they changed.",
});

export const sayingsOf = (plot: Plot): Sayings =>
  plot.madeUp ? madeUp() : published(plot.service.name);
