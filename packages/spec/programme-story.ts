/**
 * A programme of twelve services, told by commands: each fact is checked by its schema, JSON and
 * the chart as it is recorded.
 */
import { type Fieldwork, timetableFor } from "@assay/domain/framework/timetable.ts";
import { yos2018 } from "@assay/domain/framework/shipped.ts";
import { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { programme as rules } from "@assay/domain/announcement/programme/decide.ts";
import {
  type Placement,
  ProgrammeEvent,
  type ProgrammeEventOf,
} from "@assay/domain/announcement/programme/events.ts";
import type { ProgrammeKnown } from "@assay/domain/announcement/programme/state.ts";
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { Actor } from "@assay/domain/kernel/actor.ts";
import { fold } from "@assay/domain/kernel/decider.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { madeUpProblem } from "@assay/domain/planning/made-up-problem.ts";
import { expect } from "vitest";

export const scheduler = Actor.parse({ id: "sami", role: "scheduler" });
export const head = Actor.parse({ id: "hugo", role: "head-of-programme" });
const at = Instant.parse("2026-01-05T09:00:00.000Z");
const madeUp = madeUpProblem({ seed: 7, services: 12, inspectors: 20, years: 1 });
/** None of them was inspected so lately that a year is too soon. */
const services = madeUp.services.map((each) => ({ ...each, lastInspected: "2021-06-11" }));
export const problem = { ...madeUp, services };
export const reason = "The board meets that week.";

export type Asked = { readonly type: string; readonly [field: string]: unknown };

export const open = { type: "OpenProgramme", name: "Fourth cycle", period: problem.period };
export const enrol = { type: "EnrolServices", services: problem.services };
export const register = { type: "RegisterInspectors", inspectors: problem.inspectors };
export const propose = { type: "ProposeSchedule" };
export const confirm = { type: "ConfirmSchedule" };
export const blackout = {
  type: "DeclareBlackout",
  period: { first: "2026-12-01", last: "2026-12-31" },
};

export const programmeStory = () => {
  const facts: ProgrammeKnown[] = [];
  const state = () => fold(rules, facts);
  const decide = (asked: Asked, by: Actor = head) => {
    const command = ProgrammeCommand.parse({ ...asked, programme: "cycle-4", at, by });
    return rules.decide(command, state(), []);
  };
  /** The types of the facts that it leads to, or the refusal. */
  const ask = (asked: Asked, by: Actor = head): unknown => {
    const decision = decide(asked, by);
    if (!decision.accepted) return decision.refusal;
    for (const event of decision.events) {
      expect(ProgrammeEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
      expect(state().phase.can(event)).toBe(true);
      facts.push(event);
    }
    return decision.events.map(({ type }) => type);
  };
  return {
    facts,
    state,
    ask,
    tell: (...asked: readonly Asked[]): void => {
      for (const each of asked)
        expect([each.type, ask(each)]).toEqual([each.type, expect.any(Array)]);
    },
    /** What would be proposed now. */
    proposed: (): ProgrammeEventOf<"ScheduleProposed"> => {
      const decision = decide(propose);
      const event = decision.accepted ? decision.events[0] : undefined;
      if (event?.type !== "ScheduleProposed") return expect.fail(JSON.stringify(decision));
      return event;
    },
    /** One placement, the same each time. */
    somewhere: (): Placement => [...state().placements.values()][5]!,
  };
};

export type ProgrammeStory = ReturnType<typeof programmeStory>;

/** The fact that follows when the inspection of a placement is scheduled. */
export const scheduledBy = (scheduling: object): InspectionEvent => {
  const { service, programme, fieldwork, team } = scheduling as {
    service: unknown;
    programme: unknown;
    fieldwork: Fieldwork;
    team: unknown;
  };
  return InspectionEvent.parse({
    type: "InspectionScheduled",
    at,
    by: scheduler,
    service,
    programme,
    framework: "yos-2018",
    timetable: timetableFor(fieldwork, yos2018),
    team,
  });
};
