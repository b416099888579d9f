/** The days of a published inspection's fieldwork, as its story can be told. */
import type { Fieldwork } from "../framework/timetable.ts";
import { addDays, type Day } from "../kernel/instants.ts";
import { isWorkingDay } from "../kernel/working-days.ts";

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
