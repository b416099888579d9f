/**
 * Facts a ratings panel leaves behind: who sat, what each standard's numbers were when it was
 * considered, what was decided and why. A rating that moved always stands beside its reason.
 */
import { z } from "zod";

import { Rating } from "../framework/scale.ts";
import { JudgedCode, KeyQuestionCode, StandardCode } from "../kernel/codes.ts";
import { fact, guardOf, text, Words } from "../kernel/fact.ts";
import { Digest, ItemId, PersonId } from "../kernel/ids.ts";

/** The panel sits, to decide every standard. `quorum` is what the ruleset asks for. */
export const PanelConvened = fact("PanelConvened", {
  chair: PersonId,
  members: z.array(PersonId).min(1).readonly(),
  quorum: z.int().min(1),
});

/** A member has a conflict of interest and takes no part in these standards (all, when empty). */
export const MemberRecused = fact("MemberRecused", {
  member: PersonId,
  standards: z.array(JudgedCode).readonly(),
  text: text({ reason: Words }),
});

/** Another member takes the chair from here on. */
export const ChairHandedOver = fact("ChairHandedOver", {
  to: PersonId,
  text: text({ reason: Words }),
});

/** A member has fixed a score before discussion: SHA-256 of `nonce:standard:rating`. */
export const ScoreSealed = fact("ScoreSealed", {
  standard: JudgedCode,
  member: PersonId,
  seal: Digest,
});

/** A sealed score is opened, once every member present has sealed theirs. */
export const ScoreOpened = fact("ScoreOpened", {
  standard: JudgedCode,
  member: PersonId,
  rating: Rating,
  nonce: z.string().regex(/^[0-9a-f]{32}$/, "32 hexadecimal digits"),
});

/** One key question's numbers. `percent` is rounded as the ruleset says. */
export const KeyQuestionCount = z.strictObject({
  keyQuestion: KeyQuestionCode,
  relevant: z.int().min(0),
  yes: z.int().min(0),
  percent: z.number().min(0).max(100).optional(),
});
export type KeyQuestionCount = z.infer<typeof KeyQuestionCount>;

export const Trigger = z.enum(["near-boundary", "one-case", "small-sample"]);
export type Trigger = z.infer<typeof Trigger>;

/** The numbers that the panel had before it when it considered a case-judged standard. */
export const StandardConsidered = fact("StandardConsidered", {
  standard: StandardCode,
  keyQuestions: z.array(KeyQuestionCount).readonly(),
  rule: Rating.optional(),
  triggers: z.array(Trigger).readonly(),
  present: z.array(PersonId).readonly(),
});

/** Professional discretion moved a rating. The reason is published with the rating. */
export const DiscretionExercised = fact("DiscretionExercised", {
  standard: StandardCode,
  from: Rating,
  to: Rating,
  triggers: z.array(Trigger).min(1).readonly(),
  present: z.array(PersonId).readonly(),
  text: text({ reason: Words }),
});

/** The panel could have moved the rating and did not. */
export const DiscretionDeclined = fact("DiscretionDeclined", {
  standard: StandardCode,
  rating: Rating,
  triggers: z.array(Trigger).min(1).readonly(),
  present: z.array(PersonId).readonly(),
  text: text({ reason: Words }),
});

/**
 * A published report gives another rating than the rule and says nothing of discretion. Only where
 * a published report is carried through; an inspection of our own can never come to this.
 */
export const PublishedRatingAdopted = fact("PublishedRatingAdopted", {
  standard: StandardCode,
  from: Rating,
  to: Rating,
  triggers: z.array(Trigger).min(1).readonly(),
});

/** A member's own rating, where members differ. */
export const VoteCast = fact("VoteCast", {
  standard: JudgedCode,
  member: PersonId,
  rating: Rating,
});

/** A member disagrees with what was decided, and wishes it known. */
export const DissentRecorded = fact("DissentRecorded", {
  standard: JudgedCode,
  member: PersonId,
  text: text({ reason: Words }),
});

/** A standard judged by people: the lead's proposal confirmed, or changed with a reason. */
export const DomainOneDecided = fact("DomainOneDecided", {
  standard: JudgedCode,
  proposed: Rating,
  rating: Rating,
  present: z.array(PersonId).readonly(),
  text: text({ reason: Words.optional() }),
});

/** A standard's rating and what decided it. `rule` is what the lowest key question alone gives. */
export const ConcludedStandard = z.strictObject({
  standard: StandardCode,
  scored: z.boolean(),
  decidedBy: z.enum(["rule", "discretion", "panel", "adopted", "not-rated"]),
  keyQuestions: z.array(KeyQuestionCount).readonly(),
  rule: Rating.optional(),
  rating: Rating.optional(),
  score: z.int().min(0).optional(),
  triggers: z.array(Trigger).readonly(),
  /** Where the standard is made of its questions: the grade of each. */
  grades: z
    .array(z.strictObject({ keyQuestion: KeyQuestionCode, rating: Rating }))
    .readonly()
    .optional(),
});
export type ConcludedStandard = z.infer<typeof ConcludedStandard>;

/**
 * The ratings stand. `basis` names every stream they rest on with its revision, so that they can be
 * computed again from exactly the same facts. Publication may rely on this fact alone.
 */
export const RatingsConcluded = fact("RatingsConcluded", {
  framework: z.string(),
  rounding: z.string(),
  standards: z.array(ConcludedStandard).readonly(),
  score: z.int().min(0),
  maxScore: z.int().min(0),
  /** Left out where there is none, people decide it, or a part that counts is not rated. */
  overall: Rating.optional(),
  /** The ratings of domains, where the framework has them. */
  domains: z
    .array(z.strictObject({ domain: z.int().min(1), rating: Rating.optional() }))
    .readonly()
    .optional(),
  present: z.array(PersonId).readonly(),
  basis: z.array(z.strictObject({ stream: z.string(), revision: z.int().min(-1) })).readonly(),
});

/** The head of programme decides what the overall rating is where a standard is not rated. */
export const OverallDecided = fact("OverallDecided", {
  overall: Rating.optional(),
  text: text({ reason: Words }),
});

/** A fact has changed: these standards are decided anew, the others stand. */
export const PanelReconvened = fact("PanelReconvened", {
  standards: z.array(JudgedCode).min(1).readonly(),
  /** The answered comments of the factual-accuracy round that led to it. */
  comments: z.array(ItemId).readonly(),
  text: text({ reason: Words }),
});

export const PanelEvent = z.discriminatedUnion("type", [
  PanelConvened,
  MemberRecused,
  ChairHandedOver,
  ScoreSealed,
  ScoreOpened,
  StandardConsidered,
  DiscretionExercised,
  DiscretionDeclined,
  PublishedRatingAdopted,
  VoteCast,
  DissentRecorded,
  DomainOneDecided,
  RatingsConcluded,
  OverallDecided,
  PanelReconvened,
]);
export type PanelEvent = z.infer<typeof PanelEvent>;

export const isPanelEvent = guardOf<PanelEvent>(PanelEvent);
