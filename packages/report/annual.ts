/** Tables across inspections: how many services and standards have which rating, year by year. */
import { z } from "zod";

import { gradesOf, type Rating } from "@assay/domain/framework/scale.ts";
import { questionsIn } from "@assay/domain/framework/standards.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { percentOf } from "@assay/domain/ratings/percent.ts";
import { overallScale, scaleIn } from "./model.ts";
import { yearOf, type OnShelf } from "./shelf.ts";
import type { Point } from "./written.ts";

const count = z.int().min(0);

const RatingCounts = z.strictObject({
  of: z.string().meta({ description: "The year, or the standard's code." }),
  label: z.string(),
  total: count,
  counts: z.record(z.string(), count).meta({ description: "By rating." }),
});
export type RatingCounts = z.infer<typeof RatingCounts>;

const YearCounts = RatingCounts.extend({
  meanScore: z.number().min(0).optional().meta({
    description:
      "Of the reports' scores, to one decimal; absent where the highest is not the same for all.",
  }),
});

const asked = { inspections: count, relevant: count, yes: count, percent: z.number() };

const KeyQuestionTotal = z.strictObject({
  keyQuestion: z.string(),
  label: z.string(),
  ...asked,
  years: z
    .array(z.strictObject({ year: z.string(), ...asked }))
    .readonly()
    .meta({ description: "The same for each year in which a case was relevant, the last first." }),
});
export type KeyQuestionTotal = z.infer<typeof KeyQuestionTotal>;

const PointCounts = z.strictObject({
  about: z.string().meta({ description: "The standard or key question." }),
  label: z.string(),
  strengths: count,
  improvements: count,
});
export type PointCounts = z.infer<typeof PointCounts>;

const FrameworkCounts = z.strictObject({
  framework: z.strictObject({ id: z.string(), label: z.string(), digest: z.string() }),
  grades: z
    .array(z.string())
    .readonly()
    .meta({ description: "Ratings of the overall scale, the best first; empty without one." }),
  years: z.array(YearCounts).readonly().meta({
    description: "Overall ratings of the reports first published in each year, the last first.",
  }),
  standards: z.array(RatingCounts).readonly(),
  points: z.array(PointCounts).readonly().meta({
    description: "In how many reports it has a strength, and an area for improvement.",
  }),
  keyQuestions: z.array(KeyQuestionTotal).readonly().meta({
    description: "All cases together, each counted once: large services weigh more than small.",
  }),
});
export type FrameworkCounts = z.infer<typeof FrameworkCounts>;

export const Annual = z.strictObject({
  format: z.literal("assay-annual/2"),
  frameworks: z.array(FrameworkCounts).readonly().meta({
    description: "Reports under one framework together: ratings of different ones never mix.",
  }),
});
export type Annual = z.infer<typeof Annual>;

/** The JSON Schema (2020-12) of the file, to be published beside it. */
export const annualSchema = (id: string): object => ({
  $id: id,
  title: "Ratings and key questions across inspections",
  ...z.toJSONSchema(Annual),
});

export const annualOf = (latest: readonly OnShelf[]): Annual => ({
  format: "assay-annual/2",
  frameworks: [...Map.groupBy(latest, ({ framework }) => framework.digest).values()].map(countsIn),
});

const countsIn = (latest: readonly OnShelf[]): FrameworkCounts => {
  const { framework } = latest[0]!;
  const { id, label, digest } = framework;
  const years = [...new Set(latest.map(yearOf))].toSorted().toReversed();
  const overall = framework.overall ? gradesOf(overallScale(latest[0]!)).toReversed() : [];
  return {
    framework: { id, label, digest },
    grades: overall,
    years: years.map((year) => {
      const results = latest.filter((model) => yearOf(model) === year).map(({ result }) => result);
      const sum = results.reduce((total, { score }) => total + score, 0);
      // Kinds of inspection rate different standards: 6 of 12 and 17 of 21 have no mean.
      const isComparable =
        hasScore(framework) && new Set(results.map(({ maxScore }) => maxScore)).size === 1;
      return {
        ...countsOf(
          { of: year, label: year },
          results.map((result) => result.overall),
          overall,
        ),
        ...(isComparable && { meanScore: Math.round((sum / results.length) * 10) / 10 }),
      };
    }),
    standards: standardCounts(latest),
    points: pointCounts(latest),
    keyQuestions: keyQuestionTotals(latest),
  };
};

/** Every standard and key question that some report has a point on, in the framework's order. */
const pointCounts = (latest: readonly OnShelf[]): readonly PointCounts[] => {
  const withPoint = (about: string, kind: Point["kind"]): number =>
    latest.filter(({ points }) => points.some((each) => each.about === about && each.kind === kind))
      .length;
  return latest[0]!.framework.standards
    .flatMap((standard) => [standard, ...questionsIn(standard)])
    .map(({ code, label }) => ({
      about: code,
      label: `${code} ${label}`,
      strengths: withPoint(code, "strength"),
      improvements: withPoint(code, "improvement"),
    }))
    .filter(({ strengths, improvements }) => strengths + improvements > 0);
};

const countsOf = (
  named: { readonly of: string; readonly label: string },
  found: readonly (Rating | undefined)[],
  grades: readonly Rating[],
): RatingCounts => ({
  ...named,
  total: found.length,
  counts: Object.fromEntries(
    grades.map((grade) => [grade, found.filter((each) => each === grade).length]),
  ),
});

const standardCounts = (latest: readonly OnShelf[]): readonly RatingCounts[] => {
  const all = latest.flatMap(({ standards }) => standards);
  const groups = Map.groupBy(all, ({ standard, label }) => `${standard} ${label}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, group]) =>
      countsOf(
        { of: group[0]!.standard, label },
        group.map(({ rating }) => rating),
        gradesOf(scaleIn(latest[0]!, group[0]!.standard)).toReversed(),
      ),
    );
};

const keyQuestionTotals = (latest: readonly OnShelf[]): readonly KeyQuestionTotal[] => {
  const all = latest
    .filter(({ counts }) => counts)
    .flatMap((model) =>
      model.standards.flatMap(({ keyQuestions }) =>
        keyQuestions.map((each) => ({ ...each, year: yearOf(model) })),
      ),
    );
  const groups = Map.groupBy(all, ({ keyQuestion, label }) => `${keyQuestion} ${label}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([label, group]) => {
      const total = totalOf(group);
      if (!total) return [];
      const byYear = [...Map.groupBy(group, ({ year }) => year)]
        .toSorted(([a], [b]) => (a < b ? 1 : -1))
        .flatMap(([year, each]) => {
          const found = totalOf(each);
          return found ? [{ year, ...found }] : [];
        });
      return [{ keyQuestion: group[0]!.keyQuestion, label, ...total, years: byYear }];
    });
};

type Asked = { readonly relevant: number; readonly yes: number };

/** Undefined where no case was relevant: there is no percentage of nothing. */
const totalOf = (group: readonly Asked[]) => {
  const relevant = group.reduce((sum, each) => sum + each.relevant, 0);
  const yes = group.reduce((sum, each) => sum + each.yes, 0);
  if (relevant === 0) return undefined;
  return {
    inspections: group.length,
    relevant,
    yes,
    percent: percentOf({ relevant, yes }, "half-up"),
  };
};
