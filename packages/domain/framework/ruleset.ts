/**
 * A ruleset, as data: the numbers and conventions by which an inspection is run and answers become
 * ratings, beside its scales and its ways of combining.
 */
import { z } from "zod";

import { TimetableSettings } from "./timetable.ts";

/**
 * How a share of cases becomes the percentage that is compared with the bands. `half-up` and
 * `half-even` give whole per cents, `down` drops the fraction, `none` compares the exact share.
 */
export const Rounding = z.enum(["half-up", "half-even", "down", "none"]);
export type Rounding = z.infer<typeof Rounding>;

/** When a panel may exercise discretion on a standard judged on cases, and how far it may go. */
const DiscretionSettings = z.strictObject({
  /** Domains whose standards may be moved. */
  domains: z.array(z.int().min(1).max(20)).readonly(),
  /** Percentage points between the deciding percentage, as rounded, and a band's boundary. */
  withinPoints: z.int().min(0).max(100),
  /** A deciding sample or sub-sample of so many cases or fewer is small. */
  smallSample: z.int().min(0),
  /** How many bands a rating may be moved, up or down. */
  maxBands: z.int().min(0).max(6),
});
export type DiscretionSettings = z.infer<typeof DiscretionSettings>;

export const Ruleset = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "small letters, digits and hyphens"),
  rounding: Rounding,
  /** Left out: ratings are never moved. */
  discretion: DiscretionSettings.optional(),
  timetable: TimetableSettings,
  panel: z.strictObject({
    /** Members who may vote, the chair included. */
    quorum: z.int().min(1).max(50),
    leadVotes: z.boolean(),
    /** Who decides when votes are equal. */
    castingVote: z.enum(["chair", "none"]),
  }),
  assurance: z.strictObject({
    /** Share of completed assessments that are marked a second time, blind. */
    secondMarkingPercent: z.int().min(0).max(100),
    /** Share of completed assessments that a quality lead looks at. */
    dipSamplePercent: z.int().min(0).max(100),
  }),
  report: z.strictObject({
    /** From so many assessed cases on, all samples together, tables print percentages. */
    percentagesFromCases: z.int().min(0),
    /** Below so many, they print numbers of cases; left out: where they print no percentages. */
    countsBelowCases: z.int().min(0).optional(),
    /** The time of day in England at which a report appears unless another is set, `HH:MM`. */
    publicationTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  }),
  retention: z.strictObject({
    /** Whole months after publication until free text on cases is erased. */
    caseTextMonths: z.int().min(0).max(600),
    /** Whole months after publication until the case list's identifying columns are erased. */
    caseListMonths: z.int().min(0).max(600),
  }),
});
export type Ruleset = z.infer<typeof Ruleset>;
