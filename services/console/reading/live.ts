/**
 * Tells who listens that something was recorded about an inspection, as it happens: one
 * subscription for all listeners, held only while there are any.
 */
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { Log } from "@assay/host/log.ts";
import type { EventStore, Position } from "@assay/store/port.ts";

export type Live = {
  /** Calls `hear` with each inspection about which something was recorded. */
  readonly listen: (hear: (inspection: string) => void) => Listening;
};

export type Listening = {
  /** Resolves once everything that is recorded from then on is heard. */
  readonly began: Promise<void>;
  readonly deafen: () => void;
};

/** How long a failed subscription rests before it is opened again, in milliseconds. */
const rest = 2000;

export const createLive = (store: EventStore, log: Log): Live => {
  const listeners = new Set<(inspection: string) => void>();
  let ending: AbortController | undefined;
  let began = Promise.withResolvers<void>();

  const follow = async (signal: AbortSignal): Promise<void> => {
    const after = await endOf(store);
    began.resolve();
    const options = { signal, ...(after !== undefined && { after }) };
    for await (const delivery of store.subscribe(options)) {
      if (delivery.kind !== "events") continue;
      const touched = new Set(delivery.events.map(({ stream }) => inspectionOf(stream)));
      for (const inspection of touched)
        if (inspection !== undefined) for (const hear of listeners) hear(inspection);
    }
  };

  const keepFollowing = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        await follow(signal);
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error }, "live updates rest for a moment");
      }
      await new Promise((resolve) => setTimeout(resolve, rest).unref());
    }
  };

  return {
    listen: (hear) => {
      listeners.add(hear);
      if (!ending) {
        ending = new AbortController();
        began = Promise.withResolvers();
        void keepFollowing(ending.signal);
      }
      const deafen = (): void => {
        listeners.delete(hear);
        if (listeners.size > 0) return;
        ending?.abort();
        ending = undefined;
      };
      return { began: began.promise, deafen };
    },
  };
};

const endOf = async (store: EventStore): Promise<Position | undefined> => {
  for await (const page of store.readAll({ direction: "backwards", limit: 1 }))
    return page[0]?.position;
  return undefined;
};
