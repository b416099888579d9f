/**
 * Working days of England and Wales: Monday to Friday without bank holidays. The holidays follow
 * the Banking and Financial Dealings Act 1971 and its substitute days; royal proclamations that
 * moved or added one are listed. Easter by the Gregorian computus (Meeus, Jones and Butcher).
 */
import { addDays, Day, fromEpochDay, mondayOf, toEpochDay, weekday } from "./instants.ts";

/** Days that proclamations added, and rule-made ones that they took away. */
const proclaimed: Readonly<
  Record<string, { readonly add: readonly string[]; readonly drop: readonly string[] }>
> = {
  "2020": { add: ["2020-05-08"], drop: ["2020-05-04"] },
  "2022": { add: ["2022-06-02", "2022-06-03", "2022-09-19"], drop: ["2022-05-30"] },
  "2023": { add: ["2023-05-08"], drop: [] },
};

const easterSunday = (year: number): Day => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor((8 * b + 13) / 25);
  const e = (19 * a + b - Math.floor(b / 4) - d + 15) % 30;
  const f = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - e - (c % 4)) % 7;
  const g = Math.floor((a + 11 * e + 22 * f) / 451);
  const month = Math.floor((e + f - 7 * g + 114) / 31);
  const date = ((e + f - 7 * g + 114) % 31) + 1;
  return Day.parse(`${year}-0${month}-${String(date).padStart(2, "0")}`);
};

const mondayOnOrAfter = (day: Day): Day => addDays(day, (8 - weekday(day)) % 7);
const isWeekend = (day: Day): boolean => weekday(day) === 0 || weekday(day) === 6;

/** The first working weekday from `day` on that no other holiday takes. */
const substitute = (day: Day, taken: readonly Day[]): Day => {
  let moved = day;
  while (isWeekend(moved) || taken.includes(moved)) moved = addDays(moved, 1);
  return moved;
};

const computeHolidays = (year: number): ReadonlySet<string> => {
  const on = (monthDay: string): Day => Day.parse(`${year}-${monthDay}`);
  const easter = easterSunday(year);
  const christmas = isWeekend(on("12-25")) ? undefined : on("12-25");
  const boxing = substitute(on("12-26"), christmas ? [christmas] : []);
  const days: Day[] = [
    substitute(on("01-01"), []),
    addDays(easter, -2),
    addDays(easter, 1),
    mondayOnOrAfter(on("05-01")),
    mondayOf(on("05-31")),
    mondayOf(on("08-31")),
    christmas ?? substitute(on("12-25"), [boxing]),
    boxing,
  ];
  const change = proclaimed[String(year)] ?? { add: [], drop: [] };
  return new Set([...days.filter((day) => !change.drop.includes(day)), ...change.add]);
};

const byYear = new Map<string, ReadonlySet<string>>();

/** The bank holidays of England and Wales in `year`, as days. */
export const bankHolidays = (year: number): ReadonlySet<string> => {
  const key = String(year);
  const known = byYear.get(key) ?? computeHolidays(year);
  byYear.set(key, known);
  return known;
};

export const isWorkingDay = (day: Day): boolean =>
  !isWeekend(day) && !bankHolidays(Number(day.slice(0, 4))).has(day);

/**
 * The working day `count` working days after `day` (before it, when negative). Zero: `day` itself.
 */
export const addWorkingDays = (day: Day, count: number): Day => {
  const step = count < 0 ? -1 : 1;
  let epochDay = toEpochDay(day);
  for (let left = Math.abs(count); left > 0;) {
    epochDay += step;
    if (isWorkingDay(fromEpochDay(epochDay))) left -= 1;
  }
  return fromEpochDay(epochDay);
};
