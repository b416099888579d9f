/**
 * A schedule for a whole programme. Weeks come from an exact optimum, teams from an exact matching
 * week by week; where a week cannot be staffed, the least risky service that lacks people leaves it
 * and the rest is timed again. The same problem always gives the same schedule.
 */
import { explain, type Unplaced, unplacedFor, type Why } from "./explain.ts";
import {
  begunIn,
  pairOf,
  type Plan,
  type Planning,
  planningFor,
  type Unstaffable,
} from "./plan.ts";
import type { Placement, PlanningProblem, Seat } from "./problem.ts";
import { noRota, onRota, staffWeek } from "./staffing.ts";
import { costOfWaiting, timeServices } from "./timing.ts";
import { weekIndexOf } from "./weeks.ts";

export type Proposal = {
  /** In the order of their days; fixed placements are among them. */
  readonly placements: readonly (Placement & { readonly why: Why })[];
  readonly unplaced: readonly Unplaced[];
  readonly quality: Quality;
};

/** How good it is, each figure beside what no schedule could undercut. */
export type Quality = {
  /**
   * Σ risk × weeks waited over the placed services, and over those left out as though they waited
   * the whole programme; the bound is that of the least cost with no regard to people.
   */
  readonly waiting: { readonly value: number; readonly bound: number };
  readonly leftOut: { readonly value: number; readonly bound: number };
  /** Weeks of fieldwork of the busiest person, and the average rounded up. */
  readonly busiest: { readonly value: number; readonly bound: number };
  /** How often the remaining weeks were timed again because a week could not be staffed. */
  readonly retimed: number;
};

/** Afterwards services are taken in the order of their risk, each in the first week that can. */
const MOST_RETIMED = 12;

export const proposeSchedule = (problem: PlanningProblem): Proposal => {
  const planning = planningFor(problem);
  const first = timed(planning, new Map(), () => true, 0);
  const { plan, unstaffable, retimed } = staffAll(planning, first);
  const left = planning.risks.flatMap((_, service) => (plan.teams.has(service) ? [] : [service]));
  const waiting = (weekOf: (service: number) => number | undefined): number =>
    planning.risks.reduce(
      (sum, { score }, service) =>
        sum + costOfWaiting(score, weekOf(service) ?? planning.weeks.length),
      0,
    );
  const loads = [...plan.rota.weeks.values()].map((weeks) => weeks.length);
  const seats = loads.reduce((sum, load) => sum + load, 0);
  return {
    placements: [...plan.teams]
      .toSorted(([a, { week: one }], [b, { week: other }]) => one - other || a - b)
      .map(([service]) => placed(planning, plan, service, unstaffable)),
    unplaced: left.map((service) => unplacedFor({ planning, plan, service, unstaffable })),
    quality: {
      waiting: {
        value: waiting((service) => plan.teams.get(service)?.week),
        bound: waiting((service) => first[service]),
      },
      leftOut: {
        value: left.length,
        bound: first.filter((week) => week === undefined).length,
      },
      busiest: {
        value: Math.max(0, ...loads),
        bound: Math.ceil(seats / Math.max(1, problem.inspectors.length)),
      },
      retimed,
    },
  };
};

type Kept = ReadonlyMap<number, { readonly week: number }>;

/** Times what is neither fixed nor kept, from week `from` on. Their places keep their weeks. */
const timed = (
  { problem, weeks, pace, risks, fixed, open }: Planning,
  kept: Kept,
  allows: (service: number, week: number) => boolean,
  from: number,
): readonly (number | undefined)[] => {
  const taken = weeks.map(() => 0);
  const held = new Map<number, number>([
    ...fixed,
    ...[...kept].map(([service, { week }]) => [service, week] as const),
  ]);
  for (const week of held.values()) if (week in taken) taken[week]! += 1;
  let begun = 0;
  const room = pace.map((most, week) => {
    begun += taken[week]!;
    return most - begun;
  });
  const asked = risks.map((_, service) => service).filter((service) => !held.has(service));
  const { weeks: chosen } = timeServices({
    risks: asked.map((service) => risks[service]!.score),
    capacity: taken.map((count) => Math.max(0, problem.settings.fieldworksAWeek - count)),
    pace: room,
    allows: (place, week) =>
      week >= from && open[asked[place]!]![week]! && allows(asked[place]!, week),
  });
  const all = risks.map((_, service) => held.get(service));
  for (const [place, service] of asked.entries()) all[service] = chosen[place];
  return all;
};

const fixedPlan = ({ problem, fixed }: Planning): Plan => {
  const { services } = problem;
  let rota = noRota;
  const teams = new Map<number, { week: number; team: readonly Seat[] }>();
  for (const [service, week] of fixed) {
    const { team, end } = problem.fixed.find((each) => each.service === services[service]!.id)!;
    teams.set(service, { week, team });
    rota = onRota(rota, { index: week, last: weekIndexOf(end, problem.period.first) }, team);
  }
  return { rota, teams };
};

const staffAll = (planning: Planning, timing: readonly (number | undefined)[]) => {
  const { problem, weeks, fixed, risks } = planning;
  const unstaffable = new Set<string>();
  let plan = fixedPlan(planning);
  let chosen = timing;
  let retimed = 0;
  for (let week = 0; week < weeks.length;) {
    const here = risks
      .map((_, service) => service)
      .filter((service) => chosen[service] === week && !fixed.has(service));
    const staffed = staffWeek(
      here.map((service) => beginning(planning, service, week)),
      problem,
      plan.rota,
    );
    if (staffed.complete) {
      plan = withTeams(planning, plan, week, here, staffed.teams);
      week += 1;
      continue;
    }
    const leaving = staffed.lacking
      .map((place) => here[place]!)
      .reduce((least, each) => (risks[each]!.score < risks[least]!.score ? each : least));
    unstaffable.add(pairOf(leaving, week));
    if (retimed === MOST_RETIMED)
      return { plan: inTurn(planning, plan, week), unstaffable, retimed };
    retimed += 1;
    const allows = (service: number, other: number) => !unstaffable.has(pairOf(service, other));
    chosen = timed(planning, plan.teams, allows, week);
  }
  return { plan, unstaffable, retimed };
};

const beginning = ({ problem, spans }: Planning, service: number, week: number) => ({
  service: problem.services[service]!,
  span: spans[service]![week]!,
});

const withTeams = (
  { spans }: Planning,
  { rota, teams }: Plan,
  week: number,
  services: readonly number[],
  chosen: readonly (readonly Seat[])[],
): Plan => ({
  rota: chosen.reduce(
    (former, team, place) => onRota(former, spans[services[place]!]![week]!, team),
    rota,
  ),
  teams: new Map([
    ...teams,
    ...services.map((service, place) => [service, { week, team: chosen[place]! }] as const),
  ]),
});

/** Week by week from `from` on, the riskiest services first, each where a team can be found. */
const inTurn = (planning: Planning, before: Plan, from: number): Plan => {
  const { problem, weeks, risks, open } = planning;
  const order = risks
    .map((_, service) => service)
    .toSorted((a, b) => risks[b]!.score - risks[a]!.score || a - b);
  let plan = before;
  for (let week = from; week < weeks.length; week += 1) {
    for (const service of order) {
      if (plan.teams.has(service) || !open[service]![week]) continue;
      if (!hasRoom(planning, plan, week)) continue;
      const staffed = staffWeek([beginning(planning, service, week)], problem, plan.rota);
      if (staffed.complete) plan = withTeams(planning, plan, week, [service], staffed.teams);
    }
  }
  return plan;
};

/** One more in that week breaks neither the week's capacity nor the pace, then or later. */
const hasRoom = (planning: Planning, plan: Plan, week: number): boolean => {
  const { each, upTo } = begunIn(planning, plan);
  return (
    each[week]! < planning.problem.settings.fieldworksAWeek &&
    planning.pace.every((limit, later) => later < week || upTo[later]! < limit)
  );
};

const placed = (
  planning: Planning,
  plan: Plan,
  service: number,
  unstaffable: Unstaffable,
): Proposal["placements"][number] => {
  const { problem, spans, fixed } = planning;
  const { week, team } = plan.teams.get(service)!;
  const id = problem.services[service]!.id;
  const why = explain({ planning, plan, service, unstaffable });
  const decided = problem.fixed.find((each) => each.service === id);
  if (fixed.has(service) && decided) return { ...decided, why };
  const { start, end } = spans[service]![week]!;
  return { service: id, start, end, team, why };
};
