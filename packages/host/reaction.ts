/** Reactions: what is done about an event first and checked off second, so at least once. */
import type { CommandBus } from "@assay/bus/port.ts";
import { comparePositions, type EventStore, type StoredEvent } from "@assay/store/port.ts";
import { SpanKind } from "@opentelemetry/api";

import type { AsideKeeper } from "./aside.ts";
import type { Aside } from "./aside-facts.ts";
import type { Database } from "./database.ts";
import type { Reaction } from "./definition.ts";
import { factReader } from "./schema.ts";
import type { Follower } from "./subscription.ts";
import { traced } from "./tracing.ts";

type Means = {
  readonly database: Database;
  readonly store: Pick<EventStore, "read">;
  readonly bus: CommandBus;
  readonly aside: AsideKeeper;
};

export const prepareReaction = (
  reaction: Reaction,
  { database, store, bus, aside }: Means,
): Follower => {
  const name = `reaction ${reaction.name}`;
  const factOf = factReader(reaction.facts);
  const checkpoint = () => database.position(name);

  const react = async (event: StoredEvent): Promise<void> => {
    if (factOf(event) === undefined) return;
    const reached = checkpoint() ?? event.position;
    const through = comparePositions(event.position, reached) > 0 ? event.position : reached;
    const { id, metadata } = event;
    const correlationId = String(metadata["correlationId"]);
    const about = { name, kind: SpanKind.CONSUMER, correlationId, id: `${name}/${id}`, parent: id };
    await traced(about, () => reaction.react(event, bus, through));
  };

  aside.onRetry(name, async (item) => react(await eventIn(store, item)));
  return {
    name,
    prefixes: reaction.prefixes,
    checkpoint,
    take: async (events, through, signal) => {
      for (const event of events) {
        if (signal.aborted) return;
        try {
          await react(event);
        } catch (error) {
          await aside.fails(name, event, error);
        }
        database.keepPosition(name, event.position);
      }
      database.keepPosition(name, through);
    },
  };
};

/** The event that was set aside, as the store has it now. */
const eventIn = async (
  store: Pick<EventStore, "read">,
  { event: place }: Aside,
): Promise<StoredEvent> => {
  if (place === undefined) throw new TypeError("no event was set aside");
  for await (const [found] of store.read(place.stream, { from: place.revision, limit: 1 }))
    if (found?.id === place.id) return found;
  throw new TypeError("the event is no longer there");
};
