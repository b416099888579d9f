/** Calls in turn for each key: what those peers need that refuse a second writer. */
export const createTurns = () => {
  const tails = new Map<string, Promise<unknown>>();
  return <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const running = (tails.get(key) ?? Promise.resolve()).then(work);
    tails.set(
      key,
      running.catch(() => undefined),
    );
    return running;
  };
};
