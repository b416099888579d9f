/** What the host itself can fail with, and how long whatever failed waits before it is retried. */
import { setTimeout as sleep } from "node:timers/promises";

import { faultOf } from "@assay/store/engine/faults.ts";

export class HostFault extends Error {
  readonly code: "contended" | "draining" | "clock-in-doubt";
  readonly retry = true;

  constructor(
    code: HostFault["code"],
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = "HostFault";
    this.code = code;
  }
}

/** The stable name of what went wrong, for logs and metrics; a message might quote data. */
export const codeOf = (error: unknown): string => {
  const fault = faultOf("", error);
  if (!(fault instanceof Error)) return "unknown";
  return "code" in fault && typeof fault.code === "string" ? fault.code : fault.name;
};

/** Whether a disk took nothing, wherever that was noticed. */
export const isOutOfRoom = (error: unknown): boolean =>
  ["disk-full", "read-only", "no-room"].includes(codeOf(error));

/** What everything needs is away: waiting helps, and setting one thing aside does not. */
const away: ReadonlySet<string> = new Set([
  ...["unavailable", "timeout", "denied", "disk-full", "read-only", "no-room", "locked", "closed"],
  ...["no-responders", "contended", "draining", "clock-in-doubt", "other-store"],
  ...["mail-untrusted", "mail-sign-in", "mail-unreachable"],
]);

export const isAway = (error: unknown): boolean => away.has(codeOf(error));

/** Whether the same will fail again, as far as the error itself says. */
export const isLasting = (error: unknown): boolean =>
  error instanceof Error && "retry" in error && error.retry === false;

/** In words, where the error is one of ours; what a library says might quote data. */
export const reasonOf = (error: unknown): string => {
  const known = faultOf("", error);
  if (!(known instanceof Error)) return "something else was thrown";
  return "code" in known && "retry" in known ? known.message : `${known.name} in the code`;
};

export type Backoff = {
  /** Milliseconds after the first failure, doubled with each further one. */
  readonly first: number;
  /** The longest wait, in milliseconds. */
  readonly most: number;
};

/**
 * Milliseconds to wait after `failures` failures in a row, between half and all of the doubled
 * wait: random, so that those who failed together do not come back together.
 */
export const waitAfter = (failures: number, { first, most }: Backoff): number => {
  const longest = Math.min(most, first * 2 ** Math.min(failures - 1, 30));
  return longest * (0.5 + Math.random() / 2);
};

/** Waits, or returns at once when the signal aborts. */
export const pause = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    // Only an abort ends a sleep early, and who aborts wants it over.
  }
};
