/** Frameworks as the console reads them: those that come with Assay, and what became of each. */
import { framework } from "@assay/domain/announcement/adoption/decide.ts";
import type { FrameworkState } from "@assay/domain/announcement/adoption/decide.ts";
import type { FrameworkEvent } from "@assay/domain/announcement/adoption/events.ts";
import { everyFramework, offeredOf, type Adoptions } from "@assay/domain/announcement/offered.ts";
import { type Versions, versions } from "@assay/domain/framework/versions.ts";
import type { WhyOptions } from "@assay/domain/audit/explain.ts";
import { FrameworkId } from "@assay/domain/kernel/ids.ts";
import { frameworkStream } from "@assay/domain/kernel/stream.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";

import { factOf } from "./held.ts";
import { isReadable } from "./vetted.ts";

const prefix = "framework-";

export type KeptFramework = {
  readonly state: FrameworkState;
  readonly facts: readonly FrameworkEvent[];
};

export type KeptFrameworks = ReadonlyMap<FrameworkId, KeptFramework>;

export const untouched: KeptFramework = { state: framework.known.initial, facts: [] };

/** All that the store holds of frameworks: there are few. */
export const readFrameworks = async (
  store: Pick<EventStore, "readAll">,
): Promise<KeptFrameworks> => {
  let kept: KeptFrameworks = new Map();
  for await (const page of store.readAll({ prefixes: [prefix] }))
    kept = frameworksAfter(kept, page);
  return kept;
};

/** With what a page of the store says of frameworks. What was read before is passed over. */
export const frameworksAfter = (
  before: KeptFrameworks,
  page: readonly StoredEvent[],
): KeptFrameworks => {
  const own = page.filter((event) => event.stream.startsWith(prefix) && isReadable(event));
  if (own.length === 0) return before;
  const after = new Map(before);
  for (const event of own) {
    const fact = factOf(event) as unknown as FrameworkEvent;
    const { state, facts } = after.get(fact.framework) ?? untouched;
    if (event.revision < facts.length) continue;
    after.set(fact.framework, {
      state: framework.known.evolve(state, fact),
      facts: [...facts, fact],
    });
  }
  return after;
};

const adoptionsOf = (kept: KeptFrameworks): Adoptions =>
  new Map(
    [...kept].map(
      ([
        id,
        {
          state: { phase, adopted },
        },
      ]) => [id, { ...(adopted && { adopted }), withdrawn: phase.matches("withdrawn") }],
    ),
  );

/** How the document was adopted that this inspection pinned; undefined where it came with Assay. */
export const adoptionOf = (
  kept: KeptFrameworks,
  events: readonly StoredEvent[],
): NonNullable<WhyOptions["adopted"]> | undefined => {
  const announced = events.map(factOf).findLast(({ type }) => type === "InspectionAnnounced");
  if (announced?.type !== "InspectionAnnounced") return undefined;
  const { version, digest } = announced.framework;
  const id = FrameworkId.parse(version.id);
  const facts = kept.get(id)?.facts ?? [];
  const revision = facts.findIndex(
    (fact) => fact.type === "FrameworkAdopted" && fact.digest === digest,
  );
  const event = facts[revision];
  return event?.type === "FrameworkAdopted"
    ? { stream: frameworkStream(id), revision, event }
    : undefined;
};

/** Under which an inspection may be scheduled, by rising first day. */
export const frameworksOffered = (kept: KeptFrameworks): Versions =>
  offeredOf(adoptionsOf(kept), versions);

/** The same with those that were withdrawn. */
export const frameworksKnown = (kept: KeptFrameworks): Versions =>
  everyFramework(adoptionsOf(kept), versions);
