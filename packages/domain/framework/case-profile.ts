/**
 * What is known of a case before any question about it is answered: its profile as the service
 * lists it, and its scope as the inspector finds it. Nothing here says who the child is.
 */
import { z } from "zod";

import { KeyQuestionCode } from "../kernel/codes.ts";
import { Day } from "../kernel/instants.ts";
import { CaseValue, Name } from "./predicate.ts";

/** The two populations, each with its own window, draw and domain. */
export const Population = z.enum(["court", "outOfCourt"]);
export type Population = z.infer<typeof Population>;

export const CourtDisposal = z.enum([
  "referral-order",
  "youth-rehabilitation-order",
  "reparation-order",
  "detention-and-training-order",
  "section-250",
  "other-custody",
]);
export type CourtDisposal = z.infer<typeof CourtDisposal>;

export const OutOfCourtDisposal = z.enum([
  "youth-conditional-caution",
  "youth-caution",
  "community-resolution",
  "other",
]);
export type OutOfCourtDisposal = z.infer<typeof OutOfCourtDisposal>;

export const DisposalType = z.enum([...CourtDisposal.options, ...OutOfCourtDisposal.options]);
export type DisposalType = z.infer<typeof DisposalType>;

/** Risk of serious harm to other people, in rising order. */
const RoshLevel = z.enum(["low", "medium", "high", "very-high"]);

const court: ReadonlySet<string> = new Set(CourtDisposal.options);

export const populationOf = (disposal: DisposalType): Population =>
  court.has(disposal) ? "court" : "outOfCourt";

export const isCustody = (disposal: DisposalType): boolean =>
  disposal === "detention-and-training-order" ||
  disposal === "section-250" ||
  disposal === "other-custody";

/** A level as a service records it: some cases have none. */
export const RecordedLevel = z.enum([...RoshLevel.options, "unknown"]);
export type RecordedLevel = z.infer<typeof RecordedLevel>;

/** A row of the case list without what could identify a child, a person or a file. */
export const CaseProfile = z.strictObject({
  disposal: DisposalType,
  /** The day of the sentence or of the out-of-court disposal. */
  disposalDay: Day,
  gender: z.enum(["female", "male", "other", "unknown"]),
  ageBand: z.string().max(40),
  ethnicity: z.string().max(100),
  rosh: RecordedLevel,
  safety: RecordedLevel,
  /** Only named people may open the record. */
  restricted: z.boolean(),
  workStarted: z.boolean(),
});
export type CaseProfile = z.infer<typeof CaseProfile>;

/**
 * Why one key question is not asked of a case that it would otherwise concern. Work that had not
 * fallen due leaves planning, delivery and reviewing; the rest needs the inspector's own words.
 */
export const Exclusion = z.strictObject({
  keyQuestion: KeyQuestionCode,
  reason: z.enum(["work-not-due", "outside-otherwise"]),
});
export type Exclusion = z.infer<typeof Exclusion>;

/** The facts on which relevance rests, by the names that the framework gives them. */
export const Scope = z.strictObject({
  facts: z.record(Name, CaseValue),
  notDue: z.array(Exclusion).readonly(),
});
export type Scope = z.infer<typeof Scope>;
