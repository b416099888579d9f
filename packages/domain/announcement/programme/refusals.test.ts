import {
  type Asked,
  blackout,
  confirm,
  enrol,
  head,
  open,
  problem,
  programmeStory,
  type ProgrammeStory,
  propose,
  reason,
  register,
  scheduledBy,
  scheduler,
} from "@assay/spec/programme-story.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Actor } from "../../kernel/actor.ts";
import { FrameworkId } from "../../kernel/ids.ts";
import { Instant } from "../../kernel/instants.ts";
import type { Stopped } from "../../lifecycle/aggregate.ts";
import { type ProgrammeCommand, programmePermissions, type ProgrammeRefusal } from "./commands.ts";
import { schedulingOf } from "./state.ts";

type Refused = {
  /** What was told before. */
  readonly told: readonly Asked[];
  readonly ask: Asked | ((story: ProgrammeStory) => Asked);
  readonly by?: Actor;
  /** What the refusal says besides its reason. */
  readonly says?: Readonly<Record<string, unknown>>;
};

const stamp = { at: Instant.parse("2026-01-05T09:00:00.000Z"), by: head };
const proposed = [open, enrol, register, propose];
const confirmed = [...proposed, confirm];
const always = { first: "2026-04-01", last: "2027-03-31" };

const remove = { type: "RemoveService", service: "service-1", reason };
const lift = { type: "LiftBlackout", period: blackout.period };

/** A change to one placement, for a reason. */
const change = (changed: object) => (story: ProgrammeStory) => ({
  type: "ChangePlacement",
  placement: { ...story.somewhere(), ...changed },
  reason,
});

const impossible = (rule: string, ask: Refused["ask"]): Refused => ({
  told: proposed,
  ask,
  says: { departures: expect.arrayContaining([expect.objectContaining({ rule })]) as unknown },
});

/** The days and the team of somebody else's fieldwork. */
const clash = (story: ProgrammeStory): Asked => {
  const [other, another] = [...story.state().placements.values()];
  const placement = { ...another, start: other!.start, end: other!.end, team: other!.team };
  return { type: "ChangePlacement", placement, reason };
};

const withNeighbour = (story: ProgrammeStory): Asked => {
  const { service, team } = story.somewhere();
  const { region } = problem.services.find(({ id }) => id === service)!;
  const local = problem.inspectors.find(({ homeArea }) => homeArea === region)!.id;
  return change({ team: [team[0], { person: local, lead: false }] })(story);
};

const enrolUnder = (under: object): Asked => ({
  ...enrol,
  services: [{ ...problem.services[0]!, ...under }],
});

type Reason = ProgrammeRefusal["reason"] | Exclude<Stopped["reason"], "UnknownInspection">;

/** The table's type asks for every reason, so that none is left without a test. */
const table: Readonly<Record<Reason, readonly Refused[]>> = {
  NotPermitted: [
    { told: [open], ask: open, by: scheduler, says: { role: "scheduler" } },
    { told: [open], ask: enrol, by: Actor.parse({ id: "ada", role: "auditor" }) },
  ],
  UnknownProgramme: [{ told: [], ask: enrol }],
  NamedTwice: [
    {
      told: [open],
      ask: { ...enrol, services: Array(2).fill(problem.services[0]) },
      says: { id: "service-1" },
    },
    {
      told: [open],
      ask: { ...register, inspectors: Array(2).fill(problem.inspectors[0]) },
      says: { id: "inspector-1" },
    },
  ],
  UnknownFramework: [
    {
      told: [open],
      ask: enrolUnder({ framework: "nowhere-1" }),
      says: { framework: "nowhere-1" },
    },
  ],
  FrameworkIsWithdrawn: [
    {
      told: [open],
      ask: (story) => {
        const framework = FrameworkId.parse("yos-2021");
        story.facts.push({ type: "FrameworkWithdrawn", ...stamp, framework, text: { reason } });
        return enrolUnder({ framework });
      },
      says: { framework: "yos-2021" },
    },
  ],
  UnknownKind: [
    {
      told: [open],
      ask: enrolUnder({ framework: "youth-justice-2025", kind: "follow-up" }),
      says: { kind: "follow-up", known: ["full", "children-and-victims"] },
    },
  ],
  KindWithoutFramework: [
    { told: [open], ask: enrolUnder({ kind: "full" }), says: { kind: "full" } },
  ],
  NobodyToInspect: [
    { told: [open], ask: propose },
    { told: [open], ask: remove },
  ],
  NobodyToInspectWith: [{ told: [open, enrol], ask: propose }],
  UnknownService: [
    {
      told: [open, enrol],
      ask: { ...blackout, service: "nowhere", reason },
      says: { service: "nowhere" },
    },
    { told: proposed, ask: change({ service: "nowhere" }), says: { service: "nowhere" } },
    { told: [open, enrol, remove], ask: { ...remove, reason: "Another reason" } },
  ],
  UnknownInspector: [
    {
      told: [open, register],
      ask: { type: "ReleaseInspector", inspector: "inspector-200" },
      says: { inspector: "inspector-200" },
    },
  ],
  NothingKeptFree: [{ told: [open], ask: lift }],
  UnknownBlackout: [
    {
      told: [open, enrol, { ...blackout, reason }],
      ask: { ...lift, service: "service-1" },
    },
    {
      told: [open, { ...blackout, reason }],
      ask: { ...lift, period: { ...blackout.period, last: blackout.period.first } },
    },
  ],
  NotPlacedByAPerson: [
    {
      told: proposed,
      ask: (story) => ({ type: "ReleasePlacement", service: story.somewhere().service }),
    },
  ],
  DayNotPlausible: ["0026-04-01", "2926-04-01"].map((day) => ({
    told: [],
    ask: { ...open, period: { ...open.period, [day < "2000" ? "first" : "last"]: day } },
    says: { day },
  })),
  OutsideTheProgramme: ["2025-01-01", "2040-01-01"].map((day) => ({
    told: [open],
    ask: { ...blackout, period: { first: day, last: day }, reason },
    says: { day },
  })),
  ServicesLeftOut: [
    {
      told: [...proposed, { ...blackout, period: always, service: "service-3", reason }, propose],
      ask: confirm,
      says: { services: ["service-3"] },
    },
  ],
  PlacementImpossible: [
    impossible("unknown-person", change({ team: [{ person: "nobody", lead: true }] })),
    impossible("not-one-lead", (story) => change({ team: story.somewhere().team.slice(1) })(story)),
    impossible("named-twice", (story) => {
      const { team } = story.somewhere();
      return change({ team: [...team, team[1]] })(story);
    }),
    impossible("not-a-working-day", change({ end: "2027-03-20" })),
    impossible("ends-before-it-begins", change({ end: "2026-04-02" })),
    impossible("outside-the-programme", change({ start: "2027-04-05", end: "2027-04-09" })),
    impossible("two-fieldworks-at-once", clash),
    impossible("conflict-of-interest", withNeighbour),
  ],
  InspectionAlreadyScheduled: [
    {
      told: confirmed,
      ask: (story) => {
        const { service } = story.somewhere();
        const { inspection: _, ...scheduling } = schedulingOf(story.state(), service)!;
        story.facts.push(scheduledBy(scheduling));
        return change({ start: "2027-03-22", end: "2027-03-25" })(story);
      },
    },
  ],
  NotInThisPhase: [
    { told: [open], ask: { ...open, name: "Another" }, says: { phase: "programme prepared" } },
    ...[
      [open, enrol],
      [...proposed, { ...blackout, reason }],
    ].map((told) => ({
      told,
      ask: confirm,
      says: { phase: "programme prepared", first: "ScheduleProposed" },
    })),
    ...[
      propose,
      { ...enrol, services: [{ ...problem.services[0]!, caseload: 1 }] },
      remove,
      (story: ProgrammeStory) => ({
        type: "ChangePlanningRules",
        rules: { ...story.state().rules, restWeeks: 9 },
      }),
      (story: ProgrammeStory): Asked => {
        story.tell(change({ start: "2027-03-22", end: "2027-03-25" })(story));
        return { type: "ReleasePlacement", service: story.somewhere().service };
      },
    ].map((ask) => ({ told: confirmed, ask, says: { phase: "programme confirmed" } })),
  ],
};

describe.each(Object.entries(table))("%s", (reasonSaid, cases) => {
  it.each(cases.map((each, index) => ({ ...each, place: index + 1 })))(
    "is said, in case $place, and nothing is recorded",
    ({ told, ask, by = head, says = {} }) => {
      const story = programmeStory();
      story.tell(...told);
      const asked = typeof ask === "function" ? ask(story) : ask;
      const known = story.facts.length;
      const answer = story.ask(asked, by);
      expect(answer).toMatchObject({ reason: reasonSaid, ...says });
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
      expect(story.facts).toHaveLength(known);
    },
  );
});

it("grants planning to the scheduler and the head of programme, and to nobody else", () => {
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
});
