/** What views and reactions are run with, and the event that one of them is to take again. */
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import type { AsideKeeper } from "./aside.ts";
import type { Aside } from "./aside-facts.ts";
import type { Database } from "./database.ts";

export type Following = {
  readonly database: Database;
  readonly store: Pick<EventStore, "read">;
  readonly aside: AsideKeeper;
};

/** The event that was set aside, as the store has it now. */
export const eventIn = async (
  store: Pick<EventStore, "read">,
  { event: place }: Aside,
): Promise<StoredEvent> => {
  if (place === undefined) throw new TypeError("no event was set aside");
  for await (const [found] of store.read(place.stream, { from: place.revision, limit: 1 }))
    if (found?.id === place.id) return found;
  throw new TypeError("the event is no longer there");
};
