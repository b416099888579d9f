/** An inspection's stored events as the report reads them. */
import { AnyFact } from "@assay/domain/facts.ts";
import { factReader } from "@assay/host/schema.ts";
import type { Recorded } from "@assay/report/recorded.ts";
import type { StoredEvent } from "@assay/store/port.ts";

/** Undefined where somebody else wrote to the stream. Throws where it is no fact of its type. */
export const factOf = factReader([AnyFact]) as (event: StoredEvent) => AnyFact | undefined;

export const factsOf = (events: readonly StoredEvent[]): readonly AnyFact[] =>
  events.flatMap((event) => factOf(event) ?? []);

export const recordedFrom = (events: readonly StoredEvent[]): readonly Recorded[] =>
  events.flatMap((stored) => {
    const { stream, revision } = stored;
    const event = factOf(stored);
    return event ? [{ stream, revision, event }] : [];
  });
