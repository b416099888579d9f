/**
 * Facts about a report on its way to the public and after: what was written, what the service said
 * of its facts, who signed, when it appears, what was corrected, and what the service will do.
 */
import { z } from "zod";

import { SettingId } from "../framework/setting-id.ts";
import { JudgedCode, StandardCode } from "../kernel/codes.ts";
import { fact, guardOf, text, Words } from "../kernel/fact.ts";
import { Digest, ItemId, PersonId } from "../kernel/ids.ts";
import { Day, Instant } from "../kernel/instants.ts";

/** A section's id: one of the framework's outline, or `domain-2` for a domain's own chapter. */
export const Section = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "a section such as foreword or domain-2");
export type Section = z.infer<typeof Section>;

/** A section as it now reads. The ratings pages, tables and methodology annexe are never typed. */
export const SectionDrafted = fact("SectionDrafted", {
  section: Section,
  text: text({ markdown: z.string().min(1).max(200_000) }),
});

/** A figure about the service, with where it comes from and the day it holds for. */
export const ContextualFactRecorded = fact("ContextualFactRecorded", {
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  label: z.string().min(1).max(200),
  value: z.number(),
  unit: z.string().max(40),
  source: z.string().min(1).max(500),
  asOf: z.string().min(4).max(40),
});

/** One row of a table of figures; a figure that is not known is left out. */
const FigureRow = z.strictObject({
  label: z.string().min(1).max(200),
  value: z.number().optional(),
  national: z.number().optional(),
});

/**
 * Words that a check holds back may stand, for this reason: what reads like a name and is a place,
 * a figure whose source the check does not know. It holds for these words in this place alone. A
 * rating that disagrees with the record is never excused.
 */
export const FindingExcused = fact("FindingExcused", {
  check: z.enum(["name", "figure"]),
  place: z.string().min(1).max(200),
  text: text({ words: z.string().min(1).max(400), reason: Words }),
});

/** Made to a named body. Numbers run from 1 and are never given twice. */
export const RecommendationMade = fact("RecommendationMade", {
  number: z.int().min(1),
  addressee: z.string().min(1).max(200),
  text: text({ wording: Words }),
});
/** Its number is not given again. */
export const RecommendationWithdrawn = fact("RecommendationWithdrawn", {
  number: z.int().min(1),
  text: text({ reason: Words }),
});

/**
 * A strength, or an area for improvement, of the standard or key question that it is about, so that
 * they can be counted across services. The same point again takes the former one's place.
 */
export const PointMade = fact("PointMade", {
  point: ItemId,
  kind: z.enum(["strength", "improvement"]),
  about: JudgedCode,
  text: text({ wording: Words }),
});
/** The report makes this point no more. */
export const PointWithdrawn = fact("PointWithdrawn", {
  point: ItemId,
  text: text({ reason: Words }),
});

/**
 * Figures of one kind, such as the caseload, side by side with the national ones where there are
 * any. The same table again takes the former one's place.
 */
export const FigureTableRecorded = fact("FigureTableRecorded", {
  table: SettingId,
  label: z.string().min(1).max(200),
  unit: z.string().max(40),
  source: z.string().min(1).max(500),
  asOf: z.string().min(4).max(40),
  rows: z.array(FigureRow).min(1).max(100).readonly(),
});

/** Who led and who signed, whom to ask, and the report's number in the book trade; or blank. */
export const ImprintSet = fact("ImprintSet", {
  isbn: z.string().max(20),
  text: text({
    ledBy: z.string().max(200),
    signedBy: z.string().max(200),
    contact: z.string().max(500),
  }),
});

/** The provider has the draft and may comment on its facts until the day named. */
export const DraftSent = fact("DraftSent", { due: Day });

/** A comment on a fact in a section. */
export const CommentReceived = fact("CommentReceived", {
  comment: ItemId,
  section: Section,
  text: text({ comment: Words }),
});

/** The provider has no more to say. */
export const CommentsReturned = fact("CommentsReturned", {});

/** Time was up and nothing more is awaited from the provider. */
export const CommentPeriodEnded = fact("CommentPeriodEnded", { due: Day });

/**
 * Every comment gets an answer. `standards` are those whose judgements the corrected fact touches:
 * the panel decides them anew.
 */
export const CommentAnswered = fact("CommentAnswered", {
  comment: ItemId,
  outcome: z.enum(["accepted", "partly-accepted", "not-accepted"]),
  standards: z.array(StandardCode).readonly(),
  text: text({ answer: Words }),
});

/** Every comment is answered and the text is final but for the sign-off. */
export const FactualAccuracyClosed = fact("FactualAccuracyClosed", {});

/** Which of the panel's conclusions something rests on: 1 is the first. */
const Conclusion = z.int().min(1);

/** The Chief Inspector stands behind the report, on these ratings and no others. */
export const ReportSignedOff = fact("ReportSignedOff", { conclusion: Conclusion });

/** The signature no longer holds, because ratings or text changed after it. */
export const SignOffWithdrawn = fact("SignOffWithdrawn", { text: text({ reason: Words }) });

/** The moment at which the report appears by itself, and who sees it before, from when. */
export const EmbargoSet = fact("EmbargoSet", {
  publishAt: Instant,
  copiesFrom: Instant,
  recipients: z
    .array(z.strictObject({ body: z.string().min(1).max(200), text: text({ name: Words }) }))
    .readonly(),
});

/**
 * Lifted early, or put off: the report appears at the new moment, and copies go by it, again where
 * they went before: what is in the recipients' hands has to name the moment that holds.
 */
export const EmbargoChanged = fact("EmbargoChanged", {
  publishAt: Instant,
  copiesFrom: Instant,
  text: text({ reason: Words }),
});

/** Marked copies for every recipient are released: made, and free to be handed over. */
export const EmbargoedCopiesSent = fact("EmbargoedCopiesSent", { recipients: z.int().min(0) });

/** The streams, with their revisions, that a version of the report was made from. */
export const ReportBasis = z
  .array(z.strictObject({ stream: z.string(), revision: z.int().min(-1) }))
  .readonly();

/**
 * What was rendered before the fact, by the SHA-256 of each form: what readers get is this and
 * nothing else. Versions that were published before it was recorded have none.
 */
const Forms = z
  .array(z.strictObject({ path: z.string().min(1).max(200), digest: Digest }))
  .readonly()
  .optional();

/**
 * The report is public. It is made from `basis` and from nothing else; this version never changes.
 */
export const ReportPublished = fact("ReportPublished", {
  version: z.literal(1),
  conclusion: Conclusion,
  publishAt: Instant,
  basis: ReportBasis,
  forms: Forms,
});

/** A new version stands beside the old one and says what changed and why. */
export const CorrectionIssued = fact("CorrectionIssued", {
  version: z.int().min(2),
  conclusion: Conclusion,
  basis: ReportBasis,
  forms: Forms,
  text: text({ what: Words, why: Words }),
});

/** What the service will do about each recommendation. */
export const ActionPlanReceived = fact("ActionPlanReceived", {
  actions: z
    .array(
      z.strictObject({
        recommendation: z.int().min(1),
        due: Day,
        owner: PersonId.optional(),
        text: text({ action: Words }),
      }),
    )
    .min(1)
    .readonly(),
});
/** Something is missing: the service sends another plan. */
export const ActionPlanReturned = fact("ActionPlanReturned", { text: text({ reason: Words }) });
/** The inspectorate takes the plan as it is. */
export const ActionPlanAccepted = fact("ActionPlanAccepted", {});

/** How far the service has come with a recommendation; followed until the next inspection. */
export const RecommendationTracked = fact("RecommendationTracked", {
  number: z.int().min(1),
  status: z.enum(["not-started", "in-progress", "done", "not-accepted"]),
  text: text({ note: z.string().max(20_000) }),
});

/**
 * What the service has said so far of how it gets on with this recommendation may be read by the
 * public. What it says afterwards is released by itself.
 */
export const ProgressReleased = fact("ProgressReleased", { number: z.int().min(1) });

/** Nothing is owed any more. Recommendations may still be tracked. */
export const InspectionClosed = fact("InspectionClosed", {});

export const PublicationEvent = z.discriminatedUnion("type", [
  SectionDrafted,
  ContextualFactRecorded,
  FindingExcused,
  RecommendationMade,
  RecommendationWithdrawn,
  PointMade,
  PointWithdrawn,
  FigureTableRecorded,
  ImprintSet,
  DraftSent,
  CommentReceived,
  CommentsReturned,
  CommentPeriodEnded,
  CommentAnswered,
  FactualAccuracyClosed,
  ReportSignedOff,
  SignOffWithdrawn,
  EmbargoSet,
  EmbargoChanged,
  EmbargoedCopiesSent,
  ReportPublished,
  CorrectionIssued,
  ActionPlanReceived,
  ActionPlanReturned,
  ActionPlanAccepted,
  RecommendationTracked,
  ProgressReleased,
  InspectionClosed,
]);
export type PublicationEvent = z.infer<typeof PublicationEvent>;

export const isPublicationEvent = guardOf<PublicationEvent>(PublicationEvent);
