/** Tables across inspections: how many services and standards have which rating, year by year. */
import { Rating } from "@assay/domain/framework/ruleset.ts";
import { percentOf } from "@assay/domain/ratings/percent.ts";
import { csvText } from "./csv-tables.ts";
import { say, type Table } from "./document/blocks.ts";
import { percentage } from "./document/wording.ts";
import type { ReportModel } from "./model.ts";
import { yearOf } from "./shelf.ts";

const ratings = Rating.options.toReversed();

export type RatingCounts = {
  readonly of: string;
  readonly label: string;
  readonly total: number;
  readonly counts: Readonly<Record<Rating, number>>;
};

export type KeyQuestionTotal = {
  readonly keyQuestion: string;
  readonly label: string;
  readonly inspections: number;
  readonly relevant: number;
  readonly yes: number;
  readonly percent: number;
};

export type Annual = {
  readonly format: "assay-annual/1";
  /** Overall ratings of the reports first published in each year. */
  readonly years: readonly RatingCounts[];
  readonly standards: readonly RatingCounts[];
  /** All cases together, each counted once: large services weigh more than small ones. */
  readonly keyQuestions: readonly KeyQuestionTotal[];
};

export const annualOf = (latest: readonly ReportModel[]): Annual => {
  const years = [...new Set(latest.map(yearOf))].toSorted().toReversed();
  return {
    format: "assay-annual/1",
    years: years.map((year) =>
      countsOf(
        { of: year, label: year },
        latest.filter((model) => yearOf(model) === year).map(({ result }) => result.overall),
      ),
    ),
    standards: standardCounts(latest),
    keyQuestions: keyQuestionTotals(latest),
  };
};

const countsOf = (
  named: { readonly of: string; readonly label: string },
  found: readonly (Rating | undefined)[],
): RatingCounts => {
  const counted = (rating: Rating): number => found.filter((each) => each === rating).length;
  return {
    ...named,
    total: found.length,
    counts: {
      Inadequate: counted("Inadequate"),
      "Requires improvement": counted("Requires improvement"),
      Good: counted("Good"),
      Outstanding: counted("Outstanding"),
    },
  };
};

/** Standards of the same code and name: one that a later framework replaced stands apart. */
const standardCounts = (latest: readonly ReportModel[]): readonly RatingCounts[] => {
  const all = latest.flatMap(({ standards }) => standards);
  const groups = Map.groupBy(all, ({ standard, label }) => `${standard} ${label}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, group]) =>
      countsOf(
        { of: group[0]!.standard, label },
        group.map(({ rating }) => rating),
      ),
    );
};

const keyQuestionTotals = (latest: readonly ReportModel[]): readonly KeyQuestionTotal[] => {
  const all = latest.flatMap(({ standards }) => standards.flatMap((each) => each.keyQuestions));
  const groups = Map.groupBy(all, ({ keyQuestion, label }) => `${keyQuestion} ${label}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([label, group]) => {
      const relevant = group.reduce((sum, each) => sum + each.relevant, 0);
      const yes = group.reduce((sum, each) => sum + each.yes, 0);
      if (relevant === 0) return [];
      const percent = percentOf({ relevant, yes }, "half-up");
      const { keyQuestion } = group[0]!;
      return [{ keyQuestion, label, inspections: group.length, relevant, yes, percent }];
    });
};

export const annualTables = ({ years, standards, keyQuestions }: Annual): readonly Table[] => [
  ratingsTable("table-years", "Overall ratings by year of publication", "Year", years),
  ratingsTable("table-standards", "Ratings by standard", "Standard", standards),
  {
    kind: "table",
    id: "table-key-questions",
    caption: "Key questions, all inspected cases together",
    columns: [
      { label: "Key question", numeric: false },
      { label: "Relevant cases", numeric: true },
      { label: "Number yes", numeric: true },
      { label: "Percentage yes", numeric: true },
    ],
    rows: keyQuestions.map(({ label, relevant, yes, percent }) => [
      [say(label)],
      [say(String(relevant))],
      [say(String(yes))],
      [say(percentage(percent))],
    ]),
    notes: [],
  },
];

const ratingsTable = (
  id: string,
  caption: string,
  first: string,
  rows: readonly RatingCounts[],
): Table => ({
  kind: "table",
  id,
  caption,
  columns: [
    { label: first, numeric: false },
    ...ratings.map((rating) => ({ label: rating, numeric: true })),
    { label: "All", numeric: true },
  ],
  rows: rows.map(({ label, counts, total }) => [
    [say(label)],
    ...ratings.map((rating) => [say(String(counts[rating]))]),
    [say(String(total))],
  ]),
  notes: [],
});

export const annualCsv = ({ years, standards }: Annual): string =>
  csvText([
    ["table", "of", "label", ...ratings, "total"],
    ...[
      ...years.map((row) => ({ ...row, table: "year" })),
      ...standards.map((row) => ({ ...row, table: "standard" })),
    ].map(({ table, of, label, counts, total }) => [
      table,
      of,
      label,
      ...ratings.map((rating) => counts[rating]),
      total,
    ]),
  ]);
