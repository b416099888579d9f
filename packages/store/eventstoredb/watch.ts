/**
 * Looks after a subscription that says nothing. Its call may be open and dead: then another one
 * brings what this one should have brought.
 */
import { comparePositions, type Delivery, type Position, StoreFault } from "../port.ts";

/** A subscription that has died while its call is open. Whoever follows has to hear of it. */
export class Silence extends StoreFault {
  constructor() {
    const message = "event store: the subscription brings nothing, and there are events for it";
    super("timeout", message, { retry: true });
  }
}

export type Watched = {
  /** After how many milliseconds without a word somebody looks. */
  readonly quiet: number;
  /** The place of the newest event in the store, whoever wrote it. */
  readonly newest: () => Promise<Position | undefined>;
  /** What another subscription brings after this place, until it has caught up. */
  readonly beyond: (at: Position | undefined) => AsyncIterable<Delivery>;
};

export class Watch {
  readonly #watched: Watched;
  /** Up to here nothing is missing. */
  #sound: Position | undefined;

  constructor(watched: Watched, sound: Position | undefined) {
    this.#watched = watched;
    this.#sound = sound;
  }

  /** What `next` comes to, however long that takes; throws `Silence` when it never will. */
  async over<T>(next: Promise<T>, at: Position | undefined): Promise<T> {
    const { quiet } = this.#watched;
    // It may fail while somebody looks, and is asked again after that.
    next.catch(() => undefined);
    for (;;) {
      const taken = await orSilence(next, quiet);
      if (taken !== silence) return taken;
      if (await this.#isSound(at)) continue;
      const late = await orSilence(next, quiet);
      if (late === silence) throw new Silence();
      return late;
    }
  }

  async #isSound(at: Position | undefined): Promise<boolean> {
    const newest = await this.#watched.newest();
    if (newest === undefined) return true;
    if (this.#sound !== undefined && comparePositions(newest, this.#sound) <= 0) return true;
    for await (const delivery of this.#watched.beyond(later(at, this.#sound))) {
      if (delivery.kind === "caughtUp") break;
      if (delivery.events.length > 0) return false;
    }
    this.#sound = newest;
    return true;
  }
}

const silence = Symbol("silence");

const orSilence = async <T>(next: Promise<T>, quiet: number): Promise<T | typeof silence> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof silence>((resolve) => {
    timer = setTimeout(() => resolve(silence), quiet);
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
  }
};

const later = (a: Position | undefined, b: Position | undefined): Position | undefined =>
  a === undefined || (b !== undefined && comparePositions(b, a) > 0) ? b : a;
