/** What a `main.ts` hands its services to: runs them until asked to stop, then drains them. */
import { pause } from "./fault.ts";
import type { Log } from "./log.ts";

export type Closing = { close(): Promise<void> };

/** How long draining may take before the process gives up waiting, in milliseconds. */
const patience = 20_000;

/** A terminal and npm each hand on the same Ctrl+C: what comes so soon is not a second one. */
const echo = 500;

/**
 * Waits for SIGTERM or SIGINT, then closes in the order given. Resolves with the exit status: 0
 * when everything closed, 1 when it failed or took too long; a second signal ends the wait.
 */
export const runUntilStopped = async (log: Log, closing: readonly Closing[]): Promise<0 | 1> => {
  const signals = hearSignals();
  log.info({ signal: await signals.next() }, "asked to stop");
  const closed = closeAll(log, closing);
  const late = new Promise<1>((resolve) => setTimeout(() => resolve(1), patience).unref());
  const impatient = pause(echo).then(async () => {
    await signals.next();
    return 1 as const;
  });
  try {
    const status = await Promise.race([closed, late, impatient]);
    if (status === 1) log.error("stopped before everything was closed");
    return status;
  } finally {
    signals.stop();
  }
};

/** One that cannot be closed keeps no other open. */
const closeAll = async (log: Log, closing: readonly Closing[]): Promise<0 | 1> => {
  let status: 0 | 1 = 0;
  for (const one of closing) {
    try {
      await one.close();
    } catch (error) {
      log.error({ err: error }, "closing failed");
      status = 1;
    }
  }
  return status;
};

/**
 * Listens from now until it is stopped, without a gap in which a signal would end the process. What
 * comes while nobody asks for the next one is passed over.
 */
const hearSignals = () => {
  let ask: ((signal: NodeJS.Signals) => void) | undefined;
  const hear = (signal: NodeJS.Signals): void => ask?.(signal);
  process.on("SIGTERM", hear).on("SIGINT", hear);
  return {
    next: () => new Promise<NodeJS.Signals>((resolve) => (ask = resolve)),
    stop: (): void => void process.off("SIGTERM", hear).off("SIGINT", hear),
  };
};
