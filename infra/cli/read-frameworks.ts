/** Which frameworks were adopted and withdrawn, by the store alone. */
import { FrameworkEvent } from "@assay/domain/announcement/adoption/events.ts";
import { type Adoptions, adoptionsBy } from "@assay/domain/announcement/offered.ts";
import type { WhyOptions } from "@assay/domain/audit/explain.ts";
import type { FrameworkId } from "@assay/domain/kernel/ids.ts";
import { frameworkStream } from "@assay/domain/kernel/stream.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import { factReader } from "@assay/host/schema.ts";

const read = factReader([FrameworkEvent]);

const frameworkPrefix = "framework-";

/** With what a page of the store says of frameworks; what others wrote there is passed over. */
const adoptionsAfter = (before: Adoptions, page: readonly StoredEvent[]): Adoptions => {
  let adoptions = before;
  for (const event of page) {
    if (!event.stream.startsWith(frameworkPrefix)) continue;
    const fact = read(event);
    if (fact) adoptions = adoptionsBy(adoptions, fact as FrameworkEvent);
  }
  return adoptions;
};

/** How the document of this digest was adopted; undefined where it came with Assay. */
export const readAdoption = async (
  store: Pick<EventStore, "read">,
  pinned: { readonly id: FrameworkId; readonly digest: string },
): Promise<NonNullable<WhyOptions["adopted"]> | undefined> => {
  for await (const page of store.read(frameworkStream(pinned.id), {}))
    for (const stored of page) {
      const event = read(stored) as FrameworkEvent | undefined;
      if (event?.type === "FrameworkAdopted" && event.digest === pinned.digest)
        return { stream: stored.stream, revision: stored.revision, event };
    }
  return undefined;
};

export const readAdoptions = async (store: Pick<EventStore, "readAll">): Promise<Adoptions> => {
  let adoptions: Adoptions = new Map();
  for await (const page of store.readAll({ prefixes: [frameworkPrefix] }))
    adoptions = adoptionsAfter(adoptions, page);
  return adoptions;
};
