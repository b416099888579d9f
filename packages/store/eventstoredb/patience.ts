/** Waiting: for an answer no longer than a deadline, before a repetition longer each time. */
import { StoreFault } from "../port.ts";
import { faultOf } from "./faults.ts";

/**
 * Rejects with a `timeout` fault when `work` has not settled after so many milliseconds, or as soon
 * as the signal is given.
 */
export const within = async <T>(
  milliseconds: number,
  work: Promise<T>,
  signal?: AbortSignal,
): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  let give: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `event store: no answer within ${milliseconds} ms`;
    give = () => reject(new StoreFault("timeout", message, { retry: true }));
    timer = setTimeout(give, milliseconds);
    signal?.addEventListener("abort", give, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    if (give) signal?.removeEventListener("abort", give);
    // Whatever it comes to after that is nobody's business any more.
    work.catch(() => undefined);
  }
};

const shortest = 50;
const longest = 3000;

/** 50 ms, then twice as long each time up to 3 s. */
const waitBefore = (attempt: number): number => Math.min(shortest * 2 ** attempt, longest);

/** Ends early when the signal is given. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    if (signal?.aborted) finish();
    signal?.addEventListener("abort", finish, { once: true });
  });

/** Repeats `work` while its faults allow it and `milliseconds` have not passed; throws the last. */
export const persist = async <T>(milliseconds: number, work: () => Promise<T>): Promise<T> => {
  const end = performance.now() + milliseconds;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await within(end - performance.now(), work());
    } catch (error) {
      const fault = faultOf(error);
      if (!fault.retry || performance.now() + shortest >= end) throw fault;
      await pause(waitBefore(attempt));
      if (performance.now() >= end) throw fault;
    }
  }
};

/** What goes on where it was cut off: it may fail again and again, but not for longer than this. */
export class Trial {
  readonly #milliseconds: number;
  readonly #signal: AbortSignal;
  #since: number | undefined;
  #attempt = 0;

  constructor(milliseconds: number, signal: AbortSignal) {
    this.#milliseconds = milliseconds;
    this.#signal = signal;
  }

  /** What failed before this does not count any more. */
  progressed(): void {
    this.#since = undefined;
    this.#attempt = 0;
  }

  /** Waits before the next try; throws the fault when there is no point in one. */
  async failed(fault: StoreFault): Promise<void> {
    this.#since ??= performance.now();
    if (!fault.retry || performance.now() - this.#since >= this.#milliseconds) throw fault;
    await pause(waitBefore(this.#attempt), this.#signal);
    this.#attempt += 1;
  }
}

/** Lets no more than so many pieces of work run at once; the rest wait in line. */
export class Gate {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(width: number) {
    this.#free = width;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
