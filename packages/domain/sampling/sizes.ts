/**
 * How many cases are drawn. Each size is recorded with the formula, its inputs and its rounding, so
 * that a reader can compute it again by hand.
 */
import { z } from "zod";

import type { Population } from "../framework/case-profile.ts";
import { SamplingSettings } from "../framework/sampling-settings.ts";

/** A size that a person set in place of the computed one. */
export const Override = z.strictObject({
  size: z.int().min(0),
  reason: z.string().trim().min(1).max(2000),
});
export type Override = z.infer<typeof Override>;

/** Overrides by population; either may be left to its formula. */
export const SizeOverrides = z.strictObject({
  court: Override.optional(),
  outOfCourt: Override.optional(),
});
export type SizeOverrides = z.infer<typeof SizeOverrides>;

const FiniteCorrection = z.strictObject({
  formula: z.literal("finite-population-correction"),
  z: z.number(),
  p: z.number(),
  margin: z.number(),
  /** The size that an endless population would need: z²·p(1 - p)/margin². */
  unlimited: z.number(),
  rounding: z.literal("up"),
});

const Proportion = z.strictObject({
  formula: z.literal("proportion"),
  courtSize: z.int().min(0),
  court: z.int(),
  outOfCourt: z.int(),
  rounding: z.literal("nearest"),
});

/** How the size came about. `wanted - size` is `shortfall`: too few cases were eligible. */
export const SampleSize = z.strictObject({
  population: z.int().min(0),
  basis: z.discriminatedUnion("formula", [FiniteCorrection, Proportion]),
  /** What the formula gives. */
  computed: z.int().min(0),
  override: Override.optional(),
  wanted: z.int().min(0),
  size: z.int().min(0),
  shortfall: z.int().min(0),
  reserves: z.int().min(0),
});
export type SampleSize = z.infer<typeof SampleSize>;

/**
 * The sample that estimates a proportion in a population of `population` cases within the margin at
 * the confidence of z: Cochran, Sampling Techniques (3rd ed. 1977), section 4.4, written so that it
 * never exceeds the population. In cases; 0 for an empty population.
 */
export const finiteSize = (population: number, inputs: SamplingSettings["size"]): number =>
  population === 0 ? 0 : Math.ceil(unlimited(inputs) / (1 + (unlimited(inputs) - 1) / population));

const unlimited = ({ z: quantile, p, margin }: SamplingSettings["size"]): number =>
  (quantile * quantile * p * (1 - p)) / (margin * margin);

/** The out-of-court sample that keeps the two in proportion, halves up. */
export const proportionalSize = (
  courtSize: number,
  { court, outOfCourt }: SamplingSettings["proportion"],
): number => Math.floor((2 * courtSize * outOfCourt + court) / (2 * court));

export type SizeRequest = {
  readonly population: Population;
  readonly eligible: number;
  readonly settings: SamplingSettings;
  /** The size of the court sample, which the out-of-court sample follows. */
  readonly courtSize?: number;
  readonly override?: Override | undefined;
};

/**
 * The size of one population's sample. Where no court case was drawn there is nothing to be in
 * proportion to, and the out-of-court sample has the size that its own population asks for.
 */
export const sizeFor = (request: SizeRequest): SampleSize => {
  const { eligible, settings, override } = request;
  const basis = basisOf(request);
  const computed =
    basis.formula === "proportion"
      ? proportionalSize(basis.courtSize, settings.proportion)
      : finiteSize(eligible, settings.size);
  const wanted = override?.size ?? computed;
  const size = Math.min(wanted, eligible);
  const spare = Math.ceil((size * settings.reservesPercent) / 100);
  return {
    population: eligible,
    basis,
    computed,
    ...(override && { override }),
    wanted,
    size,
    shortfall: wanted - size,
    reserves: Math.min(spare, eligible - size),
  };
};

const basisOf = ({ population, settings, courtSize = 0 }: SizeRequest): SampleSize["basis"] => {
  const { court, outOfCourt, rounding } = settings.proportion;
  if (population === "outOfCourt" && courtSize > 0)
    return { formula: "proportion", courtSize, court, outOfCourt, rounding };
  const { z: quantile, p, margin } = settings.size;
  return {
    formula: "finite-population-correction",
    z: quantile,
    p,
    margin,
    unlimited: unlimited(settings.size),
    rounding: settings.size.rounding,
  };
};
