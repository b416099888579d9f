/**
 * Moments and days as text, and the calendar arithmetic on them. Proleptic Gregorian; no clock is
 * read here. Civil-day conversion after Howard Hinnant, "chrono-compatible low-level date
 * algorithms".
 */
import { z } from "zod";

/** A moment in UTC, ISO 8601 with `Z`, such as `2021-05-24T09:00:00.000Z`. Sorts as text. */
export const Instant = z.iso.datetime({ precision: 3 }).brand("Instant");
export type Instant = z.infer<typeof Instant>;

/** A calendar day in England, such as `2021-05-24`. */
export const Day = z.iso.date().brand("Day");
export type Day = z.infer<typeof Day>;

/** Days since 1970-01-01, negative before it. */
export const toEpochDay = (day: Day): number => {
  const [y, month, date] = day.split("-").map(Number) as [number, number, number];
  const year = month <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

export const fromEpochDay = (epochDay: number): Day => {
  const shifted = epochDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return Day.parse(
    `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`,
  );
};

const MS_A_DAY = 86_400_000;

/** Milliseconds since the beginning of 1970 in UTC, negative before it. */
export const toEpochMs = (instant: Instant): number => {
  const [hours, minutes, seconds] = instant.slice(11, -1).split(":").map(Number) as [
    number,
    number,
    number,
  ];
  const ofDay = Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
  return toEpochDay(Day.parse(instant.slice(0, 10))) * MS_A_DAY + ofDay;
};

export const fromEpochMs = (epochMs: number): Instant => {
  const day = Math.floor(epochMs / MS_A_DAY);
  const ms = epochMs - day * MS_A_DAY;
  const two = (units: number): string => String(units).padStart(2, "0");
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
  const seconds = `${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
  return Instant.parse(`${fromEpochDay(day)}T${two(hours)}:${two(minutes)}:${seconds}Z`);
};

/** 0 is Sunday, 6 is Saturday. */
export const weekday = (day: Day): number => (((toEpochDay(day) + 4) % 7) + 7) % 7;

/** The last one up to that day. */
export const mondayOf = (day: Day): Day => addDays(day, -((weekday(day) + 6) % 7));

export const addDays = (day: Day, days: number): Day => fromEpochDay(toEpochDay(day) + days);

/**
 * The same date `months` later (earlier when negative); where the month is too short, its last day,
 * so that 31 August less six months is 28 or 29 February.
 */
export const addMonths = (day: Day, months: number): Day => {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const first = (i: number): Day =>
    Day.parse(
      `${String(Math.floor(i / 12)).padStart(4, "0")}-${String((((i % 12) + 12) % 12) + 1).padStart(2, "0")}-01`,
    );
  const length = toEpochDay(first(index + 1)) - toEpochDay(first(index));
  return addDays(first(index), Math.min(date, length) - 1);
};

const lastSunday = (year: string, month: "03" | "10"): Day => {
  const last = Day.parse(`${year}-${month}-31`);
  return addDays(last, -weekday(last));
};

/**
 * Whether England keeps summer time at that moment: last Sunday of March to that of October, 01:00
 * UTC.
 */
const isSummerTime = (utc: string): boolean => {
  const [year, month] = [utc.slice(0, 4), utc.slice(5, 7)];
  if (month === "03") return utc >= `${lastSunday(year, month)}T01:00:00.000Z`;
  if (month === "10") return utc < `${lastSunday(year, month)}T01:00:00.000Z`;
  return month > "03" && month < "10";
};

/**
 * The moment at which clocks in England show `time` (`HH:MM`) on `day`. A time that the spring
 * change skips is taken as winter time (so an hour later on the clock, never earlier); one that the
 * autumn change repeats is its second showing.
 */
export const inEngland = (day: Day, time: string): Instant => {
  const asWinter = `${day}T${time}:00.000Z`;
  const [hour, minute] = time.split(":").map(Number) as [number, number];
  const earlier =
    hour === 0
      ? `${addDays(day, -1)}T23:${String(minute).padStart(2, "0")}:00.000Z`
      : `${day}T${String(hour - 1).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00.000Z`;
  return Instant.parse(isSummerTime(earlier) && isSummerTime(asWinter) ? earlier : asWinter);
};

/** The last minute of a day in England: what is owed by that day is late after it. */
export const endOfDay = (day: Day): Instant => inEngland(day, "23:59");

/** The day that calendars in England show at that moment. */
export const dayInEngland = (instant: Instant): Day => {
  const day = Day.parse(instant.slice(0, 10));
  return isSummerTime(instant) && instant.slice(11, 13) === "23" ? addDays(day, 1) : day;
};

/** The time, `HH:MM`, that clocks in England show at that moment. */
export const timeInEngland = (instant: Instant): string => {
  const hour = Number(instant.slice(11, 13)) + (isSummerTime(instant) ? 1 : 0);
  return `${String(hour % 24).padStart(2, "0")}:${instant.slice(14, 16)}`;
};

/** A day further from the moment at which it is named is a slip of the pen. */
const MOST_YEARS = 10;

export const isPlausible = (day: Day, at: Instant): boolean =>
  Math.abs(toEpochDay(day) - toEpochDay(dayInEngland(at))) <= Math.floor(MOST_YEARS * 365.25);
