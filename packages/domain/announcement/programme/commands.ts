/** What may be asked of a programme, by whom, and the reasons for a no. */
import { z } from "zod";

import { Actor, grant, type Permissions } from "../../kernel/actor.ts";
import { printedLine, PrintedWords } from "../../kernel/printed.ts";
import { PersonId, ProgrammeId, ServiceId } from "../../kernel/ids.ts";
import { Day, Instant } from "../../kernel/instants.ts";
import type { FrameworkRefusal } from "../commands.ts";
import {
  type Departure,
  Period,
  Placement,
  PlanningRules,
  RegisteredInspector,
  ServiceToEnrol,
} from "./events.ts";

const ask = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({
    type: z.literal(type),
    at: Instant,
    by: Actor,
    programme: ProgrammeId,
    ...shape,
  });

const blackout = { period: Period, service: ServiceId.optional() };

export const ProgrammeCommand = z.discriminatedUnion("type", [
  ask("OpenProgramme", {
    name: printedLine(200),
    period: Period,
    /** Assay's defaults where nothing is said. */
    rules: PlanningRules.optional(),
  }),
  ask("ChangePlanningRules", { rules: PlanningRules }),
  ask("EnrolServices", {
    services: z
      .array(ServiceToEnrol.extend({ name: printedLine(200), region: printedLine(200) }))
      .min(1)
      .max(1000)
      .readonly(),
  }),
  ask("RemoveService", { service: ServiceId, reason: PrintedWords }),
  ask("RegisterInspectors", {
    inspectors: z
      .array(RegisteredInspector.extend({ homeArea: printedLine(200).optional() }))
      .min(1)
      .max(1000)
      .readonly(),
  }),
  ask("ReleaseInspector", { inspector: PersonId }),
  ask("DeclareBlackout", { ...blackout, reason: PrintedWords }),
  ask("LiftBlackout", blackout),
  ask("ProposeSchedule", {}),
  ask("ChangePlacement", { placement: Placement, reason: PrintedWords }),
  ask("ReleasePlacement", { service: ServiceId }),
  ask("ConfirmSchedule", {}),
]);
export type ProgrammeCommand = z.infer<typeof ProgrammeCommand>;
export type ProgrammeCommandOf<Type extends ProgrammeCommand["type"]> = Extract<
  ProgrammeCommand,
  { type: Type }
>;

const planners = grant(["scheduler", "head-of-programme"]);
const heads = grant(["head-of-programme"]);

export const programmePermissions: Permissions<ProgrammeCommand["type"]> = {
  OpenProgramme: heads,
  ChangePlanningRules: heads,
  EnrolServices: planners,
  RemoveService: heads,
  RegisterInspectors: planners,
  ReleaseInspector: planners,
  DeclareBlackout: planners,
  LiftBlackout: planners,
  ProposeSchedule: planners,
  ChangePlacement: planners,
  ReleasePlacement: planners,
  ConfirmSchedule: heads,
};

export type ProgrammeRefusal =
  | FrameworkRefusal
  /** A kind is one of a framework's. */
  | { readonly reason: "KindWithoutFramework"; readonly kind: string }
  | { readonly reason: "NamedTwice"; readonly id: string }
  | { readonly reason: "UnknownService"; readonly service: ServiceId }
  | { readonly reason: "UnknownInspector"; readonly inspector: PersonId }
  | { readonly reason: "UnknownBlackout"; readonly period: Period }
  | { readonly reason: "NothingKeptFree" }
  | { readonly reason: "DayNotPlausible"; readonly day: Day }
  | { readonly reason: "OutsideTheProgramme"; readonly day: Day }
  | { readonly reason: "NobodyToInspect" }
  | { readonly reason: "NobodyToInspectWith" }
  /** No reason could justify these. */
  | { readonly reason: "PlacementImpossible"; readonly departures: readonly Departure[] }
  | { readonly reason: "NotPlacedByAPerson"; readonly service: ServiceId }
  | { readonly reason: "ServicesLeftOut"; readonly services: readonly ServiceId[] }
  /** It is rescheduled as an inspection. */
  | { readonly reason: "InspectionAlreadyScheduled"; readonly service: ServiceId };
