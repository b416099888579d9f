/** When copies were made of an installation, recorded in it, so that their age can be watched. */
import { randomUUID } from "node:crypto";

import { assay } from "@assay/domain/kernel/actor.ts";
import { fact } from "@assay/domain/kernel/fact.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { z } from "zod";

const stream = "office-copies";

const Copied = z.enum(["data", "keys"]);
export type Copied = z.infer<typeof Copied>;

const CopyMade = fact("CopyMade", { of: Copied });

export const recordCopy = async (
  store: Pick<EventStore, "read" | "append">,
  of: Copied,
  at: Instant,
): Promise<void> => {
  const { type, ...data } = CopyMade.parse({ type: "CopyMade", at, by: assay, of });
  const event = { id: randomUUID(), type, data, metadata: { version: 1 } };
  for (;;) {
    const [last] = await newestIn(store, 1);
    const written = await store.append(stream, [event], last?.revision ?? "none");
    if (written.appended) return;
  }
};

/** So many of the newest are looked at: both kinds are made again and again. */
const sample = 50;

/** The newest of each kind, as far as there are any. */
export const newestCopies = async (
  store: Pick<EventStore, "read">,
): Promise<ReadonlyMap<Copied, Instant>> => {
  const found = new Map<Copied, Instant>();
  for (const { type, data } of await newestIn(store, sample)) {
    const made = CopyMade.safeParse({ type, ...data });
    if (made.success && !found.has(made.data.of)) found.set(made.data.of, made.data.at);
  }
  return found;
};

const newestIn = async (store: Pick<EventStore, "read">, limit: number) => {
  const found: StoredEvent[] = [];
  for await (const page of store.read(stream, { direction: "backwards", limit }))
    found.push(...page);
  return found;
};
