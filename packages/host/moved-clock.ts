/**
 * The machine's time, a while ahead: somebody moves it on, so that what is due later is seen now.
 * For a demonstration. Between two moves it runs on as the machine's does, and it never goes back.
 */
import { fromEpochMs, type Instant, toEpochMs } from "@assay/domain/kernel/instants.ts";

import type { Clock } from "./clock.ts";

export type MovedClock = Omit<Clock, "elapsed"> & {
  /** How far it is ahead of the machine's, in milliseconds. */
  ahead(): number;
  /**
   * Moves on by so many milliseconds and stops at each moment that something falls due, in order.
   * `settle` is awaited at each stop, so that what a deadline leads to happens before the next.
   */
  moveBy(ms: number, settle: () => Promise<void>): Promise<void>;
};

type Alarm = { readonly due: Instant; readonly run: () => void; cancel: () => void };

export const createMovedClock = (machine: Clock, from = 0): MovedClock => {
  let ahead = from;
  const waiting = new Set<Alarm>();
  const now = (): Instant => later(machine.now(), ahead);
  const arm = (alarm: Alarm): void => {
    alarm.cancel = machine.at(later(alarm.due, -ahead), () => ring(alarm));
  };
  const ring = (alarm: Alarm): void => {
    alarm.cancel();
    if (waiting.delete(alarm)) alarm.run();
  };
  const reach = (instant: Instant): void => {
    ahead += Math.max(0, toEpochMs(instant) - toEpochMs(now()));
    for (const alarm of [...waiting]) if (alarm.due <= now()) ring(alarm);
  };
  const nextUntil = (end: Instant): Instant | undefined =>
    [...waiting]
      .map(({ due }) => due)
      .filter((due) => due <= end)
      .toSorted()[0];
  return {
    now,
    ahead: () => ahead,
    at: (due, run) => {
      const alarm: Alarm = { due, run, cancel: () => {} };
      waiting.add(alarm);
      arm(alarm);
      return () => {
        waiting.delete(alarm);
        alarm.cancel();
      };
    },
    moveBy: async (ms, settle) => {
      const end = later(now(), ms);
      await settle();
      for (let due = nextUntil(end); due !== undefined; due = nextUntil(end)) {
        reach(due);
        await settle();
      }
      reach(end);
      for (const alarm of waiting) {
        alarm.cancel();
        arm(alarm);
      }
    },
  };
};

const later = (instant: Instant, ms: number): Instant => fromEpochMs(toEpochMs(instant) + ms);
