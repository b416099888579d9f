/**
 * Tells who listens that something was recorded about an inspection, as it happens: one
 * subscription for all listeners, held only while there are any.
 */
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import type { Log } from "@assay/host/log.ts";
import type { EventStore, Position } from "@assay/store/port.ts";

export type Live = {
  /** Calls `hear` with each inspection about which something was recorded. Returns an end. */
  readonly listen: (hear: (inspection: string) => void) => () => void;
};

/** How long a failed subscription rests before it is opened again, in milliseconds. */
const rest = 2000;

export const createLive = (store: EventStore, log: Log): Live => {
  const listeners = new Set<(inspection: string) => void>();
  let ending: AbortController | undefined;

  const follow = async (signal: AbortSignal): Promise<void> => {
    const after = await endOf(store);
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
        void keepFollowing(ending.signal);
      }
      return () => {
        listeners.delete(hear);
        if (listeners.size > 0) return;
        ending?.abort();
        ending = undefined;
      };
    },
  };
};

const endOf = async (store: EventStore): Promise<Position | undefined> => {
  for await (const page of store.readAll({ direction: "backwards", limit: 1 }))
    return page[0]?.position;
  return undefined;
};
