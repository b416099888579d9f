/** What the rules of a programme know, and what becomes of a placement when it is scheduled. */
import { defaultPlanningSettings, type PlanningProblem } from "../../planning/problem.ts";
import type { Decision } from "../../kernel/decider.ts";
import type { Framework } from "../../framework/document.ts";
import { type Versions, versionOn } from "../../framework/versions.ts";
import type { SettingId } from "../../framework/setting-id.ts";
import {
  type FrameworkId,
  InspectionId,
  type PersonId,
  type ProgrammeId,
  type ServiceId,
} from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/instants.ts";
import type { FrameworkEvent } from "../adoption/events.ts";
import type { Adoptions } from "../offered.ts";
import type { InspectedService, InspectionEvent, TeamMember } from "../events.ts";
import type { ProgrammeRefusal } from "./commands.ts";
import type {
  EnrolledService,
  Period,
  Placement,
  PlanningRules,
  ProgrammeEvent,
  ProgrammeEventOf,
  RegisteredInspector,
} from "./events.ts";
import type { ProgrammePhase } from "./machine.ts";

export type ProgrammeKnown = ProgrammeEvent | InspectionEvent | FrameworkEvent;

export type DeclaredBlackout = {
  readonly period: Period;
  readonly service: ServiceId | undefined;
};

export type ProgrammeState = {
  readonly phase: ProgrammePhase;
  readonly opened: ProgrammeEventOf<"ProgrammeOpened"> | undefined;
  /** When a fact of its own was last recorded. */
  readonly changed: Instant | undefined;
  readonly rules: PlanningRules;
  readonly services: ReadonlyMap<ServiceId, EnrolledService>;
  readonly inspectors: ReadonlyMap<PersonId, RegisteredInspector>;
  readonly blackouts: readonly DeclaredBlackout[];
  readonly proposal: ProgrammeEventOf<"ScheduleProposed"> | undefined;
  /** Where every service is now. */
  readonly placements: ReadonlyMap<ServiceId, Placement>;
  /** Of these, the ones that people decided. */
  readonly fixed: ReadonlySet<ServiceId>;
  /** Of the frameworks that a command names. */
  readonly adoptions: Adoptions;
  /** `programme/service` of every inspection that is known to be scheduled. */
  readonly scheduled: ReadonlySet<string>;
};

export type ProgrammeAnswer = Decision<ProgrammeEvent, ProgrammeRefusal>;

export const defaultRules: PlanningRules = defaultPlanningSettings;

export const keyOf = (programme: ProgrammeId, service: ServiceId): string =>
  `${programme}/${service}`;

/** The state as the planner takes it. Throws a TypeError before the programme is opened. */
export const problemOf = (state: ProgrammeState): PlanningProblem => ({
  period: openingOf(state).period,
  services: [...state.services.values()],
  inspectors: [...state.inspectors.values()],
  blackouts: state.blackouts.map(({ period, service }) => ({
    ...period,
    ...(service && { service }),
  })),
  settings: state.rules,
  fixed: [...state.placements.values()].filter(({ service }) => state.fixed.has(service)),
});

/** How the programme was opened. Throws a TypeError before. */
export const openingOf = ({ opened }: ProgrammeState): ProgrammeEventOf<"ProgrammeOpened"> => {
  if (!opened) throw new TypeError("nothing is known of a programme before it is opened");
  return opened;
};

/** Under which framework a service is planned that names none: the one in force at first. */
export const usualFramework = (
  { opened }: ProgrammeState,
  offered: Versions,
): Framework | undefined => opened && versionOn(opened.period.first, offered);

/** What a placement's inspection is called: its service and the year of its fieldwork. */
export const inspectionFor = ({ service, start }: Pick<Placement, "service" | "start">) =>
  InspectionId.parse(`${service.replaceAll(".", "-").slice(0, 75)}-${start.slice(0, 4)}`);

/** What `ScheduleInspection` is to be told of a placement; without a framework, one is chosen. */
export type Scheduling = {
  readonly inspection: InspectionId;
  readonly service: InspectedService;
  readonly programme: ProgrammeId;
  readonly fieldwork: { readonly start: Placement["start"]; readonly end: Placement["end"] };
  readonly team: readonly TeamMember[];
  readonly framework?: FrameworkId;
  readonly kind?: SettingId;
};

export const schedulingOf = (
  { opened, services, placements }: ProgrammeState,
  service: ServiceId,
): Scheduling | undefined => {
  const placement = placements.get(service);
  const enrolled = services.get(service);
  if (!opened || !placement || !enrolled) return undefined;
  const { start, end, team } = placement;
  const { framework, kind } = enrolled;
  return {
    ...(framework !== undefined && { framework }),
    ...(kind !== undefined && { kind }),
    inspection: inspectionFor(placement),
    service: { id: service, name: enrolled.name },
    programme: opened.programme,
    fieldwork: { start, end },
    team: team.map(({ person, lead }): TeamMember => ({
      person,
      role: lead ? "lead-inspector" : "inspector",
    })),
  };
};
