/** What the contract needs to know of an adapter: how to open it, and how to make it fail. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll } from "vitest";

import type { EventStore, NewEvent, Pages, StoredEvent } from "../port.ts";
import type { Acknowledged, Moment } from "./writer.ts";

export type Subject = {
  /** Opens the same data each time. The last one opened is closed before the next is. */
  open(): Promise<EventStore>;
  /**
   * Makes the next append fail: its request is lost, or it lands and the acknowledgement is lost.
   * The answer says whether that has happened yet.
   */
  failNext(how: "lost" | "landed"): () => boolean;
  /** Breaks every connection to the store, where there are any. */
  loseConnections(): Promise<void>;
  /** Runs `writeOn` until something dies without warning; the store is closed meanwhile. */
  crash(prefix: string, moment: Moment): Promise<readonly Acknowledged[]>;
  remove(): Promise<void>;
};

/** The subject and its open store, for the tests of one adapter. */
export type Held = {
  readonly subject: () => Subject;
  readonly store: () => EventStore;
  readonly reopen: () => Promise<EventStore>;
  /** Closes the store around `work`. */
  readonly closed: <T>(work: () => Promise<T>) => Promise<T>;
};

export const withSubject = (create: () => Promise<Subject>): Held => {
  let subject: Subject;
  let store: EventStore;
  beforeAll(async () => {
    subject = await create();
    store = await subject.open();
  });
  afterAll(async () => {
    await store.close();
    await subject.remove();
  });
  const closed = async <T>(work: () => Promise<T>): Promise<T> => {
    await store.close();
    try {
      return await work();
    } finally {
      store = await subject.open();
    }
  };
  return {
    subject: () => subject,
    store: () => store,
    closed,
    reopen: () => closed(async () => undefined).then(() => store),
  };
};

/** A category that no other test uses, such as `c1f0a3b2c`. */
export const freshCategory = (): string => `c${randomUUID().slice(0, 8)}`;

export const freshStream = (): string => `${freshCategory()}-1`;

export const someEvents = (count: number, type = "Noted"): NewEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    type,
    data: { index },
    metadata: { commandId: randomUUID() },
  }));

export const all = async (pages: Pages): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
};

export const idsOf = (events: readonly { readonly id: string }[]): string[] =>
  events.map(({ id }) => id);
