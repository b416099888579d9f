/**
 * How far the share in a sample may lie from the share among all eligible cases. W. G. Cochran,
 * Sampling Techniques (3rd ed. 1977), sections 3.3 and 3.12: the normal approximation for a simple
 * random sample without replacement, in a part of the population whose size is not known.
 */
import type { Confidence } from "../framework/case-list-settings.ts";

export type Counted = {
  /** Cases that the question concerned, all of them assessed. */
  readonly relevant: number;
  readonly assessed: number;
  readonly eligible: number;
};

/**
 * Half the interval's width in percentage points, at the confidence of z and at the share p at
 * which it is widest: 100·z·√(p(1 - p)(1 - assessed/eligible)/relevant). Undefined without a case.
 */
export const marginOf = (
  { relevant, assessed, eligible }: Counted,
  { z, p }: Pick<Confidence, "z" | "p">,
): number | undefined => {
  if (relevant === 0 || eligible === 0) return undefined;
  const unseen = Math.max(0, 1 - assessed / eligible);
  return 100 * z * Math.sqrt((p * (1 - p) * unseen) / relevant);
};
