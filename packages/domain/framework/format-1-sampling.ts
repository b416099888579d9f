/**
 * How documents of format 1 had cases sampled, as settings: windows, sizes, reserves, caps. Draws
 * and certificates of that time record them.
 */
import { z } from "zod";

import { Window } from "./sampling-settings.ts";

/** Tried in order until enough cases are eligible; each step contains the one before. */
const Windows = z
  .array(Window)
  .min(1)
  .readonly()
  .refine(
    (steps) =>
      steps.every(
        (step, i) => i === 0 || (step.from <= steps[i - 1]!.from && step.to >= steps[i - 1]!.to),
      ),
    "each window contains the one before",
  );

export const SamplingSettings = z.strictObject({
  /** The finite-population size n = ceil(n0 / (1 + (n0 - 1)/N)), n0 = z²·p(1 - p)/margin². */
  size: z.strictObject({
    formula: z.literal("finite-population-correction"),
    statement: z.string(),
    z: z.number().positive(),
    zOrigin: z.string(),
    margin: z.number().positive().max(0.5),
    p: z.number().positive().max(0.5),
    rounding: z.literal("up"),
  }),
  /** The two samples' proportion; the out-of-court size follows from the court size. */
  proportion: z.strictObject({
    court: z.int().positive(),
    outOfCourt: z.int().positive(),
    rounding: z.literal("nearest"),
  }),
  windows: z.strictObject({ court: Windows, outOfCourt: Windows }),
  /** Widening stops at this many eligible court cases; out of court, at the size that follows. */
  enoughCourtCases: z.int().min(1),
  reservesPercent: z.int().min(0).max(100),
  maxPerCaseManager: z.int().min(1),
  balancedOn: z.array(z.enum(["gender", "disposal", "rosh", "safety"])).readonly(),
});
export type SamplingSettings = z.infer<typeof SamplingSettings>;
