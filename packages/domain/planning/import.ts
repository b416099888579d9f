/**
 * From a table of text to the services and inspectors of a programme: every row is understood, or
 * every problem is reported at once with its place, and nothing is imported.
 */
import { headedBy } from "../sampling/import-header.ts";
import type { Problem, TableRecord } from "../sampling/table-record.ts";
import { plain, type Read, unguarded } from "../sampling/import-values.ts";

export type PlanningTable<Row> =
  | {
      readonly accepted: true;
      readonly rows: readonly Row[];
      /** Headers of columns that were not read. */
      readonly ignored: readonly string[];
    }
  | { readonly accepted: false; readonly problems: readonly Problem[] };

type ColumnOf<Value> = {
  readonly header: string;
  /** Other names, without spaces and punctuation. */
  readonly synonyms: string;
  /** May be left out of the table; its cells are then blank. */
  readonly optional?: true;
  readonly read: (text: string) => Read<Value>;
};

type Columns<Row> = { readonly [Name in keyof Row]-?: ColumnOf<Row[Name]> };

export type Sheet<Row> = {
  readonly what: string;
  readonly mostRows: number;
  readonly columns: Columns<Row>;
};

export const importSheet = <Row extends { readonly id: string }>(
  sheet: Sheet<Row>,
  records: readonly TableRecord[],
): PlanningTable<Row> => {
  const isKnown = headingsOf(sheet);
  const { header, body, problems: above } = headedBy(records, (text) => isKnown.has(headed(text)));
  if (!header || body.length === 0) {
    return rejectedSheet([whole(1, "empty-list", `a header and at least one ${sheet.what}`)]);
  }
  const { places, ignored, problems } = placesIn(sheet, header);
  if (body.length > sheet.mostRows) {
    const { line } = body[sheet.mostRows]!;
    return rejectedSheet([whole(line, "too-many-rows", `at most ${sheet.mostRows} rows`)]);
  }
  const read = body.map((record) => readRow(sheet, { record, header, places }));
  const inRows = [...read.flatMap((row) => row.problems), ...namedTwice(read)];
  const found = [...above, ...problems, ...inRows];
  if (found.length > 0) return rejectedSheet(found.toSorted((a, b) => a.line - b.line));
  return { accepted: true, rows: read.map(({ row }) => row as Row), ignored };
};

export const rejectedSheet = (problems: readonly Problem[]): PlanningTable<never> => ({
  accepted: false,
  problems,
});

const whole = (line: number, code: Problem["code"], expected: string): Problem => ({
  line,
  column: undefined,
  header: undefined,
  value: "",
  expected,
  code,
});

type Places = ReadonlyMap<string, number>;

export const columnsOf = <Row>({ columns }: Sheet<Row>) =>
  Object.entries<ColumnOf<unknown>>(columns);

const headed = (text: string): string => plain(unguarded(text));

/** The name of the column that each heading stands for. */
const headingsOf = <Row>(sheet: Sheet<Row>): ReadonlyMap<string, string> =>
  new Map(
    columnsOf(sheet).flatMap(([name, column]) =>
      [plain(name), plain(column.header), ...column.synonyms.split(" ")].map(
        (word) => [word, name] as const,
      ),
    ),
  );

const placesIn = <Row>(sheet: Sheet<Row>, header: TableRecord) => {
  const named = headingsOf(sheet);
  const places = new Map<string, number>();
  const ignored: string[] = [];
  const problems: Problem[] = [];
  for (const [index, text] of header.cells.entries()) {
    const name = named.get(headed(text));
    if (name === undefined) {
      if (text.trim() !== "") ignored.push(text.trim());
    } else if (places.has(name)) {
      const place = { column: index + 1, header: text.trim(), value: text };
      problems.push({ ...whole(header.line, "repeated-column", "this column once"), ...place });
    } else places.set(name, index);
  }
  for (const [name, { header: title, optional }] of columnsOf(sheet)) {
    if (places.has(name) || optional) continue;
    const missing = whole(header.line, "missing-column", `a column ${title}`);
    problems.push({ ...missing, header: title });
  }
  return { places, ignored, problems };
};

type RowText = {
  readonly record: TableRecord;
  readonly header: TableRecord;
  readonly places: Places;
};

type ReadRow = {
  readonly row: { readonly [name: string]: unknown };
  readonly problems: readonly Problem[];
  readonly line: number;
  readonly idPlace: Pick<Problem, "column" | "header" | "value">;
};

const readRow = <Row>(sheet: Sheet<Row>, { record, header, places }: RowText): ReadRow => {
  const problems: Problem[] = [];
  const row: Record<string, unknown> = {};
  const placeOf = (name: string) => {
    const index = places.get(name) ?? -1;
    const value = record.cells[index] ?? "";
    return { column: index + 1, header: header.cells[index]?.trim(), value };
  };
  for (const [name, { read, optional }] of columnsOf(sheet)) {
    // That the column is missing is said once, and not for each row.
    if (!places.has(name) && !optional) continue;
    const place = placeOf(name);
    const result = read(unguarded(place.value));
    if (!result.ok) {
      const { code, expected } = result;
      problems.push({ line: record.line, ...place, code, expected });
    } else if (result.value !== undefined) row[name] = result.value;
  }
  for (const [index, text] of record.cells.entries()) {
    if (text.trim() === "" || (header.cells[index] ?? "").trim() !== "") continue;
    const expected = "nothing: this column has no header";
    const place = { column: index + 1, header: undefined, value: text };
    problems.push({ line: record.line, ...place, code: "too-many-cells", expected });
  }
  return { row, problems, line: record.line, idPlace: placeOf("id") };
};

/** Two rows of one name: neither is taken for the right one. */
const namedTwice = (rows: readonly ReadRow[]): readonly Problem[] => {
  const first = new Map<unknown, number>();
  return rows.flatMap(({ row, line, idPlace }) => {
    const { id } = row;
    const earlier = first.get(id);
    if (id !== undefined && earlier === undefined) first.set(id, line);
    if (id === undefined || earlier === undefined) return [];
    const expected = `an id of its own: line ${earlier} has it too`;
    return [{ line, ...idPlace, code: "repeated-reference" as const, expected }];
  });
};
