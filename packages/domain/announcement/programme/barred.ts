/** What bars a command of a programme beside the phase, whatever its fields say. */
import type { Bars } from "../../lifecycle/aggregate.ts";
import type { ProgrammeCommand, ProgrammeRefusal } from "./commands.ts";
import { keyOf, openingOf, type ProgrammeState } from "./state.ts";

const nobodyToInspect = ({ services }: ProgrammeState) =>
  services.size > 0 ? undefined : ({ reason: "NobodyToInspect" } as const);

const nobodyToInspectWith = ({ inspectors }: ProgrammeState) =>
  inspectors.size > 0 ? undefined : ({ reason: "NobodyToInspectWith" } as const);

export const programmeBarred: Bars<ProgrammeCommand["type"], ProgrammeState, ProgrammeRefusal> = {
  RemoveService: (_, state) => nobodyToInspect(state),
  ReleaseInspector: (_, state) => nobodyToInspectWith(state),
  LiftBlackout: (_, { blackouts }) =>
    blackouts.length > 0 ? undefined : { reason: "NothingKeptFree" },
  ProposeSchedule: (_, state) => nobodyToInspect(state) ?? nobodyToInspectWith(state),
  ChangePlacement: ({ placement }, state) => {
    if (!placement) return undefined;
    const { service } = placement;
    if (!state.services.has(service)) return { reason: "UnknownService", service };
    return state.scheduled.has(keyOf(openingOf(state).programme, service))
      ? { reason: "InspectionAlreadyScheduled", service }
      : undefined;
  },
  ReleasePlacement: ({ service }, { fixed }) =>
    service === undefined || fixed.has(service)
      ? undefined
      : { reason: "NotPlacedByAPerson", service },
  ConfirmSchedule: (_, { services, placements }) => {
    const left = [...services.keys()].filter((service) => !placements.has(service));
    return left.length > 0 ? { reason: "ServicesLeftOut", services: left } : undefined;
  },
};
