/**
 * A place for failures, used by tests alone: it is called just before events become durable and
 * just after, ahead of the acknowledgement. What it throws reaches the caller as a fault.
 */
import { StoreFault } from "./port.ts";

export type Interruption = (moment: "before" | "after") => void;

/** What a caller learns when the acknowledgement could not be given. */
export const interrupted = (cause: unknown): StoreFault =>
  new StoreFault("unavailable", "the append was interrupted; it may or may not have landed", {
    retry: true,
    cause,
  });
