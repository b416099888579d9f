/**
 * What a schedule is made from: services, inspectors, closed days, settings. Plain data; nothing
 * about anybody is known to the planner that is not here.
 */
import type { PersonId, ServiceId } from "../kernel/ids.ts";
import type { Day } from "../kernel/instants.ts";

/** Both days included. */
export type Period = { readonly first: Day; readonly last: Day };

/** Days without fieldwork: for everybody, or for one service. */
export type Blackout = Period & { readonly service?: ServiceId | undefined };

export type ServiceToInspect = {
  readonly id: ServiceId;
  readonly name: string;
  readonly region: string;
  /** Children supervised in a year. */
  readonly caseload: number;
  /** From 0 (worst) to 100 (best), as the programme's own performance measure has it. */
  readonly performance: number;
  /** The last day of its last fieldwork; undefined: never inspected. */
  readonly lastInspected?: Day | undefined;
  /** Weeks that its fieldwork takes; undefined: one. */
  readonly fieldworkWeeks?: number | undefined;
};

export type Inspector = {
  readonly id: PersonId;
  readonly canLead: boolean;
  /** The region in which they live: no service of it is theirs to inspect. */
  readonly homeArea?: string | undefined;
  /** Services that employed them. */
  readonly employers: readonly ServiceId[];
  readonly away: readonly Period[];
};

export type PlanningSettings = {
  /** What each part of the risk counts; only their proportions matter. */
  readonly weights: {
    readonly caseload: number;
    readonly performance: number;
    readonly sinceLast: number;
  };
  /** The caseload, and the months since the last inspection, at which a part is at its greatest. */
  readonly greatest: { readonly caseload: number; readonly months: number };
  /** Team sizes, the lead included, by the caseload from which they hold. Rising, from 0. */
  readonly teamSizes: readonly { readonly fromCaseload: number; readonly people: number }[];
  /** How many fieldworks begin in one week, at most. */
  readonly fieldworksAWeek: number;
  /** By how many fieldworks the programme may be ahead of an even pace at any time. */
  readonly aheadOfPace: number;
  /** A week with fewer working days than this has no fieldwork. From 1 to 5. */
  readonly leastWorkingDays: number;
  /** Working days from the programme's first day to the first possible fieldwork. */
  readonly leadInWorkingDays: number;
  /** A service is left alone for so many months after its last inspection. */
  readonly leastMonthsBetween: number;
  /** Whole free weeks between two fieldworks of one person, and between two that they lead. */
  readonly restWeeks: number;
  readonly leadRestWeeks: number;
};

export type Seat = { readonly person: PersonId; readonly lead: boolean };

/** One service's fieldwork, from its first week's first working day to its last week's last. */
export type Placement = {
  readonly service: ServiceId;
  readonly start: Day;
  readonly end: Day;
  /** The lead first. */
  readonly team: readonly Seat[];
};

export type PlanningProblem = {
  readonly period: Period;
  readonly services: readonly ServiceToInspect[];
  readonly inspectors: readonly Inspector[];
  readonly blackouts: readonly Blackout[];
  readonly settings: PlanningSettings;
  /** Placements that people decided; they stay, and everything else keeps clear of them. */
  readonly fixed: readonly Placement[];
};

/** Our defaults; a programme records the ones it runs by. */
export const defaultPlanningSettings: PlanningSettings = {
  weights: { caseload: 30, performance: 40, sinceLast: 30 },
  greatest: { caseload: 400, months: 72 },
  teamSizes: [
    { fromCaseload: 0, people: 4 },
    { fromCaseload: 100, people: 5 },
    { fromCaseload: 250, people: 6 },
  ],
  fieldworksAWeek: 2,
  aheadOfPace: 4,
  leastWorkingDays: 4,
  leadInWorkingDays: 25,
  leastMonthsBetween: 24,
  restWeeks: 1,
  leadRestWeeks: 5,
};

/** How many people inspect a service, the lead included. */
export const teamSizeFor = (
  { caseload }: ServiceToInspect,
  { teamSizes }: PlanningSettings,
): number => teamSizes.findLast(({ fromCaseload }) => fromCaseload <= caseload)?.people ?? 1;

/** Why a person may not inspect a service, or undefined where they may. */
export const conflictOf = (
  { homeArea, employers }: Pick<Inspector, "homeArea" | "employers">,
  { id, region }: { readonly id: ServiceId; readonly region: string | undefined },
): "home-area" | "former-employer" | undefined => {
  if (homeArea !== undefined && homeArea === region) return "home-area";
  return employers.includes(id) ? "former-employer" : undefined;
};
