/** A store of which some calls behave otherwise: to watch it, or to have it fail. */
import type { EventStore } from "./port.ts";

export const storeOver = (store: EventStore, otherwise: Partial<EventStore>): EventStore => ({
  append: (stream, events, expected) => store.append(stream, events, expected),
  read: (stream, options) => store.read(stream, options),
  readAll: (options) => store.readAll(options),
  subscribe: (options) => store.subscribe(options),
  ping: () => store.ping(),
  pingKeys: async () => store.pingKeys?.(),
  close: () => store.close(),
  ...otherwise,
});
