/**
 * How one cell of a case list is read. Words are taken with any capitals, spaces and punctuation;
 * where a value could mean two things, such as a date, nothing is guessed.
 */
import { DisposalType } from "../framework/case-profile.ts";
import type { CaseProfile, RecordedLevel } from "../framework/case-profile.ts";
import { addDays, Day } from "../kernel/instants.ts";

export type Code =
  | "required"
  | "not-recognised"
  | "not-a-date"
  | "ambiguous-date"
  | "excel-serial-date"
  | "too-long"
  | "not-plain-text";

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

/** Reads a word by its spellings; several spellings are separated by spaces. */
const wordReader = <Word extends string>(spellings: Readonly<Record<Word, string>>) => {
  const words = Object.keys(spellings) as Word[];
  const meaning = new Map(
    words.flatMap((word) => [
      [plain(word), word] as const,
      ...spellings[word].split(" ").map((spelling) => [spelling, word] as const),
    ]),
  );
  const expected = `one of: ${words.join(", ")}`;
  return (text: string): Read<Word> => {
    const word = meaning.get(plain(text));
    if (word !== undefined) return read(word);
    return wrong(text.trim() === "" ? "required" : "not-recognised", expected);
  };
};

export const readDisposal = wordReader<DisposalType>({
  "referral-order": "ro referral referralorderro",
  "youth-rehabilitation-order": "yro youthrehabilitationorderyro",
  "reparation-order": "reparation",
  "detention-and-training-order": "dto detentionandtrainingorderdto",
  "section-250": "s250 sec250",
  "other-custody": "custody othercustodial section250andothercustody section91 s91 section90 s90",
  "youth-conditional-caution": "ycc conditionalcaution youthconditionalcautionycc",
  "youth-caution": "yc caution",
  "community-resolution": "cr",
  other: "otheroutofcourt otheroutofcourtdisposal otherooc othertype",
});

/** Blank is unknown: nobody is left out for a missing value. */
const orUnknown =
  <Word extends string>(reader: (text: string) => Read<Word>) =>
  (text: string): Read<Word | "unknown"> =>
    text.trim() === "" ? read("unknown") : reader(text);

const notKnown = "notknown notrecorded notstated notassessed notavailable na nk none unassessed";

export const readGender = orUnknown(
  wordReader<CaseProfile["gender"]>({
    female: "f girl woman",
    male: "m boy man",
    other: "nonbinary x trans transgender indeterminate selfdescribed intersex another",
    unknown: `${notKnown} prefernottosay u`,
  }),
);

export const readLevel = orUnknown(
  wordReader<RecordedLevel>({
    low: "l",
    medium: "m med",
    high: "h",
    "very-high": "vh",
    unknown: notKnown,
  }),
);

const readYesNo = wordReader({ yes: "y true t 1", no: "n false f 0" });

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

/** Text for a reader, without line breaks or what a spreadsheet would run as a formula. */
export const readText =
  (longest: number, whenBlank?: string) =>
  (text: string): Read<string> => {
    const trimmed = text.trim().replaceAll(/\s+/g, " ");
    if (trimmed === "" && whenBlank === undefined) return wrong("required", "not blank");
    if (trimmed === "") return read(whenBlank!);
    if (trimmed.length > longest) return wrong("too-long", `at most ${longest} characters`);
    if (/^[=@]|["\p{Cc}]/u.test(trimmed))
      return wrong("not-plain-text", "plain text without formulas or quotation marks");
    return read(trimmed);
  };
