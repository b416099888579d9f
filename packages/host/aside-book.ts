/** Reads and writes the list of what was set aside: for services, console and command line. */
import { randomUUID } from "node:crypto";

import { type Actor, assay } from "@assay/domain/kernel/actor.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import {
  type Aside,
  AsideFact,
  asidePrefix,
  type Asides,
  asidesAfter,
  asideStream,
  noAsides,
} from "./aside-facts.ts";
import { HostFault } from "./fault.ts";

/** What was set aside and is not dealt with yet, the oldest first. */
export const readAsides = async (store: Pick<EventStore, "readAll">): Promise<readonly Aside[]> => {
  let asides = noAsides;
  for await (const page of store.readAll({ prefixes: [asidePrefix] }))
    asides = asidesAfter(asides, page);
  return [...asides.outstanding.values()].toSorted((a, b) => a.since.localeCompare(b.since));
};

/** What one service has set aside, by item. */
export const readAsidesOf = async (
  store: Pick<EventStore, "read">,
  service: string,
): Promise<Asides["outstanding"]> => {
  let asides = noAsides;
  for await (const page of store.read(asideStream(service))) asides = asidesAfter(asides, page);
  return asides.outstanding;
};

type Writing = Pick<EventStore, "read" | "append">;
type Failed = Omit<Aside, "service" | "since" | "times" | "asked">;

/** Does nothing for what is skipped, or stands there already and nobody asked for it again. */
export const setAside = (
  store: Writing,
  service: string,
  failed: Failed,
  at: Instant,
): Promise<boolean> =>
  record(store, service, ({ outstanding, skipped }) => {
    const known = outstanding.get(failed.item);
    if (skipped.has(failed.item) || (known && !known.asked)) return undefined;
    return { type: "SetAside", at, by: assay, ...failed };
  });

export const settle = (
  store: Writing,
  service: string,
  item: string,
  at: Instant,
): Promise<boolean> =>
  record(store, service, ({ outstanding }) =>
    outstanding.has(item) ? { type: "AsideSettled", at, by: assay, item } : undefined,
  );

export type AskedOfAside = {
  readonly service: string;
  readonly item: string;
  readonly at: Instant;
  readonly by: Actor;
} & ({ readonly act: "retry" } | { readonly act: "skip"; readonly reason: string });

/** False where there is no such item any more. */
export const askOfAside = (store: Writing, asked: AskedOfAside): Promise<boolean> =>
  record(store, asked.service, ({ outstanding }) => {
    const { item, at, by } = asked;
    if (!outstanding.has(item)) return undefined;
    return asked.act === "retry"
      ? { type: "AsideRetried", at, by, item }
      : { type: "AsideSkipped", at, by, item, reason: asked.reason };
  });

const mostTries = 20;

/** Appends what is decided on the whole list, and decides again when somebody else wrote first. */
const record = async (
  store: Writing,
  service: string,
  decide: (asides: Asides) => AsideFact | undefined,
): Promise<boolean> => {
  const stream = asideStream(service);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const events: StoredEvent[] = [];
    for await (const page of store.read(stream)) events.push(...page);
    const decided = decide(asidesAfter(noAsides, events));
    if (decided === undefined) return false;
    const { type, ...data } = AsideFact.parse(decided);
    const event = { id: randomUUID(), type, data, metadata: { version: 1 } };
    const last = events.at(-1)?.revision ?? "none";
    if ((await store.append(stream, [event], last)).appended) return true;
  }
  throw new HostFault("contended", `others kept writing to ${stream}`);
};
