/**
 * How one cell of a case list is read. Words are taken with any capitals, spaces and punctuation;
 * where a value could mean two things, such as a date, nothing is guessed.
 */
import type { Column } from "../framework/case-list-settings.ts";
import type { CaseValue } from "../framework/predicate.ts";
import { addDays, Day } from "../kernel/instants.ts";
import { type Damage, damageIn, errorIn, unplain } from "./damaged.ts";

export type Code =
  | "required"
  | "not-recognised"
  | "not-a-date"
  | "ambiguous-date"
  | "excel-serial-date"
  | "not-a-number"
  | "too-long"
  | Damage["code"];

/** A value, or why there is none and what would be one. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: Code; readonly expected: string };

const read = <Value>(value: Value): Read<Value> => ({ ok: true, value });
const wrong = (code: Code, expected: string): Read<never> => ({ ok: false, code, expected });

/** Letters and digits only, in lower case: `Very-High ` and `very high` are the same word. */
export const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** Excel's guard around a number that is to stay text: `="001"` is 001. */
export const unguarded = (text: string): string => /^="(.*)"$/s.exec(text.trim())?.[1] ?? text;

/** How the cells of a column are read; what an empty one stands for is the column's to say. */
export const readerOf = (column: Column): ((text: string) => Read<CaseValue>) => {
  const { type, blank } = column;
  if (type.kind === "text") {
    const whenBlank = blank === undefined ? undefined : String(blank);
    return readText(type.most, { whenBlank, against: (text) => damageIn(text, column) });
  }
  const reader = byKind(type);
  return (text) => {
    if (text.trim() === "" && blank !== undefined) return read(blank);
    const error = errorIn(text);
    return error ? wrong(error.code, error.expected) : reader(text);
  };
};

const byKind = (
  type: Exclude<Column["type"], { kind: "text" }>,
): ((text: string) => Read<CaseValue>) => {
  switch (type.kind) {
    case "choice":
      return wordReader(type.values);
    case "day":
      return readDay;
    case "yes-no":
      return readFlag;
    case "number":
      return numberReader(type);
  }
};

type Word = {
  readonly value: string;
  readonly label?: string;
  readonly also?: readonly string[] | undefined;
};

/** Reads a word by its value, its label and its other spellings. */
const wordReader = (words: readonly Word[]) => {
  const meaning = new Map(
    words.flatMap(({ value, label = value, also = [] }) =>
      [...also, label, value].map((spelling) => [plain(spelling), value] as const),
    ),
  );
  const expected = `one of: ${words.map(({ value }) => value).join(", ")}`;
  return (text: string): Read<string> => {
    const word = meaning.get(plain(text));
    if (word !== undefined) return read(word);
    return wrong(text.trim() === "" ? "required" : "not-recognised", expected);
  };
};

type Range = { readonly least?: number | undefined; readonly most?: number | undefined };

const numberReader = ({ least = -Infinity, most = Infinity }: Range) => {
  const bounds = [
    ...(least > -Infinity ? [`at least ${least}`] : []),
    ...(most < Infinity ? [`at most ${most}`] : []),
  ];
  const expected = ["a number such as 12 or 12.5", ...bounds].join(", ");
  return (text: string): Read<number> => {
    const trimmed = text.trim();
    if (trimmed === "") return wrong("required", expected);
    const value = /^-?\d{1,15}(?:\.\d{1,15})?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
    return value >= least && value <= most ? read(value) : wrong("not-a-number", expected);
  };
};

const readYesNo = wordReader([
  { value: "yes", also: ["y", "true", "t", "1"] },
  { value: "no", also: ["n", "false", "f", "0"] },
]);

export const readFlag = (text: string): Read<boolean> => {
  const answer = readYesNo(text);
  if (answer.ok) return read(answer.value === "yes");
  return wrong(answer.code, "yes or no (or true, false, 1, 0)");
};

const dateForms = "a date as 2020-02-01 or, day first, 01/02/2020";

/**
 * ISO, or day/month/year with four digits of year. Excel's day numbers are recognised, not read.
 */
export const readDay = (text: string): Read<Day> => {
  const trimmed = text.trim().replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, "");
  if (trimmed === "") return wrong("required", dateForms);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed);
  if (iso) return dayOf(iso[1]!, iso[2]!, iso[3]!);
  const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(trimmed);
  if (british) return dayOf(british[3]!, british[2]!, british[1]!);
  if (/^\d{5}(?:\.\d+)?$/.test(trimmed)) return excelSerial(Number.parseInt(trimmed, 10));
  if (/^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}(?:\d{2})?$/.test(trimmed))
    return wrong("ambiguous-date", dateForms);
  return wrong("not-a-date", dateForms);
};

const dayOf = (year: string, month: string, date: string): Read<Day> => {
  const day = Day.safeParse(`${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`);
  if (!day.success) return wrong("not-a-date", `${dateForms}: no such day`);
  if (day.data < "1990-01-01" || day.data >= "2100-01-01")
    return wrong("not-a-date", `${dateForms}, between 1990 and 2099`);
  return read(day.data);
};

/** Excel counts days from 30 December 1899 for every date since March 1900. */
const excelSerial = (serial: number): Read<never> =>
  wrong(
    "excel-serial-date",
    `${dateForms}; if this is Excel's number for ${addDays(Day.parse("1899-12-30"), serial)}, ` +
      "format the column as a date",
  );

type TextRules = {
  readonly whenBlank?: string | undefined;
  /** What speaks against a text, if anything does. */
  readonly against?: (text: string) => Damage | undefined;
};

export const readText =
  (
    longest: number,
    { whenBlank, against = (text) => errorIn(text) ?? unplain(text) }: TextRules = {},
  ) =>
  (text: string): Read<string> => {
    const trimmed = text.trim().replaceAll(/\s+/g, " ");
    if (trimmed === "" && whenBlank === undefined) return wrong("required", "not blank");
    if (trimmed === "") return read(whenBlank!);
    if (trimmed.length > longest) return wrong("too-long", `at most ${longest} characters`);
    const found = against(trimmed);
    return found ? wrong(found.code, found.expected) : read(trimmed);
  };
