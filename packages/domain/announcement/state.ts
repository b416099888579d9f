/** What the rules of an inspection know before fieldwork, and what of later steps they rely on. */
import type { Briefing } from "../briefing/inspection.ts";
import type { AssessmentEvent } from "../fieldwork/assessment/events.ts";
import type { FieldworkEvent } from "../fieldwork/events.ts";
import type { SettingId } from "../framework/setting-id.ts";
import type { Timetable } from "../framework/timetable.ts";
import type { Decision } from "../kernel/decider.ts";
import type { CaseId, Digest } from "../kernel/ids.ts";
import type { Day } from "../kernel/instants.ts";
import type { LifecyclePhase } from "../lifecycle/machine.ts";
import type { PublicationEvent } from "../publication/events.ts";
import type { FrameworkEvent } from "./adoption/events.ts";
import type { BeaconRound } from "../sampling/beacon.ts";
import type { Draw } from "../sampling/draw.ts";
import type { SizeOverrides } from "../sampling/sizes.ts";
import type { InspectionRefusal } from "./commands.ts";
import type { InspectionEvent, ListedCase } from "./events.ts";
import type { InspectionPhase } from "./machine.ts";
import type { Adoptions } from "./offered.ts";
import type { ProgrammeEvent } from "./programme/events.ts";
import type { ProgrammePhase } from "./programme/machine.ts";
import type { Ties } from "./ties.ts";

export type InspectionKnown =
  | InspectionEvent
  | FrameworkEvent
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
  readonly lifecycle: LifecyclePhase;
  readonly briefing: Briefing;
  /** As it was first scheduled, to know that request again. */
  readonly scheduled: Extract<InspectionEvent, { type: "InspectionScheduled" }> | undefined;
  /** What became of the framework that is named, before the announcement pins it. */
  readonly adoptions: Adoptions;
  /** By the programme that it belongs to, where it belongs to one. */
  readonly ties: Ties;
  /** The phase of that programme. */
  readonly planning: ProgrammePhase;
  /** Whether it was last resumed with its former days, to know that request again. */
  readonly daysKept: boolean;
  readonly commitment: Digest | undefined;
  /** How often the commitment was renewed. */
  readonly renewed: number;
  /** The round whose value the seed takes in, where one was named. */
  readonly beacon: BeaconRound | undefined;
  readonly overrides: SizeOverrides | undefined;
  readonly letters: Extract<InspectionEvent, { type: "LettersWritten" }> | undefined;
  readonly requests: ReadonlyMap<SettingId, OpenRequest>;
  readonly listDigest: Digest | undefined;
  /** The columns of the list, in the order in which they were hashed. */
  readonly listColumns: readonly string[];
  readonly cases: ReadonlyMap<CaseId, ListedCase>;
  readonly draw: Draw | undefined;
  /** Reserves that were called up. */
  readonly called: ReadonlySet<CaseId>;
  readonly confirmed: ReadonlySet<CaseId>;
  /** Cases on which an answer was recorded. */
  readonly answered: ReadonlySet<CaseId>;
  /** Cases that somebody proposed to replace, for a second person to approve. */
  readonly proposed: ReadonlyMap<CaseId, Extract<InspectionEvent, { type: "ReplacementProposed" }>>;
};

export type InspectionAnswer = Decision<InspectionEvent, InspectionRefusal>;

/** The days of an inspection that was scheduled. Throws a TypeError before. */
export const daysOf = ({ briefing: { timetable } }: InspectionState): Timetable => {
  if (!timetable) throw new TypeError("no days are known before the scheduling");
  return timetable;
};

/** What the announcement asked of the service. Throws a TypeError before. */
export const requestOf = ({ requests }: InspectionState, kind: SettingId): OpenRequest => {
  const request = requests.get(kind);
  if (!request) throw new TypeError(`${kind} is not asked for before the announcement`);
  return request;
};
