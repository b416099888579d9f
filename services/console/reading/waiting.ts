/** Work that several ask for at once, and how long somebody waits for it. */
import { isOutOfRoom } from "@assay/host/fault.ts";

/** Whoever asks while it is under way waits for one that began after they asked. */
export const oneAtATime = (work: () => Promise<void>): (() => Promise<void>) => {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const ask = (): Promise<void> => {
    if (current === undefined) {
      current = work().finally(() => (current = undefined));
      return current;
    }
    next ??= current
      .catch(() => {})
      .then(() => {
        next = undefined;
        return ask();
      });
    return next;
  };
  return ask;
};

/** On a full disk what was kept before is shown; the next request tries again. */
export const asFarAsKept = (error: unknown): void => {
  if (!isOutOfRoom(error)) throw error;
};

/** In milliseconds. */
const patience = 15_000;

export type Missing = { readonly missing: number; readonly all: number };

/** Lists are being made from the store: asking again later helps. */
export class StillReading extends Error {
  readonly code = "still-reading";
  readonly retry = true;
  readonly missing: number;
  readonly all: number;

  constructor({ missing, all }: Missing) {
    super(`the lists are being made: ${missing} of ${all} inspections are missing`);
    this.name = "StillReading";
    this.missing = missing;
    this.all = all;
  }
}

/** Throws StillReading where the work takes longer than somebody waits; it goes on then. */
export const inTime = async (
  work: Promise<void>,
  missing: () => Missing,
  /** Whether all of it is waited for, or no longer than something is missing. */
  what: "everything" | "what is missing" = "everything",
): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), patience);
  });
  try {
    const isLate = (await Promise.race([work, late])) === "late";
    const left = missing();
    if (isLate && (what === "everything" || left.missing > 0)) throw new StillReading(left);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
};
