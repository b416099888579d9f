/**
 * The aggregates of an inspection and its programme: which commands each takes, which facts it
 * records, what it owes. Types are widened here, once, so that one loop can carry any of them.
 */
import { InspectionCommand } from "@assay/domain/announcement/commands.ts";
import { inspection } from "@assay/domain/announcement/decide.ts";
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { ErasureCommand } from "@assay/domain/announcement/erasure/commands.ts";
import { erasure } from "@assay/domain/announcement/erasure/decide.ts";
import { ErasureEvent } from "@assay/domain/announcement/erasure/events.ts";
import { erasureFlow } from "@assay/domain/announcement/erasure/flow.ts";
import { announcementFlow } from "@assay/domain/announcement/flow.ts";
import { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import { programme } from "@assay/domain/announcement/programme/decide.ts";
import { ProgrammeEvent } from "@assay/domain/announcement/programme/events.ts";
import { AssessmentCommand } from "@assay/domain/fieldwork/assessment/commands.ts";
import { assessment } from "@assay/domain/fieldwork/assessment/decide.ts";
import { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { FieldworkCommand } from "@assay/domain/fieldwork/commands.ts";
import { fieldwork } from "@assay/domain/fieldwork/decide.ts";
import { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { fieldworkFlow } from "@assay/domain/fieldwork/flow.ts";
import type { Aggregate, Flow } from "@assay/domain/kernel/step.ts";
import { PanelCommand } from "@assay/domain/panel/commands.ts";
import { panel } from "@assay/domain/panel/decide.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { panelFlow } from "@assay/domain/panel/flow.ts";
import { PublicationCommand } from "@assay/domain/publication/commands.ts";
import { publication } from "@assay/domain/publication/decide.ts";
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import { publicationFlow } from "@assay/domain/publication/flow.ts";
import type { z } from "zod";

export type ProgrammeInput = z.input<typeof ProgrammeCommand>;

/** Every command, as a person or a service writes it down, before it is parsed. */
export type CommandInput =
  | z.input<typeof InspectionCommand>
  | ProgrammeInput
  | z.input<typeof ErasureCommand>
  | z.input<typeof FieldworkCommand>
  | z.input<typeof AssessmentCommand>
  | z.input<typeof PanelCommand>
  | z.input<typeof PublicationCommand>;

export type Command =
  | InspectionCommand
  | ProgrammeCommand
  | ErasureCommand
  | FieldworkCommand
  | AssessmentCommand
  | PanelCommand
  | PublicationCommand;

export type Fact =
  | InspectionEvent
  | ProgrammeEvent
  | ErasureEvent
  | FieldworkEvent
  | AssessmentEvent
  | PanelEvent
  | PublicationEvent;

export type Refusal = { readonly reason: string };

/** What every step's state has in common. */
export type StepState = {
  readonly phase: { readonly value: unknown; readonly can: (fact: Fact) => boolean };
};

export type Rules = {
  readonly name:
    | "inspection"
    | "programme"
    | "erasure"
    | "fieldwork"
    | "assessment"
    | "panel"
    | "publication";
  readonly commands: z.ZodType<Command>;
  readonly commandTypes: readonly Command["type"][];
  readonly events: z.ZodType<Fact>;
  readonly eventTypes: readonly Fact["type"][];
  readonly aggregate: Aggregate<Command, Fact, Fact, StepState, Refusal>;
  /** Assessments are owed in fieldwork's list; what a programme owes is no inspection's. */
  readonly flow: Flow<Command, Fact, StepState> | undefined;
};

type Union = z.ZodType & {
  readonly options: readonly { readonly shape: { readonly type: z.ZodLiteral<string> } }[];
};

const rules = (
  name: Rules["name"],
  step: { commands: Union; events: Union; aggregate: unknown; flow?: unknown },
): Rules =>
  ({
    ...step,
    name,
    commandTypes: namesIn(step.commands),
    eventTypes: namesIn(step.events),
    flow: step.flow,
  }) as unknown as Rules;

const namesIn = (union: Union): readonly string[] =>
  union.options.flatMap(({ shape }) => [...shape.type.values]);

export const everyStep: readonly Rules[] = [
  rules("inspection", {
    commands: InspectionCommand,
    events: InspectionEvent,
    aggregate: inspection,
    flow: announcementFlow,
  }),
  rules("programme", {
    commands: ProgrammeCommand,
    events: ProgrammeEvent,
    aggregate: programme,
  }),
  rules("erasure", {
    commands: ErasureCommand,
    events: ErasureEvent,
    aggregate: erasure,
    flow: erasureFlow,
  }),
  rules("fieldwork", {
    commands: FieldworkCommand,
    events: FieldworkEvent,
    aggregate: fieldwork,
    flow: fieldworkFlow,
  }),
  rules("assessment", {
    commands: AssessmentCommand,
    events: AssessmentEvent,
    aggregate: assessment,
  }),
  rules("panel", {
    commands: PanelCommand,
    events: PanelEvent,
    aggregate: panel,
    flow: panelFlow,
  }),
  rules("publication", {
    commands: PublicationCommand,
    events: PublicationEvent,
    aggregate: publication,
    flow: publicationFlow,
  }),
];

const byCommand = new Map<string, Rules>(
  everyStep.flatMap((step) => step.commandTypes.map((type) => [type, step] as const)),
);

/** The step that takes this command. Throws a RangeError when none does. */
export const rulesFor = (type: string): Rules => {
  const step = byCommand.get(type);
  if (!step) throw new RangeError(`no step takes ${type}`);
  return step;
};

export const stepNamed = (name: Rules["name"]): Rules =>
  everyStep.find((step) => step.name === name)!;
