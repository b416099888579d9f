/**
 * Finds directions in which a draw can move without disturbing its balance: the smallest sets of
 * cases whose indicator columns depend on each other. Whole-number arithmetic throughout, so that
 * no tolerance decides whether columns depend on each other, and every machine finds the same.
 */

/** Entries stay below this, so that a product of two is exact in a double. */
const exact = 2 ** 26;

/**
 * `independent`: a new direction. `dependent`: weights for which the columns so far add up to 0.
 */
export type Outcome =
  | { readonly kind: "independent" }
  | { readonly kind: "dependent"; readonly weights: readonly number[] }
  | { readonly kind: "too-large" };

/**
 * Columns are added one at a time and reduced against those before, as in Gaussian elimination, but
 * cross-multiplied by whole numbers without common factor, where that would divide.
 */
export type Basis = {
  /** `ones` are the rows in which the new column is 1; it is 0 elsewhere. */
  readonly add: (ones: readonly number[]) => Outcome;
  /** Forgets every column from the given place on. */
  readonly truncate: (length: number) => void;
};

/** A reduced column: its first row that is not 0, and all its entries that are not. */
type Reduced = {
  readonly pivot: number;
  readonly leading: number;
  readonly places: readonly number[];
  readonly entries: readonly number[];
};

/** A basis of columns with `rows` rows. A column's weights lie behind its rows. */
export const columnBasis = (rows: number): Basis => {
  const basis: Reduced[] = [];
  const add = (ones: readonly number[]): Outcome => {
    const column = new Array<number>(rows + basis.length + 1).fill(0);
    for (const row of ones) column[row] = 1;
    column[rows + basis.length] = 1;
    for (const reduced of basis) if (!eliminate(column, reduced)) return { kind: "too-large" };
    const found = reducedOf(column);
    if (found.pivot >= rows) return { kind: "dependent", weights: column.slice(rows) };
    basis.push(found);
    return { kind: "independent" };
  };
  return {
    add,
    truncate: (length) => {
      basis.length = Math.min(basis.length, length);
    },
  };
};

/** Removes the entry in the pivot's row. False when an entry grows past what is exact. */
const eliminate = (column: number[], { pivot, leading, places, entries }: Reduced): boolean => {
  const entry = column[pivot]!;
  if (entry === 0) return true;
  const factor = greatestCommonDivisor(entry, leading);
  const keep = Math.abs(leading / factor);
  const take = leading < 0 ? -entry / factor : entry / factor;
  if (keep !== 1) for (let i = 0; i < column.length; i += 1) column[i]! *= keep;
  for (let i = 0; i < places.length; i += 1) column[places[i]!]! -= take * entries[i]!;
  return isExact(column) || (divideByCommonFactor(column) && isExact(column));
};

const isExact = (column: number[]): boolean => {
  for (let i = 0; i < column.length; i += 1)
    if (column[i]! >= exact || column[i]! <= -exact) return false;
  return true;
};

const divideByCommonFactor = (column: number[]): true => {
  const common = column.reduce(greatestCommonDivisor, 0);
  for (let i = 0; i < column.length; i += 1) column[i]! /= common;
  return true;
};

const reducedOf = (column: number[]): Reduced => {
  const places: number[] = [];
  const entries: number[] = [];
  for (let i = 0; i < column.length; i += 1) {
    if (column[i] === 0) continue;
    places.push(i);
    entries.push(column[i]!);
  }
  return { pivot: places[0]!, leading: entries[0]!, places, entries };
};

const greatestCommonDivisor = (a: number, b: number): number => {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
};
