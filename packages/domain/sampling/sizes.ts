/**
 * How many cases are drawn. Each size is recorded with the formula, its inputs and its rounding, so
 * that a reader can compute it again by hand.
 */
import { z } from "zod";

import type { Confidence, PopulationSettings } from "../framework/case-list-settings.ts";
import { Name } from "../framework/predicate.ts";

/** A size that a person set in place of the computed one. */
export const Override = z.strictObject({
  size: z.int().min(0),
  reason: z.string().trim().min(1).max(2000),
});
export type Override = z.infer<typeof Override>;

/** Overrides by population; each may be left to its formula. */
export const SizeOverrides = z.record(Name, Override);
export type SizeOverrides = z.infer<typeof SizeOverrides>;

const FiniteCorrection = z.strictObject({
  formula: z.literal("finite-population-correction"),
  z: z.number(),
  p: z.number(),
  margin: z.number(),
  /** The size that an endless population would need: z²·p(1 - p)/margin². */
  unlimited: z.number(),
  rounding: z.literal("up"),
  /** Never fewer and never more than these, unless there are fewer cases. */
  floor: z.int().optional(),
  ceiling: z.int().optional(),
});

/** So many cases here for so many there. */
const Ratio = z.strictObject({
  formula: z.literal("ratio"),
  to: Name,
  /** How many were drawn there. */
  drawn: z.int().min(0),
  here: z.int(),
  there: z.int(),
  rounding: z.literal("nearest"),
});

const Everything = z.strictObject({ formula: z.literal("everything") });

/** How the size came about. `wanted - size` is `shortfall`: too few cases were eligible. */
export const SampleSize = z.strictObject({
  population: z.int().min(0),
  basis: z.discriminatedUnion("formula", [FiniteCorrection, Ratio, Everything]),
  /** What the formula gives. */
  computed: z.int().min(0),
  override: Override.optional(),
  wanted: z.int().min(0),
  size: z.int().min(0),
  shortfall: z.int().min(0),
  reserves: z.int().min(0),
});
export type SampleSize = z.infer<typeof SampleSize>;

type Formula = Omit<Confidence, "by" | "zOrigin">;

/**
 * The sample that estimates a proportion in a population of `population` cases within the margin at
 * the confidence of z: Cochran, Sampling Techniques (3rd ed. 1977), section 4.4, written so that it
 * never exceeds the population. In cases; 0 for an empty population.
 */
export const finiteSize = (population: number, inputs: Formula): number => {
  if (population === 0) return 0;
  const size = Math.ceil(unlimited(inputs) / (1 + (unlimited(inputs) - 1) / population));
  const { floor = 0, ceiling = Infinity } = inputs;
  return Math.min(population, Math.max(floor, Math.min(ceiling, size)));
};

const unlimited = ({ z: quantile, p, margin }: Formula): number =>
  (quantile * quantile * p * (1 - p)) / (margin * margin);

/** The sample that keeps the two in proportion, halves up. */
export const proportionalSize = (
  drawn: number,
  { here, there }: { readonly here: number; readonly there: number },
): number => Math.floor((2 * drawn * here + there) / (2 * there));

export type SizeRequest = {
  readonly settings: Pick<PopulationSettings, "size" | "reservesPercent">;
  readonly eligible: number;
  /** How many cases were drawn from the populations before this one. */
  readonly drawn?: ReadonlyMap<string, number>;
  readonly override?: Override | undefined;
};

/**
 * The size of one population's sample. Where nothing was drawn to be in proportion to, the sample
 * has the size that its own population asks for.
 */
export const sizeFor = (request: SizeRequest): SampleSize => {
  const { eligible, settings, override } = request;
  const basis = basisOf(request);
  const computed = computedBy(basis, eligible);
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

const computedBy = (basis: SampleSize["basis"], eligible: number): number => {
  switch (basis.formula) {
    case "finite-population-correction":
      return finiteSize(eligible, basis);
    case "ratio":
      return proportionalSize(basis.drawn, basis);
    case "everything":
      return eligible;
  }
};

const basisOf = ({ settings: { size }, drawn = new Map() }: SizeRequest): SampleSize["basis"] => {
  if (size.by === "everything") return { formula: "everything" };
  if (size.by === "confidence") return correction(size);
  const { to, here, there, otherwise } = size;
  const cases = drawn.get(to) ?? 0;
  return cases > 0
    ? { formula: "ratio", to, drawn: cases, here, there, rounding: "nearest" }
    : correction(otherwise);
};

const correction = (inputs: Confidence): SampleSize["basis"] => {
  const { z: quantile, p, margin, floor, ceiling } = inputs;
  return {
    formula: "finite-population-correction",
    z: quantile,
    p,
    margin,
    unlimited: unlimited(inputs),
    rounding: "up",
    ...(floor !== undefined && { floor }),
    ...(ceiling !== undefined && { ceiling }),
  };
};
