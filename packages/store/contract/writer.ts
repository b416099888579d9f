/**
 * The writer that the crash tests kill: many streams at once, three events to each append, every
 * acknowledgement reported. Run as a program it writes until it dies, to a database or a server:
 * `node contract/writer.ts DATABASE-OR-URL PREFIX MOMENT`.
 */
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";

import { openEventStoreDb } from "../eventstoredb.ts";
import type { Interruption } from "../interruption.ts";
import type { EventStore, NewEvent } from "../port.ts";
import { openSqliteStore } from "../sqlite.ts";

export type Acknowledged = { readonly stream: string; readonly revision: number };

/** Where the writer dies: just before a commit, just after one, or wherever it happens to be. */
export type Moment = "before" | "after" | "anytime";

export const eventsPerAppend = 3;

const writers = 8;

/** The event that belongs at this revision, the same however often it is asked for. */
export const eventAt = (stream: string, revision: number): NewEvent => ({
  id: uuidFrom(`${stream}/${revision}`),
  type: "Counted",
  data: { revision },
  metadata: { stream },
});

export const eventsFrom = (stream: string, revision: number): NewEvent[] =>
  Array.from({ length: eventsPerAppend }, (_, index) => eventAt(stream, revision + index));

/** Writes without end; rejects when the store does. */
export const writeOn = async (
  store: EventStore,
  prefix: string,
  report: (acknowledged: Acknowledged) => void,
): Promise<void> => {
  const writeTo = async (stream: string): Promise<void> => {
    for (let next = 0; ; next += eventsPerAppend) {
      const expected = next === 0 ? "none" : next - 1;
      const answer = await store.append(stream, eventsFrom(stream, next), expected);
      if (!answer.appended) throw new Error(`somebody else wrote to ${stream}`);
      report({ stream, revision: answer.revision });
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, index) => writeTo(`${prefix}${index}`)));
};

/** Dies, as if the power went, at the commit that is asked for. */
export const dieAt = (moment: Moment, commit: number): Interruption => {
  let commits = 0;
  return (reached) => {
    if (reached !== moment) return;
    commits += 1;
    if (commits === commit) process.kill(process.pid, "SIGKILL");
  };
};

if (import.meta.main) {
  const [path = "", prefix = "", moment = "anytime"] = process.argv.slice(2);
  const store = /^(esdb|kurrentdb):/.test(path)
    ? openEventStoreDb({ url: path })
    : openSqliteStore({ path, interrupt: dieAt(moment as Moment, 12) });
  await writeOn(store, prefix, ({ stream, revision }) => {
    process.stdout.write(`${stream} ${revision}\n`);
  });
}
