/**
 * The registry: every step once, with its commands, facts, chart, rules, duties and permissions.
 * Whatever deals with all steps takes them from here.
 */
import { FrameworkCommand, frameworkPermissions } from "./announcement/adoption/commands.ts";
import { framework } from "./announcement/adoption/decide.ts";
import { FrameworkEvent } from "./announcement/adoption/events.ts";
import { frameworkChart } from "./announcement/adoption/machine.ts";
import { ErasureCommand, erasurePermissions } from "./announcement/erasure/commands.ts";
import { erasure } from "./announcement/erasure/decide.ts";
import { ErasureEvent } from "./announcement/erasure/events.ts";
import { erasureFlow } from "./announcement/erasure/flow.ts";
import { erasureChart } from "./announcement/erasure/machine.ts";
import { InspectionCommand, inspectionPermissions } from "./announcement/commands.ts";
import { inspection } from "./announcement/decide.ts";
import { InspectionEvent } from "./announcement/events.ts";
import { announcementFlow } from "./announcement/flow.ts";
import { inspectionChart } from "./announcement/machine.ts";
import { ProgrammeCommand, programmePermissions } from "./announcement/programme/commands.ts";
import { programme } from "./announcement/programme/decide.ts";
import { ProgrammeEvent } from "./announcement/programme/events.ts";
import { programmeChart } from "./announcement/programme/machine.ts";
import { AnyFact } from "./facts.ts";
import { AssessmentCommand, assessmentPermissions } from "./fieldwork/assessment/commands.ts";
import { assessment } from "./fieldwork/assessment/decide.ts";
import { AssessmentEvent } from "./fieldwork/assessment/events.ts";
import { assessmentChart } from "./fieldwork/assessment/machine.ts";
import { FieldworkCommand, fieldworkPermissions } from "./fieldwork/commands.ts";
import { fieldwork } from "./fieldwork/decide.ts";
import { FieldworkEvent } from "./fieldwork/events.ts";
import { fieldworkFlow } from "./fieldwork/flow.ts";
import { fieldworkChart } from "./fieldwork/machine.ts";
import type { Category } from "./kernel/stream.ts";
import { PanelCommand, panelPermissions } from "./panel/commands.ts";
import { panel } from "./panel/decide.ts";
import { PanelEvent } from "./panel/events.ts";
import { panelFlow } from "./panel/flow.ts";
import { panelChart } from "./panel/machine.ts";
import { PublicationCommand, publicationPermissions } from "./publication/commands.ts";
import { publication } from "./publication/decide.ts";
import { PublicationEvent } from "./publication/events.ts";
import { publicationFlow } from "./publication/flow.ts";
import { publicationChart } from "./publication/machine.ts";
import { ReminderCommand, reminderPermissions } from "./reminders/commands.ts";
import { reminders } from "./reminders/decide.ts";
import { ReminderEvent } from "./reminders/events.ts";
import { remindersFlow } from "./reminders/flow.ts";
import { remindersChart } from "./reminders/machine.ts";

/** The services that take commands. */
export type Step = "announcement" | "fieldwork" | "panel" | "publication";

/**
 * In the order in which an inspection passes through them, by the category of their streams.
 * `part` heads the step's rows in the table of permissions; `relies` holds the schemas of the
 * foreign facts that its rules fold.
 */
export const registry = {
  framework: {
    step: "announcement",
    part: "Frameworks",
    commands: FrameworkCommand,
    events: FrameworkEvent,
    chart: frameworkChart,
    aggregate: framework,
    permissions: frameworkPermissions,
    relies: [],
  },
  programme: {
    step: "announcement",
    part: "The programme",
    commands: ProgrammeCommand,
    events: ProgrammeEvent,
    chart: programmeChart,
    aggregate: programme,
    permissions: programmePermissions,
    relies: [InspectionEvent],
  },
  inspection: {
    step: "announcement",
    part: "Announcement and sample",
    commands: InspectionCommand,
    events: InspectionEvent,
    chart: inspectionChart,
    aggregate: inspection,
    flow: announcementFlow,
    permissions: inspectionPermissions,
    relies: [FrameworkEvent, ProgrammeEvent, FieldworkEvent, AssessmentEvent, PublicationEvent],
  },
  fieldwork: {
    step: "fieldwork",
    part: "Fieldwork",
    commands: FieldworkCommand,
    events: FieldworkEvent,
    chart: fieldworkChart,
    aggregate: fieldwork,
    flow: fieldworkFlow,
    permissions: fieldworkPermissions,
    relies: [InspectionEvent, AssessmentEvent],
  },
  assessment: {
    step: "fieldwork",
    part: "The assessment of a case",
    commands: AssessmentCommand,
    events: AssessmentEvent,
    chart: assessmentChart,
    aggregate: assessment,
    permissions: assessmentPermissions,
    relies: [InspectionEvent, FieldworkEvent, PanelEvent],
  },
  panel: {
    step: "panel",
    part: "The ratings panel",
    commands: PanelCommand,
    events: PanelEvent,
    chart: panelChart,
    aggregate: panel,
    flow: panelFlow,
    permissions: panelPermissions,
    relies: [InspectionEvent, FieldworkEvent, AssessmentEvent, PublicationEvent],
  },
  publication: {
    step: "publication",
    part: "Report and publication",
    commands: PublicationCommand,
    events: PublicationEvent,
    chart: publicationChart,
    aggregate: publication,
    flow: publicationFlow,
    permissions: publicationPermissions,
    relies: [InspectionEvent, FieldworkEvent, AssessmentEvent, PanelEvent],
  },
  reminders: {
    step: "announcement",
    part: "Reminders and letters",
    commands: ReminderCommand,
    events: ReminderEvent,
    chart: remindersChart,
    aggregate: reminders,
    flow: remindersFlow,
    permissions: reminderPermissions,
    relies: [AnyFact],
  },
  erasure: {
    step: "announcement",
    part: "Erasure",
    commands: ErasureCommand,
    events: ErasureEvent,
    chart: erasureChart,
    aggregate: erasure,
    flow: erasureFlow,
    permissions: erasurePermissions,
    relies: [InspectionEvent, PublicationEvent],
  },
} as const satisfies Readonly<Record<Category, object>>;

/** What may be asked about one inspection; a programme's and a framework's name none. */
export type AnyCommand =
  | InspectionCommand
  | ErasureCommand
  | FieldworkCommand
  | AssessmentCommand
  | PanelCommand
  | PublicationCommand;

/** Every command that some step takes, by its name. */
export type CommandName = {
  [Part in Category]: keyof (typeof registry)[Part]["permissions"];
}[Category];

type Union = {
  readonly options: readonly { readonly shape: { readonly type: { readonly value: string } } }[];
};

export const namesIn = (union: Union): readonly string[] =>
  union.options.map(({ shape }) => shape.type.value);

const entries = Object.entries(registry) as readonly [Category, (typeof registry)[Category]][];

const categories = new Map(
  entries.flatMap(([category, { commands }]) => namesIn(commands).map((type) => [type, category])),
);

/** The part of the registry that takes commands of this type; undefined when nobody does. */
export const categoryTaking = (type: string): Category | undefined => categories.get(type);

/** The step that takes commands of this type; undefined when nobody does. */
export const stepOf = (type: string): Step | undefined => {
  const category = categoryTaking(type);
  return category && registry[category].step;
};

const typesFor = (step: Step): readonly string[] =>
  entries.flatMap(([, each]) => (each.step === step ? namesIn(each.commands) : []));

/** The command types that each step takes. */
export const commandTypes: Readonly<Record<Step, readonly string[]>> = {
  announcement: typesFor("announcement"),
  fieldwork: typesFor("fieldwork"),
  panel: typesFor("panel"),
  publication: typesFor("publication"),
};
