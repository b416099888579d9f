/** Work in one queue for each key: in turn within a key, at the same time across keys. */
export type Queues = {
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
  /** Resolves once nothing is under way. */
  settled(): Promise<void>;
  readonly size: number;
};

export const createQueues = (): Queues => {
  const tails = new Map<string, Promise<void>>();
  return {
    run: (key, work) => {
      const before = tails.get(key);
      const running = before === undefined ? work() : before.then(work);
      const tail: Promise<void> = running.then(
        () => leave(key, tail),
        () => leave(key, tail),
      );
      tails.set(key, tail);
      return running;
    },
    settled: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
    get size() {
      return tails.size;
    },
  };

  function leave(key: string, tail: Promise<void>): void {
    if (tails.get(key) === tail) tails.delete(key);
  }
};
