import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";

import { Actor } from "../../kernel/actor.ts";
import { fold } from "../../kernel/decider.ts";
import { ServiceId } from "../../kernel/ids.ts";
import { Instant } from "../../kernel/instants.ts";
import { checkSchedule } from "../../planning/check.ts";
import { madeUpProblem } from "../../planning/made-up-problem.ts";
import { InspectionEvent } from "../events.ts";
import { ProgrammeCommand, programmePermissions } from "./commands.ts";
import { programme as rules } from "./decide.ts";
import { type Placement, ProgrammeEvent, type ProgrammeEventOf } from "./events.ts";
import { programmeFlow } from "./flow.ts";
import { problemOf, type ProgrammeKnown, schedulingOf } from "./state.ts";

const scheduler = Actor.parse({ id: "sami", role: "scheduler" });
const head = Actor.parse({ id: "hugo", role: "head-of-programme" });
const at = Instant.parse("2026-01-05T09:00:00.000Z");
const madeUp = madeUpProblem({ seed: 7, services: 12, inspectors: 20, years: 1 });
/** None of them was inspected so lately that a year is too soon. */
const services = madeUp.services.map((each) => ({ ...each, lastInspected: "2021-06-11" }));
const problem = { ...madeUp, services };
const reason = "The board meets that week.";

type Asked = { readonly type: string; readonly [field: string]: unknown };

let facts: ProgrammeKnown[] = [];
beforeEach(() => {
  facts = [];
});

const decide = (asked: Asked, by: Actor = head) => {
  const command = ProgrammeCommand.parse({ ...asked, programme: "cycle-4", at, by });
  return rules.decide(command, fold(rules, facts), []);
};

/** Decides, checks each fact by its schema, JSON and the chart, and records it. */
const ask = (asked: Asked, by: Actor = head): unknown => {
  const decision = decide(asked, by);
  if (!decision.accepted) return decision.refusal;
  for (const event of decision.events) {
    expect(ProgrammeEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
    expect(fold(rules, facts).phase.can(event)).toBe(true);
    facts.push(event);
  }
  return decision.events.map(({ type }) => type);
};

const open = { type: "OpenProgramme", name: "Fourth cycle", period: problem.period };
const enrol = { type: "EnrolServices", services: problem.services };
const register = { type: "RegisterInspectors", inspectors: problem.inspectors };
const propose = { type: "ProposeSchedule" };
const confirm = { type: "ConfirmSchedule" };
const blackout = { type: "DeclareBlackout", period: { first: "2026-12-01", last: "2026-12-31" } };

const tell = (...asked: readonly Asked[]): void => {
  for (const each of asked) expect([each.type, ask(each)]).toEqual([each.type, expect.any(Array)]);
};
const proposed = (): ProgrammeEventOf<"ScheduleProposed"> => {
  const decision = decide(propose);
  const event = decision.accepted ? decision.events[0] : undefined;
  if (event?.type !== "ScheduleProposed") return expect.fail(JSON.stringify(decision));
  return event;
};
const state = () => fold(rules, facts);
const somewhere = (): Placement => [...state().placements.values()][5]!;

describe("a programme", () => {
  it("is opened, enrolled, proposed, changed and confirmed", () => {
    tell(open, enrol, register, { ...blackout, reason }, propose);
    const { proposal } = state();
    expect(proposal?.placements).toHaveLength(12);
    expect(checkSchedule(problemOf(state())!, proposal!)).toEqual([]);
    const { service, team } = somewhere();
    const end = { start: "2027-03-22", end: "2027-03-25" };
    const placement = { service, team, ...end };
    expect(ask({ type: "ChangePlacement", placement, reason })).toEqual(["PlacementChanged"]);
    tell(propose);
    expect(state().placements.get(service)).toEqual(placement);
    expect(ask(confirm)).toEqual(["ScheduleConfirmed"]);
    expect(schedulingOf(state(), service)).toMatchObject({
      inspection: `${service}-2027`,
      programme: "cycle-4",
      fieldwork: end,
    });
  });

  it("takes every request again without recording anything", () => {
    const placement = () => ({ ...somewhere(), start: "2027-03-22", end: "2027-03-25" });
    const requests: readonly (() => Asked)[] = [
      () => open,
      () => ({ type: "ChangePlanningRules", rules: { ...state().rules, restWeeks: 2 } }),
      () => enrol,
      () => register,
      () => ({ type: "RemoveService", service: "service-1", reason }),
      () => ({ type: "ReleaseInspector", inspector: "inspector-2" }),
      () => ({ ...blackout, reason }),
      () => ({ type: "LiftBlackout", period: blackout.period }),
      () => propose,
      () => ({ type: "ChangePlacement", placement: placement(), reason }),
      () => ({ type: "ReleasePlacement", service: somewhere().service }),
      () => propose,
      () => confirm,
    ];
    const told = new Set<string>();
    for (const request of requests) {
      const asked = request();
      told.add(asked.type);
      expect([asked.type, ask(asked)]).toEqual([asked.type, [expect.any(String)]]);
      expect([asked.type, ask(asked)]).toEqual([asked.type, []]);
    }
    expect(told.size).toBe(ProgrammeCommand.options.length);
    for (let length = 0; length <= facts.length; length += 1) fold(rules, facts.slice(0, length));
  });

  it("proposes the same schedule from the same facts, and says on what it rests", () => {
    tell(open, enrol, register);
    const first = proposed();
    const again = proposed();
    expect(again).toEqual(first);
    tell({ ...blackout, reason });
    const other = proposed();
    expect(other.basis).not.toBe(first.basis);
  });
});

describe("a no", () => {
  it("is said to everything before the programme is opened", () => {
    expect(ask(enrol)).toEqual({ reason: "UnknownProgramme" });
  });

  it("is said to anybody but the scheduler and the head of programme", () => {
    tell(open);
    fc.assert(
      fc.property(
        fc.constantFrom(...Actor.shape.role.options),
        fc.constantFrom(...(Object.keys(programmePermissions) as ProgrammeCommand["type"][])),
        (role, type) => {
          const mayPlan = role === "scheduler" || role === "head-of-programme";
          const roles = programmePermissions[type].map((each) => each.role);
          if (!mayPlan) expect(roles).not.toContain(role);
          if (role === "head-of-programme") expect(roles).toContain(role);
        },
      ),
    );
    expect(ask(open, scheduler)).toMatchObject({ reason: "NotPermitted", role: "scheduler" });
    expect(ask(enrol, Actor.parse({ id: "ada", role: "auditor" }))).toMatchObject({
      reason: "NotPermitted",
    });
  });

  it("is said where it contradicts what was recorded", () => {
    tell(open);
    expect(ask({ ...open, name: "Another" })).toEqual({ reason: "AlreadyOpenedOtherwise" });
    const twice = [problem.services[0], problem.services[0]];
    expect(ask({ ...enrol, services: twice })).toEqual({ reason: "NamedTwice", id: "service-1" });
    expect(ask({ ...register, inspectors: Array(2).fill(problem.inspectors[0]) })).toEqual({
      reason: "NamedTwice",
      id: "inspector-1",
    });
    expect(ask(propose)).toEqual({ reason: "NobodyToInspect" });
    tell(enrol);
    expect(ask(propose)).toEqual({ reason: "NobodyToInspectWith" });
    expect(ask(confirm)).toEqual({ reason: "NothingProposed" });
    expect(ask({ ...blackout, service: "nowhere", reason })).toEqual({
      reason: "UnknownService",
      service: "nowhere",
    });
    for (const day of ["2025-01-01", "2040-01-01"]) {
      const period = { first: day, last: day };
      expect(ask({ ...blackout, period, reason })).toEqual({ reason: "OutsideTheProgramme", day });
    }
  });

  it("is said to confirming what has been overtaken, or what leaves a service out", () => {
    tell(open, enrol, register, propose, { ...blackout, reason });
    expect(ask(confirm)).toEqual({ reason: "ProposalOutOfDate" });
    const always = { first: "2026-04-01", last: "2027-03-31" };
    tell({ ...blackout, period: always, service: "service-3", reason }, propose);
    expect(state().proposal?.unplaced).toMatchObject([{ service: "service-3" }]);
    expect(ask(confirm)).toEqual({ reason: "ServicesLeftOut", services: ["service-3"] });
  });

  it("is said to what no reason could justify", () => {
    tell(open, enrol, register, propose);
    const placement = somewhere();
    const [lead, ...members] = placement.team;
    const change = (changed: object) =>
      ask({ type: "ChangePlacement", placement: { ...placement, ...changed }, reason });
    const impossible = (...named: readonly string[]) => ({
      reason: "PlacementImpossible",
      departures: expect.arrayContaining(
        named.map((rule) => expect.objectContaining({ rule })),
      ) as unknown,
    });
    expect(change({ service: "nowhere" })).toMatchObject({ reason: "UnknownService" });
    expect(change({ team: [{ person: "nobody", lead: true }] })).toEqual(
      impossible("unknown-person"),
    );
    expect(change({ team: members })).toEqual(impossible("not-one-lead"));
    expect(change({ team: [...placement.team, members[0]] })).toEqual(impossible("named-twice"));
    expect(change({ end: "2027-03-20" })).toEqual(impossible("not-a-working-day"));
    expect(change({ end: "2026-04-02" })).toEqual(impossible("ends-before-it-begins"));
    expect(change({ start: "2027-04-05", end: "2027-04-09" })).toEqual(
      impossible("outside-the-programme"),
    );
    const other = [...state().placements.values()].find(({ team }) =>
      team.some(({ person }) => person === lead!.person),
    )!;
    const another = [...state().placements.values()].find(
      ({ service }) => service !== other.service,
    )!;
    const clash = { ...another, start: other.start, end: other.end, team: other.team };
    expect(ask({ type: "ChangePlacement", placement: clash, reason })).toEqual(
      impossible("two-fieldworks-at-once"),
    );
    const region = problem.services.find(({ id }) => id === placement.service)!.region;
    const local = problem.inspectors.find(({ homeArea }) => homeArea === region)!.id;
    expect(change({ team: [lead, { person: local, lead: false }] })).toEqual(
      impossible("conflict-of-interest"),
    );
  });

  it("is said to moving an inspection that has been scheduled", () => {
    tell(open, enrol, register, propose, confirm);
    const placement = somewhere();
    const { inspection: _, ...scheduling } = schedulingOf(state(), placement.service)!;
    facts.push(scheduledBy(scheduling));
    const moved = { ...placement, start: "2027-03-22", end: "2027-03-25" };
    expect(ask({ type: "ChangePlacement", placement: moved, reason })).toEqual({
      reason: "InspectionAlreadyScheduled",
      service: placement.service,
    });
    for (const asked of [
      propose,
      { ...enrol, services: [{ ...problem.services[0]!, caseload: 1 }] },
      { type: "RemoveService", service: "service-1", reason },
      { type: "ChangePlanningRules", rules: { ...state().rules, restWeeks: 9 } },
    ]) {
      expect(ask(asked)).toEqual({ reason: "NotInThisPhase", phase: "confirmed" });
    }
  });
});

const scheduledBy = (scheduling: object): InspectionEvent => {
  const { service, programme, fieldwork, team } = scheduling as {
    service: unknown;
    programme: unknown;
    fieldwork: { start: string; end: string };
    team: unknown;
  };
  const names = InspectionEvent.options[0].shape.timetable.keyof().options;
  const timetable = Object.fromEntries(names.map((name) => [name, fieldwork.start]));
  return InspectionEvent.parse({
    type: "InspectionScheduled",
    at,
    by: scheduler,
    service,
    programme,
    framework: "yos-2018",
    timetable,
    team,
  });
};

it("records the rules that a change leaves", () => {
  tell(open, enrol, register, propose);
  const placement = somewhere();
  const short = { ...placement, end: placement.start };
  tell({ type: "ChangePlacement", placement: short, reason });
  const changed = facts.at(-1) as ProgrammeEventOf<"PlacementChanged">;
  expect(changed.former).toEqual(placement);
  expect(changed.departures).toEqual([
    { rule: "not-one-working-week", service: placement.service, day: placement.start },
  ]);
});

it("owes each next step until every inspection is scheduled", () => {
  const id = ProgrammeCommand.options[0].shape.programme.parse("cycle-4");
  const owed = () => programmeFlow.owed(id, fold(programmeFlow, facts)).map(({ key }) => key);
  expect(owed()).toEqual([]);
  for (const [asked, then] of [
    [open, "enrol"],
    [enrol, "register"],
    [register, "propose"],
    [propose, "confirm"],
  ] as const) {
    tell(asked);
    expect(owed()).toEqual([then]);
  }
  tell(confirm);
  expect(owed()).toHaveLength(12);
  expect(programmeFlow.streams(id, state())).toHaveLength(13);
  const service = ServiceId.parse("service-4");
  const { inspection: _, ...scheduling } = schedulingOf(state(), service)!;
  facts.push(scheduledBy(scheduling));
  expect(owed()).not.toContain("schedule/service-4");
});
