/**
 * A programme from its opening to the schedule that holds. Proposals are computed here, since the
 * planner is pure: the same facts always lead to the same schedule.
 */
import { forbids } from "../../kernel/actor.ts";
import { canonicalJson, digestOf } from "../../kernel/canonical.ts";
import { accept, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { Aggregate } from "../../kernel/step.ts";
import { inspectionStream, programmeStream } from "../../kernel/stream.ts";
import { proposeSchedule } from "../../planning/propose.ts";
import { changePlacement, releasePlacement } from "./change.ts";
import {
  type ProgrammeCommand,
  type ProgrammeCommandOf,
  programmePermissions,
  type ProgrammeRefusal,
} from "./commands.ts";
import { isProgrammeEvent, type ProgrammeEvent } from "./events.ts";
import { programmeChart } from "./machine.ts";
import { recorded, sameBlackout } from "./record.ts";
import {
  defaultRules,
  inspectionFor,
  keyOf,
  problemOf,
  type ProgrammeAnswer,
  type ProgrammeKnown,
  type ProgrammeState,
  wrongPhase,
} from "./state.ts";

/** Recorded with every proposal; another method takes another name. */
const METHOD = "assay-planning/1";

export const programme: Aggregate<
  ProgrammeCommand,
  ProgrammeEvent,
  ProgrammeKnown,
  ProgrammeState,
  ProgrammeRefusal
> = {
  initial: {
    phase: programmeChart.initial,
    opened: undefined,
    changed: undefined,
    rules: defaultRules,
    services: new Map(),
    inspectors: new Map(),
    blackouts: [],
    proposal: undefined,
    placements: new Map(),
    fixed: new Set(),
    scheduled: new Set(),
  },

  stream: (command) => programmeStream(command.programme),

  /** Whether the inspection of a placement that is to change has been scheduled already. */
  consults: (command, { placements }) => {
    if (command.type !== "ChangePlacement") return [];
    const former = placements.get(command.placement.service);
    return former ? [inspectionStream(inspectionFor(former))] : [];
  },

  evolve: (state, event) => {
    if (isProgrammeEvent(event)) return recorded(state, event);
    if (event.type !== "InspectionScheduled" || event.programme === undefined) return state;
    const key = keyOf(event.programme, event.service.id);
    return { ...state, scheduled: new Set(state.scheduled).add(key) };
  },

  decide: (command, state) => {
    if (!state.opened && command.type !== "OpenProgramme") {
      return refuse({ reason: "UnknownProgramme" });
    }
    const forbidden = forbids(programmePermissions, command, []);
    return forbidden ? refuse(forbidden) : answer(command, state);
  },
};

const answer = (command: ProgrammeCommand, state: ProgrammeState): ProgrammeAnswer => {
  switch (command.type) {
    case "OpenProgramme":
      return open(command, state);
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
      return releasePlacement(command, state);
    case "ConfirmSchedule":
      return confirm(command, state);
  }
};

const same = (a: unknown, b: unknown): boolean =>
  a !== undefined && canonicalJson(a) === canonicalJson(b);

const open = (
  command: ProgrammeCommandOf<"OpenProgramme">,
  { opened }: ProgrammeState,
): ProgrammeAnswer => {
  const { programme: id, name, period, rules = defaultRules } = command;
  if (opened) {
    const known = { name: opened.name, period: opened.period, rules: opened.rules };
    return same(known, { name, period, rules })
      ? accept()
      : refuse({ reason: "AlreadyOpenedOtherwise" });
  }
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
  if (state.phase.matches("confirmed")) return wrongPhase(state);
  return accept({ type: "PlanningRulesChanged", ...stampOf(command), rules });
};

const namedTwice = (items: readonly { readonly id: string }[]): string | undefined => {
  const ids = items.map(({ id }) => id);
  return ids.find((id, index) => ids.indexOf(id) !== index);
};

const enrol = (
  command: ProgrammeCommandOf<"EnrolServices">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const twice = namedTwice(command.services);
  if (twice !== undefined) return refuse({ reason: "NamedTwice", id: twice });
  const services = command.services.filter((each) => !same(state.services.get(each.id), each));
  if (services.length === 0) return accept();
  if (state.phase.matches("confirmed")) return wrongPhase(state);
  return accept({ type: "ServicesEnrolled", ...stampOf(command), services });
};

const remove = (
  command: ProgrammeCommandOf<"RemoveService">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const { service, reason } = command;
  if (!state.services.has(service)) return accept();
  if (state.phase.matches("confirmed")) return wrongPhase(state);
  return accept({ type: "ServiceRemoved", ...stampOf(command), service, text: { reason } });
};

const register = (
  command: ProgrammeCommandOf<"RegisterInspectors">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const twice = namedTwice(command.inspectors);
  if (twice !== undefined) return refuse({ reason: "NamedTwice", id: twice });
  const inspectors = command.inspectors.filter(
    (each) => !same(state.inspectors.get(each.id), each),
  );
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
    : accept();
};

const declareBlackout = (
  command: ProgrammeCommandOf<"DeclareBlackout">,
  { opened, services, blackouts }: ProgrammeState,
): ProgrammeAnswer => {
  const { period, service, reason } = command;
  if (blackouts.some((each) => sameBlackout(each, { period, service }))) return accept();
  if (service !== undefined && !services.has(service)) {
    return refuse({ reason: "UnknownService", service });
  }
  if (opened && period.last < opened.period.first) {
    return refuse({ reason: "OutsideTheProgramme", day: period.last });
  }
  if (opened && period.first > opened.period.last) {
    return refuse({ reason: "OutsideTheProgramme", day: period.first });
  }
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
  { blackouts }: ProgrammeState,
): ProgrammeAnswer => {
  const { period, service } = command;
  if (!blackouts.some((each) => sameBlackout(each, { period, service }))) return accept();
  const whose = service !== undefined && { service };
  return accept({ type: "BlackoutLifted", ...stampOf(command), period, ...whose });
};

const propose = (
  command: ProgrammeCommandOf<"ProposeSchedule">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const problem = problemOf(state);
  if (!problem || state.phase.matches("confirmed")) return wrongPhase(state);
  if (problem.services.length === 0) return refuse({ reason: "NobodyToInspect" });
  if (problem.inspectors.length === 0) return refuse({ reason: "NobodyToInspectWith" });
  const basis = digestOf({ method: METHOD, problem });
  if (state.phase.matches("proposed") && state.proposal?.basis === basis) return accept();
  const proposal = proposeSchedule(problem);
  return accept({
    type: "ScheduleProposed",
    ...stampOf(command),
    method: METHOD,
    basis,
    ...proposal,
  });
};

const confirm = (
  command: ProgrammeCommandOf<"ConfirmSchedule">,
  { phase, proposal, services, placements }: ProgrammeState,
): ProgrammeAnswer => {
  if (phase.matches("confirmed")) return accept();
  if (!proposal) return refuse({ reason: "NothingProposed" });
  if (!phase.matches("proposed")) return refuse({ reason: "ProposalOutOfDate" });
  const left = [...services.keys()].filter((service) => !placements.has(service));
  if (left.length > 0) return refuse({ reason: "ServicesLeftOut", services: left });
  return accept({
    type: "ScheduleConfirmed",
    ...stampOf(command),
    placements: [...placements.values()],
  });
};
