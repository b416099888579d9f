/**
 * Every fact that may be stored, and the folder of its step, where its golden files lie. A
 * framework, a programme and reminders belong to no story's world; their facts are kept as well.
 */
import { FrameworkEvent } from "@assay/domain/announcement/adoption/events.ts";
import { ErasureEvent } from "@assay/domain/announcement/erasure/events.ts";
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { ProgrammeEvent } from "@assay/domain/announcement/programme/events.ts";
import { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import { ReminderEvent } from "@assay/domain/reminders/events.ts";
import type { z } from "zod";

type StoredFact = z.ZodType & { readonly shape: { readonly type: z.ZodLiteral<string> } };

/** By the step's folder below `packages/domain`. */
const unions: Readonly<Record<string, { readonly options: readonly StoredFact[] }>> = {
  announcement: InspectionEvent,
  "announcement/adoption": FrameworkEvent,
  "announcement/erasure": ErasureEvent,
  "announcement/programme": ProgrammeEvent,
  fieldwork: FieldworkEvent,
  "fieldwork/assessment": AssessmentEvent,
  panel: PanelEvent,
  publication: PublicationEvent,
  reminders: ReminderEvent,
};

export const storedFacts = Object.entries(unions).flatMap(([folder, { options }]) =>
  options.map((schema) => ({ folder, type: schema.shape.type.value, schema })),
);

/** `SampleDrawn` as `sample-drawn`. */
export const fileNameOf = (type: string): string =>
  type.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** Where the frozen schema of one version lies, below `packages/domain`. */
export const schemaPath = (of: {
  readonly folder: string;
  readonly type: string;
  readonly version: number;
}): string => `${of.folder}/golden/schemas/${fileNameOf(of.type)}.${of.version}.json`;
