/**
 * A service's file knows whose events it was made from: it keeps the last event that it handled,
 * and a start compares. A store that does not hold that event is another one, was put back to an
 * earlier day, or lost its end; going on from it would be silent for ever.
 */
import { type EventStore, type StoredEvent, StoreFault } from "@assay/store/port.ts";

import type { Database } from "./database.ts";
import type { Follower } from "./subscription.ts";

const table = `create table if not exists witnessed
  (one integer primary key check (one = 1), stream text not null, revision integer not null,
   id text not null) strict`;

/** Call within the transaction of what was handled. */
export const keepWitness = ({ sqlite }: Database, { stream, revision, id }: StoredEvent): void => {
  sqlite.exec(table);
  sqlite.prepare("insert or replace into witnessed values (1, ?, ?, ?)").run(stream, revision, id);
};

/** Follows as before, and keeps the last event once it is handled. */
export const witnessing = (follower: Follower, database: Database): Follower => ({
  ...follower,
  take: async (events, through, signal) => {
    await follower.take(events, through, signal);
    const last = events.at(-1);
    if (last) keepWitness(database, last);
  },
});

/** The event that a file was made from, where the store does not hold it. */
export const missingFrom = async (
  store: Pick<EventStore, "read">,
  { sqlite }: Database,
): Promise<Pick<StoredEvent, "stream" | "revision" | "id"> | undefined> => {
  sqlite.exec(table);
  const row = sqlite.prepare("select stream, revision, id from witnessed").get();
  if (row === undefined) return undefined;
  const last = row as Pick<StoredEvent, "stream" | "revision" | "id">;
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
