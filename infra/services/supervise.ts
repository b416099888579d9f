/**
 * Keeps one thing running: starts it again when it ends, later each time it fails soon, until it is
 * asked to stop.
 */
import { pause, waitAfter } from "@assay/host/fault.ts";

/** Something that runs: a process, or a server with a process of its own. */
export type Running = {
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  /** Asks it to finish; resolves when it has ended. */
  stop(): Promise<void>;
};

export type Supervised = {
  readonly name: string;
  /** The process that runs just now. */
  readonly pid: number | undefined;
  /** How often it was started again. */
  readonly restarts: number;
  /** Calling it again waits for the same end. */
  stop(): Promise<void>;
};

export type Supervision = {
  readonly name: string;
  readonly start: () => Promise<Running>;
  readonly say: (line: string) => void;
};

/** What ran for so long, in milliseconds, had started well: the next wait is a short one again. */
const settled = 10_000;

/** Starts it once, and fails if that does; from then on it is kept running. */
export const supervise = async (supervision: Supervision): Promise<Supervised> => {
  const keeper = new Keeper(supervision, await supervision.start());
  void keeper.keep();
  return keeper;
};

class Keeper implements Supervised {
  readonly name: string;
  restarts = 0;
  readonly #supervision: Supervision;
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #finish!: () => void;
  #running: Running | undefined;
  #stopped: Promise<void> | undefined;

  constructor(supervision: Supervision, running: Running) {
    this.name = supervision.name;
    this.#supervision = supervision;
    this.#running = running;
    this.#done = new Promise((resolve) => (this.#finish = resolve));
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  async keep(): Promise<void> {
    const { signal } = this.#stopping;
    const { say } = this.#supervision;
    let failures = 0;
    while (!signal.aborted) {
      const since = Date.now();
      await this.#running?.ended;
      this.#running = undefined;
      if (signal.aborted) break;
      failures = Date.now() - since > settled ? 1 : failures + 1;
      const wait = waitAfter(failures, { first: 200, most: 30_000 });
      say(`ended; it starts again in ${Math.round(wait)} ms`);
      await pause(wait, signal);
      if (!signal.aborted) await this.#again();
    }
    this.#finish();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.stop();
    await this.#done;
  }

  async #again(): Promise<void> {
    this.restarts += 1;
    try {
      this.#running = await this.#supervision.start();
      if (this.#stopping.signal.aborted) await this.#running.stop();
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      this.#supervision.say(`did not start: ${what}`);
    }
  }
}
