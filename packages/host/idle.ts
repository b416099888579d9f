/** When several services that answer each other's facts have nothing left to say. */
import type { EventStore } from "@assay/store/port.ts";

import type { Service } from "./service.ts";
import { lastPosition } from "./subscription.ts";

/**
 * Resolves once every service has handled all that the store holds and nothing was added meanwhile.
 * Deadlines in the future do not count; commands that failed and will be sent again do.
 */
export const whenIdle = async (store: EventStore, services: readonly Service[]): Promise<void> => {
  for (;;) {
    const before = await lastPosition(store, undefined);
    for (const service of services) await service.settled();
    if ((await lastPosition(store, undefined)) === before) return;
  }
};
