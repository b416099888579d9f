/**
 * The report's numbers as open data. The schema is published with it; names stay as they are, and a
 * new member may be added, never one renamed or given another meaning.
 */
import { z } from "zod";

import { Rating } from "@assay/domain/framework/scale.ts";

import { KeyQuestionCode, StandardCode } from "@assay/domain/kernel/codes.ts";
import { Digest } from "@assay/domain/kernel/ids.ts";
import { Day } from "@assay/domain/kernel/instants.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { Trigger } from "@assay/domain/panel/events.ts";
import type { ReportModel } from "./model.ts";
import { count, OpenPoint, OpenPopulation, OpenTable } from "./open-parts.ts";
import type { StandardResult } from "./results.ts";
import type { PopulationFacts } from "./sample-facts.ts";

const counts = {
  relevant: count.optional().meta({
    description: "Cases that the question concerned; absent where only shares are known.",
  }),
  yes: count.optional().meta({ description: "Of these, cases in which the work was sufficient." }),
  percent: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .meta({ description: "yes / relevant × 100, rounded by the ruleset; absent with no case." }),
};

export const OpenPrompt = z.strictObject({
  prompt: z.string(),
  label: z.string(),
  whereApplicable: z.boolean(),
  ...counts,
});

export const OpenKeyQuestion = z.strictObject({
  keyQuestion: KeyQuestionCode,
  name: z.string(),
  label: z.string(),
  relevance: z
    .string()
    .optional()
    .meta({ description: "Which cases the key question concerns; absent where every case." }),
  ...counts,
  lowest: z.boolean().meta({ description: "Has the lowest percentage of its standard." }),
  prompts: z.array(OpenPrompt).readonly(),
});

export const OpenStandard = z.strictObject({
  standard: StandardCode,
  label: z.string(),
  domain: z.int(),
  judged: z.enum(["by-people", "by-cases", "by-questions"]),
  scored: z.boolean(),
  rating: Rating.optional().meta({ description: "Absent where the standard is not rated." }),
  score: z.int().optional(),
  rule: Rating.optional().meta({ description: "What the lowest key question alone gives." }),
  decidedBy: z.enum(["rule", "discretion", "panel", "adopted", "not-rated"]).meta({
    description:
      "adopted: a published rating that differs from the rule, for which its report gives no reason.",
  }),
  discretion: z
    .strictObject({
      from: Rating,
      to: Rating,
      direction: z.enum(["up", "down"]),
      triggers: z.array(Trigger).readonly(),
      reason: z.string(),
    })
    .optional(),
  declined: z
    .strictObject({ triggers: z.array(Trigger).readonly(), reason: z.string() })
    .optional()
    .meta({ description: "Discretion was possible and not exercised." }),
  keyQuestions: z.array(OpenKeyQuestion).readonly(),
});

export const OpenData = z.strictObject({
  format: z.literal("assay-report/2"),
  inspection: z.string(),
  version: z.int().min(1),
  edition: z.enum(["draft", "embargoed", "published"]),
  service: z.strictObject({ id: z.string(), name: z.string() }),
  framework: z.strictObject({
    id: z.string(),
    label: z.string(),
    digest: Digest,
    ruleset: z.string(),
  }),
  reconstruction: z
    .strictObject({
      source: z.string(),
      unrated: z.array(StandardCode).readonly(),
      said: z.array(z.strictObject({ label: z.string(), value: z.string() })).readonly(),
    })
    .optional()
    .meta({
      description:
        "Cases were made up to match the totals of this published report, which says this of its evidence.",
    }),
  dates: z
    .strictObject({
      reference: Day.optional(),
      fieldworkStart: Day.optional(),
      fieldworkEnd: Day.optional(),
      concluded: Day.optional(),
      published: Day.optional(),
    })
    .meta({ description: "Of a reconstruction only the days of fieldwork, where they are known." }),
  history: z
    .array(
      z.strictObject({
        version: z.int().min(1),
        on: Day,
        correction: z.strictObject({ what: z.string(), why: z.string() }).optional(),
      }),
    )
    .readonly(),
  score: count.optional().meta({ description: "Absent where ratings are not added up." }),
  maxScore: count.optional(),
  overall: Rating.optional().meta({ description: "Absent where it is withheld." }),
  standards: z.array(OpenStandard).readonly(),
  recommendations: z
    .array(z.strictObject({ number: z.int().min(1), addressee: z.string(), wording: z.string() }))
    .readonly(),
  points: z
    .array(OpenPoint)
    .readonly()
    .meta({ description: "Strengths and areas for improvement." }),
  tables: z.array(OpenTable).readonly(),
  isbn: z.string().optional(),
  facts: z
    .array(
      z.strictObject({
        name: z.string(),
        label: z.string(),
        value: z.number(),
        unit: z.string(),
        source: z.string(),
        asOf: z.string(),
      }),
    )
    .readonly(),
  sample: z.strictObject({
    populations: z
      .array(OpenPopulation)
      .readonly()
      .meta({ description: "In the framework's order; empty where no cases are sampled." }),
    interviews: count,
    meetings: count,
    documents: count,
    surveys: z
      .array(z.strictObject({ survey: z.string(), invited: count, responded: count }))
      .readonly(),
  }),
});
export type OpenData = z.infer<typeof OpenData>;

export const openDataOf = (model: ReportModel): OpenData => {
  const { framework, result, sample } = model;
  return OpenData.parse(
    withoutUndefined({
      format: "assay-report/2",
      inspection: model.inspection,
      version: model.version,
      edition: model.edition,
      service: { id: model.service.id, name: model.service.name },
      framework: {
        id: framework.id,
        label: framework.label,
        digest: framework.digest,
        ruleset: framework.ruleset.id,
      },
      ...(model.reconstruction
        ? publishedBefore(model, model.reconstruction)
        : { dates: model.dates, history: openHistory(model) }),
      ...(hasScore(framework) && { score: result.score, maxScore: result.maxScore }),
      overall: result.overall,
      standards: model.standards.map((standard) => openStandard(standard, model)),
      recommendations: model.recommendations.map((each) => without(each, ["typed"])),
      points: model.points.map((each) => without(each, ["typed"])),
      tables: model.tables,
      isbn: model.imprint?.isbn === "" ? undefined : model.imprint?.isbn,
      facts: model.facts,
      sample: {
        ...without(sample, ["conduct"]),
        populations: sample.populations.map(openPopulation),
      },
    }),
  );
};

/** The JSON Schema (2020-12) of the open data, to be published beside it. */
export const openDataSchema = (id: string): object => ({
  $id: id,
  title: "The numbers of an inspection report",
  ...z.toJSONSchema(OpenData),
});

/** Days other than those of fieldwork were made up. */
const publishedBefore = (
  { dates: { fieldworkStart, fieldworkEnd }, history }: ReportModel,
  reconstruction: NonNullable<ReportModel["reconstruction"]>,
): object => ({
  reconstruction: without(reconstruction, ["fieldwork", "counts"]),
  dates: { fieldworkStart, fieldworkEnd },
  history: openHistory({ history }).filter(({ correction }) => correction !== undefined),
});

const openHistory = ({ history }: Pick<ReportModel, "history">) =>
  history.map(({ correction, ...version }) => ({
    ...version,
    correction: correction && { what: correction.what, why: correction.why },
  }));

/** The framework's own words stay with the framework. */
const openStandard = (standard: StandardResult, { counts: known }: ReportModel): object => {
  const shown = (question: object): object =>
    known ? question : without(question, ["relevant", "yes"]);
  return {
    ...without(standard, ["considered", "population", "grades"]),
    ...reasonedIn(standard),
    keyQuestions: standard.keyQuestions.map((question) => ({
      ...shown(question),
      prompts: question.prompts.map(shown),
    })),
  };
};

/** Reasons as they are printed. */
const reasonedIn = ({ discretion, declined }: StandardResult): object => ({
  discretion: discretion && without(discretion, ["typed"]),
  declined: declined && without(declined, ["typed"]),
});

/** What the certificate says, and margins, which follow from the counts, are left out. */
const openPopulation = ({ mix, ...facts }: PopulationFacts): object => ({
  ...without(facts, ["words", "override", "unequal", "margin", "goneWithAnswers"]),
  mix: mix.map(({ words, cases }) => ({ label: words.one, cases })),
});

const without = (value: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** JSON has no undefined: what is not known is not there. */
const withoutUndefined = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, withoutUndefined(member)]],
    ),
  );
};
