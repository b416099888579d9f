/**
 * From a table of text to a case list: every row is understood, or every problem is reported at
 * once with its place, and nothing is imported.
 */
import type { CaseListSettings, Column } from "../framework/case-list-settings.ts";
import { purposesOf } from "../framework/columns.ts";
import { populationIn, populationNamed } from "../framework/populations.ts";
import type { CaseValue } from "../framework/predicate.ts";
import type { Digest } from "../kernel/ids.ts";
import { type CaseRow, digestOf } from "./case-list.ts";
import { columnFinder } from "./import-columns.ts";
import { headedBy } from "./import-header.ts";
import * as values from "./import-values.ts";
import type { Problem, TableRecord } from "./table-record.ts";

export type Imported =
  | {
      readonly accepted: true;
      readonly rows: readonly CaseRow[];
      readonly digest: Digest;
      /** Headers of columns that are no part of a case list; they were not read. */
      readonly ignored: readonly string[];
    }
  | { readonly accepted: false; readonly problems: readonly Problem[] };

/** Told now and then how many records of how many have been read. */
export type Progress = (done: number, total: number) => void;

/** So many problems are told; reading ends there. */
const mostProblems = 10_000;

/** As many cases as ids can name. */
export const mostRows = 999_999;

/**
 * The first record is the header. Blank records and columns that are blank throughout are passed
 * over.
 */
export const importTable = (
  records: readonly TableRecord[],
  settings: CaseListSettings,
  progress: Progress = () => {},
): Imported => {
  const find = columnFinder(settings.columns);
  const isKnown = (text: string): boolean => find(values.unguarded(text)) !== undefined;
  const { header, body, problems: above } = headedBy(records, isKnown);
  if (header === undefined || body.length === 0) return rejected([emptyList]);
  const places = placesOf(header, settings.columns);
  const problems: Problem[] = [...above, ...places.problems];
  if (body.length > mostRows) problems.push(tooManyRows(body[mostRows]!.line));
  const rows: CaseRow[] = [];
  const whole: TableRecord[] = [];
  const reading = { places, read: remembering(settings.columns), problems };
  for (const [index, record] of body.entries()) {
    const row = readRecord(record, reading);
    if (row !== undefined) {
      rows.push(row);
      whole.push(record);
    }
    if (index % 1000 === 999) progress(index + 1, body.length);
    // Nobody reads more of them, and a file can be nothing else.
    if (problems.length >= mostProblems) break;
  }
  problems.push(...repeatedReferences(rows, whole, { places, settings }));
  progress(body.length, body.length);
  if (problems.length > 0) return rejected(problems);
  return {
    accepted: true,
    rows,
    digest: digestOf(rows, settings.columns),
    ignored: places.ignored,
  };
};

export const rejected = (problems: readonly Problem[]): Imported => ({ accepted: false, problems });

const emptyList: Problem = {
  line: 1,
  column: undefined,
  header: undefined,
  value: "",
  expected: "a header and at least one case",
  code: "empty-list",
};

const tooManyRows = (line: number): Problem => ({
  ...emptyList,
  line,
  expected: `at most ${mostRows} cases`,
  code: "too-many-rows",
});

type Places = {
  readonly header: TableRecord;
  readonly of: ReadonlyMap<Column, number>;
  readonly ignored: readonly string[];
  readonly problems: readonly Problem[];
};

const placesOf = (header: TableRecord, columns: readonly Column[]): Places => {
  const columnNamed = columnFinder(columns);
  const of = new Map<Column, number>();
  const ignored: string[] = [];
  const problems: Problem[] = [];
  header.cells.forEach((text, index) => {
    const column = columnNamed(values.unguarded(text));
    if (column === undefined && text.trim() !== "") ignored.push(text.trim());
    if (column === undefined) return;
    if (of.has(column))
      problems.push({
        ...at(header, index, text),
        expected: `one column for ${column.label}`,
        code: "repeated-column",
      });
    else of.set(column, index);
  });
  for (const column of columns)
    if (!of.has(column))
      problems.push({
        ...emptyList,
        line: header.line,
        header: column.label,
        expected: `a column ${column.label}`,
        code: "missing-column",
      });
  return { header, of, ignored, problems };
};

const at = (record: TableRecord, index: number, header: string | undefined) => ({
  line: record.line,
  column: index + 1,
  header: header?.trim(),
  value: record.cells[index] ?? "",
});

type Reading = {
  readonly places: Places;
  readonly read: (column: Column, text: string) => values.Read<CaseValue>;
  readonly problems: Problem[];
};

/** Most columns hold a few values many times; what was understood once is not read again. */
const remembering = (columns: readonly Column[]): Reading["read"] => {
  const known = new Map(
    columns.map((column) => [
      column,
      { reader: values.readerOf(column), results: new Map<string, values.Read<CaseValue>>() },
    ]),
  );
  return (column, text) => {
    const { reader, results } = known.get(column)!;
    const result = results.get(text) ?? reader(values.unguarded(text));
    if (results.size < 5000) results.set(text, result);
    return result;
  };
};

const readRecord = (
  record: TableRecord,
  { places: { header, of }, read, problems }: Reading,
): CaseRow | undefined => {
  const before = problems.length;
  const row: Record<string, CaseValue> = {};
  for (const [column, index] of of) {
    const result = read(column, record.cells[index] ?? "");
    if (result.ok) row[column.name] = result.value;
    else problems.push({ ...at(record, index, header.cells[index]), ...reasonOf(result) });
  }
  const extra = record.cells.findIndex(
    (text, index) => text.trim() !== "" && (header.cells[index] ?? "").trim() === "",
  );
  if (extra >= 0)
    problems.push({
      ...at(record, extra, undefined),
      expected: "nothing: this column has no header",
      code: "too-many-cells",
    });
  return problems.length === before ? row : undefined;
};

const reasonOf = ({
  code,
  expected,
}: {
  readonly code: values.Code;
  readonly expected: string;
}) => ({
  code,
  expected,
});

/**
 * A reference may come twice only for one case listed twice, as its population says: the draw keeps
 * one of such rows. Any other repetition would make two cases bear one name.
 */
const repeatedReferences = (
  rows: readonly CaseRow[],
  records: readonly TableRecord[],
  {
    places: { header, of },
    settings,
  }: { readonly places: Places; readonly settings: CaseListSettings },
): readonly Problem[] => {
  const { reference } = purposesOf(settings.columns);
  const column = settings.columns.find(({ name }) => name === reference);
  if (!column || !of.has(column)) return [];
  const first = new Map<CaseValue | undefined, number>();
  return rows.flatMap((row, index) => {
    const named = row[column.name];
    const earlier = first.get(named);
    if (earlier === undefined) first.set(named, index);
    if (earlier === undefined || isOneCase(rows[earlier]!, row, settings)) return [];
    const place = of.get(column)!;
    return [
      {
        ...at(records[index]!, place, header.cells[place]),
        expected: `a reference of its own: line ${records[earlier]!.line} has it too`,
        code: "repeated-reference" as const,
      },
    ];
  });
};

const isOneCase = (a: CaseRow, b: CaseRow, settings: CaseListSettings): boolean => {
  const population = populationIn(settings, a);
  if (population === undefined || population !== populationIn(settings, b)) return false;
  const { onceFor = [] } = populationNamed(settings, population);
  return onceFor.length > 0 && onceFor.every((name) => a[name] === b[name]);
};
