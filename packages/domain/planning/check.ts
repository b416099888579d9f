/**
 * Whether a schedule keeps every rule, found out day by day and with no part of the planner: it
 * shares the problem's data and the calendar, and nothing of how schedules are made.
 */
import { addDays, addMonths, type Day, weekday } from "../kernel/instants.ts";
import { addWorkingDays, isWorkingDay } from "../kernel/working-days.ts";
import type { PersonId, ServiceId } from "../kernel/ids.ts";
import type { Placement, PlanningProblem } from "./problem.ts";

export type Violation = {
  readonly rule:
    | "unknown-service"
    | "placed-twice"
    | "neither-placed-nor-left-out"
    | "outside-the-programme"
    | "not-its-working-weeks"
    | "blackout"
    | "too-soon-after-the-last"
    | "too-many-in-a-week"
    | "ahead-of-pace"
    | "unknown-person"
    | "named-twice"
    | "wrong-team-size"
    | "not-one-lead"
    | "cannot-lead"
    | "conflict-of-interest"
    | "away"
    | "two-fieldworks-too-close"
    | "leads-too-close";
  readonly service?: ServiceId | undefined;
  readonly person?: PersonId | undefined;
  readonly day?: Day | undefined;
};

export type Checked = {
  readonly placements: readonly Placement[];
  readonly unplaced: readonly { readonly service: ServiceId }[];
};

/** All that is wrong; of fixed placements only the teams, since people decided on their days. */
export const checkSchedule = (
  problem: PlanningProblem,
  schedule: Checked,
): readonly Violation[] => [
  ...completeness(problem, schedule),
  ...schedule.placements.flatMap((placement) => [
    ...(isFixed(problem, placement) ? [] : daysOf(problem, placement)),
    ...teamOf(problem, placement),
  ]),
  ...crowding(problem, schedule),
  ...rests(problem, schedule),
];

const isFixed = ({ fixed }: PlanningProblem, { service }: Placement): boolean =>
  fixed.some((each) => each.service === service);

const completeness = (
  { services }: PlanningProblem,
  { placements, unplaced }: Checked,
): readonly Violation[] => {
  const named = [...placements, ...unplaced].map(({ service }) => service);
  const known = new Set(services.map(({ id }) => id));
  return [
    ...named
      .filter((service) => !known.has(service))
      .map((service) => ({ rule: "unknown-service" as const, service })),
    ...named
      .filter((service, index) => named.indexOf(service) !== index)
      .map((service) => ({ rule: "placed-twice" as const, service })),
    ...[...known]
      .filter((service) => !named.includes(service))
      .map((service) => ({ rule: "neither-placed-nor-left-out" as const, service })),
  ];
};

const daysBetween = (start: Day, end: Day): readonly Day[] => {
  const days: Day[] = [];
  for (let day = start; day <= end; day = addDays(day, 1)) days.push(day);
  return days;
};

const sunday = (day: Day): Day => addDays(day, (7 - weekday(day)) % 7);

const daysOf = (
  { period, services, blackouts, settings }: PlanningProblem,
  { service, start, end }: Placement,
): readonly Violation[] => {
  const found: Violation[] = [];
  const say = (rule: Violation["rule"], day: Day) => found.push({ rule, service, day });
  if (start < addWorkingDays(period.first, settings.leadInWorkingDays)) {
    say("outside-the-programme", start);
  }
  if (end > period.last) say("outside-the-programme", end);
  const inspected = services.find(({ id }) => id === service);
  const weeks = Array.from({ length: inspected?.fieldworkWeeks ?? 1 }, (_, later) => {
    const saturday = addDays(sunday(start), 7 * later - 1);
    return daysBetween(addDays(saturday, -5), saturday).filter(isWorkingDay);
  });
  const whole =
    start === weeks[0]?.[0] &&
    end === weeks.at(-1)?.at(-1) &&
    weeks.every((week) => week.length >= settings.leastWorkingDays);
  if (!whole) say("not-its-working-weeks", start);
  for (const { first, last, service: whose } of blackouts) {
    if (whose !== undefined && whose !== service) continue;
    const day = daysBetween(start, end).find((each) => first <= each && each <= last);
    if (day) say("blackout", day);
  }
  const last = inspected?.lastInspected;
  if (last && start < addMonths(last, settings.leastMonthsBetween)) {
    say("too-soon-after-the-last", start);
  }
  return found;
};

const teamOf = (
  { services, inspectors, settings }: PlanningProblem,
  { service, start, end, team }: Placement,
): readonly Violation[] => {
  const found: Violation[] = [];
  const say = (rule: Violation["rule"], person?: PersonId) => found.push({ rule, service, person });
  const inspected = services.find(({ id }) => id === service);
  let size = 1;
  for (const band of settings.teamSizes) {
    if (inspected && inspected.caseload >= band.fromCaseload) size = band.people;
  }
  if (team.length !== size) say("wrong-team-size");
  if (team.filter(({ lead }) => lead).length !== 1) say("not-one-lead");
  for (const [place, { person, lead }] of team.entries()) {
    if (team.findIndex((each) => each.person === person) !== place) say("named-twice", person);
    const inspector = inspectors.find(({ id }) => id === person);
    if (!inspector) {
      say("unknown-person", person);
      continue;
    }
    if (lead && !inspector.canLead) say("cannot-lead", person);
    const atHome = inspector.homeArea !== undefined && inspector.homeArea === inspected?.region;
    if (atHome || inspector.employers.includes(service)) say("conflict-of-interest", person);
    const days = daysBetween(start, end);
    const away = inspector.away.some(({ first, last }) =>
      days.some((day) => first <= day && day <= last),
    );
    if (away) say("away", person);
  }
  return found;
};

const crowding = (problem: PlanningProblem, { placements }: Checked): readonly Violation[] => {
  const { period, settings, services } = problem;
  const everybody = problem.blackouts.filter(({ service }) => service === undefined);
  const begin = addWorkingDays(period.first, settings.leadInWorkingDays);
  const isOpen = (week: readonly Day[]): boolean => {
    const [start, end] = [week[0], week.at(-1)];
    if (start === undefined || end === undefined) return false;
    const shut = daysBetween(start, end).some((day) =>
      everybody.some(({ first, last }) => first <= day && day <= last),
    );
    return (
      start >= begin && end <= period.last && week.length >= settings.leastWorkingDays && !shut
    );
  };
  const sundays: Day[] = [];
  for (let day = sunday(period.first); day <= sunday(period.last); day = addDays(day, 7)) {
    sundays.push(day);
  }
  const open = sundays.map((last) =>
    isOpen(daysBetween(addDays(last, -6), addDays(last, -2)).filter(isWorkingDay)),
  );
  const all = open.filter(Boolean).length;
  const found: Violation[] = [];
  const begins = placements.map(({ start }) => sunday(start));
  for (const [index, last] of sundays.entries()) {
    const here = placements.filter((_, place) => begins[place] === last);
    const decided = here.filter((each) => isFixed(problem, each)).length;
    if (here.length > Math.max(decided, settings.fieldworksAWeek)) {
      found.push({ rule: "too-many-in-a-week", day: last });
    }
    const passed = open.slice(0, index + 1).filter(Boolean).length;
    const even = Math.floor((services.length * passed) / Math.max(1, all));
    const begun = placements.filter(({ start }) => start <= last);
    const kept = begun.filter((each) => isFixed(problem, each)).length;
    if (begun.length > Math.max(kept, even + settings.aheadOfPace)) {
      found.push({ rule: "ahead-of-pace", day: last });
    }
  }
  return found;
};

const rests = ({ settings }: PlanningProblem, { placements }: Checked): readonly Violation[] => {
  const found: Violation[] = [];
  for (const [place, one] of placements.entries()) {
    for (const other of placements.slice(place + 1)) {
      const [former, later] = one.start <= other.start ? [one, other] : [other, one];
      for (const { person, lead } of one.team) {
        const again = other.team.find((seat) => seat.person === person);
        if (!again) continue;
        const tooClose = (weeks: number): boolean =>
          sunday(later.start) <= addDays(sunday(former.end), 7 * weeks);
        const { service } = later;
        if (tooClose(settings.restWeeks)) {
          found.push({ rule: "two-fieldworks-too-close", service, person });
        }
        if (lead && again.lead && tooClose(settings.leadRestWeeks)) {
          found.push({ rule: "leads-too-close", service, person });
        }
      }
    }
  }
  return found;
};
