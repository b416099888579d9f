/** The client's streams of events, taken in pages instead of one by one. */
import type { Readable } from "node:stream";

import { StoreFault } from "../port.ts";

export type Incoming<Item> = {
  /**
   * The items that are there, at least one and at most `most`; none means the stream has ended.
   * Waits for the first, and takes what follows without delay.
   */
  next(most: number): Promise<Item[]>;
  /** Ends the call. What comes after that, late errors too, goes nowhere. */
  close(): void;
};

export const incoming = <Item>(stream: Readable, signal?: AbortSignal): Incoming<Item> => {
  let failure: Error | undefined;
  let ended = false;
  let wake: (() => void) | undefined;
  const stir = (): void => wake?.();
  stream.on("readable", stir);
  stream.on("error", (error: Error) => {
    failure ??= error;
    stir();
  });
  for (const event of ["end", "close"]) {
    stream.on(event, () => {
      ended = true;
      stir();
    });
  }
  signal?.addEventListener("abort", stir, { once: true });

  const take = (items: Item[], most: number): void => {
    while (items.length < most) {
      const item = stream.read() as Item | null;
      if (item === null) return;
      items.push(item);
    }
  };

  return {
    next: async (most) => {
      const items: Item[] = [];
      for (;;) {
        const before = items.length;
        take(items, most);
        const more = items.length > before;
        if (items.length >= most || (items.length > 0 && !more)) return items;
        if (!more && failure) throw failure;
        if (!more && (ended || signal?.aborted)) return items;
        if (more) await new Promise((resolve) => setImmediate(resolve));
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    close: () => {
      signal?.removeEventListener("abort", stir);
      stream.removeListener("readable", stir);
      if (!ended) stop(stream);
    },
  };
};

/**
 * Cancels the call and lets what is under way run out: a call with unread events never counts as
 * finished, and the client waits for each when it is disposed of.
 */
const stop = (stream: Readable & Partial<Call>): void => {
  const stopped = stream.cancel?.() ?? stream.unsubscribe?.();
  stopped?.catch(() => undefined);
  setImmediate(() => stream.resume());
};

type Call = { cancel(): Promise<void>; unsubscribe(): Promise<void> };

/** A server that ends a subscription by itself has gone away. */
export const endedByServer = (): StoreFault =>
  new StoreFault("unavailable", "event store: the server ended the subscription", { retry: true });
