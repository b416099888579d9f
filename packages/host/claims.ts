/**
 * Who does something that must be done once, such as sending a letter, recorded before it is done:
 * of several replicas one has the claim, until it is over or lapses with whoever had it.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

import { assay } from "@assay/domain/kernel/actor.ts";
import { fact } from "@assay/domain/kernel/fact.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import { z } from "zod";

const Claimed = fact("Claimed", {
  holder: z.string().min(1).max(200),
  /** Nobody else begins before that. */
  until: Instant,
});

/** This process, and no other, a later one of the same machine included. */
export const ownName = `${hostname()}/${process.pid}/${randomUUID()}`;

/** Milliseconds since 1970. */
type Moment = number;

/**
 * Undefined where the claim is the holder's from now on, for that long; otherwise when the claim of
 * another one lapses. A claim of one's own is renewed when half of it is over.
 */
export const claim = async (
  store: Pick<EventStore, "read" | "append">,
  what: string,
  { holder = ownName, milliseconds }: { readonly holder?: string; readonly milliseconds: number },
): Promise<Moment | undefined> => {
  const stream = `claim-${what}`;
  for (;;) {
    const now = Date.now();
    const last = await lastOf(store, stream);
    const held = last && Claimed.safeParse({ type: last.type, ...last.data }).data;
    const until = held ? Date.parse(held.until) : 0;
    if (held && held.holder !== holder && until > now) return until;
    if (held?.holder === holder && until > now + milliseconds / 2) return undefined;
    const { type, ...data } = Claimed.parse({
      ...{ type: "Claimed", at: instantOf(now), by: assay, holder },
      until: instantOf(now + milliseconds),
    });
    const event = { id: randomUUID(), type, data, metadata: { version: 1 } };
    const written = await store.append(stream, [event], last?.revision ?? "none");
    if (written.appended) return undefined;
  }
};

const instantOf = (moment: Moment): string => new Date(moment).toISOString();

const lastOf = async (
  store: Pick<EventStore, "read">,
  stream: string,
): Promise<StoredEvent | undefined> => {
  for await (const [last] of store.read(stream, { direction: "backwards", limit: 1 })) return last;
  return undefined;
};
