/** What may be asked of an inspection before fieldwork, by whom, and the reasons for a no. */
import { z } from "zod";

import { RequestKind } from "../framework/timetable.ts";
import { grant, type Permissions } from "../kernel/actor.ts";
import { request, Words } from "../kernel/fact.ts";
import { CaseId, Digest, PersonId, ProgrammeId, type ServiceId } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { CaseRow } from "../sampling/case-list.ts";
import { SizeOverrides } from "../sampling/sizes.ts";
import { Beacon, Nonce } from "../sampling/stream.ts";
import { InspectedService, Recipient, ReplacementReason, TeamMember } from "./events.ts";

/** First and last day on site; every other date is worked out from them. */
const FieldworkDays = z.strictObject({ start: Day, end: Day });

/** More cases than any service has; a list that long is a mistake. */
const MOST_CASES = 5000;

export const InspectionCommand = z.discriminatedUnion("type", [
  request("ScheduleInspection", {
    service: InspectedService,
    programme: ProgrammeId.optional(),
    framework: z.string(),
    fieldwork: FieldworkDays,
    team: z.array(TeamMember).min(1).readonly(),
    reconstruction: z.strictObject({ source: z.string() }).optional(),
  }),
  request("RescheduleInspection", { fieldwork: FieldworkDays, reason: Words }),
  request("AssignTeam", { team: z.array(TeamMember).min(1).readonly() }),
  request("DelegateLead", { to: PersonId, reason: Words }),
  request("EndDelegation", {}),
  request("AnnounceInspection", {
    /** SHA-256 of the nonce that the announcing service keeps secret until the draw. */
    commitment: Digest,
    recipients: z.array(Recipient).min(1).readonly(),
  }),
  request("ReceiveSubmission", {
    request: RequestKind,
    digest: Digest,
    bytes: z.int().min(0),
    mediaType: z.string().min(1).max(200),
    name: Words,
  }),
  request("ReturnSubmission", { request: RequestKind, digest: Digest, reason: Words }),
  request("SatisfyRequest", { request: RequestKind }),
  request("ChaseRequest", { request: RequestKind }),
  request("SubmitCaseList", { rows: z.array(CaseRow).max(MOST_CASES).readonly() }),
  request("ReturnCaseList", { reason: Words }),
  request("DrawSample", {
    nonce: Nonce,
    beacon: Beacon.optional(),
    overrides: SizeOverrides.optional(),
  }),
  request("NotifySample", {}),
  request("BookInterview", { case: CaseId, day: Day, with: PersonId }),
  request("ReplaceCase", { case: CaseId, reason: ReplacementReason, note: Words }),
  request("PostponeInspection", { reason: Words }),
  request("ResumeInspection", { fieldwork: FieldworkDays.optional() }),
  request("CancelInspection", { reason: Words }),
]);
export type InspectionCommand = z.infer<typeof InspectionCommand>;
export type InspectionCommandOf<Type extends InspectionCommand["type"]> = Extract<
  InspectionCommand,
  { type: Type }
>;

const lead = [...grant(["lead-inspector", "deputy-lead-inspector"], { only: ["lead"] })];
const schedulers = grant(["scheduler"]);
const heads = grant(["head-of-programme"]);
const provider = grant(["provider-user"], { only: ["provider"] });
const analysts = grant(["research-analyst"]);

export const inspectionPermissions: Permissions<InspectionCommand["type"]> = {
  ScheduleInspection: [...schedulers, ...heads],
  RescheduleInspection: [...schedulers, ...heads],
  AssignTeam: [...schedulers, ...heads],
  DelegateLead: grant(["lead-inspector"], { only: ["lead"] }),
  EndDelegation: [...lead, ...heads],
  AnnounceInspection: schedulers,
  ReceiveSubmission: [...provider, ...schedulers],
  ReturnSubmission: [...lead, ...analysts, ...schedulers],
  SatisfyRequest: [...lead, ...analysts, ...schedulers],
  ChaseRequest: [...schedulers, ...lead, ...grant(["system"])],
  SubmitCaseList: provider,
  ReturnCaseList: analysts,
  DrawSample: analysts,
  NotifySample: analysts,
  BookInterview: [...schedulers, ...lead],
  ReplaceCase: lead,
  PostponeInspection: heads,
  ResumeInspection: heads,
  CancelInspection: heads,
};

export type InspectionRefusal =
  | {
      readonly reason: "UnknownFramework";
      readonly framework: string;
      readonly known: readonly string[];
    }
  | { readonly reason: "DatesOutOfOrder"; readonly start: Day; readonly end: Day }
  | { readonly reason: "NotAWorkingDay"; readonly day: Day }
  | { readonly reason: "TeamNeedsOneLead"; readonly leads: readonly PersonId[] }
  | { readonly reason: "NamedTwice"; readonly person: PersonId }
  | { readonly reason: "HomeServiceNeeded"; readonly person: PersonId }
  /** A conflict of interest by the programme's own facts; no reason could justify it. */
  | {
      readonly reason: "TiedToTheService";
      readonly person: PersonId;
      readonly service: ServiceId;
      readonly because: "home-area" | "former-employer";
    }
  | { readonly reason: "NotTheDeputy"; readonly person: PersonId }
  | { readonly reason: "NotDelegated" }
  | { readonly reason: "FieldworkHasBegun" }
  | { readonly reason: "RequestNotOpen"; readonly request: RequestKind }
  | {
      readonly reason: "FileNotAcceptable";
      readonly why: "empty" | "too-large" | "unknown-kind" | "received-before" | "returned-before";
      readonly accepted: readonly string[];
    }
  | { readonly reason: "UnknownSubmission"; readonly digest: Digest }
  | { readonly reason: "NotYetDue"; readonly due: Day }
  | { readonly reason: "NonceDoesNotMatch"; readonly commitment: Digest | undefined }
  | { readonly reason: "SampleCannotBeDrawn"; readonly why: string }
  | { readonly reason: "NotInTheSample"; readonly case: CaseId }
  | { readonly reason: "AssessmentConfirmed"; readonly case: CaseId };
