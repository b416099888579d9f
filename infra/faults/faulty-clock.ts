/**
 * The clock that the services see: the story's, and at times some minutes ahead of it or behind. It
 * jumps when it is told to, as a clock does that somebody corrects.
 */
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { Clock } from "@assay/host/clock.ts";

export type FaultyClock = Clock & { readonly jump: (off: number) => void };

/** `off` is in milliseconds, ahead where it is positive. */
export const faultyClock = (true_: Clock): FaultyClock => {
  let off = 0;
  const shifted = (instant: Instant, by: number): Instant =>
    new Date(Date.parse(instant) + by).toISOString() as Instant;
  const now = (): Instant => shifted(true_.now(), off);
  const at: Clock["at"] = (due, run) => {
    let cancel: () => void;
    const wait = (): void => {
      cancel = true_.at(shifted(due, -off), () => (now() >= due ? run() : wait()));
    };
    wait();
    return () => cancel();
  };
  return { now, at, jump: (by) => void (off = by) };
};
