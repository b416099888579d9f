/**
 * The clock of a service that takes part in a story, for development only: it shows what the
 * story's teller says over NATS, never goes back, and stands still while nobody tells.
 */
import type { NatsOptions } from "@assay/bus/nats-options.ts";
import { hearTime } from "@assay/bus/nats-clock.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";

import { type Clock, createSteppedClock, type SteppedClock } from "./clock.ts";
import type { Log } from "./log.ts";

export type StoryClock = {
  readonly clock: Clock;
  close(): Promise<void>;
};

/** Resolves once it knows the time, because no duty may be judged before that. */
export const followStoryClock = async (options: NatsOptions, log: Log): Promise<StoryClock> => {
  log.warn("time is what a story's teller says; this is for development only");
  let clock: SteppedClock | undefined;
  let moving = Promise.resolve();
  let begin: (started: SteppedClock) => void;
  const begun = new Promise<SteppedClock>((resolve) => (begin = resolve));
  const hearing = await hearTime(options, (now: Instant) => {
    if (clock === undefined) {
      clock = createSteppedClock(now);
      return begin(clock);
    }
    const following = clock;
    moving = moving.then(() => (now > following.now() ? following.moveTo(now) : undefined));
  });
  return { clock: await begun, close: () => hearing.close() };
};
