/**
 * How far each access log was, recorded in the event store at a start, each hour and at an end. A
 * start compares: a log that is shorter, another one or gone is set aside, in words, and goes on.
 */
import { hostname } from "node:os";
import { randomUUID } from "node:crypto";

import { assay } from "@assay/domain/kernel/actor.ts";
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { fact } from "@assay/domain/kernel/fact.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { z } from "zod";

import type { AccessHead, AccessLog } from "./access-log.ts";
import { readAsidesOf, setAside, settle } from "./aside-book.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

const stream = "office-access-logs";
const service = "console";

const AccessLogSigned = fact("AccessLogSigned", {
  log: z.uuid(),
  host: z.string().max(300),
  file: z.string().max(1000),
  size: z.int().min(1),
  /** The checkpoint; it names nobody. */
  note: z.string().max(2000),
});
type AccessLogSigned = z.infer<typeof AccessLogSigned>;

type Store = Pick<EventStore, "read" | "append">;

export type WatchedAccessLog = {
  readonly accessLog: AccessLog;
  readonly file: string;
  readonly store: Store;
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "error" | "warn">;
};

/** In milliseconds. */
const rhythm = 3_600_000;

/** Compares beside everything else, and again later where the store did not answer. */
export const watchAccessLog = (watched: WatchedAccessLog): { stop(): Promise<void> } => {
  const failed = (error: unknown): void =>
    watched.log.warn({ err: error }, "the access log could not be compared with the store");
  let working: Promise<void> = Promise.resolve();
  const look = (): Promise<void> =>
    (working = working.then(() => compareAccessLog(watched)).catch(failed));
  void look();
  const timer = setInterval(() => void look(), rhythm).unref();
  return {
    stop: () => {
      clearInterval(timer);
      return look();
    },
  };
};

/** Resolves once the head is on record, or what is wrong. */
export const compareAccessLog = async (watched: WatchedAccessLog): Promise<void> => {
  const { accessLog, store, clock, log } = watched;
  const known = await headsIn(store);
  const told = known.find((head) => head.log === accessLog.id) ?? formerAt(watched, known);
  const head = accessLog.head();
  const why = told && differenceFrom(told, watched);
  if (told && why !== undefined) {
    const item = itemOf(told);
    const aside = { item, what: "access log", code: "access-log-differs", again: false };
    if (await setAside(store, service, { ...aside, reason: why.slice(0, 500) }, clock.now()))
      log.error({ item }, why);
    // As long as nobody said that the loss is accepted, it is compared with what was signed before.
    if (told.log === accessLog.id && (await readAsidesOf(store, service)).has(item)) return;
  } else if (told) await settle(store, service, itemOf(told), clock.now());
  if (head && !(told?.log === accessLog.id && told.note === head.note)) await record(watched, head);
};

const itemOf = ({ log, size }: AccessLogSigned): string => uuidFrom(`access log/${log}/${size}`);

/** The log that stood in this place, where this one is unknown to the store. */
const formerAt = ({ file }: WatchedAccessLog, known: readonly AccessLogSigned[]) =>
  known.find((head) => head.host === hostname() && head.file === file);

const mend =
  "Bring the right file back while no console runs, or accept the loss: assay aside skip, with a " +
  "reason";

const differenceFrom = (
  { log, size, note, at }: AccessLogSigned,
  { accessLog, file }: WatchedAccessLog,
): string | undefined => {
  const signed = `its first ${size} entries were signed by ${at}`;
  if (log !== accessLog.id)
    return `the access log in ${file} is gone: ${signed}, and another one was begun there. ${mend}`;
  const entries = accessLog.entries();
  if (entries < size)
    return (
      `the access log in ${file} has ${entries} entries, and ${signed}: it was put back to an ` +
      `earlier day, or lost what was written last, as when its -wal is missing. ${mend}`
    );
  if (accessLog.noteAt(size) === note) return undefined;
  return `the access log in ${file} has other entries than those that were signed by ${at}. ${mend}`;
};

/** The newest of each log, the newest first. */
const headsIn = async (store: Store): Promise<readonly AccessLogSigned[]> => {
  const newest = new Map<string, AccessLogSigned>();
  for await (const page of store.read(stream, { direction: "backwards" }))
    for (const { type, data } of page) {
      const { data: head } = AccessLogSigned.safeParse({ type, ...data });
      if (head && !newest.has(head.log)) newest.set(head.log, head);
    }
  return [...newest.values()];
};

const record = async (
  { accessLog, file, store, clock }: WatchedAccessLog,
  head: AccessHead,
): Promise<void> => {
  const { type, ...data } = AccessLogSigned.parse({
    ...{ type: "AccessLogSigned", at: clock.now(), by: assay },
    ...{ log: accessLog.id, host: hostname(), file, ...head },
  });
  const event = { id: randomUUID(), type, data, metadata: { version: 1 } };
  for (;;) {
    let last: StoredEvent | undefined;
    for await (const [found] of store.read(stream, { direction: "backwards", limit: 1 }))
      last = found;
    if ((await store.append(stream, [event], last?.revision ?? "none")).appended) return;
  }
};
