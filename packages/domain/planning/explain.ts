/**
 * Why a service is where the schedule has it: its risk and rank, what kept it out of each earlier
 * week, and how its team came about. Counts, so that anybody can check them.
 */
import type { PersonId, ServiceId } from "../kernel/ids.ts";
import { conflictOf } from "./problem.ts";
import { begunIn, type Plan, type Planning, pairOf, type Unstaffable } from "./plan.ts";
import type { Risk } from "./risk.ts";
import { hinderedBy } from "./staffing.ts";

/**
 * Weeks by what kept the service out of them: closed to all, its own blackout, too soon after its
 * last inspection, no team to be had, all places taken, or the programme ahead of its pace.
 */
export type KeptOut = {
  readonly closed: number;
  readonly blackout: number;
  readonly tooSoon: number;
  readonly noTeam: number;
  readonly full: number;
  readonly pace: number;
};

/** `rank` 1 is the riskiest; equal risks rank in the order of the list. */
export type Ranked = { readonly risk: Risk; readonly rank: number; readonly of: number };

export type Why = Ranked & {
  readonly decided: "by-rule" | "by-a-person";
  readonly earlier: KeptOut;
  /** All inspectors by what they were then; `fieldworks`: each member's weeks of it in all. */
  readonly people: {
    readonly conflicted: number;
    readonly away: number;
    readonly resting: number;
    readonly eligible: number;
  };
  readonly fieldworks: readonly { readonly person: PersonId; readonly count: number }[];
};

/** No week takes it, and so many of each kind did not. */
export type Unplaced = Ranked & { readonly service: ServiceId; readonly weeks: KeptOut };

type Placing = {
  readonly planning: Planning;
  readonly plan: Plan;
  readonly service: number;
  readonly unstaffable: Unstaffable;
};

export const explain = (placing: Placing): Why => {
  const { planning, plan, service } = placing;
  const { week, team } = plan.teams.get(service)!;
  return {
    ...rankOf(planning, service),
    decided: planning.fixed.has(service) ? "by-a-person" : "by-rule",
    earlier: keptOut(placing, week),
    people: peopleIn(placing, week),
    fieldworks: team.map(({ person }) => ({
      person,
      count: plan.rota.weeks.get(person)?.length ?? 0,
    })),
  };
};

export const unplacedFor = (placing: Placing): Unplaced => {
  const { planning, service } = placing;
  return {
    service: planning.problem.services[service]!.id,
    ...rankOf(planning, service),
    weeks: keptOut(placing, planning.weeks.length),
  };
};

const rankOf = ({ risks }: Planning, service: number): Ranked => {
  const risk = risks[service]!;
  const before = risks.filter(
    ({ score }, other) => score > risk.score || (score === risk.score && other < service),
  );
  return { risk, rank: before.length + 1, of: risks.length };
};

const keptOut = ({ planning, plan, service, unstaffable }: Placing, until: number): KeptOut => {
  const { problem, weeks, pace, bars, open } = planning;
  const counts = { closed: 0, blackout: 0, tooSoon: 0, noTeam: 0, full: 0, pace: 0 };
  const begun = begunIn(planning, plan);
  for (const { index } of weeks.slice(0, Math.max(0, until))) {
    const bar = bars[service]![index];
    if (bar) counts[bar === "too-soon" ? "tooSoon" : bar] += 1;
    else if (!open[service]![index]) counts.noTeam += 1;
    else if (begun.each[index]! >= problem.settings.fieldworksAWeek) counts.full += 1;
    else if (unstaffable.has(pairOf(service, index))) counts.noTeam += 1;
    else if (begun.upTo.slice(index, until).some((sum, i) => sum >= pace[index + i]!)) {
      counts.pace += 1;
    } else counts.noTeam += 1;
  }
  return counts;
};

const peopleIn = ({ planning, plan, service }: Placing, index: number): Why["people"] => {
  const { problem, spans } = planning;
  const counts = { conflicted: 0, away: 0, resting: 0, eligible: 0 };
  const span = spans[service]![index];
  if (!span) return counts;
  const members = new Set(plan.teams.get(service)?.team.map(({ person }) => person));
  for (const inspector of problem.inspectors) {
    const hindered = hinderedBy(inspector, span, problem, plan.rota);
    if (members.has(inspector.id)) counts.eligible += 1;
    else if (conflictOf(inspector, problem.services[service]!)) counts.conflicted += 1;
    else counts[hindered ?? "eligible"] += 1;
  }
  return counts;
};
