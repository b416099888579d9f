/**
 * How facts of former versions are read: each step leads from one version of a fact's data to the
 * next. What is stored stays as it was written, which is what the ledger commits to.
 */

type Data = { readonly [key: string]: unknown };

/** Leads the data of one type of fact from version `from` to the one after it. */
export type Upcaster = {
  readonly type: string;
  readonly from: number;
  readonly up: (data: Data) => Data;
};

const newest = new WeakMap<readonly Upcaster[], ReadonlyMap<string, number>>();

/**
 * The version in which facts of this type are written now: 1 until there is an upcaster. Asked for
 * each event that is read, so a list is gone through once.
 */
export const versionOf = (upcasters: readonly Upcaster[], type: string): number => {
  let known = newest.get(upcasters);
  if (!known) {
    const byType = Map.groupBy(upcasters, (each) => each.type);
    known = new Map(
      [...byType].map(([name, each]) => [name, Math.max(...each.map(({ from }) => from + 1))]),
    );
    newest.set(upcasters, known);
  }
  return known.get(type) ?? 1;
};

/** The data as it would be written now. `version` is the one that it was written in. */
export const upcast = (
  upcasters: readonly Upcaster[],
  { type, version, data }: { readonly type: string; readonly version: number; readonly data: Data },
): Data => {
  let current = data;
  for (let at = version; at < versionOf(upcasters, type); at += 1) {
    const next = upcasters.find((each) => each.type === type && each.from === at);
    if (!next) throw new RangeError(`nothing leads from version ${at} of ${type} to the next`);
    current = next.up(current);
  }
  return current;
};
