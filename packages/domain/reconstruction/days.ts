/** When fieldwork was: as far as a published report prints it, and as its story has it. */
import type { Fieldwork } from "../framework/timetable.ts";
import { addDays, addMonths, type Day } from "../kernel/instants.ts";
import { isWorkingDay } from "../kernel/working-days.ts";

/** Days such as 2020-08-17, or months such as 2020-08: many reports print no more. */
export type PublishedFieldwork = { readonly start: string; readonly end: string };

export const firstDay = (text: string): Day => text.padEnd(10, "-01") as Day;

export const lastDay = (text: string): Day =>
  text.length === 10 ? (text as Day) : addDays(addMonths(firstDay(text), 1), -1);

/** The days, where both are printed. */
export const printedDays = ({ start, end }: PublishedFieldwork): Fieldwork | undefined =>
  start.length === 10 && end.length === 10 ? { start: start as Day, end: end as Day } : undefined;

/** The first and the last day on which it can have begun. */
export const beginnings = ({ start }: PublishedFieldwork): readonly [Day, Day] => [
  firstDay(start),
  lastDay(start),
];

/** Five days from this one on. */
export const weekFrom = (start: Day): Fieldwork => ({ start, end: addDays(start, 4) });

/**
 * Fieldwork from its first working day to its last: a report may count a weekend in, while an
 * inspection is scheduled on working days. Without any, the next one is taken.
 */
export const workingFieldwork = ({ start, end }: Fieldwork): Fieldwork => {
  const first = nearest(start, 1);
  const last = nearest(end, -1);
  return { start: first, end: last < first ? first : last };
};

const nearest = (day: Day, step: 1 | -1): Day => {
  let moved = day;
  while (!isWorkingDay(moved)) moved = addDays(moved, step);
  return moved;
};
