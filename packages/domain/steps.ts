/** Every command there is, with the step whose service takes it; for those who send commands. */
import { InspectionCommand } from "./announcement/commands.ts";
import { ReminderCommand } from "./reminders/commands.ts";
import { ErasureCommand } from "./announcement/erasure/commands.ts";
import { ProgrammeCommand } from "./announcement/programme/commands.ts";
import { AssessmentCommand } from "./fieldwork/assessment/commands.ts";
import { FieldworkCommand } from "./fieldwork/commands.ts";
import { PanelCommand } from "./panel/commands.ts";
import { PublicationCommand } from "./publication/commands.ts";

export type Step = "announcement" | "fieldwork" | "panel" | "publication";

/** What may be asked about one inspection; a programme's commands name no inspection. */
export type AnyCommand =
  | InspectionCommand
  | ErasureCommand
  | FieldworkCommand
  | AssessmentCommand
  | PanelCommand
  | PublicationCommand;

const namesIn = (union: {
  readonly options: readonly { readonly shape: { readonly type: { readonly value: string } } }[];
}): readonly string[] => union.options.map(({ shape }) => shape.type.value);

/** The command types that each step takes. */
export const commandTypes: Readonly<Record<Step, readonly string[]>> = {
  announcement: [
    ...namesIn(ProgrammeCommand),
    ...namesIn(InspectionCommand),
    ...namesIn(ReminderCommand),
    ...namesIn(ErasureCommand),
  ],
  fieldwork: [...namesIn(FieldworkCommand), ...namesIn(AssessmentCommand)],
  panel: namesIn(PanelCommand),
  publication: namesIn(PublicationCommand),
};

const owners = new Map(
  (Object.keys(commandTypes) as Step[]).flatMap((step) =>
    commandTypes[step].map((type) => [type, step] as const),
  ),
);

/** The step that takes commands of this type; undefined when nobody does. */
export const stepOf = (type: string): Step | undefined => owners.get(type);
