/** Work that is done one piece at a time, in turn for everybody who has some to do. */

/** Whoever has much waiting waits longer for it, and nobody else does. */
export type Turns = <Result>(whose: string, work: () => Promise<Result>) => Promise<Result>;

export const fairTurns = (): Turns => {
  /** Whose turn it is next stands first. */
  const waiting = new Map<string, (() => Promise<void>)[]>();
  let working = false;
  const workOn = async (): Promise<void> => {
    if (working) return;
    working = true;
    for (let next = nextOf(waiting); next; next = nextOf(waiting)) await next();
    working = false;
  };
  return (whose, work) =>
    new Promise((resolve, reject) => {
      const own = waiting.get(whose) ?? [];
      waiting.set(whose, own);
      own.push(() => work().then(resolve, reject));
      void workOn();
    });
};

/** Taken out; what else is theirs goes behind that of everybody else. */
const nextOf = (
  waiting: Map<string, (() => Promise<void>)[]>,
): (() => Promise<void>) | undefined => {
  const [first] = waiting;
  if (!first) return undefined;
  const [whose, own] = first;
  const next = own.shift();
  waiting.delete(whose);
  if (own.length > 0) waiting.set(whose, own);
  return next;
};
