/**
 * The programme's weeks, and in which of them each service's fieldwork could begin. A fieldwork
 * takes the working days, from Monday to Friday, of one week or of several that follow each other.
 */
import { addDays, addMonths, type Day, mondayOf, toEpochDay } from "../kernel/instants.ts";
import { addWorkingDays, isWorkingDay } from "../kernel/working-days.ts";
import type { Period, PlanningProblem, ServiceToInspect } from "./problem.ts";

/** `index` counts calendar weeks from the one in which the programme begins. */
export type Week = {
  readonly index: number;
  readonly start: Day;
  readonly end: Day;
  readonly closed: boolean;
};

/** Counted from the Monday of the week in which `first` lies. */
export const weekIndexOf = (day: Day, first: Day): number =>
  (toEpochDay(mondayOf(day)) - toEpochDay(mondayOf(first))) / 7;

export const overlaps = (a: Period, b: Period): boolean => a.first <= b.last && b.first <= a.last;

/** Every calendar week of the programme, the closed ones too. */
export const weeksOf = ({ period, settings, blackouts }: PlanningProblem): readonly Week[] => {
  const begin = addWorkingDays(period.first, settings.leadInWorkingDays);
  const everybody = blackouts.filter(({ service }) => service === undefined);
  const monday = mondayOf(period.first);
  const count = weekIndexOf(period.last, period.first) + 1;
  return Array.from({ length: count }, (_, index) => {
    const first = addDays(monday, index * 7);
    const days = [0, 1, 2, 3, 4].map((each) => addDays(first, each)).filter(isWorkingDay);
    const start = days[0] ?? first;
    const end = days.at(-1) ?? first;
    const closed =
      days.length < Math.max(1, settings.leastWorkingDays) ||
      start < begin ||
      end > period.last ||
      everybody.some((blackout) => overlaps(blackout, { first: start, last: end }));
    return { index, start, end, closed };
  });
};

/** The weeks of one fieldwork, from the one in which it begins to the one with the index `last`. */
export type Span = Week & { readonly last: number };

/** What a fieldwork of so many weeks would take, for each week in which it could begin. */
export const spansOf = (
  weeks: readonly Week[],
  length: number,
  { blackouts }: PlanningProblem,
): readonly Span[] =>
  weeks.map(({ index, start }) => {
    const taken = weeks.slice(index, index + length);
    const { end } = taken.at(-1)!;
    const closed =
      taken.length < length ||
      taken.some((week) => week.closed) ||
      blackouts.some(
        (each) => each.service === undefined && overlaps(each, { first: start, last: end }),
      );
    return { index, last: index + length - 1, start, end, closed };
  });

export type Bar = "closed" | "blackout" | "too-soon";

/** For each week why no fieldwork can begin in it, whoever is there; undefined: it can. */
export const barsOf = (
  { id, lastInspected }: ServiceToInspect,
  spans: readonly Span[],
  { settings, blackouts }: PlanningProblem,
): readonly (Bar | undefined)[] => {
  const again = lastInspected && addMonths(lastInspected, settings.leastMonthsBetween);
  const own = blackouts.filter(({ service }) => service === id);
  return spans.map(({ start, end, closed }) => {
    if (closed) return "closed";
    if (again && start < again) return "too-soon";
    const shut = own.some((blackout) => overlaps(blackout, { first: start, last: end }));
    return shut ? "blackout" : undefined;
  });
};

/**
 * How many fieldworks may have begun by the end of each week: an even share of all services by the
 * open weeks that have passed, rounded down, and so many more as the programme may be ahead.
 */
export const paceOf = (
  weeks: readonly Week[],
  { services, settings }: PlanningProblem,
): readonly number[] => {
  const open = Math.max(1, weeks.filter(({ closed }) => !closed).length);
  let passed = 0;
  return weeks.map(({ closed }) => {
    passed += closed ? 0 : 1;
    return Math.floor((services.length * passed) / open) + settings.aheadOfPace;
  });
};
