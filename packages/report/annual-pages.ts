/** The annual tables on the site: a page with a drawing of the years, and the same as data. */
import {
  type Annual,
  annualOf,
  annualSchema,
  type FrameworkCounts,
  type RatingCounts,
} from "./annual.ts";
import { yearsChart } from "./charts/years-chart.ts";
import { column, type CsvTable, csvwOf, table } from "./csv-tables.ts";
import {
  type Block,
  type Figure,
  heading,
  link,
  paragraph,
  say,
  type Table,
} from "./document/blocks.ts";
import { counted, listed } from "@assay/domain/kernel/wording.ts";
import { percentage } from "./document/wording.ts";
import { overallScale } from "./model.ts";
import type { OnShelf, Shelf } from "./shelf.ts";
import { jsonFile, type SiteFile, textFile } from "./version-files.ts";

export const annualFiles = ({ latest, publisher }: Shelf): readonly SiteFile[] => {
  const annual = annualOf(latest);
  const address = `${publisher.url}years/`;
  const tables = [ratingsCsv(annual), keyQuestionsCsv(annual)];
  return [
    jsonFile("years/ratings.json", annual),
    jsonFile("years/ratings.schema.json", annualSchema(`${address}ratings.schema.json`)),
    ...tables.map(({ name, text }) => textFile(`years/${name}`, "text/csv", text)),
    jsonFile(
      "years/csv-metadata.json",
      csvwOf("Ratings and key questions across inspections", address, tables),
    ),
  ];
};

/** A row for each rating of each year and standard, so that any framework's grades fit. */
const ratingsCsv = ({ frameworks }: Annual): CsvTable => {
  const rows = frameworks.flatMap(({ framework, years, standards }) =>
    [
      ...years.map((row) => ({ ...row, table: "year" })),
      ...standards.map((row) => ({ ...row, table: "standard", meanScore: undefined })),
    ].flatMap(({ counts, ...row }) =>
      Object.entries(counts).map(([rating, number]) => ({
        ...row,
        framework: framework.id,
        rating,
        number,
      })),
    ),
  );
  const key = ["framework", "table", "label", "rating"];
  return table("ratings.csv", "Ratings by year and by standard", key, rows, [
    column("framework", "Id of the framework", "string", (row) => row.framework),
    column("table", "year or standard: what the row counts", "string", (row) => row.table),
    column("of", "The year, or the standard's code", "string", (row) => row.of),
    column("label", "Its name", "string", (row) => row.label),
    column("rating", "A rating", "string", (row) => row.rating),
    column("number", "Number of reports with this rating", "integer", (row) => row.number),
    column("total", "Number of reports", "integer", (row) => row.total),
    column("meanScore", "Mean of the reports' scores", "decimal", (row) => row.meanScore),
  ]);
};

const keyQuestionsCsv = ({ frameworks }: Annual): CsvTable => {
  const rows = frameworks.flatMap(({ framework, keyQuestions }) =>
    keyQuestions.flatMap(({ years, ...total }) => [
      { ...total, framework: framework.id, year: "all" },
      ...years.map((year) => ({ ...total, framework: framework.id, ...year })),
    ]),
  );
  const key = ["framework", "year", "label"];
  return table("key-questions.csv", "Key questions by year and in all", key, rows, [
    column("framework", "Id of the framework", "string", (row) => row.framework),
    column("year", "Year of first publication; all for every year", "string", (row) => row.year),
    column("keyQuestion", "Code of the key question", "string", (row) => row.keyQuestion),
    column("label", "Its name", "string", (row) => row.label),
    column("inspections", "Reports that asked it", "integer", (row) => row.inspections),
    column("relevant", "Cases that it concerned", "integer", (row) => row.relevant),
    column("yes", "Of these, with sufficient work", "integer", (row) => row.yes),
    column("percent", "Percentage, rounded to a whole one", "decimal", (row) => row.percent),
  ]);
};

export const annualBlocks = ({ latest }: Shelf): readonly Block[] => {
  const { frameworks } = annualOf(latest);
  return [
    paragraph(
      "Counted from the newest version of each report, by the year of its first publication. " +
        "Reports under different frameworks are never counted together.",
    ),
    ...frameworks.flatMap((counts, i) => frameworkBlocks(counts, latest, i)),
    paragraph(
      "The same as data: ",
      link("ratings.json", "JSON"),
      " with its ",
      link("ratings.schema.json", "schema"),
      " · ",
      link("ratings.csv", "ratings (CSV)"),
      " · ",
      link("key-questions.csv", "key questions (CSV)"),
      " · ",
      link("csv-metadata.json", "description of the tables (CSVW)"),
    ),
  ];
};

const frameworkBlocks = (
  counts: FrameworkCounts,
  latest: readonly OnShelf[],
  i: number,
): readonly Block[] => {
  const { framework, grades, years, keyQuestions } = counts;
  const model = latest.find((each) => each.framework.digest === framework.digest);
  const id = (name: string): string => (i === 0 ? name : `${name}-${i + 1}`);
  return [
    heading(2, id("framework"), framework.label),
    ...(model && grades.length > 0 && years.length > 0
      ? [yearsFigure(counts, model, id), yearsTable(counts, id)]
      : []),
    ...standardsTables(counts, id),
    ...(counts.points.length > 0 ? [pointsTable(counts, id)] : []),
    ...(keyQuestions.length > 0 ? [keyQuestionsTable(counts, id)] : []),
  ];
};

type Named = (name: string) => string;

/** The oldest year on top, as time is read; the table below has the same numbers. */
const yearsFigure = ({ years, grades }: FrameworkCounts, model: OnShelf, id: Named): Figure => {
  const told = years.toReversed();
  const sentences = told.map(({ label, counts, total }) => {
    const parts = grades
      .filter((rating) => (counts[rating] ?? 0) > 0)
      .map((rating) => `${counts[rating]} ${rating}`);
    return `${label}, ${counted(total, "report")}: ${listed(parts)}.`;
  });
  const description = `A bar for each year, divided by overall rating. ${sentences.join(" ")}`;
  const caption = "Overall ratings, year by year";
  return {
    kind: "figure",
    id: id("figure-years"),
    caption,
    description,
    svg: yearsChart({
      id: id("chart-years"),
      title: caption,
      description,
      scale: overallScale(model),
      years: told,
    }),
    table: undefined,
  };
};

const numbers = ({ counts }: RatingCounts, grades: readonly string[]) =>
  grades.map((rating) => [say(String(counts[rating] ?? 0))]);

const ratingColumns = (grades: readonly string[]) =>
  grades.map((label) => ({ label, numeric: true }));

const yearsTable = ({ years, grades }: FrameworkCounts, id: Named): Table => {
  const scored = years.some(({ meanScore }) => meanScore !== undefined);
  return {
    kind: "table",
    id: id("table-years"),
    caption: "Overall ratings by year of publication",
    columns: [
      { label: "Year", numeric: false },
      ...ratingColumns(grades),
      { label: "All", numeric: true },
      ...(scored ? [{ label: "Mean score", numeric: true }] : []),
    ],
    rows: years.map((row) => [
      [say(row.label)],
      ...numbers(row, grades),
      [say(String(row.total))],
      ...(scored ? [[say(row.meanScore?.toFixed(1) ?? "–")]] : []),
    ]),
    notes: [],
  };
};

/** A table for each scale, because its columns are the scale's grades. */
const standardsTables = ({ standards }: FrameworkCounts, id: Named): readonly Table[] =>
  [...Map.groupBy(standards, ({ counts }) => Object.keys(counts).join("|")).values()].map(
    (rows, i) => {
      const grades = Object.keys(rows[0]!.counts);
      return {
        kind: "table",
        id: i === 0 ? id("table-standards") : `${id("table-standards")}-scale-${i + 1}`,
        caption: "Ratings by standard",
        columns: [
          { label: "Standard", numeric: false },
          ...ratingColumns(grades),
          { label: "All", numeric: true },
        ],
        rows: rows.map((row) => [
          [say(row.label)],
          ...numbers(row, grades),
          [say(String(row.total))],
        ]),
        notes: [],
      };
    },
  );

/** In how many reports something is named as a strength, or as what has to be better. */
const pointsTable = ({ points }: FrameworkCounts, id: Named): Table => ({
  kind: "table",
  id: id("table-points"),
  caption: "Strengths and areas for improvement: number of reports that name one",
  columns: [
    { label: "What it is about", numeric: false },
    { label: "Strength", numeric: true },
    { label: "Area for improvement", numeric: true },
  ],
  rows: points.map(({ label, strengths, improvements }) => [
    [say(label)],
    [say(String(strengths))],
    [say(String(improvements))],
  ]),
  notes: [],
});

/** Percentages of each year beside each other, so that a change is seen. */
const keyQuestionsTable = ({ years, keyQuestions }: FrameworkCounts, id: Named): Table => ({
  kind: "table",
  id: id("table-key-questions"),
  caption: "Key questions: percentage of cases with sufficient work, all services together",
  columns: [
    { label: "Key question", numeric: false },
    { label: "Relevant cases", numeric: true },
    { label: "Number yes", numeric: true },
    { label: "All years", numeric: true },
    ...years.map(({ label }) => ({ label, numeric: true })),
  ],
  rows: keyQuestions.map(({ label, relevant, yes, percent, years: each }) => [
    [say(label)],
    [say(String(relevant))],
    [say(String(yes))],
    [say(percentage(percent))],
    ...years.map(({ of }) => [say(percentage(each.find(({ year }) => year === of)?.percent))]),
  ]),
  notes: [],
});
