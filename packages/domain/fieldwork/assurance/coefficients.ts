/**
 * How far two markings of the same things agree: percentage, Cohen's kappa and Gwet's AC1, each
 * with a standard error. Undefined wherever a number would mean nothing.
 */

/** Counts of things by category: rows by the first marking, columns by the second. Square. */
export type AgreementTable = readonly (readonly number[])[];

/** `low` and `high` bound the 95% confidence interval. Shares from 0 to 1, coefficients -1 to 1. */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number };

/** `error` is the standard error, left out where the answers do not vary: then it says nothing. */
export type Coefficient = Estimate & { readonly error?: number };

export type Agreement = {
  /** Things marked twice. */
  readonly count: number;
  readonly agreed: number;
  readonly share: Estimate | undefined;
  /** Undefined also where each marking used one and the same category throughout. */
  readonly kappa: Coefficient | undefined;
  readonly ac1: Coefficient | undefined;
};

/** The standard normal's quantile at 0.975. */
const Z = 1.959963984540054;

export const agreementIn = (table: AgreementTable): Agreement => {
  const shares = sharesOf(table);
  const agreed = table.reduce((sum, row, k) => sum + row[k]!, 0);
  const { count } = shares;
  return {
    count,
    agreed,
    share: count === 0 ? undefined : wilson(agreed, count),
    kappa: cohensKappa(shares),
    ac1: gwetsAc1(shares),
  };
};

/**
 * The score interval (Wilson 1927, Journal of the American Statistical Association 22, 209-212) for
 * `successes` of `count`, which holds for shares near 0 and 1 and for few things too.
 */
export const wilson = (successes: number, count: number): Estimate => {
  const value = successes / count;
  const middle = (value + Z ** 2 / (2 * count)) / (1 + Z ** 2 / count);
  const half =
    (Z / (1 + Z ** 2 / count)) *
    Math.sqrt((value * (1 - value)) / count + Z ** 2 / (4 * count ** 2));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
};

type Shares = {
  readonly count: number;
  /** Share of all things in each cell. */
  readonly cells: AgreementTable;
  /** Each category's share in the first marking, in the second, and on average. */
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly both: readonly number[];
  readonly agreed: number;
};

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

const sharesOf = (table: AgreementTable): Shares => {
  const count = total(table.map(total));
  const cells = table.map((row) => row.map((each) => (count === 0 ? 0 : each / count)));
  const first = cells.map(total);
  const second = cells.map((_, k) => total(cells.map((row) => row[k]!)));
  return {
    count,
    cells,
    first,
    second,
    both: first.map((share, k) => (share + second[k]!) / 2),
    agreed: total(cells.map((row, k) => row[k]!)),
  };
};

/** Σ over all cells of share × what `worth` gives for the cell. */
const weighed = (cells: AgreementTable, worth: (k: number, l: number) => number): number =>
  total(cells.map((row, k) => total(row.map((share, l) => share * worth(k, l)))));

type Parts = {
  readonly chance: number;
  /** Σ agreed share of a category × its part in chance agreement. */
  readonly onDiagonal: number;
  /** Σ share of a cell × the square of its mean part in chance agreement. */
  readonly squares: number;
};

/**
 * (pa - pe) / (1 - pe), and its large-sample variance for a sample of `count` from endlessly many:
 * {pa(1-pa) - 4(1-κ)(Σ - pa pe) + 4(1-κ)²(Σ² - pe²)} / (n (1-pe)²), as Gwet 2008 gives it for both.
 * Where everything agreed or nothing did, that variance is 0 however few things were marked. There
 * the bounds are the score interval's of the share that agreed, put on the coefficient's scale with
 * chance agreement as it was found.
 */
const coefficient = ({ count, agreed }: Shares, parts: Parts): Coefficient | undefined => {
  const { chance, onDiagonal, squares } = parts;
  if (count === 0 || 1 - chance < 1e-12) return undefined;
  const value = (agreed - chance) / (1 - chance);
  const variance =
    (agreed * (1 - agreed) -
      4 * (1 - value) * (onDiagonal - agreed * chance) +
      4 * (1 - value) ** 2 * (squares - chance ** 2)) /
    (count * (1 - chance) ** 2);
  const onScale = (share: number): number => Math.max(-1, (share - chance) / (1 - chance));
  if (agreed === 1 || agreed === 0) {
    const { low, high } = wilson(agreed * count, count);
    return { value, low: onScale(low), high: onScale(high) };
  }
  const error = Math.sqrt(Math.max(0, variance));
  return {
    value,
    error,
    low: Math.max(-1, value - Z * error),
    high: Math.min(1, value + Z * error),
  };
};

/**
 * Cohen 1960, Educational and Psychological Measurement 20, 37-46; variance by Fleiss, Cohen and
 * Everitt 1969, Psychological Bulletin 72, 323-327.
 */
const cohensKappa = (shares: Shares): Coefficient | undefined => {
  const { cells, first, second, both } = shares;
  return coefficient(shares, {
    chance: total(first.map((share, k) => share * second[k]!)),
    onDiagonal: total(cells.map((row, k) => row[k]! * both[k]!)),
    squares: weighed(cells, (k, l) => ((first[l]! + second[k]!) / 2) ** 2),
  });
};

/**
 * Gwet 2008, British Journal of Mathematical and Statistical Psychology 61, 29-48. It stays near
 * the percentage where nearly everything falls into one category, and kappa collapses.
 */
const gwetsAc1 = (shares: Shares): Coefficient | undefined => {
  const { cells, both } = shares;
  const others = cells.length - 1;
  return coefficient(shares, {
    chance: total(both.map((share) => share * (1 - share))) / others,
    onDiagonal: total(cells.map((row, k) => row[k]! * (1 - both[k]!))) / others,
    squares: weighed(cells, (k, l) => (1 - (both[k]! + both[l]!) / 2) ** 2) / others ** 2,
  });
};
