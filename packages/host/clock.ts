/** Time as a service sees it: the machine's, or a story's, in which only the teller moves it. */
import { uptime } from "node:os";

import type { Instant } from "@assay/domain/kernel/instants.ts";

export type Clock = {
  now(): Instant;
  /** Runs once that moment has come, never before it; at once when it is past. Returns a cancel. */
  at(instant: Instant, run: () => void): () => void;
  /**
   * Milliseconds by a clock that nobody can set and that goes on while the machine sleeps. None
   * where somebody moves the time on purpose.
   */
  readonly elapsed?: () => number;
};

/**
 * The longest wait on one timer. Afterwards the wall clock is asked again, so that a suspended
 * machine or a corrected clock makes a deadline late by this much at most, and never early.
 */
const longestWait = 30_000;

export const systemClock: Clock = {
  now: () => new Date().toISOString() as Instant,
  elapsed: () => uptime() * 1000,
  at: (instant, run) => {
    const due = Date.parse(instant);
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const left = Math.max(due - Date.now(), 0);
      timer = setTimeout(() => (Date.now() >= due ? run() : wait()), Math.min(left, longestWait));
    };
    wait();
    return () => clearTimeout(timer);
  },
};

export type SteppedClock = Clock & {
  /**
   * Moves time forwards, stopping at each moment that something falls due, in order. `settle` is
   * awaited at each stop, so that what a deadline leads to happens before the next one comes.
   */
  moveTo(instant: Instant, settle?: () => Promise<void>): Promise<void>;
};

export const createSteppedClock = (start: Instant): SteppedClock => {
  let now = start;
  const waiting = new Set<{ readonly due: Instant; readonly run: () => void }>();

  const nextDue = (until: Instant): Instant | undefined =>
    [...waiting]
      .map(({ due }) => due)
      .filter((due) => due <= until)
      .toSorted()[0];

  const fire = (): void => {
    for (const alarm of [...waiting]) {
      if (alarm.due > now || !waiting.delete(alarm)) continue;
      alarm.run();
    }
  };

  return {
    now: () => now,
    at: (due, run) => {
      const alarm = { due, run };
      waiting.add(alarm);
      if (due <= now) queueMicrotask(fire);
      return () => void waiting.delete(alarm);
    },
    moveTo: async (instant, settle = async () => {}) => {
      if (instant < now) throw new RangeError(`time cannot go back from ${now} to ${instant}`);
      await settle();
      for (let due = nextDue(instant); due !== undefined; due = nextDue(instant)) {
        now = due > now ? due : now;
        fire();
        await settle();
      }
      now = instant;
    },
  };
};
