/**
 * Facts about fieldwork as a whole: who assesses which case, what was seen and heard, alerts, and
 * what the lead proposes where people judge. Judgements on a case are in `assessment/events.ts`.
 */
import { z } from "zod";

import { Rating } from "../framework/scale.ts";
import { SettingId } from "../framework/setting-id.ts";
import { JudgedCode, KeyQuestionCode } from "../kernel/codes.ts";
import { fact, guardOf, text, Words } from "../kernel/fact.ts";
import { CaseId, Digest, ItemId, PersonId } from "../kernel/ids.ts";
import { Day, Instant } from "../kernel/instants.ts";

/** The case is this person's to assess. */
export const CaseAllocated = fact("CaseAllocated", { case: CaseId, to: PersonId });

/** The case passes to another person; what was judged so far stays judged by whom it was. */
export const CaseReallocated = fact("CaseReallocated", {
  case: CaseId,
  from: PersonId,
  to: PersonId,
  text: text({ reason: Words }),
});

/**
 * The person knows the case, or the service, too well: neither allocation nor marking is theirs.
 */
export const ConflictDeclared = fact("ConflictDeclared", {
  person: PersonId,
  /** Without a case: with the whole inspection. */
  case: CaseId.optional(),
  text: text({ reason: Words }),
});

/**
 * Which assessments are looked at again and which are marked twice, by a seed that nobody knew
 * before. From the seed and the sample anybody can choose again and compare.
 */
export const QualitySampleDrawn = fact("QualitySampleDrawn", {
  seed: Digest,
  dipSamplePercent: z.int().min(0).max(100),
  secondMarkingPercent: z.int().min(0).max(100),
  markers: z.array(PersonId).readonly(),
  dipSample: z
    .array(z.strictObject({ case: CaseId, because: z.enum(["share", "flagged"]) }))
    .readonly(),
  secondMarkings: z.array(z.strictObject({ case: CaseId, to: PersonId })).readonly(),
});

/** Inspectors are on site. */
export const FieldworkOpened = fact("FieldworkOpened", {});

/** Something that supports judgements by people, against the key questions it speaks to. */
export const EvidenceLogged = fact("EvidenceLogged", {
  item: ItemId,
  /** One of the framework's kinds of evidence. */
  kind: SettingId,
  keyQuestions: z.array(KeyQuestionCode).min(1).readonly(),
  digest: Digest.optional(),
  text: text({ title: Words, note: z.string().max(20_000) }),
});

/** A survey's turnout; what it says is logged as evidence. */
export const SurveyClosed = fact("SurveyClosed", {
  survey: z.string().min(1).max(60),
  invited: z.int().min(0),
  responded: z.int().min(0),
});

/**
 * Action is needed at once: a risk that is identifiable, serious and imminent. Due the same day.
 */
export const AlertRaised = fact("AlertRaised", {
  alert: ItemId,
  case: CaseId.optional(),
  due: Instant,
  text: text({ risk: Words, action: Words }),
});
/** The service has been told. */
export const AlertNotified = fact("AlertNotified", { alert: ItemId, to: PersonId });
/** Names the case that the alert is about, so that the words are the case's and go with it. */
export const AlertAnswered = fact("AlertAnswered", {
  alert: ItemId,
  case: CaseId.optional(),
  text: text({ response: Words }),
});
/** Names the case as the answer does. */
export const AlertClosed = fact("AlertClosed", {
  alert: ItemId,
  case: CaseId.optional(),
  text: text({ outcome: Words }),
});

/**
 * The lead's rating for a domain-one standard, with the evidence it stands on. The last one counts.
 */
export const DomainOneProposed = fact("DomainOneProposed", {
  standard: JudgedCode,
  rating: Rating,
  evidence: z.array(ItemId).min(1).readonly(),
  text: text({ rationale: Words }),
});

/** The lead told the service what was found. */
export const InitialFeedbackGiven = fact("InitialFeedbackGiven", {
  day: Day,
  text: text({ summary: Words }),
});

/** Every sampled case is assessed and confirmed, every proposal made. The panel may convene. */
export const FieldworkClosed = fact("FieldworkClosed", { cases: z.array(CaseId).readonly() });

export const FieldworkEvent = z.discriminatedUnion("type", [
  CaseAllocated,
  CaseReallocated,
  ConflictDeclared,
  QualitySampleDrawn,
  FieldworkOpened,
  EvidenceLogged,
  SurveyClosed,
  AlertRaised,
  AlertNotified,
  AlertAnswered,
  AlertClosed,
  DomainOneProposed,
  InitialFeedbackGiven,
  FieldworkClosed,
]);
export type FieldworkEvent = z.infer<typeof FieldworkEvent>;

export const isFieldworkEvent = guardOf<FieldworkEvent>(FieldworkEvent);
