/**
 * A small linear programme: weights on subsets of at most 31 things such that each thing is covered
 * by its target and the expected cost is least. Revised simplex method with an explicit inverse, in
 * two phases (Dantzig 1963), priced by table because a column is a bit mask.
 */
const tolerance = 1e-9;

export type Programme = {
  /** Each column as a bit mask: bit k is set when thing k is in the subset. */
  readonly members: Uint32Array;
  readonly costs: Float64Array;
  readonly targets: readonly number[];
};

export type Weighted = { readonly members: number; readonly weight: number };

/**
 * Columns with positive weight at a least cost, or undefined when no weights meet the targets.
 * After a bounded number of exchanges the best weights so far are returned: they meet the targets
 * too.
 */
export const leastCost = (programme: Programme): readonly Weighted[] | undefined => {
  const tableau = artificialStart(programme.targets);
  const rows = programme.targets.length;
  exchange(programme, tableau, "feasibility", 40 * rows + 200);
  const unmet = tableau.basis.some((column, i) => column < 0 && tableau.values[i]! > tolerance);
  if (unmet) return undefined;
  exchange(programme, tableau, "cost", 40 * rows + 200);
  return tableau.basis.flatMap((column, i) =>
    column >= 0 && tableau.values[i]! > 0
      ? [{ members: programme.members[column]!, weight: tableau.values[i]! }]
      : [],
  );
};

/** Row i is carried by column `basis[i]` (negative: an artificial one) with weight `values[i]`. */
type Tableau = {
  readonly basis: number[];
  readonly values: number[];
  readonly inverse: Float64Array[];
};

const artificialStart = (targets: readonly number[]): Tableau => ({
  basis: targets.map(() => -1),
  values: [...targets],
  inverse: targets.map((_, i) => {
    const row = new Float64Array(targets.length);
    row[i] = 1;
    return row;
  }),
});

type Phase = "feasibility" | "cost";

const exchange = (programme: Programme, tableau: Tableau, phase: Phase, most: number): void => {
  for (let round = 0; round < most; round += 1) {
    const prices = pricesOf(programme, tableau, phase);
    const entering = cheapest(programme, prices, phase);
    if (entering === undefined) return;
    const direction = directionOf(tableau, programme.members[entering]!);
    const leaving = leavingRow(tableau, direction);
    if (leaving === undefined) return;
    pivot(tableau, { entering, leaving, direction });
  }
};

const pricesOf = (
  { costs }: Programme,
  { basis, inverse }: Tableau,
  phase: Phase,
): Float64Array => {
  const prices = new Float64Array(basis.length);
  basis.forEach((column, i) => {
    const artificial = column < 0;
    const cost = phase === "cost" ? (artificial ? 0 : costs[column]!) : artificial ? 1 : 0;
    if (cost === 0) return;
    for (let k = 0; k < prices.length; k += 1) prices[k]! += cost * inverse[i]![k]!;
  });
  return prices;
};

/** The first column of the most negative reduced cost. */
const cheapest = (
  { members, costs }: Programme,
  prices: Float64Array,
  phase: Phase,
): number | undefined => {
  const half = prices.length >> 1;
  const low = subsetSums(prices.subarray(0, half));
  const high = subsetSums(prices.subarray(half));
  const mask = (1 << half) - 1;
  let best = -tolerance;
  let found: number | undefined;
  for (let column = 0; column < members.length; column += 1) {
    const set = members[column]!;
    const cost = phase === "cost" ? costs[column]! : 0;
    const reduced = cost - (low[set & mask]! + high[set >>> half]!);
    if (reduced < best) {
      best = reduced;
      found = column;
    }
  }
  return found;
};

/** The sum of the prices of each subset, by bit mask. */
const subsetSums = (prices: Float64Array): Float64Array => {
  const sums = new Float64Array(1 << prices.length);
  prices.forEach((price, bit) => {
    const size = 1 << bit;
    for (let set = 0; set < size; set += 1) sums[size + set] = sums[set]! + price;
  });
  return sums;
};

const directionOf = ({ inverse }: Tableau, members: number): Float64Array =>
  Float64Array.from(inverse, (row) => {
    let sum = 0;
    for (let k = 0; k < row.length; k += 1) if ((members >>> k) & 1) sum += row[k]!;
    return sum;
  });

/** The row whose weight runs out first; of several, an artificial one, then the steepest. */
const leavingRow = ({ basis, values }: Tableau, direction: Float64Array): number | undefined => {
  let found: number | undefined;
  let least = Infinity;
  for (let i = 0; i < values.length; i += 1) {
    if (direction[i]! <= tolerance) continue;
    const ratio = Math.max(0, values[i]!) / direction[i]!;
    const better =
      ratio < least - tolerance ||
      (ratio < least + tolerance &&
        (found === undefined ||
          (basis[i]! < 0 && basis[found]! >= 0) ||
          (basis[i]! < 0 === basis[found]! < 0 && direction[i]! > direction[found]!)));
    if (better) {
      found = i;
      least = Math.min(least, ratio);
    }
  }
  return found;
};

const pivot = (
  { basis, values, inverse }: Tableau,
  {
    entering,
    leaving,
    direction,
  }: { readonly entering: number; readonly leaving: number; readonly direction: Float64Array },
): void => {
  const own = inverse[leaving]!;
  const by = direction[leaving]!;
  for (let k = 0; k < own.length; k += 1) own[k]! /= by;
  const weight = Math.max(0, values[leaving]!) / by;
  values[leaving] = weight;
  for (let i = 0; i < basis.length; i += 1) {
    if (i === leaving || direction[i] === 0) continue;
    const factor = direction[i]!;
    const row = inverse[i]!;
    for (let k = 0; k < row.length; k += 1) row[k]! -= factor * own[k]!;
    values[i] = Math.max(0, values[i]! - factor * weight);
  }
  basis[leaving] = entering;
};
