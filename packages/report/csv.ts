/**
 * The open data as tables: RFC 4180 files with a header, and CSVW metadata that says what each
 * column is and how the tables hang together. Blank is "not known", never nought.
 */
import type { OpenData } from "./open-data.ts";

type Value = string | number | boolean | undefined;

type ColumnType = "string" | "integer" | "decimal" | "boolean" | "date";

type CsvColumn<Row> = {
  readonly name: string;
  readonly title: string;
  readonly type: ColumnType;
  readonly of: (row: Row) => Value;
};

export type CsvFile = { readonly name: string; readonly title: string; readonly text: string };

type CsvTable = CsvFile & {
  readonly columns: readonly Omit<CsvColumn<never>, "of">[];
  readonly key: readonly string[];
};

export const csvFilesOf = (data: OpenData): readonly CsvFile[] =>
  tablesOf(data).map(({ name, title, text }) => ({ name, title, text }));

/** CSV on the Web (W3C 2015): a table group with the schema of each file. */
export const csvMetadataOf = (data: OpenData, address: string): object => ({
  "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
  "@id": `${address}csv-metadata.json`,
  "dc:title": `Data of the inspection of ${data.service.name}, version ${data.version}`,
  "dc:license": {
    "@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
  },
  tables: tablesOf(data).map(({ name, title, columns, key }) => ({
    url: name,
    "dc:title": title,
    tableSchema: {
      columns: columns.map((column) => ({
        name: column.name,
        titles: column.name,
        "dc:description": column.title,
        datatype: column.type,
      })),
      primaryKey: key,
    },
  })),
});

type Standard = OpenData["standards"][number];
type Question = {
  readonly standard: Standard;
  readonly code: string;
  readonly level: "key-question" | "prompt";
  readonly label: string;
  readonly relevant: number;
  readonly yes: number;
  readonly percent: number | undefined;
  readonly lowest: boolean | undefined;
};

const tablesOf = (data: OpenData): readonly CsvTable[] => {
  const first = [
    column("inspection", "The inspection's id", "string", () => data.inspection),
    column("version", "Version of the report", "integer", () => data.version),
  ] as const;
  return [
    table("ratings.csv", "Ratings by standard", ["standard"], data.standards, [
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
      column("discretion", "Direction of discretion", "string", (row) => row.discretion?.direction),
      column("reason", "Reason for discretion", "string", (row) => row.discretion?.reason),
    ]),
    table("questions.csv", "Cases by key question and prompt", ["question"], questionsOf(data), [
      ...first,
      column("standard", "Code of the standard", "string", (row) => row.standard.standard),
      column("question", "Code of the question", "string", (row) => row.code),
      column("level", "key-question or prompt", "string", (row) => row.level),
      column("label", "Name of the question", "string", (row) => row.label),
      column("relevant", "Cases that it concerned", "integer", (row) => row.relevant),
      column("yes", "Of these, with sufficient work", "integer", (row) => row.yes),
      column("percent", "Percentage, rounded by the ruleset", "decimal", (row) => row.percent),
      column("lowest", "Lowest of its standard", "boolean", (row) => row.lowest),
    ]),
    table("facts.csv", "Contextual facts", ["name"], data.facts, [
      ...first,
      column("name", "Stable name of the figure", "string", (row) => row.name),
      column("label", "The figure in words", "string", (row) => row.label),
      column("value", "Its value", "decimal", (row) => row.value),
      column("unit", "Its unit", "string", (row) => row.unit),
      column("source", "Where it comes from", "string", (row) => row.source),
      column("asOf", "The day that it holds for", "string", (row) => row.asOf),
    ]),
    table("recommendations.csv", "Recommendations", ["number"], data.recommendations, [
      ...first,
      column("number", "Number", "integer", (row) => row.number),
      column("addressee", "To whom it is made", "string", (row) => row.addressee),
      column("wording", "Wording", "string", (row) => row.wording),
    ]),
  ];
};

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

const column = <Row>(
  name: string,
  title: string,
  type: ColumnType,
  of: (row: Row) => Value,
): CsvColumn<Row> => ({ name, title, type, of });

const table = <Row>(
  name: string,
  title: string,
  key: readonly string[],
  rows: readonly Row[],
  columns: readonly CsvColumn<Row>[],
): CsvTable => ({
  name,
  title,
  key: ["inspection", "version", ...key],
  columns: columns.map((each) => ({ name: each.name, title: each.title, type: each.type })),
  text: csvText([
    columns.map((each) => each.name),
    ...rows.map((row) => columns.map((each) => each.of(row))),
  ]),
});

/** RFC 4180, lines ended by CR LF. Text that a spreadsheet would run as a formula is defused. */
export const csvText = (rows: readonly (readonly Value[])[]): string =>
  rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("");

const csvField = (value: Value): string => {
  if (value === undefined) return "";
  const text = typeof value === "string" && /^[=+@\t\r-]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
