/**
 * What is recorded of whatever was set aside: that it was, why, and what somebody did about it. One
 * stream for each service, `aside-<service>`, so that every replica and reader sees the same list.
 */
import { fact } from "@assay/domain/kernel/fact.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { z } from "zod";

import { factReader } from "./schema.ts";

export const asidePrefix = "aside-";
export const asideStream = (service: string): string => `${asidePrefix}${service}`;

/** The event that could not be dealt with. */
const Place = z.strictObject({
  stream: z.string().max(300),
  revision: z.int().min(0),
  id: z.string().max(100),
  type: z.string().max(200),
});

export const AsideFact = z.discriminatedUnion("type", [
  /** It failed for good, and everything else went on. `again`: it is tried again by itself. */
  fact("SetAside", {
    item: z.uuid(),
    /** What failed, such as `reaction publisher`. */
    what: z.string().max(100),
    event: Place.optional(),
    inspection: z.string().max(80).optional(),
    code: z.string().max(100),
    reason: z.string().max(500),
    again: z.boolean(),
  }),
  fact("AsideRetried", { item: z.uuid() }),
  /** It is not to be done any more. */
  fact("AsideSkipped", { item: z.uuid(), reason: z.string().trim().min(1).max(500) }),
  /** It was done after all. */
  fact("AsideSettled", { item: z.uuid() }),
]);
export type AsideFact = z.infer<typeof AsideFact>;

export type Aside = Omit<Extract<AsideFact, { type: "SetAside" }>, "type" | "at" | "by"> & {
  readonly service: string;
  /** When it failed first, and how often it was set aside since. */
  readonly since: Instant;
  readonly times: number;
  /** Somebody asked for it to be tried again, and nothing came of that yet. */
  readonly asked: boolean;
};

export type Asides = {
  readonly outstanding: ReadonlyMap<string, Aside>;
  readonly skipped: ReadonlySet<string>;
};

export const noAsides: Asides = { outstanding: new Map(), skipped: new Set() };

const read = factReader([AsideFact]);

/** Passes over what is none of these facts. */
const factIn = (event: StoredEvent): AsideFact | undefined => {
  try {
    return read(event) as AsideFact | undefined;
  } catch {
    return undefined;
  }
};

/** Takes events of any stream; those of others change nothing. */
export const asidesAfter = (before: Asides, events: readonly StoredEvent[]): Asides => {
  const outstanding = new Map(before.outstanding);
  const skipped = new Set(before.skipped);
  for (const event of events) {
    if (!event.stream.startsWith(asidePrefix)) continue;
    const told = factIn(event);
    if (told === undefined) continue;
    const { item } = told;
    const known = outstanding.get(item);
    if (told.type === "SetAside") {
      const { type: _, at, by: __, ...rest } = told;
      const service = event.stream.slice(asidePrefix.length);
      const since = known?.since ?? at;
      const times = (known?.times ?? 0) + 1;
      outstanding.set(item, { ...rest, service, since, times, asked: false });
    } else if (told.type === "AsideRetried") {
      if (known) outstanding.set(item, { ...known, asked: true });
    } else {
      outstanding.delete(item);
      if (told.type === "AsideSkipped") skipped.add(item);
    }
  }
  return { outstanding, skipped };
};
