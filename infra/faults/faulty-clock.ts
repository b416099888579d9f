/**
 * The clock that the services see: the story's, and at times ahead of it or behind. It jumps when
 * it is told to, as a clock does that somebody sets, and what was due by then is due at once.
 */
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { Clock } from "@assay/host/clock.ts";

export type FaultyClock = Clock & {
  readonly jump: (off: number) => void;
  /** How far it is off, in milliseconds, ahead where it is positive. */
  readonly off: () => number;
};

/**
 * A story stands still while its commands are carried out; the clock nobody sets goes on with the
 * work, as many milliseconds for one of the processor. Work that waits for its turn on a busy
 * machine puts no clock in doubt.
 */
const haste = 5;

export const faultyClock = (true_: Clock): FaultyClock => {
  let off = 0;
  const arms = new Set<() => void>();
  const shifted = (instant: Instant, by: number): Instant =>
    new Date(Date.parse(instant) + by).toISOString() as Instant;
  const now = (): Instant => shifted(true_.now(), off);
  const at: Clock["at"] = (due, run) => {
    let cancel = (): void => undefined;
    const arm = (): void => {
      cancel();
      cancel = true_.at(shifted(due, -off), () => {
        if (now() < due) return arm();
        arms.delete(arm);
        run();
      });
    };
    arms.add(arm);
    arm();
    return () => {
      arms.delete(arm);
      cancel();
    };
  };
  const jump = (by: number): void => {
    off = by;
    for (const arm of arms) arm();
  };
  const elapsed = (): number => {
    const { user, system } = process.cpuUsage();
    return Date.parse(true_.now()) + ((user + system) / 1000) * haste;
  };
  return { now, at, jump, off: () => off, elapsed };
};
