/**
 * A programme from its opening to the schedule that holds. Proposals are computed here, since the
 * planner is pure: the same facts always lead to the same schedule.
 */
import { digestOf } from "../../kernel/canonical.ts";
import { accept, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { Digest } from "../../kernel/ids.ts";
import { isPlausible } from "../../kernel/instants.ts";
import { frameworkStream, inspectionStream, programmeStream } from "../../kernel/stream.ts";
import { aggregateOf } from "../../lifecycle/aggregate.ts";
import type { PlanningProblem } from "../../planning/problem.ts";
import { proposeSchedule } from "../../planning/propose.ts";
import { isFrameworkEvent } from "../adoption/events.ts";
import { adoptionsBy } from "../offered.ts";
import { programmeBarred } from "./barred.ts";
import { changePlacement, releasePlacement } from "./change.ts";
import {
  type ProgrammeCommand,
  type ProgrammeCommandOf,
  programmePermissions,
  type ProgrammeRefusal,
} from "./commands.ts";
import { differing, enrol, enrolledAsAsked, namedTwice, same } from "./enrol.ts";
import { isProgrammeEvent, type ProgrammeEvent } from "./events.ts";
import { programmeChart } from "./machine.ts";
import { recorded, scheduled, sameBlackout } from "./record.ts";
import {
  defaultRules,
  inspectionFor,
  openingOf,
  problemOf,
  type ProgrammeAnswer,
  type ProgrammeKnown,
  type ProgrammeState,
} from "./state.ts";

/** Recorded with every proposal; another method takes another name. */
const METHOD = "assay-planning/1";

export const programme = aggregateOf<
  ProgrammeCommand,
  ProgrammeEvent,
  ProgrammeKnown,
  ProgrammeState,
  ProgrammeRefusal
>({
  chart: programmeChart,
  isOwn: isProgrammeEvent,
  permissions: programmePermissions,
  unknown: "UnknownProgramme",
  initial: {
    opened: undefined,
    changed: undefined,
    rules: defaultRules,
    services: new Map(),
    inspectors: new Map(),
    blackouts: [],
    proposal: undefined,
    placements: new Map(),
    fixed: new Set(),
    adoptions: new Map(),
    scheduled: new Set(),
  },

  stream: (command) => programmeStream(command.programme),

  /**
   * The frameworks under which services are to be inspected; and whether the inspection of a
   * placement that is to change has been scheduled already.
   */
  consults: (command, { placements }) => {
    if (command.type === "EnrolServices") {
      return [...new Set(command.services.flatMap(({ framework }) => framework ?? []))].map(
        frameworkStream,
      );
    }
    if (command.type !== "ChangePlacement") return [];
    const former = placements.get(command.placement.service);
    return former ? [inspectionStream(inspectionFor(former))] : [];
  },

  evolve: (state, event) => {
    if (isProgrammeEvent(event)) return recorded(state, event);
    if (isFrameworkEvent(event))
      return { ...state, adoptions: adoptionsBy(state.adoptions, event) };
    return scheduled(state, event);
  },

  /** Nobody stands in any relation to a programme. */
  relations: () => [],
  barred: programmeBarred,
  decide: (command, state) => answer(command, state),
  about: {
    ProgrammeOpened: [],
    PlanningRulesChanged: [],
    ServicesEnrolled: [],
    ServiceRemoved: ["service"],
    InspectorsRegistered: [],
    InspectorReleased: ["inspector"],
    BlackoutDeclared: ["period", "service"],
    BlackoutLifted: ["period", "service"],
    ScheduleProposed: [],
    PlacementChanged: ["placement"],
    PlacementReleased: ["service"],
    ScheduleConfirmed: [],
  },
  written: {
    OpenProgramme: ({ name, period, rules = defaultRules }) => ({ name, period, rules }),
    DeclareBlackout: ({ period, service, reason }) => ({ period, service, reason }),
    LiftBlackout: ({ period, service }) => ({ period, service }),
  },
  holds: {
    OpenProgramme: () => true,
    ChangePlanningRules: ({ rules }, state) => same(state.rules, rules),
    EnrolServices: ({ services }, state) =>
      differing(services, enrolledAsAsked(state)).length === 0,
    RemoveService: ({ service }, { services }) => !services.has(service),
    RegisterInspectors: ({ inspectors }, state) =>
      differing(inspectors, state.inspectors).length === 0,
    ReleaseInspector: ({ inspector }, { inspectors }) => !inspectors.has(inspector),
    DeclareBlackout: (command, state) => isDeclared(command, state),
    LiftBlackout: (command, state) => !isDeclared(command, state),
    ProposeSchedule: (_, state) =>
      state.phase.matches("proposed") && state.proposal?.basis === basisOf(problemOf(state)),
    ChangePlacement: ({ placement }, { fixed, placements }) =>
      fixed.has(placement.service) && same(placements.get(placement.service), placement),
    ReleasePlacement: ({ service }, { fixed }) => !fixed.has(service),
  },
});

const answer = (command: ProgrammeCommand, state: ProgrammeState): ProgrammeAnswer => {
  switch (command.type) {
    case "OpenProgramme":
      return open(command);
    case "ChangePlanningRules":
      return changeRules(command, state);
    case "EnrolServices":
      return enrol(command, state);
    case "RemoveService":
      return remove(command, state);
    case "RegisterInspectors":
      return register(command, state);
    case "ReleaseInspector":
      return release(command, state);
    case "DeclareBlackout":
      return declareBlackout(command, state);
    case "LiftBlackout":
      return liftBlackout(command, state);
    case "ProposeSchedule":
      return propose(command, state);
    case "ChangePlacement":
      return changePlacement(command, state);
    case "ReleasePlacement":
      return releasePlacement(command);
    case "ConfirmSchedule":
      return confirm(command, state);
  }
};

const isDeclared = (
  { period, service }: ProgrammeCommandOf<"DeclareBlackout" | "LiftBlackout">,
  { blackouts }: ProgrammeState,
): boolean => blackouts.some((each) => sameBlackout(each, { period, service }));

const open = (command: ProgrammeCommandOf<"OpenProgramme">): ProgrammeAnswer => {
  const { programme: id, name, period, rules = defaultRules } = command;
  const odd = [period.first, period.last].find((day) => !isPlausible(day, command.at));
  if (odd) return refuse({ reason: "DayNotPlausible", day: odd });
  return accept({
    type: "ProgrammeOpened",
    ...stampOf(command),
    programme: id,
    name,
    period,
    rules,
  });
};

const changeRules = (
  command: ProgrammeCommandOf<"ChangePlanningRules">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const { rules } = command;
  if (same(state.rules, rules)) return accept();
  return accept({ type: "PlanningRulesChanged", ...stampOf(command), rules });
};

const remove = (
  command: ProgrammeCommandOf<"RemoveService">,
  { services }: ProgrammeState,
): ProgrammeAnswer => {
  const { service, reason } = command;
  if (!services.has(service)) return refuse({ reason: "UnknownService", service });
  return accept({ type: "ServiceRemoved", ...stampOf(command), service, text: { reason } });
};

const register = (
  command: ProgrammeCommandOf<"RegisterInspectors">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const twice = namedTwice(command.inspectors);
  if (twice !== undefined) return refuse({ reason: "NamedTwice", id: twice });
  const inspectors = differing(command.inspectors, state.inspectors);
  return inspectors.length === 0
    ? accept()
    : accept({ type: "InspectorsRegistered", ...stampOf(command), inspectors });
};

const release = (
  command: ProgrammeCommandOf<"ReleaseInspector">,
  { inspectors }: ProgrammeState,
): ProgrammeAnswer => {
  const { inspector } = command;
  return inspectors.has(inspector)
    ? accept({ type: "InspectorReleased", ...stampOf(command), inspector })
    : refuse({ reason: "UnknownInspector", inspector });
};

const declareBlackout = (
  command: ProgrammeCommandOf<"DeclareBlackout">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const { period, service, reason } = command;
  const { first, last } = openingOf(state).period;
  if (service !== undefined && !state.services.has(service)) {
    return refuse({ reason: "UnknownService", service });
  }
  if (period.last < first) return refuse({ reason: "OutsideTheProgramme", day: period.last });
  if (period.first > last) return refuse({ reason: "OutsideTheProgramme", day: period.first });
  return accept({
    type: "BlackoutDeclared",
    ...stampOf(command),
    period,
    ...(service !== undefined && { service }),
    text: { reason },
  });
};

const liftBlackout = (
  command: ProgrammeCommandOf<"LiftBlackout">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const { period, service } = command;
  if (!isDeclared(command, state)) return refuse({ reason: "UnknownBlackout", period });
  const whose = service !== undefined && { service };
  return accept({ type: "BlackoutLifted", ...stampOf(command), period, ...whose });
};

const basisOf = (problem: PlanningProblem): Digest => digestOf({ method: METHOD, problem });

const propose = (
  command: ProgrammeCommandOf<"ProposeSchedule">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const problem = problemOf(state);
  return accept({
    type: "ScheduleProposed",
    ...stampOf(command),
    method: METHOD,
    basis: basisOf(problem),
    ...proposeSchedule(problem),
  });
};

const confirm = (
  command: ProgrammeCommandOf<"ConfirmSchedule">,
  { placements }: ProgrammeState,
): ProgrammeAnswer =>
  accept({
    type: "ScheduleConfirmed",
    ...stampOf(command),
    placements: [...placements.values()],
  });
