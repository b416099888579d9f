/** What the rules of an inspection know before fieldwork, and what later steps' facts forbid. */
import type { Briefing } from "../briefing/inspection.ts";
import type { AssessmentEvent } from "../fieldwork/assessment/events.ts";
import type { FieldworkEvent } from "../fieldwork/events.ts";
import type { RequestKind } from "../framework/timetable.ts";
import { phaseName } from "../kernel/chart.ts";
import { type Decision, refuse } from "../kernel/decider.ts";
import type { CaseId, Digest } from "../kernel/ids.ts";
import type { Day } from "../kernel/instants.ts";
import type { PublicationEvent } from "../publication/events.ts";
import type { Draw } from "../sampling/draw.ts";
import type { InspectionRefusal } from "./commands.ts";
import type { InspectionEvent, ListedCase } from "./events.ts";
import type { InspectionPhase } from "./machine.ts";
import type { ProgrammeEvent } from "./programme/events.ts";
import type { Ties } from "./ties.ts";

export type InspectionKnown =
  | InspectionEvent
  | ProgrammeEvent
  | FieldworkEvent
  | AssessmentEvent
  | PublicationEvent;

export type OpenRequest = {
  readonly due: Day;
  readonly received: ReadonlySet<Digest>;
  /** Files that were sent back. */
  readonly returned: ReadonlySet<Digest>;
  readonly satisfied: boolean;
  readonly chased: boolean;
};

export type InspectionState = {
  readonly phase: InspectionPhase;
  readonly briefing: Briefing;
  /** As it was first scheduled, to know that request again. */
  readonly scheduled: Extract<InspectionEvent, { type: "InspectionScheduled" }> | undefined;
  /** By the programme that it belongs to, where it belongs to one. */
  readonly ties: Ties;
  readonly framework: string | undefined;
  readonly commitment: Digest | undefined;
  readonly letters: Extract<InspectionEvent, { type: "LettersWritten" }> | undefined;
  readonly requests: ReadonlyMap<RequestKind, OpenRequest>;
  readonly listDigest: Digest | undefined;
  readonly cases: ReadonlyMap<CaseId, ListedCase>;
  readonly draw: Draw | undefined;
  /** Cases that were replaced or withdrawn, and reserves that were called up. */
  readonly gone: ReadonlySet<CaseId>;
  readonly called: ReadonlySet<CaseId>;
  readonly interviews: ReadonlyMap<CaseId, Day>;
  readonly fieldworkOpened: boolean;
  readonly fieldworkClosed: boolean;
  readonly confirmed: ReadonlySet<CaseId>;
  readonly published: boolean;
};

export type InspectionAnswer = Decision<InspectionEvent, InspectionRefusal>;

export const wrongPhase = ({ phase }: InspectionState): InspectionAnswer =>
  refuse({ reason: "NotInThisPhase", phase: phaseName(phase) });
