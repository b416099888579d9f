/**
 * The catch-up subscription of the stores that live in this process. It looks before it waits, and
 * nothing can come between, so that it misses nothing; it moves only forwards, so that it repeats
 * nothing.
 */
import type { Delivery, Position, StoredEvent, SubscribeOptions } from "./port.ts";

export type Glance = {
  readonly events: readonly StoredEvent[];
  /** How far everything has been looked at; undefined while the store is empty. */
  readonly through: Position | undefined;
  /** Whether `through` was the end of the store. */
  readonly end: boolean;
};

export type Followed = {
  /** Up to a page of matching events after this place. */
  readonly look: (after: Position | undefined) => Glance;
  /** Calls once when something was appended or the store closes; returns how to stop waiting. */
  readonly wake: (call: () => void) => () => void;
};

export const follow = async function* (
  { look, wake }: Followed,
  { after, signal }: SubscribeOptions,
): AsyncGenerator<Delivery> {
  let at = after;
  let behind = true;
  while (!signal.aborted) {
    const { events, through, end } = look(at);
    at = through ?? at;
    if (through !== undefined && (events.length > 0 || !end)) {
      behind ||= !end;
      yield { kind: "events", events, through };
      await breathe();
    } else if (behind) {
      behind = false;
      yield { kind: "caughtUp", through: at };
    } else {
      await woken(wake, signal);
    }
  }
};

/** Lets timers and sockets have their turn between pages. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const woken = (wake: Followed["wake"], signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = (): void => {
      stop();
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const stop = wake(finish);
    signal.addEventListener("abort", finish, { once: true });
  });
