/** Days and moments in words, as clocks and calendars in England show them. */
import {
  dayInEngland,
  type Instant,
  timeInEngland,
  toEpochDay,
} from "@assay/domain/kernel/instants.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";

/** `24 May 2021 at 9:05am`. */
export const momentInWords = (instant: string): string =>
  `${dayInWords(dayInEngland(instant as Instant))} at ${timeInWords(instant)}`;

/** A day, or a moment. */
export const dateInWords = (date: string): string =>
  date.includes("T") ? momentInWords(date) : dayInWords(date);

/** `9:05am`, `midday`, `midnight`. */
export const timeInWords = (instant: string): string => {
  const [hour, minute] = timeInEngland(instant as Instant).split(":") as [string, string];
  if (minute === "00" && hour === "00") return "midnight";
  if (minute === "00" && hour === "12") return "midday";
  const minutes = minute === "00" ? "" : `:${minute}`;
  return `${Number(hour) % 12 || 12}${minutes}${Number(hour) < 12 ? "am" : "pm"}`;
};

/** By when, seen from `now`: `today`, `in 3 days`, `5 days late`. */
export const distanceInWords = (due: string, now: string): string => {
  const days = toEpochDay(dayInEngland(due as Instant)) - toEpochDay(dayInEngland(now as Instant));
  if (days === 0) return due < now ? "since earlier today" : "today";
  if (days === 1) return "tomorrow";
  if (days > 1) return `in ${days} days`;
  return days === -1 ? "1 day late" : `${-days} days late`;
};
