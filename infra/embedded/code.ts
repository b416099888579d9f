/**
 * The code as far as stored inspections depend on it: every step's schemas, chart and rules, and a
 * fingerprint of all of the domain, which is the same as long as no file of it has changed.
 */
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { inspection } from "@assay/domain/announcement/decide.ts";
import { erasure } from "@assay/domain/announcement/erasure/decide.ts";
import { ErasureEvent } from "@assay/domain/announcement/erasure/events.ts";
import { InspectionEvent } from "@assay/domain/announcement/events.ts";
import { programme } from "@assay/domain/announcement/programme/decide.ts";
import { ProgrammeEvent } from "@assay/domain/announcement/programme/events.ts";
import type { Stored, StepRules } from "@assay/domain/audit/continuity.ts";
import { assessment } from "@assay/domain/fieldwork/assessment/decide.ts";
import { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { fieldwork } from "@assay/domain/fieldwork/decide.ts";
import { FieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import type { Category } from "@assay/domain/kernel/stream.ts";
import { panel } from "@assay/domain/panel/decide.ts";
import { PanelEvent } from "@assay/domain/panel/events.ts";
import { publication } from "@assay/domain/publication/decide.ts";
import { PublicationEvent } from "@assay/domain/publication/events.ts";
import { reminders } from "@assay/domain/reminders/decide.ts";
import { ReminderEvent } from "@assay/domain/reminders/events.ts";
import { factReader } from "@assay/host/schema.ts";
import type { StoredEvent } from "@assay/store/port.ts";

type Union = Parameters<typeof factReader>[0][number] & {
  readonly options: readonly {
    readonly shape: { readonly type: { readonly values: Iterable<unknown> } };
  }[];
};

/** Types are widened here, once, so that one loop can carry any step. */
const step = (
  category: Category,
  events: Union,
  aggregate: { readonly initial: unknown; readonly evolve: unknown },
): StepRules => {
  const rules = aggregate as Pick<StepRules, "initial" | "evolve">;
  const read = factReader([events]);
  return {
    category,
    types: events.options.flatMap(({ shape }) => [...shape.type.values].map(String)),
    initial: rules.initial,
    evolve: rules.evolve,
    read: (event: Stored) => read(event as StoredEvent),
  };
};

/** Every step of this code, by the streams that it writes. */
export const stepsToday: readonly StepRules[] = [
  step("programme", ProgrammeEvent, programme),
  step("inspection", InspectionEvent, inspection),
  step("fieldwork", FieldworkEvent, fieldwork),
  step("assessment", AssessmentEvent, assessment),
  step("panel", PanelEvent, panel),
  step("publication", PublicationEvent, publication),
  step("erasure", ErasureEvent, erasure),
  step("reminders", ReminderEvent, reminders),
];

let known: string | undefined;

/** SHA-256 over every file of the domain that is no test, 64 hexadecimal digits. */
export const codeFingerprint = (): string => {
  if (known !== undefined) return known;
  const folder = join(import.meta.dirname, "../../packages/domain");
  const hash = createHash("sha256");
  const exclude = ["**/node_modules", "**/*.test.ts"];
  const names = globSync("**/*.ts", { cwd: folder, exclude }).toSorted();
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  known = hash.digest("hex");
  return known;
};
