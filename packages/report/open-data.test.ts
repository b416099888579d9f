import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, it } from "vitest";

import { csvFilesOf, csvMetadataOf } from "./csv.ts";
import type { CsvFile } from "./csv-tables.ts";
import { storyOf } from "./golden/story.ts";
import { reportModelOf } from "./model.ts";
import { openDataOf, openDataSchema } from "./open-data.ts";

const address = "https://inspectorate.example/reports/peterborough-2020/2/";
const data = openDataOf(reportModelOf(storyOf("peterborough-2020"), 2));

/** A schema in which nothing is unknown or left to chance. */
const validator = () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(openDataSchema(`${address}report.schema.json`));
};

it("is what its published schema says, and nothing else would do", () => {
  const validate = validator();
  const published: unknown = JSON.parse(JSON.stringify(data));
  expect(validate(published) ? [] : validate.errors).toEqual([]);
  for (const wrong of [
    { ...data, score: "29" },
    { ...data, overall: "" },
    { ...data, extra: 1 },
    { ...data, dates: { ...data.dates, concluded: "2020-13-01" } },
  ]) {
    expect(validate(wrong)).toBe(false);
  }
});

type Column = { readonly name: string; readonly datatype: string };
type Described = {
  readonly url: string;
  readonly tableSchema: { readonly columns: readonly Column[]; readonly primaryKey: string[] };
};

const patterns: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d+$/,
  decimal: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false)$/,
  string: /^[^]*$/,
};

const cellsIn = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );

it("has in every cell of its tables what their description says, and no key twice", () => {
  const { tables } = csvMetadataOf(data, address) as { readonly tables: readonly Described[] };
  const files = new Map(csvFilesOf(data).map((file): [string, CsvFile] => [file.name, file]));
  expect([...files.keys()]).toEqual(tables.map(({ url }) => url));
  for (const { url, tableSchema } of tables) {
    const { columns, primaryKey } = tableSchema;
    const [head = "", ...lines] = files.get(url)!.text.trimEnd().split("\r\n");
    expect(head.split(",")).toEqual(columns.map(({ name }) => name));
    const rows = lines.map(cellsIn);
    for (const [index, { name, datatype }] of columns.entries()) {
      const strange = rows.filter(
        (row) => row[index] !== "" && !patterns[datatype]!.test(row[index]!),
      );
      expect([url, name, strange]).toEqual([url, name, []]);
    }
    const keys = rows.map((row) =>
      primaryKey.map((name) => row[columns.findIndex((column) => column.name === name)]).join(" "),
    );
    expect(new Set(keys).size).toBe(rows.length);
  }
});
