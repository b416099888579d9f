/**
 * The phases of a programme: being prepared, proposed for a person to change, and confirmed; what
 * may happen in each, and what is owed. Whatever a proposal rests on may change until it is
 * confirmed.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf, type PhaseMeta } from "../../kernel/chart.ts";
import type { InspectionCommand } from "../commands.ts";
import type { ProgrammeCommand } from "./commands.ts";
import type { ProgrammeEvent } from "./events.ts";

export type ProgrammeDuty = "enrol" | "register" | "propose" | "confirm" | "schedule";

type Settled = (ProgrammeCommand | InspectionCommand)["type"];

/** What a proposal rests on: it has to be made again when any of this changes. */
const preparing = {
  PlanningRulesChanged: "prepared",
  ServicesEnrolled: "prepared",
  ServiceRemoved: "prepared",
  InspectorsRegistered: "prepared",
  InspectorReleased: "prepared",
  BlackoutDeclared: "prepared",
  BlackoutLifted: "prepared",
  PlacementReleased: "prepared",
} as const;

export const programmeMachine = setup({
  types: { events: {} as ProgrammeEvent, meta: {} as PhaseMeta<ProgrammeDuty, Settled> },
}).createMachine({
  id: "programme",
  initial: "unopened",
  states: {
    unopened: {
      meta: { words: "the programme has not been opened" },
      on: { ProgrammeOpened: "prepared" },
    },
    prepared: {
      meta: {
        words: "no schedule is proposed that rests on what is known now",
        owed: {
          enrol: { owner: "scheduler", by: "EnrolServices" },
          register: { owner: "scheduler", by: "RegisterInspectors" },
          propose: { owner: "scheduler", by: "ProposeSchedule" },
        },
      },
      on: { ...preparing, PlacementChanged: "prepared", ScheduleProposed: "proposed" },
    },
    proposed: {
      meta: {
        words: "a schedule is proposed, and is to be confirmed",
        owed: { confirm: { owner: "head-of-programme", by: "ConfirmSchedule" } },
      },
      on: {
        ...preparing,
        PlacementChanged: "proposed",
        ScheduleProposed: "proposed",
        ScheduleConfirmed: "confirmed",
      },
    },
    confirmed: {
      meta: {
        words: "the schedule is confirmed",
        owed: { schedule: { owner: "scheduler", by: "ScheduleInspection" } },
      },
      on: {
        InspectorsRegistered: "confirmed",
        InspectorReleased: "confirmed",
        BlackoutDeclared: "confirmed",
        BlackoutLifted: "confirmed",
        PlacementChanged: "confirmed",
      },
    },
  },
});

export type ProgrammePhase = SnapshotFrom<typeof programmeMachine>;

export const programmeChart = chartOf<typeof programmeMachine, ProgrammeCommand["type"]>(
  programmeMachine,
  {
    OpenProgramme: ["ProgrammeOpened"],
    ChangePlanningRules: ["PlanningRulesChanged"],
    EnrolServices: ["ServicesEnrolled"],
    RemoveService: ["ServiceRemoved"],
    RegisterInspectors: ["InspectorsRegistered"],
    ReleaseInspector: ["InspectorReleased"],
    DeclareBlackout: ["BlackoutDeclared"],
    LiftBlackout: ["BlackoutLifted"],
    ProposeSchedule: ["ScheduleProposed"],
    ChangePlacement: ["PlacementChanged"],
    ReleasePlacement: ["PlacementReleased"],
    ConfirmSchedule: ["ScheduleConfirmed"],
  },
);
