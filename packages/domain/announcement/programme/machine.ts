/**
 * The phases of a programme as a picture: being prepared, proposed for a person to change, and
 * confirmed. Whatever a proposal rests on may change until it is confirmed.
 */
import { setup, type SnapshotFrom } from "xstate";

import { chartOf } from "../../kernel/chart.ts";
import type { ProgrammeEvent } from "./events.ts";

export const programmeMachine = setup({ types: { events: {} as ProgrammeEvent } }).createMachine({
  id: "programme",
  initial: "unopened",
  states: {
    unopened: { on: { ProgrammeOpened: "prepared" } },
    prepared: {
      on: {
        PlanningRulesChanged: "prepared",
        ServicesEnrolled: "prepared",
        ServiceRemoved: "prepared",
        InspectorsRegistered: "prepared",
        InspectorReleased: "prepared",
        BlackoutDeclared: "prepared",
        BlackoutLifted: "prepared",
        PlacementChanged: "prepared",
        PlacementReleased: "prepared",
        ScheduleProposed: "proposed",
      },
    },
    proposed: {
      on: {
        PlanningRulesChanged: "prepared",
        ServicesEnrolled: "prepared",
        ServiceRemoved: "prepared",
        InspectorsRegistered: "prepared",
        InspectorReleased: "prepared",
        BlackoutDeclared: "prepared",
        BlackoutLifted: "prepared",
        PlacementChanged: "proposed",
        PlacementReleased: "prepared",
        ScheduleProposed: "proposed",
        ScheduleConfirmed: "confirmed",
      },
    },
    confirmed: {
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

export const programmeChart = chartOf(programmeMachine, []);
