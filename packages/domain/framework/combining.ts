/**
 * How grades become one grade, as data: a closed set of ways, with limits. Nothing here runs; what
 * each way gives is worked out in `ratings/combine.ts`.
 */
import { z } from "zod";

import { Floors, Rating } from "./scale.ts";

/** So many of the parts have one of these grades. At least one, where nothing is said. */
const Count = z.strictObject({
  grades: z.array(Rating).min(1).readonly(),
  /** Only these parts count: codes of standards or key questions, or numbers of domains. */
  of: z.array(z.string().min(1).max(30)).min(1).readonly().optional(),
  atLeast: z.int().min(0).max(100).optional(),
  atMost: z.int().min(0).max(100).optional(),
});
export type Count = z.infer<typeof Count>;

const counts = z.array(Count).min(1).max(10).readonly();

/** Where every count holds, the result is no better than this grade. */
export const Limit = z.strictObject({ where: counts, atMost: Rating });
export type Limit = z.infer<typeof Limit>;

/** Which whole number a mean or a percentage becomes before it is compared with bands. */
const Rounding = z.enum(["half-up", "down", "none"]);

export const Combine = z.discriminatedUnion("by", [
  /** People decide, on everything before them. */
  z.strictObject({ by: z.literal("people") }),
  /** The lowest of the parts' grades. All parts share one scale. */
  z.strictObject({ by: z.literal("lowest") }),
  /** The mean of the parts' points, and the band into which it falls. */
  z.strictObject({ by: z.literal("mean"), rounding: Rounding, bands: Floors }),
  /** The sum of the parts' points, and the band into which it falls. */
  z.strictObject({ by: z.literal("sum"), bands: Floors }),
  /** Points as a percentage of the points possible, and the band into which it falls. */
  z.strictObject({ by: z.literal("share-of-points"), rounding: Rounding, bands: Floors }),
  /** The first rule whose counts all hold. */
  z.strictObject({
    by: z.literal("first-rule"),
    rules: z
      .array(z.strictObject({ grade: Rating, where: counts }))
      .min(1)
      .max(20)
      .readonly(),
    otherwise: Rating,
  }),
]);
export type Combine = z.infer<typeof Combine>;

export const limits = z.array(Limit).max(20).readonly();
