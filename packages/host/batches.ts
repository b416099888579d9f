/**
 * Work in batches, one after another for each key and at the same time across keys: what comes
 * while a batch is under way forms the next one. Who comes alone is not kept waiting.
 */
export type Batches<Item, Result> = {
  join(key: string, item: Item): Promise<Result>;
  /** Resolves once nothing is under way. */
  settled(): Promise<void>;
  /** How many keys have something under way. */
  readonly size: number;
};

type Place<Item, Result> = {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
};

/** `work` tells how each item of a batch ended, in their order; a batch has at most `most`. */
export const createBatches = <Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>,
  most: number,
): Batches<Item, Result> => {
  const queues = new Map<string, Place<Item, Result>[]>();
  const underWay = new Map<string, Promise<void>>();

  const drain = async (key: string, queue: Place<Item, Result>[]): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0, most);
      const ended = await work(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const one = ended[index]!;
        if (one.status === "fulfilled") resolve(one.value);
        else reject(one.reason);
      }
    }
    queues.delete(key);
    underWay.delete(key);
  };

  return {
    join: (key, item) =>
      new Promise((resolve, reject) => {
        const place = { item, resolve, reject };
        const queue = queues.get(key);
        if (queue) return void queue.push(place);
        const begun = [place];
        queues.set(key, begun);
        underWay.set(key, drain(key, begun));
      }),
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
    get size() {
      return underWay.size;
    },
  };
};
