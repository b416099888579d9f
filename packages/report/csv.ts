/** A version's open data as tables, under names and columns that stay as they are. */
import { column, type CsvFile, type CsvTable, csvwOf, table } from "./csv-tables.ts";
import type { OpenData } from "./open-data.ts";

export const csvFilesOf = (data: OpenData): readonly CsvFile[] =>
  tablesOf(data).map(({ name, title, text }) => ({ name, title, text }));

export const csvMetadataOf = (data: OpenData, address: string): object =>
  csvwOf(
    `Data of the inspection of ${data.service.name}, version ${data.version}`,
    address,
    tablesOf(data),
  );

type Standard = OpenData["standards"][number];
type Question = {
  readonly standard: Standard;
  readonly code: string;
  readonly level: "key-question" | "prompt";
  readonly label: string;
  readonly relevant: number | undefined;
  readonly yes: number | undefined;
  readonly percent: number | undefined;
  readonly lowest: boolean | undefined;
};

/** They stand first in every table. */
const firstColumns = (data: OpenData) =>
  [
    column("inspection", "The inspection's id", "string", () => data.inspection),
    column("version", "Version of the report", "integer", () => data.version),
  ] as const;

const tablesOf = (data: OpenData): readonly CsvTable[] => {
  const first = firstColumns(data);
  const key = first.map(({ name }) => name);
  return [
    table("ratings.csv", "Ratings by standard", [...key, "standard"], data.standards, [
      ...first,
      column("service", "The inspected service", "string", () => data.service.name),
      column("standard", "Code of the standard", "string", (row) => row.standard),
      column("label", "Name of the standard", "string", (row) => row.label),
      column("domain", "Number of the domain", "integer", (row) => row.domain),
      column("rating", "Published rating", "string", (row) => row.rating),
      column("score", "Score of the rating", "integer", (row) => row.score),
      column("scored", "Counts towards the total", "boolean", (row) => row.scored),
      column("rule", "Rating by the lowest key question", "string", (row) => row.rule),
      column("decidedBy", "What decided the rating", "string", (row) => row.decidedBy),
      column(
        "discretion",
        "Which way discretion moved the rating",
        "string",
        (row) => row.discretion?.direction,
      ),
      column("reason", "Reason for discretion", "string", (row) => row.discretion?.reason),
    ]),
    table(
      "questions.csv",
      "Cases by key question and prompt",
      [...key, "question"],
      questionsOf(data),
      [
        ...first,
        column("standard", "Code of the standard", "string", (row) => row.standard.standard),
        column("question", "Code of the question", "string", (row) => row.code),
        column("level", "key-question or prompt", "string", (row) => row.level),
        column("label", "Name of the question", "string", (row) => row.label),
        column("relevant", "Cases that it concerned", "integer", (row) => row.relevant),
        column("yes", "Of these, with sufficient work", "integer", (row) => row.yes),
        column("percent", "Percentage, rounded by the ruleset", "decimal", (row) => row.percent),
        column("lowest", "Lowest of its standard", "boolean", (row) => row.lowest),
      ],
    ),
    table("facts.csv", "Contextual facts", [...key, "name"], data.facts, [
      ...first,
      column("name", "Stable name of the figure", "string", (row) => row.name),
      column("label", "The figure in words", "string", (row) => row.label),
      column("value", "Its value", "decimal", (row) => row.value),
      column("unit", "Its unit", "string", (row) => row.unit),
      column("source", "Where it comes from", "string", (row) => row.source),
      column("asOf", "The day that it holds for", "string", (row) => row.asOf),
    ]),
    ...writtenTables(data),
  ];
};

/** What people wrote: points, tables of figures, recommendations. */
const writtenTables = (data: OpenData): readonly CsvTable[] => {
  const first = firstColumns(data);
  const key = first.map(({ name }) => name);
  return [
    table("points.csv", "Strengths and areas for improvement", [...key, "point"], data.points, [
      ...first,
      column("point", "Stable name of the point", "string", (row) => row.point),
      column("kind", "strength or improvement", "string", (row) => row.kind),
      column("about", "Code of the standard or key question", "string", (row) => row.about),
      column("wording", "Wording", "string", (row) => row.wording),
    ]),
    table("figures.csv", "Tables of figures", [...key, "table", "row"], figuresOf(data), [
      ...first,
      column("table", "Stable name of the table", "string", (row) => row.table),
      column("row", "What the figure is of", "string", (row) => row.row),
      column("value", "Its value at this service", "decimal", (row) => row.value),
      column("national", "The national value", "decimal", (row) => row.national),
      column("unit", "Their unit", "string", (row) => row.unit),
      column("source", "Where they come from", "string", (row) => row.source),
      column("asOf", "The day that they hold for", "string", (row) => row.asOf),
    ]),
    table("recommendations.csv", "Recommendations", [...key, "number"], data.recommendations, [
      ...first,
      column("number", "Number", "integer", (row) => row.number),
      column("addressee", "To whom it is made", "string", (row) => row.addressee),
      column("wording", "Wording", "string", (row) => row.wording),
    ]),
  ];
};

const figuresOf = ({ tables }: OpenData) =>
  tables.flatMap(({ rows, ...shared }) =>
    rows.map((each) => ({ ...shared, ...each, row: each.label })),
  );

const questionsOf = (data: OpenData): readonly Question[] =>
  data.standards.flatMap((standard) =>
    standard.keyQuestions.flatMap((asked): readonly Question[] => [
      {
        standard,
        code: asked.keyQuestion,
        level: "key-question",
        label: asked.label,
        relevant: asked.relevant,
        yes: asked.yes,
        percent: asked.percent,
        lowest: asked.lowest,
      },
      ...asked.prompts.map(({ prompt, label, relevant, yes, percent }) => ({
        standard,
        code: prompt,
        level: "prompt" as const,
        label,
        relevant,
        yes,
        percent,
        lowest: undefined,
      })),
    ]),
  );
