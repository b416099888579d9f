/**
 * Tables as files: RFC 4180 with a header, and CSVW metadata that says what each column is and how
 * the tables hang together. Blank is "not known", never nought.
 */
import { csvOf } from "@assay/domain/kernel/csv.ts";

import { licence } from "./metadata.ts";

type Value = string | number | boolean | undefined;

type ColumnType = "string" | "integer" | "decimal" | "boolean" | "date";

type CsvColumn<Row> = {
  readonly name: string;
  readonly title: string;
  readonly type: ColumnType;
  readonly of: (row: Row) => Value;
};

export type CsvFile = { readonly name: string; readonly title: string; readonly text: string };

export type CsvTable = CsvFile & {
  readonly columns: readonly Omit<CsvColumn<never>, "of">[];
  readonly key: readonly string[];
};

/** CSV on the Web (W3C 2015): a table group with the schema of each file beside it. */
export const csvwOf = (title: string, address: string, tables: readonly CsvTable[]): object => ({
  "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
  "@id": `${address}csv-metadata.json`,
  "dc:title": title,
  "dc:license": { "@id": licence },
  tables: tables.map(({ name, title: called, columns, key }) => ({
    url: name,
    "dc:title": called,
    tableSchema: {
      columns: columns.map((each) => ({
        name: each.name,
        titles: each.name,
        "dc:description": each.title,
        datatype: each.type,
      })),
      primaryKey: key,
    },
  })),
});

export const column = <Row>(
  name: string,
  title: string,
  type: ColumnType,
  of: (row: Row) => Value,
): CsvColumn<Row> => ({ name, title, type, of });

export const table = <Row>(
  name: string,
  title: string,
  key: readonly string[],
  rows: readonly Row[],
  columns: readonly CsvColumn<Row>[],
): CsvTable => ({
  name,
  title,
  key,
  columns: columns.map((each) => ({ name: each.name, title: each.title, type: each.type })),
  text: csvText([
    columns.map((each) => each.name),
    ...rows.map((row) => columns.map((each) => each.of(row))),
  ]),
});

/** Text that a spreadsheet would run as a formula is defused. */
export const csvText = (rows: readonly (readonly Value[])[]): string =>
  csvOf(rows.map((row) => row.map(fieldOf)));

const fieldOf = (value: Value): string =>
  typeof value === "string" && /^[=+@\t\r-]/.test(value) ? `'${value}` : String(value ?? "");
