/**
 * A ruleset: every number and convention by which answers become ratings and an inspection is run,
 * as data. It is pinned with its framework version, so an old rating replays by its old rules.
 */
import { z } from "zod";

import { SamplingSettings } from "./format-1-sampling.ts";
import { offsetFrom, TimetableSettings } from "./timetable.ts";

/** In rising order. A rating's place in this list is its band. */
export const Rating = z.enum(["Inadequate", "Requires improvement", "Good", "Outstanding"]);
export type Rating = z.infer<typeof Rating>;

/**
 * How a share of cases becomes the percentage that is compared with the bands. `half-up` and
 * `half-even` give whole per cents, `down` drops the fraction, `none` compares the exact share.
 */
export const Rounding = z.enum(["half-up", "half-even", "down", "none"]);
export type Rounding = z.infer<typeof Rounding>;

const perRating = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({
    Inadequate: value,
    "Requires improvement": value,
    Good: value,
    Outstanding: value,
  });

/** The lowest value of each rating's band; strictly rising from 0. */
const Floors = perRating(z.int().min(0)).refine(
  (floors) =>
    floors.Inadequate === 0 &&
    Rating.options.every((rating, i) => i === 0 || floors[Rating.options[i - 1]!] < floors[rating]),
  "bands rise from 0, each above the one before",
);

/**
 * When a panel may exercise professional discretion, and how far. Always optional for the panel.
 */
export const DiscretionSettings = z.strictObject({
  /** Domains whose standards may be moved. */
  domains: z.array(z.int().min(1).max(9)).readonly(),
  /** Percentage points between the deciding percentage, as rounded, and a band's boundary. */
  withinPoints: z.int().min(0).max(100),
  /** A deciding sample or sub-sample of so many cases or fewer is small. */
  smallSample: z.int().min(0),
  /** How many bands a rating may be moved, up or down. */
  maxBands: z.int().min(0).max(3),
});
export type DiscretionSettings = z.infer<typeof DiscretionSettings>;

export const Ruleset = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  rounding: Rounding,
  /** Lowest percentage of each rating for one standard; `Good: 65` reads 65 and over. */
  bands: Floors,
  /** Which key question decides a standard's rating. */
  decides: z.literal("lowest-key-question"),
  discretion: DiscretionSettings,
  scores: perRating(z.int().min(0)),
  /** Lowest total of each overall rating. */
  overallBands: Floors,
  /** With a scored standard not rated, there is no overall rating until the head decides. */
  notRated: z.literal("withhold-overall"),
  sampling: SamplingSettings,
  timetable: TimetableSettings.extend({
    sample: offsetFrom("announcement"),
    caseList: offsetFrom("announcement"),
    evidence: offsetFrom("announcement"),
    contextualData: offsetFrom("announcement"),
  }),
  panel: z.strictObject({
    /** Members who may vote, the chair included. */
    quorum: z.int().min(1),
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
    /** From so many assessed cases on, both samples together, tables print percentages. */
    percentagesFromCases: z.int().min(0),
    /** The time of day in England at which a report appears unless another is set, `HH:MM`. */
    publicationTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  }),
  retention: z.strictObject({
    /** Whole months after publication until free text on cases is erased. */
    caseTextMonths: z.int().min(0),
    /** Whole months after publication until the case list's identifying columns are erased. */
    caseListMonths: z.int().min(0),
  }),
});
export type Ruleset = z.infer<typeof Ruleset>;
