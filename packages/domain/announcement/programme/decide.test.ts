import {
  type Asked,
  blackout,
  confirm,
  enrol,
  open,
  problem,
  programmeStory,
  type ProgrammeStory,
  propose,
  reason,
  register,
  scheduledBy,
} from "@assay/spec/programme-story.ts";
import { beforeEach, describe, expect, it } from "vitest";

import { fold } from "../../kernel/decider.ts";
import { ServiceId } from "../../kernel/ids.ts";
import { checkSchedule } from "../../planning/check.ts";
import { ProgrammeCommand } from "./commands.ts";
import { programme as rules } from "./decide.ts";
import type { ProgrammeEventOf } from "./events.ts";
import { programmeFlow } from "./flow.ts";
import { problemOf, schedulingOf } from "./state.ts";

let story = programmeStory();
beforeEach(() => {
  story = programmeStory();
});
const ask = (...asked: Parameters<ProgrammeStory["ask"]>): unknown => story.ask(...asked);
const tell = (...asked: readonly Asked[]): void => story.tell(...asked);
const state = () => story.state();
const proposed = () => story.proposed();
const somewhere = () => story.somewhere();

describe("a programme", () => {
  it("is opened, enrolled, proposed, changed and confirmed", () => {
    tell(open, enrol, register, { ...blackout, reason }, propose);
    const { proposal } = state();
    expect(proposal?.placements).toHaveLength(12);
    expect(checkSchedule(problemOf(state()), proposal!)).toEqual([]);
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

  it("plans each service for the weeks of its kind of inspection", () => {
    const under = (service: object, framework: string, kind?: string) => ({
      ...service,
      framework,
      ...(kind !== undefined && { kind }),
    });
    const [first, second, third, ...rest] = problem.services;
    const services = [
      under(first!, "youth-justice-2025"),
      under(second!, "youth-justice-2025", "children-and-victims"),
      under(third!, "yos-2021", "full"),
      ...rest,
    ];
    tell(open, { ...enrol, services }, register, propose);
    const weeks = [first, second, third, rest[0]].map((service) => {
      const { start, end } = state().placements.get(service!.id)!;
      return Math.ceil((Date.parse(end) - Date.parse(start)) / 604_800_000);
    });
    expect(weeks).toEqual([2, 1, 1, 1]);
    // The same list again says nothing new.
    expect(ask({ ...enrol, services })).toEqual([]);
    tell(confirm);
    expect(schedulingOf(state(), second!.id)).toMatchObject({
      framework: "youth-justice-2025",
      kind: "children-and-victims",
    });
    expect(schedulingOf(state(), rest[0]!.id)).not.toHaveProperty("framework");
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
    const { facts } = story;
    for (let length = 0; length <= facts.length; length += 1) fold(rules, facts.slice(0, length));
  });

  it("records what comes again in other words", () => {
    tell(open, enrol, register, propose);
    const placement = { ...somewhere(), start: "2027-03-22", end: "2027-03-25" };
    const [first] = problem.services;
    for (const asked of [
      { ...blackout, reason },
      { type: "ChangePlacement", placement, reason },
    ]) {
      tell(asked);
      expect(ask({ ...asked, reason: "Another reason" })).toEqual([expect.any(String)]);
      expect(ask({ ...asked, reason: "Another reason" })).toEqual([]);
    }
    expect(state().blackouts).toHaveLength(1);
    tell({ ...enrol, services: [{ ...first, caseload: 1 }] });
    expect(state().services.get(ServiceId.parse(first!.id))?.caseload).toBe(1);
    expect(ask(enrol)).toEqual(["ServicesEnrolled"]);
  });

  it("takes back what was declared, registered or removed, as often as it is", () => {
    tell(open, enrol, register);
    const remove = { type: "RemoveService", service: "service-1", reason };
    const release = { type: "ReleaseInspector", inspector: "inspector-2" };
    const lift = { type: "LiftBlackout", period: blackout.period };
    for (const [given, taken] of [
      [enrol, remove],
      [register, release],
      [{ ...blackout, reason }, lift],
    ] as const) {
      tell(given, taken);
      expect(ask(given)).toEqual([expect.any(String)]);
      expect(ask(taken)).toEqual([expect.any(String)]);
    }
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

it("records the rules that a change leaves", () => {
  tell(open, enrol, register, propose);
  const placement = somewhere();
  const short = { ...placement, end: placement.start };
  tell({ type: "ChangePlacement", placement: short, reason });
  const changed = story.facts.at(-1) as ProgrammeEventOf<"PlacementChanged">;
  expect(changed.former).toEqual(placement);
  expect(changed.departures).toEqual([
    { rule: "not-its-working-weeks", service: placement.service, day: placement.start },
  ]);
});

it("owes each next step until every inspection is scheduled", () => {
  const id = ProgrammeCommand.options[0].shape.programme.parse("cycle-4");
  const owed = () => programmeFlow.owed(id, fold(programmeFlow, story.facts)).map(({ key }) => key);
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
  story.facts.push(scheduledBy(scheduling));
  expect(owed()).not.toContain("schedule/service-4");
});
