/**
 * From a table of text to the services and inspectors of a programme: every row is understood, or
 * every problem is reported at once with its place, and nothing is imported.
 */
import { SettingId } from "../framework/setting-id.ts";
import { FrameworkId, PersonId, ServiceId } from "../kernel/ids.ts";
import { headedBy } from "../sampling/import-header.ts";
import type { Problem, TableRecord } from "../sampling/table-record.ts";
import {
  plain,
  type Read,
  readDay,
  readFlag,
  readText,
  unguarded,
} from "../sampling/import-values.ts";
import type { Inspector, Period, ServiceToInspect } from "./problem.ts";

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

const accepted = <Value>(value: Value): Read<Value> => ({ ok: true, value });
const wrong = (code: "required" | "not-recognised", expected: string): Read<never> => ({
  ok: false,
  code,
  expected,
});

const readSlug =
  <Id>(
    schema: { safeParse(text: string): { success: boolean; data?: Id } },
    example = "north-vale",
  ) =>
  (text: string): Read<Id> => {
    const expected = `an id in lower-case letters, digits, - and ., such as ${example}`;
    if (text.trim() === "") return wrong("required", expected);
    const parsed = schema.safeParse(text.trim());
    return parsed.success ? accepted(parsed.data as Id) : wrong("not-recognised", expected);
  };

const readNumber =
  ({ most, whole }: { readonly most: number; readonly whole: boolean }) =>
  (text: string): Read<number> => {
    const expected = `${whole ? "a whole number" : "a number"} from 0 to ${most}`;
    const bare = text.trim().replaceAll(/(?<=\d),(?=\d{3}\b)/g, "");
    if (bare === "") return wrong("required", expected);
    const fits = /^\d+(\.\d+)?$/.test(bare) && Number(bare) <= most;
    const number = Number(bare);
    return fits && (!whole || Number.isInteger(number))
      ? accepted(number)
      : wrong("not-recognised", expected);
  };

const orNothing =
  <Value>(read: (text: string) => Read<Value>) =>
  (text: string): Read<Value | undefined> =>
    text.trim() === "" ? accepted(undefined) : read(text);

/** Several in one cell, with semicolons between; or a JSON array of texts. */
const readSeveral =
  <Value>(read: (text: string) => Read<Value>) =>
  (text: string): Read<readonly Value[]> => {
    const parts = text.replaceAll(/[[\]"]/g, "").split(/[;,\n]/);
    const values: Value[] = [];
    for (const part of parts.map((each) => each.trim()).filter((each) => each !== "")) {
      const found = read(part);
      if (!found.ok) return found;
      values.push(found.value);
    }
    return accepted(values);
  };

const readPeriod = (text: string): Read<Period> => {
  const [from = "", to = from, ...more] = text.split(/\s*(?:\.\.|–|\bto\b)\s*/);
  const [first, last] = [readDay(from), readDay(to)];
  if (more.length === 0 && first.ok && last.ok && first.value <= last.value)
    return accepted({ first: first.value, last: last.value });
  const expected = "days away as 2026-08-03..2026-08-14, several with ; between";
  return wrong("not-recognised", expected);
};

/** A service as its list has it: under which framework, and which of its kinds of inspection. */
export type ServiceRow = Omit<ServiceToInspect, "fieldworkWeeks"> & {
  readonly framework?: FrameworkId | undefined;
  readonly kind?: SettingId | undefined;
};

export const serviceSheet: Sheet<ServiceRow> = {
  what: "service",
  mostRows: 1000,
  columns: {
    id: { header: "Service ID", synonyms: "id service serviceid ref", read: readSlug(ServiceId) },
    name: { header: "Name", synonyms: "servicename title", read: readText(200) },
    region: { header: "Region", synonyms: "area", read: readText(200) },
    caseload: {
      header: "Caseload",
      synonyms: "cases children",
      read: readNumber({ most: 100_000, whole: true }),
    },
    performance: {
      header: "Performance",
      synonyms: "performancescore score",
      read: readNumber({ most: 100, whole: false }),
    },
    lastInspected: {
      header: "Last inspected",
      synonyms: "lastinspection lastinspectedon dateoflastinspection",
      optional: true,
      read: orNothing(readDay),
    },
    framework: {
      header: "Framework",
      synonyms: "frameworkid",
      optional: true,
      read: orNothing(readSlug(FrameworkId, "youth-justice-2025")),
    },
    kind: {
      header: "Kind",
      synonyms: "kindofinspection inspectionkind",
      optional: true,
      read: orNothing(readSlug(SettingId, "full")),
    },
  },
};

export const inspectorSheet: Sheet<Inspector> = {
  what: "inspector",
  mostRows: 1000,
  columns: {
    id: {
      header: "Inspector ID",
      synonyms: "id inspector person personid",
      read: readSlug(PersonId),
    },
    canLead: { header: "Can lead", synonyms: "lead leads", read: readFlag },
    homeArea: {
      header: "Home area",
      synonyms: "home homeregion region",
      optional: true,
      read: orNothing(readText(200)),
    },
    employers: {
      header: "Former employers",
      synonyms: "employers formeremployer previousemployers previousemployment",
      optional: true,
      read: readSeveral(readSlug(ServiceId)),
    },
    away: {
      header: "Away",
      synonyms: "leave unavailable daysaway",
      optional: true,
      read: readSeveral(readPeriod),
    },
  },
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
