/**
 * What is known of the streams in use, bounded by what it weighs together: the least recently used
 * go first. Losing an entry costs time and nothing else.
 */
export type Cache<Entry> = {
  get(key: string): Entry | undefined;
  /** Keeps the entry, at the weight that it has now; the newest entry is always kept. */
  keep(key: string, entry: Entry): void;
  drop(key: string): void;
  keys(): readonly string[];
  readonly size: number;
};

/** Folded events: more than the forty inspections that are under way at once, in some 150 MB. */
export const usualCapacity = 100_000;

export const createCache = <Entry extends { readonly weight: number }>(
  capacity: number,
): Cache<Entry> => {
  const held = new Map<string, { readonly entry: Entry; readonly weight: number }>();
  let total = 0;

  const drop = (key: string): void => {
    total -= held.get(key)?.weight ?? 0;
    held.delete(key);
  };

  return {
    get: (key) => {
      const found = held.get(key);
      if (found === undefined) return undefined;
      held.delete(key);
      held.set(key, found);
      return found.entry;
    },
    keep: (key, entry) => {
      drop(key);
      held.set(key, { entry, weight: entry.weight });
      total += entry.weight;
      for (const oldest of held.keys()) {
        if (total <= capacity || oldest === key) break;
        drop(oldest);
      }
    },
    drop,
    keys: () => [...held.keys()],
    get size() {
      return held.size;
    },
  };
};
