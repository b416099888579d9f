/**
 * Facts about an inspection from its scheduling to its sample: who inspects which service when,
 * what was asked of the service, and by which draw its cases were chosen.
 */
import { z } from "zod";

import { SettingId } from "../framework/setting-id.ts";
import { Timetable } from "../framework/timetable.ts";
import { CaseProfile } from "../framework/case-profile.ts";
import { Name } from "../framework/predicate.ts";
import { AnyDocument } from "../framework/versions.ts";
import { StandardCode } from "../kernel/codes.ts";
import { Erased, fact, guardOf, text, Words } from "../kernel/fact.ts";
import { CaseId, Digest, PersonId, ProgrammeId, ServiceId } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { BeaconRound } from "../sampling/beacon.ts";
import { Draw } from "../sampling/draw.ts";
import { SizeOverrides } from "../sampling/sizes.ts";
import { Nonce, RenewalReason } from "../sampling/stream.ts";

export const TeamRole = z.enum([
  "lead-inspector",
  "deputy-lead-inspector",
  "inspector",
  "assistant-inspector",
  "local-assessor",
]);
export type TeamRole = z.infer<typeof TeamRole>;

/** `homeService` is where a local assessor works: never a service whose cases they assess. */
export const TeamMember = z.strictObject({
  person: PersonId,
  role: TeamRole,
  homeService: ServiceId.optional(),
  /** The framework's partner that an inspector comes from. */
  partner: SettingId.optional(),
});
export type TeamMember = z.infer<typeof TeamMember>;

export const InspectedService = z.strictObject({ id: ServiceId, name: z.string().min(1).max(200) });
export type InspectedService = z.infer<typeof InspectedService>;

/**
 * A published report that is carried through. Its cases, days and acts are made up to match its
 * totals, so whoever prints of the inspection prints only what is named here and the totals.
 */
export const Reconstruction = z.strictObject({
  source: z.string(),
  /** The days of fieldwork as they were published. */
  fieldwork: z.strictObject({ start: Day, end: Day }).optional(),
  /** Numbers of cases were published, and not percentages alone. */
  counts: z.boolean(),
  /** Standards that the report does not rate. */
  unrated: z.array(StandardCode).readonly(),
  /** What else the report says of the inspection. */
  said: z.array(z.strictObject({ label: z.string(), value: z.string() })).readonly(),
});
export type Reconstruction = z.infer<typeof Reconstruction>;

/**
 * The inspection exists: its service, framework version, dates and team. All later dates follow.
 */
export const InspectionScheduled = fact("InspectionScheduled", {
  service: InspectedService,
  programme: ProgrammeId.optional(),
  framework: z.string(),
  timetable: Timetable,
  team: z.array(TeamMember).readonly(),
  /** Which of the framework's kinds of inspection; left out: the usual one. */
  kind: SettingId.optional(),
  /** Set where a published report is carried through. */
  reconstruction: Reconstruction.optional(),
});

/** New dates, before fieldwork begins. */
export const InspectionRescheduled = fact("InspectionRescheduled", {
  timetable: Timetable,
  text: text({ reason: Words }),
});

/** The whole team from now on, in place of the former one. */
export const TeamAssigned = fact("TeamAssigned", { team: z.array(TeamMember).readonly() });

/** The deputy acts as lead until the delegation ends. */
export const LeadDelegated = fact("LeadDelegated", { to: PersonId, text: text({ reason: Words }) });
/** The lead acts again. */
export const DelegationEnded = fact("DelegationEnded", {});

export const Recipient = z.strictObject({
  /** One of the framework's. */
  office: SettingId,
  text: text({ name: Words }),
});
export type Recipient = z.infer<typeof Recipient>;

/**
 * The service knows. This day is the reference date of caseload and staffing figures, and the
 * framework version is pinned, whole, so that these events alone explain every
 * rating for ever. `commitment` is the SHA-256 of the secret nonce of the draw; left out where the
 * framework samples no cases.
 */
export const InspectionAnnounced = fact("InspectionAnnounced", {
  referenceDate: Day,
  framework: z.strictObject({ digest: Digest, version: AnyDocument }),
  commitment: Digest.optional(),
  recipients: z.array(Recipient).min(1).readonly(),
});

/** The framework samples no cases: no list is asked for, and nothing is drawn. */
export const SampleNotRequired = fact("SampleNotRequired", {});

/**
 * The seed takes in the value of this round, which nobody can know yet. Who draws gives the value,
 * and it is checked.
 */
export const BeaconNamed = fact("BeaconNamed", { beacon: BeaconRound });

/**
 * The former commitment no longer counts: something that decides the sample has changed since the
 * list came in. A new nonce is committed to, and the certificate and the report say why.
 */
export const CommitmentRenewed = fact("CommitmentRenewed", {
  commitment: Digest,
  because: RenewalReason,
});

/** Sizes that a person set in place of the computed ones, each with its reason. */
export const SampleSizesSet = fact("SampleSizesSet", { overrides: SizeOverrides });

/**
 * The letters that announce it, one to each recipient, by the template and the digest of what each
 * says: whoever holds a letter can tell whether it is the one that was written.
 */
export const LettersWritten = fact("LettersWritten", {
  template: z.strictObject({ id: z.string(), digest: Digest }),
  letters: z.array(z.strictObject({ office: Recipient.shape.office, digest: Digest })).readonly(),
});

/** Something is asked of the service by a day; asked again, when the dates have moved. */
export const RequestOpened = fact("RequestOpened", { request: SettingId, due: Day });

/** A file arrived for a request; a later one for the same request stands beside it. */
export const SubmissionReceived = fact("SubmissionReceived", {
  request: SettingId,
  digest: Digest,
  bytes: z.int().min(0),
  mediaType: z.string(),
  text: text({ name: Words }),
});

/** The file cannot be used, and the service was told why; it sends another. */
export const SubmissionReturned = fact("SubmissionReturned", {
  request: SettingId,
  digest: Digest,
  text: text({ reason: Words }),
});

/** The lead is content with what came for a request: nothing more is owed for it. */
export const RequestSatisfied = fact("RequestSatisfied", { request: SettingId });

/** A request was overdue and the service was reminded. */
export const RequestChased = fact("RequestChased", { request: SettingId, due: Day });

/** One row of the case list: its profile, and apart from it what could identify a person. */
export const ListedCase = z.strictObject({
  case: CaseId,
  profile: CaseProfile,
  text: z.union([z.record(Name, z.string()), Erased]),
});
export type ListedCase = z.infer<typeof ListedCase>;

/**
 * The complete list as received. Its digest, over the columns in this order, is half of the
 * sample's seed, so it never changes.
 */
export const CaseListSubmitted = fact("CaseListSubmitted", {
  digest: Digest,
  columns: z.array(Name).readonly(),
  cases: z.array(ListedCase).readonly(),
});

/** The list was wrong; the service sends another. Only before the draw. */
export const CaseListReturned = fact("CaseListReturned", { text: text({ reason: Words }) });

/**
 * The draw with every number it rests on: windows, exclusions, sizes, sample, reserves, balance.
 */
export const SampleDrawn = fact("SampleDrawn", { draw: Draw });

/** The secret half of the seed is public from here on, so that anyone can draw again. */
export const NonceRevealed = fact("NonceRevealed", { nonce: Nonce });

/** The analyst checked the sample and the service was told which cases to have ready. */
export const SampleNotified = fact("SampleNotified", {});

/** The service drew again from its own list, and got the same cases, or others. */
export const DrawCountersigned = fact("DrawCountersigned", { seed: Digest, equal: z.boolean() });

/** Who works on a case will be interviewed about it. */
export const InterviewBooked = fact("InterviewBooked", { case: CaseId, day: Day, with: PersonId });

export const ReplacementReason = z.enum([
  "not-eligible",
  "record-restricted",
  "serious-incident-review",
  "conflict-of-interest",
  "file-unavailable",
]);
export type ReplacementReason = z.infer<typeof ReplacementReason>;

/**
 * A case that has answers cannot be assessed after all. It leaves the sample only once a second
 * person approves; its answers stay on record.
 */
export const ReplacementProposed = fact("ReplacementProposed", {
  case: CaseId,
  reason: ReplacementReason,
  text: text({ note: Words }),
});

/** A sampled case cannot be assessed; the next reserve of the nearest profile takes its place. */
export const CaseReplaced = fact("CaseReplaced", {
  case: CaseId,
  replacement: CaseId,
  reason: ReplacementReason,
  text: text({ note: Words }),
});

/** A sampled case cannot be assessed and no reserve is left: the sample is one smaller. */
export const CaseWithdrawn = fact("CaseWithdrawn", {
  case: CaseId,
  reason: ReplacementReason,
  text: text({ note: Words }),
});

/** Everything rests until it is resumed. */
export const InspectionPostponed = fact("InspectionPostponed", { text: text({ reason: Words }) });

/** It goes on, with the dates that now hold. */
export const InspectionResumed = fact("InspectionResumed", { timetable: Timetable });

/** It will never be published. */
export const InspectionCancelled = fact("InspectionCancelled", { text: text({ reason: Words }) });

export const InspectionEvent = z.discriminatedUnion("type", [
  InspectionScheduled,
  InspectionRescheduled,
  TeamAssigned,
  LeadDelegated,
  DelegationEnded,
  InspectionAnnounced,
  SampleNotRequired,
  BeaconNamed,
  CommitmentRenewed,
  SampleSizesSet,
  LettersWritten,
  RequestOpened,
  SubmissionReceived,
  SubmissionReturned,
  RequestSatisfied,
  RequestChased,
  CaseListSubmitted,
  CaseListReturned,
  SampleDrawn,
  NonceRevealed,
  SampleNotified,
  DrawCountersigned,
  InterviewBooked,
  ReplacementProposed,
  CaseReplaced,
  CaseWithdrawn,
  InspectionPostponed,
  InspectionResumed,
  InspectionCancelled,
]);
export type InspectionEvent = z.infer<typeof InspectionEvent>;

export const isInspectionEvent = guardOf<InspectionEvent>(InspectionEvent);
