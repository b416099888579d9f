/** What may be asked of an inspection before fieldwork, by whom, and the reasons for a no. */
import { z } from "zod";

import { Name } from "../framework/predicate.ts";
import { SettingId } from "../framework/setting-id.ts";
import { grant, type Permissions } from "../kernel/actor.ts";
import { request, text } from "../kernel/fact.ts";
import { CaseId, Digest, PersonId, ProgrammeId, type ServiceId } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { printed, printedLine, PrintedWords } from "../kernel/printed.ts";
import { BeaconRound, BeaconSource } from "../sampling/beacon.ts";
import { CaseRow } from "../sampling/case-list.ts";
import type { ListProblem } from "../sampling/list-problems.ts";
import { Override } from "../sampling/sizes.ts";
import { Beacon, Nonce } from "../sampling/stream.ts";
import {
  InspectedService,
  Recipient,
  Reconstruction,
  ReplacementReason,
  TeamMember,
} from "./events.ts";

/** First and last day on site; every other date is worked out from them. */
const FieldworkDays = z.strictObject({ start: Day, end: Day });

/**
 * SHA-256 of a new nonce, filled in by the announcing service: it counts where what is asked
 * changes something that decides the sample after the list has come in.
 */
const Renewal = Digest.optional();

/** More cases than any service has; a list that long is a mistake. */
const MOST_CASES = 5000;

export const InspectionCommand = z.discriminatedUnion("type", [
  request("ScheduleInspection", {
    service: InspectedService.extend({ name: printedLine(200) }),
    programme: ProgrammeId.optional(),
    framework: z.string(),
    /** Which of the framework's kinds of inspection; left out: the usual one. */
    kind: SettingId.optional(),
    fieldwork: FieldworkDays,
    team: z.array(TeamMember).min(1).readonly(),
    reconstruction: Reconstruction.extend({
      source: printed(2000),
      said: z
        .array(z.strictObject({ label: printedLine(200), value: printedLine(500) }))
        .max(50)
        .readonly(),
    }).optional(),
  }),
  request("RescheduleInspection", {
    fieldwork: FieldworkDays,
    reason: PrintedWords,
    commitment: Renewal,
  }),
  request("AssignTeam", { team: z.array(TeamMember).min(1).readonly() }),
  request("DelegateLead", { to: PersonId, reason: PrintedWords }),
  request("EndDelegation", {}),
  request("AnnounceInspection", {
    /**
     * SHA-256 of the nonce that the announcing service keeps secret until the draw; nothing is kept
     * of it where the framework samples no cases.
     */
    commitment: Digest.optional(),
    recipients: z
      .array(Recipient.extend({ text: text({ name: printedLine(20_000) }) }))
      .min(1)
      .readonly(),
  }),
  /** The seed is to take in a public value of the source; which round follows from the dates. */
  request("NameBeacon", { source: BeaconSource }),
  request("ReceiveSubmission", {
    request: SettingId,
    digest: Digest,
    bytes: z.int().min(0),
    mediaType: z.string().min(1).max(200),
    name: PrintedWords,
  }),
  request("ReturnSubmission", { request: SettingId, digest: Digest, reason: PrintedWords }),
  request("SatisfyRequest", { request: SettingId }),
  request("ChaseRequest", { request: SettingId }),
  request("SubmitCaseList", {
    rows: z.array(CaseRow).max(MOST_CASES).readonly(),
    commitment: Renewal,
  }),
  request("ReturnCaseList", { reason: PrintedWords, commitment: Renewal }),
  request("SetSampleSizes", {
    overrides: z.record(Name, Override.extend({ reason: printed(2000) })),
    commitment: Renewal,
  }),
  /** `beacon` is the value of the round that was named. */
  request("DrawSample", { nonce: Nonce, beacon: Beacon.optional() }),
  request("NotifySample", {}),
  request("CountersignDraw", { seed: Digest, equal: z.boolean() }),
  request("BookInterview", { case: CaseId, day: Day, with: PersonId }),
  request("ReplaceCase", { case: CaseId, reason: ReplacementReason, note: PrintedWords }),
  request("ApproveReplacement", { case: CaseId }),
  request("PostponeInspection", { reason: PrintedWords }),
  request("ResumeInspection", { fieldwork: FieldworkDays.optional(), commitment: Renewal }),
  request("CancelInspection", { reason: PrintedWords }),
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
  NameBeacon: schedulers,
  ReceiveSubmission: [...provider, ...schedulers],
  ReturnSubmission: [...lead, ...analysts, ...schedulers],
  SatisfyRequest: [...lead, ...analysts, ...schedulers],
  ChaseRequest: [...schedulers, ...lead, ...grant(["system"])],
  SubmitCaseList: provider,
  ReturnCaseList: analysts,
  SetSampleSizes: analysts,
  DrawSample: analysts,
  NotifySample: analysts,
  CountersignDraw: provider,
  BookInterview: [...schedulers, ...lead],
  ReplaceCase: lead,
  ApproveReplacement: heads,
  PostponeInspection: heads,
  ResumeInspection: heads,
  CancelInspection: heads,
};

/** Why no inspection may be held under a framework, or be of a kind. */
export type FrameworkRefusal =
  | {
      readonly reason: "UnknownFramework";
      readonly framework: string;
      readonly known: readonly string[];
    }
  /** No inspection is announced under it any more. */
  | { readonly reason: "FrameworkIsWithdrawn"; readonly framework: string }
  | {
      readonly reason: "UnknownKind";
      readonly kind: string;
      readonly known: readonly string[];
    };

export type InspectionRefusal =
  | FrameworkRefusal
  /** The body would be told before the framework begins. */
  | {
      readonly reason: "BeforeTheFramework";
      readonly framework: string;
      readonly announcement: Day;
      readonly from: Day;
    }
  | {
      readonly reason: "UnknownPartner";
      readonly partner: string;
      readonly known: readonly string[];
    }
  | {
      readonly reason: "UnknownOffice";
      readonly office: string;
      readonly known: readonly string[];
    }
  | {
      readonly reason: "UnknownRequest";
      readonly request: string;
      readonly known: readonly string[];
    }
  | { readonly reason: "DatesOutOfOrder"; readonly start: Day; readonly end: Day }
  | { readonly reason: "NotAWorkingDay"; readonly day: Day }
  | { readonly reason: "DayNotPlausible"; readonly day: Day }
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
  | { readonly reason: "NoDeputy" }
  | { readonly reason: "NotDelegated" }
  | { readonly reason: "FieldworkHasBegun" }
  | { readonly reason: "RequestNotOpen"; readonly request: SettingId }
  | {
      readonly reason: "FileNotAcceptable";
      readonly why: "empty" | "too-large" | "unknown-kind" | "received-before" | "returned-before";
      readonly accepted: readonly string[];
    }
  | { readonly reason: "NothingReceived"; readonly request: SettingId }
  | { readonly reason: "UnknownSubmission"; readonly digest: Digest }
  | { readonly reason: "NotYetDue"; readonly due: Day }
  | { readonly reason: "NonceDoesNotMatch"; readonly commitment: Digest | undefined }
  /** Nobody gave the new commitment that the change calls for. */
  | { readonly reason: "CommitmentNeeded" }
  /** The value is not that of the round that was named, or none was named. */
  | {
      readonly reason: "BeaconNotAcceptable";
      readonly why: "missing" | "not-named" | "too-early" | "another-value" | "no-round";
      readonly named?: BeaconRound;
    }
  | { readonly reason: "AnotherDraw"; readonly seed: Digest }
  | {
      readonly reason: "CaseListContradictsFramework";
      readonly problems: readonly ListProblem[];
    }
  | { readonly reason: "SampleCannotBeDrawn"; readonly why: string }
  | {
      readonly reason: "UnknownPopulation";
      readonly population: string;
      readonly known: readonly string[];
    }
  | { readonly reason: "NotInTheSample"; readonly case: CaseId }
  | { readonly reason: "NothingToApprove"; readonly case: CaseId }
  | { readonly reason: "SecondPersonNeeded"; readonly proposedBy: PersonId }
  | { readonly reason: "AssessmentConfirmed"; readonly case: CaseId };
