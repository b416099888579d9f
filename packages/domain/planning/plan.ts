/** What is known while a schedule is being made: services and weeks by their places in lists. */
import type { ServiceId } from "../kernel/ids.ts";
import { conflictOf, type PlanningProblem, type Seat, teamSizeFor } from "./problem.ts";
import { type Risk, riskOf } from "./risk.ts";
import { hinderedBy, noRota, type Rota } from "./staffing.ts";
import {
  type Bar,
  barsOf,
  paceOf,
  type Span,
  spansOf,
  type Week,
  weekIndexOf,
  weeksOf,
} from "./weeks.ts";

/** What is known throughout a proposal; services and weeks go by their places. */
export type Planning = {
  readonly problem: PlanningProblem;
  readonly weeks: readonly Week[];
  /** For each service, what its fieldwork takes where it begins in each of the weeks. */
  readonly spans: readonly (readonly Span[])[];
  readonly pace: readonly number[];
  readonly risks: readonly Risk[];
  readonly fixed: ReadonlyMap<number, number>;
  /** For each service, what bars each week and which weeks are open to it. */
  readonly bars: readonly (readonly (Bar | undefined)[])[];
  readonly open: readonly (readonly boolean[])[];
};

export type Plan = {
  readonly rota: Rota;
  readonly teams: ReadonlyMap<number, { readonly week: number; readonly team: readonly Seat[] }>;
};

/** Services that had to leave a week for want of people. */
export type Unstaffable = ReadonlySet<string>;
export const pairOf = (service: number, week: number): string => `${service}/${week}`;

export const planningFor = (problem: PlanningProblem): Planning => {
  const { services, period, fixed } = problem;
  const weeks = weeksOf(problem);
  const lengths = services.map(({ fieldworkWeeks = 1 }) => fieldworkWeeks);
  const byLength = new Map(
    [...new Set(lengths)].map((length) => [length, spansOf(weeks, length, problem)] as const),
  );
  const spans = lengths.map((length) => byLength.get(length)!);
  const bars = services.map((service, place) => barsOf(service, spans[place]!, problem));
  const place = new Map(services.map(({ id }, index): [ServiceId, number] => [id, index]));
  return {
    problem,
    weeks,
    spans,
    pace: paceOf(weeks, problem),
    risks: services.map((service) => riskOf(service, period.first, problem.settings)),
    fixed: new Map(
      fixed.flatMap(({ service, start }) => {
        const index = place.get(service);
        return index === undefined ? [] : [[index, weekIndexOf(start, period.first)] as const];
      }),
    ),
    bars,
    open: openTo(problem, spans, bars),
  };
};

/** Weeks that nothing bars and in which there are people enough, whatever else they do. */
const openTo = (
  problem: PlanningProblem,
  spans: Planning["spans"],
  bars: Planning["bars"],
): Planning["open"] => {
  const there = new Map(
    [...new Set(spans)].map((each) => [
      each,
      each.map((span) =>
        problem.inspectors.filter((person) => !hinderedBy(person, span, problem, noRota)),
      ),
    ]),
  );
  return problem.services.map((service, place) => {
    const conflicted = new Set(problem.inspectors.filter((each) => conflictOf(each, service)));
    const size = teamSizeFor(service, problem.settings);
    return there.get(spans[place]!)!.map((present, index) => {
      if (bars[place]![index]) return false;
      const free = present.filter((each) => !conflicted.has(each));
      return free.length >= size && free.some(({ canLead }) => canLead);
    });
  });
};

/** Fieldworks in each week, and up to its end. */
export const begunIn = ({ weeks }: Planning, { teams }: Plan) => {
  const each = weeks.map(() => 0);
  for (const { week } of teams.values()) if (week in each) each[week]! += 1;
  let total = 0;
  const upTo = each.map((count) => (total += count));
  return { each, upTo };
};
