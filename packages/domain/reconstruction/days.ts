/** When fieldwork was: as far as a published report prints it, and as its story has it. */
import { z } from "zod";

import type { Fieldwork } from "../framework/timetable.ts";
import { addDays, addMonths, Day, toEpochDay } from "../kernel/instants.ts";
import { isWorkingDay } from "../kernel/working-days.ts";

const shape = /^(?:19[5-9]\d|20\d\d)-(?:0[1-9]|1[0-2])(?:-\d\d)?$/;

/** Many reports print the month alone. */
const DayOrMonth = z
  .string()
  .refine((text) => shape.test(text) && Day.safeParse(firstDay(text)).success, {
    message: "is no day such as 2020-08-17, nor a month such as 2020-08",
  });

const firstDay = (text: string): Day => text.padEnd(10, "-01") as Day;

const lastDay = (text: string): Day =>
  text.length === 10 ? (text as Day) : addDays(addMonths(firstDay(text), 1), -1);

/** Without an end: within the day or month of its start. */
export const PublishedFieldwork = z
  .strictObject({ start: DayOrMonth, end: DayOrMonth.optional() })
  .transform(({ start, end = start }) => ({ start, end }))
  .superRefine(({ start, end }, context) => {
    const length = toEpochDay(lastDay(end)) - toEpochDay(firstDay(start));
    const message =
      length < 0
        ? "fieldwork ends before it starts"
        : length > 366
          ? "fieldwork ends more than a year after it starts"
          : undefined;
    if (message) context.addIssue({ code: "custom", message, path: ["end"] });
  });
export type PublishedFieldwork = z.infer<typeof PublishedFieldwork>;

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
