/**
 * A service's file knows whose events it was made from: it keeps the last event that it handled,
 * and a start compares. A store that does not hold that event is another one, was put back to an
 * earlier day, or lost its end; going on from it would be silent for ever.
 */
import { type EventStore, StoreFault } from "@assay/store/port.ts";

import type { Database, Handled } from "./database.ts";

/** The event that a file was made from, where the store does not hold it. */
export const missingFrom = async (
  store: Pick<EventStore, "read">,
  { sqlite }: Database,
): Promise<Handled | undefined> => {
  const row = sqlite.prepare("select stream, revision, id from witnessed").get();
  if (row === undefined) return undefined;
  const last = row as Handled;
  for await (const [found] of store.read(last.stream, { from: last.revision, limit: 1 }))
    if (found?.id === last.id) return undefined;
  return last;
};

/** Throws a StoreFault where the store does not hold what the file was made from. */
export const assertSameStore = async (
  store: Pick<EventStore, "read">,
  database: Database,
  file: string,
): Promise<void> => {
  const missing = await missingFrom(store, database);
  if (missing === undefined) return;
  const message =
    `${file} was made from ${missing.stream}@${missing.revision}, and the event store does not ` +
    "hold that event. " +
    "It is another store, was put back to an earlier day, or lost what was written last, as when " +
    "a file ending in -wal is missing. Bring the right store back. Where the loss is accepted, " +
    `remove ${file}: nothing in it is the only copy, and it is built again`;
  throw new StoreFault("other-store", message, { retry: false });
};
