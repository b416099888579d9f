/**
 * The aggregates of an inspection, its programme and frameworks: which commands each takes, which
 * facts it records, what it owes. Types are widened here, once, so that one loop can carry any.
 */
import type { FrameworkCommand } from "@assay/domain/announcement/adoption/commands.ts";
import type { FrameworkEvent } from "@assay/domain/announcement/adoption/events.ts";
import type { ErasureCommand } from "@assay/domain/announcement/erasure/commands.ts";
import type { ErasureEvent } from "@assay/domain/announcement/erasure/events.ts";
import type { InspectionCommand } from "@assay/domain/announcement/commands.ts";
import type { InspectionEvent } from "@assay/domain/announcement/events.ts";
import type { ProgrammeCommand } from "@assay/domain/announcement/programme/commands.ts";
import type { ProgrammeEvent } from "@assay/domain/announcement/programme/events.ts";
import type { AssessmentCommand } from "@assay/domain/fieldwork/assessment/commands.ts";
import type { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import type { FieldworkCommand } from "@assay/domain/fieldwork/commands.ts";
import type { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import type { AnyChart } from "@assay/domain/kernel/chart.ts";
import { type Aggregate, answeredBy, type Flow } from "@assay/domain/kernel/step.ts";
import type { Category } from "@assay/domain/kernel/stream.ts";
import type { StepAggregate } from "@assay/domain/lifecycle/aggregate.ts";
import type { Charted } from "@assay/domain/lifecycle/possible.ts";
import type { PanelCommand } from "@assay/domain/panel/commands.ts";
import type { PanelEvent } from "@assay/domain/panel/events.ts";
import type { PublicationCommand } from "@assay/domain/publication/commands.ts";
import type { PublicationEvent } from "@assay/domain/publication/events.ts";
import { publication } from "@assay/domain/publication/decide.ts";
import { namesIn, registry } from "@assay/domain/steps.ts";
import { reportChecks } from "@assay/report/report-checks.ts";
import type { z } from "zod";

/** What is asked of a programme or a framework, and so of no inspection. */
export type InputBeyond = z.input<typeof ProgrammeCommand> | z.input<typeof FrameworkCommand>;

/** Every command, as a person or a service writes it down, before it is parsed. */
export type CommandInput =
  | z.input<typeof InspectionCommand>
  | InputBeyond
  | z.input<typeof ErasureCommand>
  | z.input<typeof FieldworkCommand>
  | z.input<typeof AssessmentCommand>
  | z.input<typeof PanelCommand>
  | z.input<typeof PublicationCommand>;

export type Command =
  | InspectionCommand
  | ProgrammeCommand
  | FrameworkCommand
  | ErasureCommand
  | FieldworkCommand
  | AssessmentCommand
  | PanelCommand
  | PublicationCommand;

export type Fact =
  | InspectionEvent
  | ProgrammeEvent
  | FrameworkEvent
  | ErasureEvent
  | FieldworkEvent
  | AssessmentEvent
  | PanelEvent
  | PublicationEvent;

export type Refusal = { readonly reason: string };

/** What every step's state has in common. */
export type StepState = Charted;

export type Rules = {
  readonly name: Exclude<Category, "reminders">;
  readonly commands: z.ZodType<Command>;
  readonly commandTypes: readonly Command["type"][];
  readonly events: z.ZodType<Fact>;
  readonly eventTypes: readonly Fact["type"][];
  readonly chart: AnyChart;
  readonly aggregate: Aggregate<Command, Fact, Fact, StepState, Refusal> &
    Pick<StepAggregate<Command, Fact, Fact, StepState, Refusal>, "known" | "prospect">;
  /** Assessments are owed in fieldwork's list; what a programme owes is no inspection's. */
  readonly flow: Flow<Command, Fact, StepState> | undefined;
};

/** Every step that has phases. */
export const everyStep: readonly Rules[] = Object.entries(registry).flatMap(([name, entry]) => {
  if (name === "reminders") return [];
  const { commands, events, chart } = entry;
  const aggregate =
    name === "publication" ? answeredBy(publication, reportChecks) : entry.aggregate;
  const flow = "flow" in entry ? entry.flow : undefined;
  const types = { commandTypes: namesIn(commands), eventTypes: namesIn(events) };
  return [{ name, commands, events, chart, aggregate, flow, ...types } as unknown as Rules];
});

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
