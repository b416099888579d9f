/** What the rules of fieldwork know, from its own facts and from others'. */
import type { InspectionEvent } from "../announcement/events.ts";
import type { CaseFiles } from "../briefing/case-file.ts";
import type { Briefing } from "../briefing/inspection.ts";
import type { Decision } from "../kernel/decider.ts";
import type { CaseId, ItemId, PersonId } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";
import type { LifecyclePhase } from "../lifecycle/machine.ts";
import type { AssessmentEvent } from "./assessment/events.ts";
import type { Conflicts } from "./conflicts.ts";
import type { FieldworkRefusal } from "./commands.ts";
import type { FieldworkEvent } from "./events.ts";
import type { FieldworkPhase } from "./machine.ts";

export type Alert = {
  readonly due: Instant;
  readonly case: CaseId | undefined;
  readonly stage: "raised" | "notified" | "answered" | "closed";
};

export type FieldworkKnown = InspectionEvent | FieldworkEvent | AssessmentEvent;

export type FieldworkState = {
  readonly phase: FieldworkPhase;
  readonly lifecycle: LifecyclePhase;
  readonly briefing: Briefing;
  readonly files: CaseFiles;
  readonly allocation: ReadonlyMap<CaseId, PersonId>;
  readonly conflicts: Conflicts;
  readonly quality: Extract<FieldworkEvent, { type: "QualitySampleDrawn" }> | undefined;
  readonly evidence: ReadonlyMap<ItemId, Extract<FieldworkEvent, { type: "EvidenceLogged" }>>;
  readonly surveys: ReadonlyMap<string, Extract<FieldworkEvent, { type: "SurveyClosed" }>>;
  readonly alerts: ReadonlyMap<ItemId, Alert>;
  readonly proposals: ReadonlyMap<string, Extract<FieldworkEvent, { type: "DomainOneProposed" }>>;
  readonly feedback: boolean;
};

export type FieldworkAnswer = Decision<FieldworkEvent, FieldworkRefusal>;
