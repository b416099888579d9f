/**
 * Which cases there are and how they are sampled, as data: the columns of the case list, what an
 * inspector finds about a case, the populations and their sizes.
 */
import { z } from "zod";

import { CaseValue, Name, Predicate } from "./predicate.ts";
import { Window } from "./sampling-settings.ts";

const Label = z.string().trim().min(1).max(300);

/** A word for a thing, for one and for several: `child`, `children`. */
export const Noun = z.strictObject({
  one: z.string().trim().min(1).max(80),
  many: z.string().trim().min(1).max(80),
});
export type Noun = z.infer<typeof Noun>;

/** One of the values that a choice allows. `also` are other spellings read as the same value. */
const Choice = z.strictObject({
  value: z.string().trim().min(1).max(60),
  label: Label,
  also: z.array(z.string().min(1).max(60)).max(40).readonly().optional(),
  /** Values of one group are balanced as one, so that nobody is left out for a rare one. */
  group: z.string().trim().min(1).max(60).optional(),
});

const Kind = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("choice"), values: z.array(Choice).min(2).max(60).readonly() }),
  z.strictObject({ kind: z.literal("text"), most: z.int().min(1).max(500) }),
  z.strictObject({ kind: z.literal("day") }),
  z.strictObject({ kind: z.literal("yes-no") }),
  z.strictObject({
    kind: z.literal("number"),
    least: z.number().optional(),
    most: z.number().optional(),
  }),
]);

/**
 * What a column is for, where the engine itself has to know. `reference`, `person` and `worker` are
 * the inspected body's own pseudonyms: never names. `day` is the day by which a case is eligible;
 * `restricted` and `started` say who may open the record and whether there is work to look at.
 */
const Purpose = z.enum(["reference", "person", "worker", "day", "restricted", "started"]);
export type Purpose = z.infer<typeof Purpose>;

export const Column = z.strictObject({
  name: Name,
  label: Label,
  type: Kind,
  purpose: Purpose.optional(),
  /** What an empty cell stands for; left out: a cell must not be empty. */
  blank: CaseValue.optional(),
  /** Headings under which the column is found as well. */
  also: z.array(z.string().min(1).max(80)).max(20).readonly().optional(),
});
export type Column = z.infer<typeof Column>;

/** What the inspector finds about a case before answering anything, and how it is asked. */
export const CaseFact = z.strictObject({
  name: Name,
  label: Label,
  type: z.discriminatedUnion("kind", [Kind.options[0], Kind.options[3]]),
});
export type CaseFact = z.infer<typeof CaseFact>;

/** The size that estimates a proportion within `margin` at the confidence of `z`. */
export const Confidence = z.strictObject({
  by: z.literal("confidence"),
  /** The standard normal's quantile, and where it comes from in words. */
  z: z.number().positive().max(10),
  zOrigin: Label,
  margin: z.number().positive().max(0.5),
  p: z.number().positive().max(0.5),
  /** Never fewer and never more than these, unless there are fewer cases. */
  floor: z.int().min(0).optional(),
  ceiling: z.int().min(1).optional(),
});
export type Confidence = z.infer<typeof Confidence>;

const Size = z.discriminatedUnion("by", [
  Confidence,
  /** So many cases here for so many there; `otherwise` where none were drawn there. */
  z.strictObject({
    by: z.literal("ratio"),
    to: Name,
    here: z.int().positive(),
    there: z.int().positive(),
    otherwise: Confidence,
  }),
  z.strictObject({ by: z.literal("everything") }),
]);

export const PopulationSettings = z.strictObject({
  name: Name,
  label: Label,
  words: z.strictObject({ case: Noun, person: Noun }),
  /** Which rows of the case list belong to it. */
  where: Predicate,
  size: Size,
  /** Tried in order until enough cases are eligible; each contains the one before. */
  windows: z.array(Window).min(1).readonly(),
  /** What the sample is made of, as the report tells it: broad enough to point at nobody. */
  mix: z
    .array(z.strictObject({ words: Noun, where: Predicate }))
    .max(20)
    .readonly()
    .optional(),
  /** Rows that agree in all of these are one case listed twice: the earliest may be drawn. */
  onceFor: z.array(Name).max(8).readonly().optional(),
  /** Widening stops at so many eligible cases; a size that follows another one is enough. */
  enough: z.int().min(1).optional(),
  /** Columns whose values the sample has in the population's proportions. */
  balancedOn: z.array(Name).max(8).readonly(),
  maxPerWorker: z.int().min(1).optional(),
  reservesPercent: z.int().min(0).max(100),
});
export type PopulationSettings = z.infer<typeof PopulationSettings>;

/** All by which a case list is read and drawn from. */
export const CaseListSettings = z.strictObject({
  /** In the order in which they are hashed. */
  columns: z.array(Column).max(40).readonly(),
  populations: z.array(PopulationSettings).max(8).readonly(),
});
export type CaseListSettings = z.infer<typeof CaseListSettings>;
