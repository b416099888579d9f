/** The annual tables on the site: a page with a drawing of the years, and the same as data. */
import { Rating } from "@assay/domain/framework/ruleset.ts";
import { type Annual, annualOf, annualSchema, type RatingCounts } from "./annual.ts";
import { yearsChart } from "./charts/years-chart.ts";
import { column, type CsvTable, csvwOf, table } from "./csv-tables.ts";
import { type Block, type Figure, link, paragraph, say, type Table } from "./document/blocks.ts";
import { counted, listed, percentage } from "./document/wording.ts";
import type { Shelf } from "./shelf.ts";
import { jsonFile, type SiteFile, textFile } from "./version-files.ts";

const ratings = Rating.options.toReversed();

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

const ratingsCsv = ({ years, standards }: Annual): CsvTable => {
  type Row = RatingCounts & { readonly table: string; readonly meanScore?: number };
  const rows: readonly Row[] = [
    ...years.map((row) => ({ ...row, table: "year" })),
    ...standards.map((row) => ({ ...row, table: "standard" })),
  ];
  return table("ratings.csv", "Ratings by year and by standard", ["table", "label"], rows, [
    column("table", "year or standard: what the row counts", "string", (row) => row.table),
    column("of", "The year, or the standard's code", "string", (row) => row.of),
    column("label", "Its name", "string", (row) => row.label),
    ...ratings.map((rating) =>
      column<Row>(rating, `Number rated ${rating}`, "integer", ({ counts }) => counts[rating]),
    ),
    column("total", "Number of reports", "integer", (row) => row.total),
    column("meanScore", "Mean of the reports' scores", "decimal", (row) => row.meanScore),
  ]);
};

const keyQuestionsCsv = ({ keyQuestions }: Annual): CsvTable => {
  const rows = keyQuestions.flatMap(({ years, ...total }) => [
    { ...total, year: "all" },
    ...years.map((year) => ({ ...total, ...year })),
  ]);
  const key = ["year", "label"];
  return table("key-questions.csv", "Key questions by year and in all", key, rows, [
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
  const annual = annualOf(latest);
  return [
    paragraph(
      "Counted from the newest version of each report, by the year of its first publication.",
    ),
    ...(annual.years.length > 0 ? [yearsFigure(annual)] : []),
    yearsTable(annual),
    standardsTable(annual),
    keyQuestionsTable(annual),
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

/** The oldest year on top, as time is read; the table below has the same numbers. */
const yearsFigure = ({ years }: Annual): Figure => {
  const told = years.toReversed();
  const sentences = told.map(({ label, counts, total }) => {
    const parts = ratings
      .filter((rating) => counts[rating] > 0)
      .map((rating) => `${counts[rating]} ${rating}`);
    return `${label}, ${counted(total, "report")}: ${listed(parts)}.`;
  });
  const description = `A bar for each year, divided by overall rating. ${sentences.join(" ")}`;
  const caption = "Overall ratings, year by year";
  return {
    kind: "figure",
    id: "figure-years",
    caption,
    description,
    svg: yearsChart({ id: "chart-years", title: caption, description, years: told }),
    table: undefined,
  };
};

const numbers = ({ counts }: RatingCounts) =>
  ratings.map((rating) => [say(String(counts[rating]))]);

const ratingColumns = ratings.map((label) => ({ label, numeric: true }));

const yearsTable = ({ years }: Annual): Table => ({
  kind: "table",
  id: "table-years",
  caption: "Overall ratings by year of publication",
  columns: [
    { label: "Year", numeric: false },
    ...ratingColumns,
    { label: "All", numeric: true },
    { label: "Mean score", numeric: true },
  ],
  rows: years.map((row) => [
    [say(row.label)],
    ...numbers(row),
    [say(String(row.total))],
    [say(row.meanScore.toFixed(1))],
  ]),
  notes: [],
});

const standardsTable = ({ standards }: Annual): Table => ({
  kind: "table",
  id: "table-standards",
  caption: "Ratings by standard",
  columns: [
    { label: "Standard", numeric: false },
    ...ratingColumns,
    { label: "All", numeric: true },
  ],
  rows: standards.map((row) => [[say(row.label)], ...numbers(row), [say(String(row.total))]]),
  notes: [],
});

/** Percentages of each year beside each other, so that a change is seen. */
const keyQuestionsTable = ({ years, keyQuestions }: Annual): Table => ({
  kind: "table",
  id: "table-key-questions",
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
